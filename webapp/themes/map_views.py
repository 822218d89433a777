"""The map of a board's statements, and its points as data."""

from flask import Response, jsonify, render_template
from flask_security import auth_required, current_user

from . import mapping, queries
from .board_view import themes_with_counts
from .finding import themes_of
from .views import about_project, bp, lists_of


@bp.get("/series/<int:series_id>/themes/map")
@auth_required()
def statement_map(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=about_project())
    standing, run = themes_of(board), queries.latest_run(board)
    return render_template(
        "themes/map.html",
        series=series,
        board=board,
        themes=standing,
        shown=themes_with_counts(board, standing, quotes=1),
        sample=run.parameters.get("sample") if run is not None else None,
        without_place=mapping.without_place(board),
        **lists_of(board),
    )


@bp.get("/boards/<int:board_id>/map")
@auth_required()
def map_points(board_id: int) -> Response:
    board = queries.board_by_id(current_user, board_id)
    answer = jsonify(points=mapping.places_on(board), themes=[[each.id, each.title] for each in themes_of(board)])
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
