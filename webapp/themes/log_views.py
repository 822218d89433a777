"""The curation log: to read, to take away as a file, and to undo."""

import csv
import io

from flask import Response, render_template
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..accounts.audit import record_audit
from ..extensions import db
from ..spreadsheet_cells import harmless
from ..wording import now
from . import queries, undoing
from .forms import page_asked_for
from .models import Board
from .replaying import board_after
from .views import about_project, back_to, bp, say


@bp.get("/series/<int:series_id>/themes/log")
@auth_required()
def log(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=about_project())
    page = page_asked_for()
    entries, total = queries.log_of(board, page)
    return render_template(
        "themes/log.html",
        series=series,
        board=board,
        entries=entries,
        total=total,
        page=page,
        per_page=queries.PAGE,
        accounts=queries.accounts_of([board.id]),
    )


@bp.get("/log/<int:entry_id>/board")
@auth_required()
def board_then(entry_id: int) -> str:
    """The board as it was right after a decision: to read, not to change."""
    entry = queries.entry_for(current_user, entry_id)
    board = db.session.get_one(Board, entry.board_id)
    return render_template(
        "themes/then.html",
        series=board.series,
        board=board,
        entry=entry,
        then=board_after(board, entry),
        newest=board.version,
        neighbours=queries.neighbours_of(entry),
        accounts=queries.accounts_of([board.id]),
        fates=queries.FATES,
    )


@bp.get("/series/<int:series_id>/themes/log.csv")
@auth_required()
def log_file(series_id: int) -> Response:
    _series, board = queries.board_for(current_user, series_id, about_project())
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "at", "who", "verb", "summary", "why", "undone", "changes"])
    for entry in queries.whole_log(board) if board else []:
        who = entry.actor.called if entry.actor else "the analysis"
        said = (entry.verb, entry.summary, entry.note, entry.undone, len(entry.changes))
        row = [entry.number, entry.at.isoformat(), who, *said]
        rows.writerow([harmless(value) for value in row])
    record_audit("export", "curation log as CSV", now(), current_user, series_id)
    db.session.commit()
    headers = {"Content-Disposition": 'attachment; filename="curation-log.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


@bp.post("/log/<int:entry_id>/undo")
@auth_required()
def undo(entry_id: int) -> BaseResponse:
    entry = queries.entry_for(current_user, entry_id, "editor")
    say(undoing.undo(entry, current_user, now()))
    return back_to(db.session.get_one(Board, entry.board_id))
