"""The board: its themes in order, the analysis and what it proposes; and what the room's other pages share."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, json, jsonify, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..collect.live import if_changed
from ..errors import DomainError
from ..programme.models import FACETS
from ..row_ids import row_id
from ..text_input import clean_line
from ..wording import now
from . import actions, queries, tasks
from .analysing import ask_for_themes
from .board_view import themes_with_counts
from .finding import themes_of
from .forms import filters_asked_for, ticked
from .missed import unread_in
from .models import CHANNELS, WITHHOLDING_REASONS, Board, CurationEntry
from .personal import flags_of
from .places import nearest_places
from .proposals import proposes_more
from .statement_lists import choices_of, statements_matching
from .undoing import last_redoable, last_undoable

bp = Blueprint("themes", __name__)
PILES = ("in_no_theme", "withheld")
# How many statements of each pile the board itself shows; the rest are a list of their own.
PILE = 10


@bp.app_context_processor
def flagging() -> dict[str, Any]:
    """Every list of statements says of each what may be personal in it."""
    return {"flags_of": flags_of}


def about_project() -> bool:
    return request.args.get("about") == "project"


def board_address(board: Board, **more: Any) -> str:
    about = "project" if board.about_project else None
    return url_for("themes.board", series_id=board.series_id, about=about, **more)


def say(entry: CurationEntry | None) -> None:
    flash(f"{entry.summary}." if entry else "Nothing changed: it was so already.", "good")


def back_to(board: Board, otherwise: str = "") -> BaseResponse:
    """To the page of ours that the form names, else to the board."""
    back = clean_line(request.form.get("back"))
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return redirect(back if inside else otherwise or board_address(board), 303)


def lists_of(board: Board) -> dict[str, Any]:
    """What pages with lists of statements need: the choices to filter and to decide by, and the accounts."""
    return {
        "events": queries.events_of(board.series),
        "choices": choices_of(board.series, board),
        "channels": CHANNELS,
        "reasons": WITHHOLDING_REASONS,
        "given_reasons": [reason for reason in WITHHOLDING_REASONS if reason in actions.GIVEN_BY_PERSONS],
        "facets": FACETS,
        "fates": queries.FATES,
        "accounts": queries.accounts_of([board.id]),
        "per_page": queries.PAGE,
        "undoable": last_undoable(board),
        "redoable": last_redoable(board),
        "state": queries.state_of(board),
    }


@bp.get("/series/<int:series_id>/themes")
@auth_required()
def board(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project())
    if board is None:
        waiting = unread_in(series.id)
        return render_template("themes/empty.html", series=series, about_project=about_project(), waiting=waiting)
    run = queries.latest_run(board)
    filters, standing = filters_asked_for(), themes_of(board)
    shown = themes_with_counts(board, standing, filters=filters)
    unplaced, withheld = (statements_matching(board, replace(filters, fate=f), 1, PILE) for f in PILES)
    return render_template(
        "themes/board.html",
        series=series,
        board=board,
        run=run,
        now=now(),
        proposal=queries.proposal_of(run) if run is not None else None,
        more_proposed=run is not None and proposes_more(run),
        themes=standing,
        unread=unread_in(series.id) if run is None and not standing else 0,
        shown=[view for view in shown if view.statements or not filters.narrow],
        filters=filters,
        piles=[(PILES[0], *unplaced), (PILES[1], *withheld)],
        places=nearest_places(board, standing, unplaced[0]) if standing else {},
        **lists_of(board),
    )


@bp.get("/boards/<int:board_id>/state")
@auth_required()
def board_state(board_id: int) -> Response:
    """What was decided on the board since a version: asked every two seconds, and answered 304 while nothing was."""
    board = queries.board_by_id(current_user, board_id)
    since = request.args.get("since", 0, type=row_id)
    state = queries.state_of(board)

    def news() -> str:
        others = [entry for entry in queries.entries_since(board, since) if entry.actor_id != current_user.id]
        return json.dumps({"state": state, "news": [news_of(entry) for entry in others]})

    return if_changed(f"{state}-{since}", news, "application/json")


def news_of(entry: CurationEntry) -> dict[str, Any]:
    """One decision of somebody else's, as the board tells of it."""
    themes = [change[1] for change in entry.changes if change[0].startswith("theme.")]
    who = entry.actor.called if entry.actor else "The analysis"
    return {"number": entry.number, "words": f"{who}: {entry.summary}", "themes": list(dict.fromkeys(themes))[:5]}


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
