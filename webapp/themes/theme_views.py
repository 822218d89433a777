"""One theme: its words, its statements, its place in the order, and its parts."""

from flask import flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..extensions import db
from ..wording import now
from . import actions, queries, splitting
from .board_view import themes_with_counts
from .finding import themes_of
from .forms import ThemeForm, filters_asked_for, page_asked_for, seen_version, why
from .models import CurationEntry, Statement, Theme
from .statement_lists import Filters, statements_matching
from .views import back_to, board_address, bp, lists_of, say
from .why import reasons_for


@bp.route("/themes/<int:theme_id>", methods=["GET", "POST"])
@auth_required()
def theme(theme_id: int) -> str | BaseResponse | tuple[str, int]:
    theme = queries.theme_for(current_user, theme_id, "editor" if request.method == "POST" else "viewer")
    form = ThemeForm(obj=theme)
    if request.method == "GET":
        return _theme_page(theme, form)
    if not form.validate():
        return _theme_page(theme, form), 422
    try:
        say(_word(theme, form))
    except DomainError as error:
        # The session was rolled back; what the person typed is still in the form.
        db.session.rollback()
        flash(str(error), "bad")
        return _theme_page(theme, form), error.status
    return back_to(theme.board, url_for("themes.theme", theme_id=theme.id))


def _word(theme: Theme, form: ThemeForm) -> CurationEntry | None:
    title, statement, note = form.title.data or "", form.statement.data or "", form.note.data or ""
    # Renaming on the board sends no statement: it is left as it is.
    if "statement" not in request.form:
        return actions.rename_theme(theme, title, current_user, now(), seen_version(), note)
    return actions.word_theme(theme, title, statement, current_user, now(), seen_version(), note)


def _theme_page(theme: Theme, form: ThemeForm) -> str:
    board = theme.board
    filters = Filters(**{**vars(filters_asked_for()), "fate": "used", "theme_id": theme.id})
    page = page_asked_for()
    statements, total = statements_matching(board, filters, page)
    standing = themes_of(board)
    shown = themes_with_counts(board, standing, quotes=5)
    view = next((each for each in shown if each.theme.id == theme.id), None)
    form.seen.data = str(board.version)
    return render_template(
        "themes/theme.html",
        series=board.series,
        board=board,
        theme=theme,
        form=form,
        view=view,
        statements=statements,
        total=total,
        page=page,
        filters=filters,
        themes=standing,
        grounds=reasons_for(theme, view, standing) if view is not None else None,
        summary=db.session.get(Statement, theme.suggested.get("summary") or 0),
        **lists_of(board),
    )


@bp.route("/themes/<int:theme_id>/split", methods=["GET", "POST"])
@auth_required()
def split(theme_id: int) -> BaseResponse | tuple[str, int]:
    theme = queries.theme_for(current_user, theme_id, "editor")
    number = min(max(request.args.get("parts", 0, type=int), 0), 4)
    status = 200
    if request.method == "POST":
        try:
            parts = splitting.parts_chosen(theme, request.form)
            say(actions.split_theme(theme, parts, current_user, now(), seen_version(), why()))
            return redirect(board_address(theme.board, _anchor=f"theme-{theme.id}"), 303)
        except DomainError as error:
            db.session.rollback()
            flash(str(error), "bad")
            number, status = splitting.parts_sent(request.form), error.status
    proposed = splitting.propose_parts(theme, number or None)
    if request.method == "POST":
        proposed = splitting.as_sent(proposed, request.form)
    page = render_template(
        "themes/split.html", series=theme.board.series, board=theme.board, theme=theme, parts=proposed
    )
    return page, status
