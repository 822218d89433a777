"""What the worker does, outside of any request."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, has_app_context
from huey import crontab
from sqlalchemy import func, select

from ..extensions import db, huey
from ..programme.models import Event
from ..wording import now
from . import signals
from .analysing import suggest_themes
from .curation import Conflict
from .duplicates import mark_copies
from .holding import runs_left_alone
from .late_arrivals import suggest_places
from .missed import events_to_read
from .models import Board, Statement, ThemeRun
from .reading import read_statements
from .retaining import remove_old_texts
from .taken_back import follow_sources
from .understanding import (
    boards_left_alone,
    lay_out_batches,
    somebody_is_at,
    statements_left,
    understand_next,
)


@contextmanager
def app_context() -> Iterator[None]:
    """The worker's tasks run in an app context of their own; in tests the caller's serves."""
    if has_app_context():
        yield
    else:
        with huey.flask_app.app_context():
            yield


def _waiting(event_id: int) -> str:
    return f"reading-{event_id}"


def words_came_in(_sender: object, event_id: int) -> None:
    """Put the event in line for reading, once: 300 phones that send at the same time need one reading."""
    if huey.immediate:
        return
    try:
        if huey.put_if_empty(_waiting(event_id), 1):
            read_event(event_id)
    except Exception:
        # What was sent is stored, and its sender must not be told that it failed; `read_what_was_missed` finds it.
        current_app.logger.exception("the queue cannot be reached: reading waits")


def words_were_taken_back(_sender: object, event_id: int) -> None:
    """Set their statements aside at once, in the request that took them back."""
    for last_try in (False, False, True):
        try:
            return _set_aside(event_id)
        except Conflict:
            # An organiser decided something in the same moment; the next try stands on it.
            if last_try:
                raise


def _set_aside(event_id: int) -> None:
    event = db.session.get(Event, event_id)
    if event is not None:
        follow_sources(event, now())
        mark_copies(event_id, ())
        db.session.commit()
        signals.words_set_aside.send(None, series_id=event.series_id)


@huey.task(retries=3, retry_delay=5)
def read_event(event_id: int) -> None:
    # Whatever arrives from now on needs another reading.
    huey.get(_waiting(event_id))
    with app_context():
        event = db.session.get(Event, event_id)
        if event is not None:
            before = _retired_in(event_id)
            read_statements(event, now())
            if _retired_in(event_id) > before:
                # What was taken back while nobody could say so.
                signals.words_set_aside.send(None, series_id=event.series_id)
            for board in db.session.scalars(select(Board).where(Board.series_id == event.series_id)):
                _understand(board)
            signals.words_read.send(None, series_id=event.series_id)


def _understand(board: Board) -> None:
    """A few statements at once, so that a phone's text is on the board within seconds; many in the background."""
    if lay_out_batches(board) > 1 and not somebody_is_at(board.id, now()):
        help_understand(board.id)
    understand_next(board.id, now)
    suggest_places(board)


@huey.task()
def help_understand(board_id: int) -> None:
    """Do one batch, and call the next worker to the next one: one such task waits at a time, and whoever is idle takes
    it. What came in meanwhile has its turn between two batches."""
    with app_context():
        done = understand_next(board_id, now, begun=lambda: help_understand(board_id))
        board = db.session.get(Board, board_id)
        if done is not None and board is not None and not statements_left(board_id):
            suggest_places(board)
            signals.words_read.send(None, series_id=board.series_id)


def _retired_in(event_id: int) -> int:
    query = select(func.count()).where(Statement.event_id == event_id, Statement.retired_at.is_not(None))
    return db.session.scalar(query) or 0


@huey.periodic_task(crontab(minute="*"))
def read_what_was_missed() -> None:
    """Texts whose reading was lost with a worker, and what was taken back since, are found again within a minute."""
    with app_context():
        for event_id in events_to_read():
            read_event(event_id)


@huey.periodic_task(crontab(minute="17"))
def remove_texts_whose_time_is_over() -> None:
    with app_context():
        remove_old_texts(now)


@huey.periodic_task(crontab(minute="*"))
def take_up_what_was_left() -> None:
    """What a worker was at when it was killed is taken up again."""
    with app_context():
        for board_id in boards_left_alone(now()):
            board = db.session.get(Board, board_id)
            if board is not None and lay_out_batches(board):
                help_understand(board_id)
        for run_id in runs_left_alone(now()):
            if huey.put_if_empty(_again(run_id), 1):
                analyse(run_id)


def _again(run_id: int) -> str:
    return f"analysis-{run_id}"


@huey.task()
def analyse(run_id: int) -> None:
    huey.get(_again(run_id))
    with app_context():
        run = db.session.get(ThemeRun, run_id)
        if run is not None and run.state in ("waiting", "running"):
            series_id = run.board.series_id
            carried_out = True
            try:
                carried_out = suggest_themes(run, now, call_for_help=help_understand)
            finally:
                if carried_out:
                    signals.analysis_finished.send(None, series_id=series_id)
