"""The themes across the events of a series."""

from flask import render_template
from flask_security import auth_required, current_user

from . import queries
from .across_events import likely_pairs, matrix_of
from .finding import themes_of
from .views import about_project, bp, lists_of

COURSES = {
    "new": "heard for the first time at the last event",
    "recurring": "heard before, and at the last event too",
    "faded": "heard at more than one event, and not at the last",
    "heard once": "heard at one event before the last",
}


@bp.get("/series/<int:series_id>/themes/events")
@auth_required()
def across_events(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=about_project())
    standing = themes_of(board)
    matrix = matrix_of(board, standing)
    return render_template(
        "themes/across.html",
        series=series,
        board=board,
        matrix=matrix,
        courses=COURSES,
        pairs=likely_pairs(board, standing) if len(matrix.events) > 1 else [],
        **lists_of(board),
    )
