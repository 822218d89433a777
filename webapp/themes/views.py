"""The organiser's pages of the themes room."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..extensions import db
from ..programme.models import FACETS
from ..spreadsheet_cells import harmless
from ..wording import now
from . import actions, curation, queries, splitting, tasks
from .analysing import ask_for_themes, themes_of
from .forms import ThemeForm, filters_asked_for, page_asked_for, seen_version, ticked
from .models import CHANNELS, WITHHOLDING_REASONS, Board, CurationEntry, Statement, Theme

bp = Blueprint("themes", __name__)


def _about_project() -> bool:
    return request.args.get("about") == "project"


def _board_address(board: Board, **more: Any) -> str:
    about = "project" if board.about_project else None
    return url_for("themes.board", series_id=board.series_id, about=about, **more)


def _say(entry: CurationEntry | None) -> None:
    flash(f"{entry.summary}." if entry else "Nothing changed: it was so already.", "good")


def _back(board: Board) -> BaseResponse:
    """To the page of ours that the form names, else to the board."""
    back = request.form.get("back", "")
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return redirect(back if inside else _board_address(board), 303)


@bp.get("/series/<int:series_id>/themes")
@auth_required()
def board(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, _about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=_about_project())
    run = queries.latest_run(board)
    proposal = queries.proposal_of(run) if run is not None else None
    return render_template(
        "themes/board.html",
        series=series,
        board=board,
        run=run,
        proposal=proposal,
        themes=queries.themes_with_counts(board, themes_of(board)),
        accounts=queries.accounts_of([board.id]),
        undoable=queries.last_undoable(board),
        events=queries.events_of(series),
    )


@bp.post("/series/<int:series_id>/themes/analyse")
@auth_required()
def analyse(series_id: int) -> BaseResponse:
    _series, board = queries.board_for(current_user, series_id, _about_project(), "editor")
    if board is None:
        raise DomainError("Nothing has been received yet, so there is nothing to analyse.")
    run = ask_for_themes(board, current_user, now())
    tasks.analyse(run.id)
    return redirect(_board_address(board), 303)


@bp.get("/runs/<int:run_id>")
@auth_required()
def run_state(run_id: int) -> Response:
    run = queries.run_for(current_user, run_id)
    return jsonify(state=run.state, stage=run.stage, progress=run.progress)


@bp.post("/runs/<int:run_id>/accept")
@auth_required()
def accept(run_id: int) -> BaseResponse:
    run = queries.run_for(current_user, run_id, "editor")
    entry = actions.accept_suggestions(run, set(ticked("theme")), set(ticked("new_theme")), current_user, now())
    _say(entry)
    return redirect(_board_address(run.board), 303)


@bp.post("/series/<int:series_id>/themes/merge")
@auth_required()
def merge(series_id: int) -> BaseResponse:
    _series, board = queries.board_for(current_user, series_id, _about_project(), "editor")
    chosen = set(ticked("theme"))
    themes = [theme for theme in themes_of(board) if theme.id in chosen] if board else []
    _say(actions.merge_themes(themes, current_user, now(), seen=seen_version()))
    return redirect(_board_address(themes[0].board), 303)


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
    filters = queries.Filters(**{**vars(filters_asked_for()), "fate": "used", "theme_id": theme.id})
    page = page_asked_for()
    statements, total = queries.statements_matching(board, filters, page)
    standing = themes_of(board)
    shown = queries.themes_with_counts(board, standing, quotes=5)
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
        **_lists(board),
    )


def _lists(board: Board) -> dict[str, Any]:
    return {
        "events": queries.events_of(board.series),
        "channels": CHANNELS,
        "reasons": WITHHOLDING_REASONS,
        "given_reasons": [reason for reason in WITHHOLDING_REASONS if reason in actions.GIVEN_BY_PERSONS],
        "facets": FACETS,
        "fates": queries.FATES,
        "accounts": queries.accounts_of([board.id]),
        "per_page": queries.PAGE,
    }


@bp.post("/themes/<int:theme_id>/<any(up, down, delete):verb>")
@auth_required()
def change_theme(theme_id: int, verb: str) -> BaseResponse:
    theme = queries.theme_for(current_user, theme_id, "editor")
    if verb == "delete":
        _say(actions.delete_theme(theme, current_user, now(), seen_version()))
    else:
        _say(actions.reorder_theme(theme, -1 if verb == "up" else 1, current_user, now()))
    return redirect(_board_address(theme.board), 303)


@bp.route("/themes/<int:theme_id>/split", methods=["GET", "POST"])
@auth_required()
def split(theme_id: int) -> str | BaseResponse:
    theme = queries.theme_for(current_user, theme_id, "editor")
    if request.method == "POST":
        parts = splitting.parts_chosen(theme, request.form)
        _say(actions.split_theme(theme, parts, current_user, now(), seen_version()))
        return redirect(_board_address(theme.board), 303)
    number = min(max(request.args.get("parts", 0, type=int), 0), 4)
    parts = splitting.propose_parts(theme, number or None)
    return render_template("themes/split.html", series=theme.board.series, board=theme.board, theme=theme, parts=parts)


@bp.get("/series/<int:series_id>/statements")
@auth_required()
def statements(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, _about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=_about_project())
    filters, page = filters_asked_for(), page_asked_for()
    found, total = queries.statements_matching(board, filters, page)
    return render_template(
        "themes/statements.html",
        series=series,
        board=board,
        statements=found,
        total=total,
        page=page,
        filters=filters,
        themes=themes_of(board),
        **_lists(board),
    )


@bp.post("/boards/<int:board_id>/statements")
@auth_required()
def change_statements(board_id: int) -> BaseResponse:
    board = db.session.get(Board, board_id) or abort(404)
    queries.board_for(current_user, board.series_id, board.about_project, "editor")
    chosen = queries.statements_on(board, ticked())
    _say(_carry_out(request.form.get("do", ""), board, chosen))
    return _back(board)


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


@bp.get("/series/<int:series_id>/themes/log")
@auth_required()
def log(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, _about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=_about_project())
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


@bp.get("/series/<int:series_id>/themes/log.csv")
@auth_required()
def log_file(series_id: int) -> Response:
    _series, board = queries.board_for(current_user, series_id, _about_project())
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "at", "who", "verb", "summary", "undone", "changes"])
    for entry in queries.whole_log(board) if board else []:
        who = entry.actor.called if entry.actor else "the analysis"
        row = [entry.number, entry.at.isoformat(), who, entry.verb, entry.summary, entry.undone, len(entry.changes)]
        rows.writerow([harmless(value) for value in row])
    headers = {"Content-Disposition": 'attachment; filename="curation-log.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


@bp.post("/log/<int:entry_id>/undo")
@auth_required()
def undo(entry_id: int) -> BaseResponse:
    entry = queries.entry_for(current_user, entry_id, "editor")
    _say(curation.undo(entry, current_user, now()))
    return _back(db.session.get_one(Board, entry.board_id))


@bp.get("/statements/<int:statement_id>")
@auth_required()
def statement(statement_id: int) -> str:
    found = db.session.get(Statement, statement_id) or abort(404)
    board = db.session.get_one(Board, found.board_id)
    series, _board = queries.board_for(current_user, board.series_id, board.about_project)
    return render_template(
        "themes/statement.html",
        series=series,
        board=board,
        statement=found,
        source=queries.source_text(found),
        history=queries.history_of(found),
        **_lists(board),
    )
