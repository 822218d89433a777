"""What an event asks, read anew at every visit, and everything that is built from it, built once."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, Row, Table, Text, bindparam, cast, select

from ..extensions import db
from ..programme.models import Event, EventSession, Question, Series
from ..programme.queries import no_event_called, table_names_of
from ..text_input import clean_line

MOST_KEPT = 64

EVENT, SERIES, SESSION, QUESTION = (model.__table__ for model in (Event, Series, EventSession, Question))
OF_SERIES = "series_row_"


def readable(table: Table, prefix: str = "") -> list[ColumnElement[Any]]:
    """The table's columns, those in JSON as text, so that a row can be a key."""
    return [
        (cast(column, Text) if isinstance(column.type, JSON) else column).label(prefix + column.name)
        for column in table.c
    ]


# Columns alone, and statements made once: half of a visit's time went into mapping rows to objects.
EVENT_CALLED = (
    select(*readable(EVENT), *readable(SERIES, OF_SERIES))
    .join(SERIES, SERIES.c.id == EVENT.c.series_id)
    .where(EVENT.c.code == bindparam("code"))
)
SESSIONS_OF = (
    select(*readable(SESSION)).where(SESSION.c.event_id == bindparam("id")).order_by(SESSION.c.position, SESSION.c.id)
)
QUESTIONS_OF = (
    select(*readable(QUESTION))
    .where(QUESTION.c.event_id == bindparam("id"), QUESTION.c.retired_at.is_(None))
    .order_by(QUESTION.c.position, QUESTION.c.id)
)

Made = TypeVar("Made")


@dataclass
class Asked:
    """An event, its questions and the names of its tables, if it asks for them, as they stand.

    In no database session: shared by all visitors, never changed. `made` holds what was built from them (form classes,
    pages), by what it is and in which language.
    """

    event: Event
    questions: list[Question]
    tables: list[str] = field(default_factory=list)
    made: dict[Any, Any] = field(default_factory=dict)


def of_row(model: type[Made], row: Mapping[str, Any]) -> Made:
    """The row's object, outside of any database session."""
    in_json = {column.name for column in model.__table__.c if isinstance(column.type, JSON)}
    return model(**{name: json.loads(value) if name in in_json else value for name, value in row.items()})


def built(
    event_row: Row[Any], sessions: tuple[Row[Any], ...], questions: tuple[Row[Any], ...], tables: tuple[str, ...]
) -> Asked:
    columns = event_row._mapping
    event = of_row(Event, {name: value for name, value in columns.items() if not name.startswith(OF_SERIES)})
    event.series = of_row(
        Series, {name.removeprefix(OF_SERIES): value for name, value in columns.items() if name.startswith(OF_SERIES)}
    )
    event.sessions = [of_row(EventSession, row._mapping) for row in sessions]
    by_id = {session.id: session for session in event.sessions}
    asked = [of_row(Question, row._mapping) for row in questions]
    for question in asked:
        question.session = by_id.get(question.session_id or 0)
    return Asked(event, asked, list(tables))


_kept: OrderedDict[Any, Asked] = OrderedDict()
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
    of_event = {"id": event.id}
    tables = tuple(table_names_of(event.id)) if event.ask_table else ()
    rows = (event, tuple(read(SESSIONS_OF, of_event)), tuple(read(QUESTIONS_OF, of_event)), tables)
    with _lock:
        asked = _kept.get(rows) or built(*rows)
        _kept[rows] = asked
        _kept.move_to_end(rows)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return asked
