"""The organiser's coverage board of one event. It keeps itself up to date; without script, by reloading."""

from typing import Any

from flask import render_template, request
from flask_security import auth_required, current_user

from ..accounts.queries import may
from ..errors import NotFound
from ..programme.models import Event
from ..programme.queries import NOT_HERE, event_for
from ..wording import now
from .coverage import coverage_of
from .live import Shared, if_changed, version
from .views import Page, bp

BOARD = "/series/<int:series_id>/collect/board/<int:event_id>"


# With the 2 s between two questions of the page's script, a line is on every board within 3 s.
boards = Shared(0.5)


def board_of(event: Event, may_edit: bool) -> dict[str, Any]:
    """What the board shows, and its version. Only who may edit gets the tables' addresses: whoever has one can write
    for the table."""
    coverage = coverage_of(event, now())
    seen = version([event.id, may_edit, coverage.seen])
    return {"event": event, "coverage": coverage, "may_edit": may_edit, "version": seen}


def edits(event: Event) -> bool:
    return may(current_user, event.series_id, "editor")


def event_in(series_id: int, event_id: int) -> Event:
    event = event_for(current_user, event_id)
    if event.series_id != series_id:
        raise NotFound(NOT_HERE)
    return event


@bp.get(BOARD)
@auth_required()
def coverage(series_id: int, event_id: int) -> Page:
    """Tables by questions, and the responses as they come in."""
    event = event_in(series_id, event_id)
    return render_template("collect/coverage.html", series=event.series, **board_of(event, edits(event)))


@bp.get(f"{BOARD}/now")
@auth_required()
def coverage_now(series_id: int, event_id: int) -> Page:
    """The board alone, for a page that is open: 304 where nothing changed."""
    event = event_in(series_id, event_id)
    may_edit = edits(event)

    def made() -> tuple[str, str]:
        board = board_of(event, may_edit)
        return board["version"], render_template("collect/coverage_now.html", **board)

    key = (event.id, may_edit, request.script_root)
    seen, part = boards.get(key, made)
    return if_changed(seen, lambda: part)
