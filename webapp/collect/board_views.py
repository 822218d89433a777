"""The organiser's coverage board of one event. It keeps itself up to date; without script, by reloading."""

from typing import Any

from flask import render_template
from flask_security import auth_required, current_user

from ..accounts.queries import may
from ..errors import NotFound
from ..programme.models import Event
from ..programme.queries import NOT_HERE, event_for, series_for
from ..wording import now
from .coverage import coverage_of
from .live import if_changed, once, version
from .views import Page, bp

BOARD = "/series/<int:series_id>/collect/board/<int:event_id>"


def board_of(series_id: int, event_id: int) -> dict[str, Any]:
    """What the board shows to whoever asks, and its version."""
    event = event_in(series_id, event_id)
    # Only who may edit gets the tables' addresses: whoever has one can write for the table.
    may_edit = may(current_user, series_id, "editor")
    coverage = coverage_of(event, now())
    return {
        "event": event,
        "coverage": coverage,
        "may_edit": may_edit,
        "version": version([event.id, may_edit, coverage.seen]),
    }


def event_in(series_id: int, event_id: int) -> Event:
    event = event_for(current_user, event_id)
    if event.series_id != series_id:
        raise NotFound(NOT_HERE)
    return event


@bp.get(BOARD)
@auth_required()
def coverage(series_id: int, event_id: int) -> Page:
    """Tables by questions, and the responses as they come in."""
    return render_template(
        "collect/coverage.html", series=series_for(current_user, series_id), **board_of(series_id, event_id)
    )


@bp.get(f"{BOARD}/now")
@auth_required()
def coverage_now(series_id: int, event_id: int) -> Page:
    """The board alone, for a page that is open: 304 where nothing changed."""
    board = board_of(series_id, event_id)
    render = once(board["version"], lambda: render_template("collect/coverage_now.html", **board))
    return if_changed(board["version"], render)
