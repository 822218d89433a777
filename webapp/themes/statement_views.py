"""Lists of statements, and one statement in its source."""

from flask import render_template
from flask_security import auth_required, current_user

from ..accounts.queries import may
from . import queries
from .finding import themes_of
from .forms import filters_asked_for, page_asked_for
from .personal import flags_of
from .statement_lists import statements_matching
from .views import about_project, bp, lists_of


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


@bp.get("/statements/<int:statement_id>")
@auth_required()
def statement(statement_id: int) -> str:
    found, board = queries.statement_for(current_user, statement_id)
    history = queries.history_of(found)
    return render_template(
        "themes/statement.html",
        series=board.series,
        board=board,
        statement=found,
        source=queries.source_text(found),
        history=history,
        flags=flags_of(found),
        owning=may(current_user, board.series_id, "owner"),
        may_bring_back={entry.id for entry in history if entry.verb in ("redact", "redo") and not entry.undone},
        **lists_of(board),
    )
