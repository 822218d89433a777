"""What an event asks, read anew at every visit, and everything that is built from it, built once."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Row, bindparam, select

from ..extensions import db
from ..programme.models import Event, EventSession, Question, Series
from ..programme.queries import no_event_called
from ..text_input import clean_line

MOST_KEPT = 64

EVENT, SERIES, SESSION, QUESTION = (model.__table__ for model in (Event, Series, EventSession, Question))
# Columns alone, and statements made once: half of a visit's time went into mapping rows to objects.
EVENT_CALLED = select(EVENT).where(EVENT.c.code == bindparam("code"))
SERIES_OF = select(SERIES).where(SERIES.c.id == bindparam("id"))
SESSIONS_OF = select(SESSION).where(SESSION.c.event_id == bindparam("id")).order_by(SESSION.c.position, SESSION.c.id)
QUESTIONS_OF = (
    select(QUESTION)
    .where(QUESTION.c.event_id == bindparam("id"), QUESTION.c.retired_at.is_(None))
    .order_by(QUESTION.c.position, QUESTION.c.id)
)

Made = TypeVar("Made")


@dataclass
class Asked:
    """An event and its questions as they stand, in no database session: shared by all visitors, never changed.

    `made` holds what was built from them (form classes, pages), by what it is and in which language.
    """

    event: Event
    questions: list[Question]
    made: dict[Any, Any] = field(default_factory=dict)


def of_row(model: type[Made], row: Row[Any]) -> Made:
    """The row's object, outside of any database session."""
    return model(**row._mapping)


def built(event_row: Row[Any], series_row: Row[Any], sessions: list[Row[Any]], questions: list[Row[Any]]) -> Asked:
    event = of_row(Event, event_row)
    event.series = of_row(Series, series_row)
    event.sessions = [of_row(EventSession, row) for row in sessions]
    by_id = {session.id: session for session in event.sessions}
    asked = [of_row(Question, row) for row in questions]
    for question in asked:
        question.session = by_id.get(question.session_id or 0)
    return Asked(event, asked)


_kept: OrderedDict[str, Asked] = OrderedDict()
_lock = Lock()


def asked_at(code: str) -> Asked:
    """What the event of a delegate's code asks now. NotFound where no event has the code.

    The rows themselves are the key under which it is kept, so that no change of them, made anyhow, is ever missed.
    """
    # The session's own connection: its execute() costs more than these queries.
    read = db.session.connection().execute
    event = read(EVENT_CALLED, {"code": clean_line(code).upper()}).first()
    if event is None:
        raise no_event_called(code)
    rows = (
        event,
        read(SERIES_OF, {"id": event.series_id}).one(),
        read(SESSIONS_OF, {"id": event.id}).all(),
        read(QUESTIONS_OF, {"id": event.id}).all(),
    )
    # Tuples, because a row's own repr leaves out the middle of a long text.
    key = repr([tuple(row) if isinstance(row, Row) else [tuple(each) for each in row] for row in rows])
    with _lock:
        asked = _kept.get(key) or built(*rows)
        _kept[key] = asked
        _kept.move_to_end(key)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return asked
