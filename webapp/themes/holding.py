"""Who carries out an analysis: one worker at a time, who says so again and again, and who loses it when silent."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from ..extensions import db
from .models import ThemeRun

LEASE = timedelta(seconds=90)
BEAT = 15.0  # seconds
# A worker that an analysis has ended so often is not given another one to end.
MOST_ATTEMPTS = 3
# A run that waits longer than this may have been lost on its way from the queue.
LOST_AFTER = timedelta(minutes=2)

log = logging.getLogger(__name__)


class TakenOver(Exception):
    """Another worker holds the run now; nothing of this one's is kept."""


@dataclass(frozen=True)
class Hold:
    """What its holder shows to write to a run."""

    run_id: int
    key: str

    def write(self, **values: Any) -> None:
        """Set columns of the run and commit what else was changed with them. Raises TakenOver, and keeps nothing."""
        mine = update(ThemeRun).where(ThemeRun.id == self.run_id, ThemeRun.held_by == self.key)
        written = db.session.execute(
            mine.where(ThemeRun.state == "running").values(**values), execution_options={"synchronize_session": False}
        )
        if written.rowcount != 1:
            db.session.rollback()
            raise TakenOver
        db.session.commit()


def hold(run: ThemeRun, now: datetime) -> Hold | None:
    """Take up a run that waits, or that its holder was silent about for too long; None where another holds it."""
    run_id, key = run.id, uuid.uuid4().hex
    values = {"state": "running", "held_by": key, "held_until": now + LEASE, "attempts": ThemeRun.attempts + 1}
    taken = db.session.execute(
        update(ThemeRun).where(ThemeRun.id == run_id, or_(ThemeRun.state == "waiting", _silent(now))).values(values),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return Hold(run_id, key) if taken.rowcount == 1 else None


@contextmanager
def heard_of(held: Hold, now: Callable[[], datetime]) -> Iterator[None]:
    """While it lasts, a thread says every few seconds that the run is still worked at."""
    ended = threading.Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def beat() -> None:
        while not ended.wait(BEAT):
            with app.app_context():
                _prolong(held, now())

    speaker = threading.Thread(target=beat, daemon=True)
    speaker.start()
    try:
        yield
    finally:
        ended.set()
        speaker.join()


def _prolong(held: Hold, now: datetime) -> None:
    mine = update(ThemeRun).where(ThemeRun.id == held.run_id, ThemeRun.held_by == held.key)
    try:
        db.session.execute(mine.values(held_until=now + LEASE), execution_options={"synchronize_session": False})
        db.session.commit()
    except SQLAlchemyError:
        # The next one may reach the database; there is time for several.
        log.warning("Could not say that analysis %s is worked at", held.run_id, exc_info=True)


def runs_left_alone(now: datetime) -> list[int]:
    """Ids of the runs whose worker fell silent, and of those that have waited for so long that they may be lost."""
    waiting = (ThemeRun.state == "waiting") & (ThemeRun.asked_at < now - LOST_AFTER)
    return list(db.session.scalars(select(ThemeRun.id).where(or_(waiting, _silent(now))).order_by(ThemeRun.id)))


def _silent(now: datetime) -> ColumnElement[bool]:
    unheard = or_(ThemeRun.held_until.is_(None), ThemeRun.held_until < now)
    return (ThemeRun.state == "running") & unheard
