"""What the worker does, outside of any request."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_app_context
from huey import crontab
from sqlalchemy import exists, select

from ..collect.models import Answer, GroupNote, Response
from ..extensions import db, huey
from ..programme.models import DiscussionTable, Event, EventSession
from ..wording import now
from .analysing import suggest_themes
from .late_arrivals import suggest_places
from .models import Board, Statement, ThemeRun
from .reading import read_statements, understand_statements


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
    if huey.put_if_empty(_waiting(event_id), 1):
        read_event(event_id)


@huey.task(retries=3, retry_delay=5)
def read_event(event_id: int) -> None:
    # Whatever arrives from now on needs another reading.
    huey.get(_waiting(event_id))
    with app_context():
        event = db.session.get(Event, event_id)
        if event is not None:
            read_statements(event, now())
            for board in db.session.scalars(select(Board).where(Board.series_id == event.series_id)):
                understand_statements(board)
                suggest_places(board)


@huey.periodic_task(crontab(minute="*"))
def read_what_was_missed() -> None:
    """Texts whose reading was lost with a worker are found again within a minute."""
    with app_context():
        for event_id in events_with_unread_texts():
            read_event(event_id)


def events_with_unread_texts() -> list[int]:
    """Ids of the events in which a text has no live statement yet."""
    live = Statement.retired_at.is_(None)
    answers = (
        select(Response.event_id)
        .join(Answer)
        .where(
            Answer.text.is_not(None),
            Answer.superseded_at.is_(None),
            Response.withdrawn_at.is_(None),
            ~exists().where(Statement.answer_id == Answer.id, live),
        )
    )
    notes = (
        select(EventSession.event_id)
        .join(DiscussionTable, DiscussionTable.session_id == EventSession.id)
        .join(GroupNote, GroupNote.table_id == DiscussionTable.id)
        .where(GroupNote.deleted_at.is_(None), ~exists().where(Statement.note_id == GroupNote.id, live))
    )
    return sorted(set(db.session.scalars(answers)) | set(db.session.scalars(notes)))


@huey.task()
def analyse(run_id: int) -> None:
    with app_context():
        run = db.session.get(ThemeRun, run_id)
        if run is not None and run.state == "waiting":
            suggest_themes(run, now)
