"""One theme: its words, its statements, its place in the order, and its parts."""

from flask import flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..extensions import db
from ..wording import now
from . import actions, queries, splitting
from .analysing import themes_of
from .board_view import themes_with_counts
from .forms import ThemeForm, filters_asked_for, page_asked_for, seen_version
from .models import Statement, Theme
from .statement_lists import Filters, statements_matching
from .views import board_address, bp, lists_of, say


@bp.route("/themes/<int:theme_id>", methods=["GET", "POST"])
@auth_required()
def theme(theme_id: int) -> str | BaseResponse:
    theme = queries.theme_for(current_user, theme_id, "editor" if request.method == "POST" else "viewer")
    form = ThemeForm(obj=theme)
    if form.validate_on_submit():
        try:
            return _rename_and_describe(theme, form)
        except DomainError as error:
            # The session was rolled back; what the person typed is still in the form.
            flash(str(error), "bad")
            db.session.refresh(theme)
    return _theme_page(theme, form)


def _rename_and_describe(theme: Theme, form: ThemeForm) -> BaseResponse:
    seen = seen_version()
    renamed = actions.rename_theme(theme, form.title.data or "", current_user, now(), seen)
    described = actions.describe_theme(theme, form.statement.data or "", current_user, now(), seen)
    for entry in (renamed, described):
        if entry is not None:
            flash(f"{entry.summary}.", "good")
    return redirect(url_for("themes.theme", theme_id=theme.id), 303)


def _theme_page(theme: Theme, form: ThemeForm) -> str:
    board = theme.board
    filters = Filters(**{**vars(filters_asked_for()), "fate": "used", "theme_id": theme.id})
    page = page_asked_for()
    statements, total = statements_matching(board, filters, page)
    standing = themes_of(board)
    shown = themes_with_counts(board, standing, quotes=5)
    form.seen.data = str(board.version)
    return render_template(
        "themes/theme.html",
        series=board.series,
        board=board,
        theme=theme,
        form=form,
        view=next((each for each in shown if each.theme.id == theme.id), None),
        statements=statements,
        total=total,
        page=page,
        filters=filters,
        themes=standing,
        nearest=splitting.nearest_themes(theme, standing),
        summary=db.session.get(Statement, theme.suggested.get("summary") or 0),
        **lists_of(board),
    )


@bp.post("/themes/<int:theme_id>/<any(up, down, delete):verb>")
@auth_required()
def change_theme(theme_id: int, verb: str) -> BaseResponse:
    theme = queries.theme_for(current_user, theme_id, "editor")
    if verb == "delete":
        say(actions.delete_themes([theme], current_user, now(), seen_version()))
    else:
        say(actions.reorder_theme(theme, -1 if verb == "up" else 1, current_user, now()))
    return redirect(board_address(theme.board), 303)


@bp.route("/themes/<int:theme_id>/split", methods=["GET", "POST"])
@auth_required()
def split(theme_id: int) -> str | BaseResponse:
    theme = queries.theme_for(current_user, theme_id, "editor")
    if request.method == "POST":
        parts = splitting.parts_chosen(theme, request.form)
        say(actions.split_theme(theme, parts, current_user, now(), seen_version()))
        return redirect(board_address(theme.board), 303)
    number = min(max(request.args.get("parts", 0, type=int), 0), 4)
    parts = splitting.propose_parts(theme, number or None)
    return render_template("themes/split.html", series=theme.board.series, board=theme.board, theme=theme, parts=parts)
