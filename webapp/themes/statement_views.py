"""Lists of statements, what is decided about the ticked ones, and one statement in its source."""

from flask import abort, render_template, request
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..extensions import db
from ..wording import now
from . import actions, queries
from .analysing import themes_of
from .forms import filters_asked_for, page_asked_for, seen_version, ticked
from .models import Board, CurationEntry, Statement
from .statement_lists import statements_matching, statements_on
from .views import about_project, back_to, bp, lists_of, say


@bp.get("/series/<int:series_id>/statements")
@auth_required()
def statements(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=about_project())
    filters, page = filters_asked_for(), page_asked_for()
    found, total = statements_matching(board, filters, page)
    return render_template(
        "themes/statements.html",
        series=series,
        board=board,
        statements=found,
        total=total,
        page=page,
        filters=filters,
        themes=themes_of(board),
        **lists_of(board),
    )


@bp.post("/boards/<int:board_id>/statements")
@auth_required()
def change_statements(board_id: int) -> BaseResponse:
    board = db.session.get(Board, board_id) or abort(404)
    queries.board_for(current_user, board.series_id, board.about_project, "editor")
    chosen = statements_on(board, ticked())
    say(_carry_out(request.form.get("do", ""), board, chosen))
    return back_to(board)


def _carry_out(verb: str, board: Board, chosen: list[Statement]) -> CurationEntry | None:
    form, who, seen = request.form, current_user, seen_version()
    if verb == "move":
        target = {str(theme.id): theme for theme in themes_of(board)}.get(form.get("theme", ""))
        if target is None:
            raise DomainError("Choose the theme to move the statements to.")
        return actions.move_statements(chosen, target, who, now(), seen)
    if verb == "nowhere":
        return actions.move_statements(chosen, None, who, now(), seen)
    if verb == "make":
        return actions.make_theme(chosen, form.get("title", ""), who, now(), seen)
    if verb == "facet":
        return actions.set_facet(chosen, form.get("facet") or None, who, now(), seen)
    if verb == "withhold":
        return actions.withhold(chosen, form.get("reason", ""), who, now(), seen)
    if verb == "restore":
        return actions.restore(chosen, who, now(), seen)
    if verb == "apart" and len(chosen) == 1:
        return actions.keep_apart(chosen[0], who, now())
    if verb == "practice" and len(chosen) == 1:
        return actions.mark_practice(chosen[0], form.get("vouched_by", ""), who, now())
    raise DomainError("Choose what to do with the ticked statements.")


@bp.get("/statements/<int:statement_id>")
@auth_required()
def statement(statement_id: int) -> str:
    found, board = queries.statement_for(current_user, statement_id)
    return render_template(
        "themes/statement.html",
        series=board.series,
        board=board,
        statement=found,
        source=queries.source_text(found),
        history=queries.history_of(found),
        **lists_of(board),
    )
