"""At the end of the time for which a series keeps words: its statements stay where they stand, without a word."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, func, select, update

from ..collect.retaining import has_words, removal_at, remove_texts
from ..extensions import db
from ..programme.models import Event, Series
from .blackening import blacken_with
from .gone import gone_of
from .models import Statement
from .reading import read_statements


def events_due(now: datetime) -> list[Event]:
    """The events whose words are to be removed by now, and still have some."""
    query = select(Event).join(Series).where(Series.keep_texts_days.is_not(None)).order_by(Event.id)
    return [event for event in db.session.scalars(query) if _is_due(event, now) and _has_some(event)]


def _is_due(event: Event, now: datetime) -> bool:
    due = removal_at(event)
    return due is not None and due <= now


def _has_some(event: Event) -> bool:
    if event.texts_removed_at is None:
        return True
    read = exists().where(Statement.event_id == event.id, Statement.words_removed_at.is_(None), Statement.text != "")
    return bool(db.session.scalar(select(read))) or has_words(event)


def remove_old_texts(clock: Callable[[], datetime], say: Callable[[str], object] = lambda _line: None) -> int:
    """Remove the words of every event whose time is over, an event a transaction. How many events there were."""
    removed = 0
    for event in events_due(clock()):
        read_statements(event, clock())
        # An owner may have decided otherwise since: whoever changes the series' row comes before this, or after.
        db.session.execute(update(Series).where(Series.id == event.series_id).values(title=Series.title))
        db.session.refresh(event.series)
        if not _is_due(event, clock()):
            db.session.rollback()
            continue
        remove_texts(event, clock())
        removed += 1
        say(f"Removed the words of event {event.id}.")
    return removed


def leave_no_words(_sender: object, event_id: int, mark: str, now: datetime) -> None:
    """Blank the event's statements, and take their words out of what was made of them. The caller commits."""
    theirs = Statement.event_id == event_id
    series_id = db.session.get_one(Event, event_id).series_id
    texts = db.session.scalars(select(Statement.text).where(theirs, Statement.words_removed_at.is_(None)))
    blacken_with(series_id, gone_of(texts, series_id, mark, Statement.event_id != event_id))
    db.session.execute(
        update(Statement)
        .where(theirs)
        .values(
            text=mark,
            vector=None,
            # Digests of short words can be guessed; what is a copy of what stands in `duplicate_of_id`.
            wording_key="",
            source_key="",
            practice_vouched_by="",
            words_removed_at=func.coalesce(Statement.words_removed_at, now),
        ),
        execution_options={"synchronize_session": "fetch"},
    )
