"""The board: its themes in order, the analysis and what it proposes; and what the room's other pages share."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..programme.models import FACETS
from ..text_input import clean_line
from ..wording import now
from . import actions, queries, tasks
from .analysing import ask_for_themes, themes_of
from .board_view import themes_with_counts
from .forms import seen_version, ticked
from .models import CHANNELS, WITHHOLDING_REASONS, Board, CurationEntry
from .undoing import last_undoable

bp = Blueprint("themes", __name__)


def about_project() -> bool:
    return request.args.get("about") == "project"


def board_address(board: Board, **more: Any) -> str:
    about = "project" if board.about_project else None
    return url_for("themes.board", series_id=board.series_id, about=about, **more)


def say(entry: CurationEntry | None) -> None:
    flash(f"{entry.summary}." if entry else "Nothing changed: it was so already.", "good")


def back_to(board: Board) -> BaseResponse:
    """To the page of ours that the form names, else to the board."""
    back = clean_line(request.form.get("back"))
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return redirect(back if inside else board_address(board), 303)


def lists_of(board: Board) -> dict[str, Any]:
    """What pages with lists of statements need: the choices to filter and to decide by, and the accounts."""
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


@bp.get("/series/<int:series_id>/themes")
@auth_required()
def board(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project())
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=about_project())
    run = queries.latest_run(board)
    proposal = queries.proposal_of(run) if run is not None else None
    return render_template(
        "themes/board.html",
        series=series,
        board=board,
        run=run,
        now=now(),
        proposal=proposal,
        themes=themes_with_counts(board, themes_of(board)),
        accounts=queries.accounts_of([board.id]),
        undoable=last_undoable(board),
        events=queries.events_of(series),
    )


@bp.post("/series/<int:series_id>/themes/analyse")
@auth_required()
def analyse(series_id: int) -> BaseResponse:
    _series, board = queries.board_for(current_user, series_id, about_project(), "editor")
    if board is None:
        raise DomainError("Nothing has been received yet, so there is nothing to analyse.")
    run = ask_for_themes(board, current_user, now())
    tasks.analyse(run.id)
    return redirect(board_address(board), 303)


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
    say(entry)
    return redirect(board_address(run.board), 303)


@bp.post("/series/<int:series_id>/themes/merge")
@auth_required()
def merge(series_id: int) -> BaseResponse:
    _series, board = queries.board_for(current_user, series_id, about_project(), "editor")
    chosen = set(ticked("theme"))
    themes = [theme for theme in themes_of(board) if theme.id in chosen] if board else []
    say(actions.merge_themes(themes, current_user, now(), seen=seen_version()))
    return redirect(board_address(themes[0].board), 303)
