"""What an event asks, read anew at every visit, and everything that is built from it, built once."""

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, Connection, Row, Table, Text, and_, bindparam, cast, select

from ..extensions import db
from ..programme.models import Event, EventSession, Question, Series
from ..programme.queries import no_event_called, table_names_of
from ..text_input import clean_line

MOST_KEPT = 64

EVENT, SERIES, SESSION, QUESTION = (model.__table__ for model in (Event, Series, EventSession, Question))
OF_EVENT, OF_SERIES, OF_QUESTION = "event_row_", "series_row_", "question_row_"


def readable(table: Table, prefix: str = "") -> list[ColumnElement[Any]]:
    """The table's columns, those in JSON as text, so that a row can be a key."""
    return [
        (cast(column, Text) if isinstance(column.type, JSON) else column).label(prefix + column.name)
        for column in table.c
    ]


# Columns alone, and statements made once: half of a visit's time went into mapping rows to objects.
EVENT_CALLED = (
    select(*readable(EVENT, OF_EVENT), *readable(SERIES, OF_SERIES), *readable(QUESTION, OF_QUESTION))
    .join(SERIES, SERIES.c.id == EVENT.c.series_id)
    .outerjoin(QUESTION, and_(QUESTION.c.event_id == EVENT.c.id, QUESTION.c.retired_at.is_(None)))
    .where(EVENT.c.code == bindparam("code"))
    .order_by(QUESTION.c.position, QUESTION.c.id)
)
SESSIONS_OF = (
    select(*readable(SESSION)).where(SESSION.c.event_id == bindparam("id")).order_by(SESSION.c.position, SESSION.c.id)
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


def part(row: Row[Any], prefix: str) -> dict[str, Any]:
    """The columns that were labelled with the prefix, by their own names."""
    return {name.removeprefix(prefix): value for name, value in row._mapping.items() if name.startswith(prefix)}


def built(rows: tuple[Row[Any], ...], sessions: tuple[Row[Any], ...], tables: tuple[str, ...]) -> Asked:
    """From a row for each question, each with the event and the series before it."""
    event = of_row(Event, part(rows[0], OF_EVENT))
    event.series = of_row(Series, part(rows[0], OF_SERIES))
    event.sessions = [of_row(EventSession, row._mapping) for row in sessions]
    by_id = {session.id: session for session in event.sessions}
    columns = [part(row, OF_QUESTION) for row in rows]
    asked = [of_row(Question, values) for values in columns if values["id"] is not None]
    for question in asked:
        question.session = by_id.get(question.session_id or 0)
    return Asked(event, asked, list(tables))


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection to read from: outside of any transaction on PostgreSQL, where to begin and end one takes as long as
    the reading, and the session's own where it has begun one."""
    if db.engine.dialect.name != "postgresql" or db.session.registry().in_transaction():
        # Its connection's execute(): the session's own costs more than these queries.
        yield db.session.connection()
    else:
        with db.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


_kept: OrderedDict[Any, Asked] = OrderedDict()
_lock = Lock()


def asked_at(code: str) -> Asked:
    """What the event of a delegate's code asks now. NotFound where no event has the code.

    The rows themselves are the key under which it is kept, so that no change of them, made anyhow, is ever missed.
    """
    with reading() as connection:
        rows = tuple(connection.execute(EVENT_CALLED, {"code": clean_line(code).upper()}))
        if not rows:
            raise no_event_called(code)
        event_id = rows[0].event_row_id
        sessions = tuple(connection.execute(SESSIONS_OF, {"id": event_id}))
    tables = tuple(table_names_of(event_id)) if rows[0].event_row_ask_table else ()
    key = (rows, sessions, tables)
    with _lock:
        asked = _kept.get(key) or built(*key)
        _kept[key] = asked
        _kept.move_to_end(key)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return asked
