"""At the end of the time for which a series keeps words: its statements stay where they stand, without a word."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update

from ..collect.retaining import has_words, removal_at, remove_texts
from ..extensions import db
from ..programme.models import Event, Series
from .blackening import blacken_with
from .models import Board, Statement
from .reading import read_statements

# Fewer words than this are said by many, and tell nothing of who said them.
ENOUGH_WORDS = 4


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
    texts = set(db.session.scalars(select(Statement.text).where(theirs, Statement.words_removed_at.is_(None))))
    gone = Gone({text for text in texts if len(text.split()) >= ENOUGH_WORDS} - _still_said(series_id, event_id), mark)
    if gone:
        blacken_with(series_id, gone)
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


def _still_said(series_id: int, event_id: int) -> set[str]:
    """What is said at another event of the series too, word for word, stays."""
    query = (
        select(Statement.text)
        .join(Board)
        .where(Board.series_id == series_id, Statement.event_id != event_id, Statement.retired_at.is_(None))
    )
    return set(db.session.scalars(query))


class Gone:
    """Whole statements that are kept no longer, to be taken out wherever they stand word for word."""

    def __init__(self, texts: set[str], mark: str) -> None:
        self.texts = sorted((text.strip() for text in texts), key=len, reverse=True)
        self.mark = mark
        self._begins = {_first_word(text) for text in self.texts}

    def __bool__(self) -> bool:
        return bool(self.texts)

    def taken_out(self, value: Any) -> Any:
        """The value with the statements replaced in each string in it, however deep."""
        if isinstance(value, str):
            # Most strings hold the first word of none: to look for that is quicker than for each statement.
            if self._begins.isdisjoint(_words(value)):
                return value
            for text in self.texts:
                value = value.replace(text, self.mark)
            return value
        if isinstance(value, list):
            return [self.taken_out(each) for each in value]
        if isinstance(value, dict):
            return {key: self.taken_out(each) for key, each in value.items()}
        return value

    def term(self, _term: Any) -> bool:
        """Single words that describe a theme tell nothing of who said them."""
        return False


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _first_word(text: str) -> str:
    found = re.search(r"\w+", text)
    return found.group() if found else text
