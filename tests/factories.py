"""Rows for tests: each function makes one thing with sensible defaults, and what it needs around it."""

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from webapp.accounts.actions import role_named
from webapp.accounts.models import ADMINISTRATOR, Membership, User
from webapp.collect.models import Answer, FloorQuestion, GroupNote, Response
from webapp.extensions import db
from webapp.programme.models import DiscussionTable, Event, EventSession, Question, Series

NOON = datetime(2003, 7, 8, 12, 0, tzinfo=UTC)
_count = itertools.count(1)


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()
    return row


def make_user(
    email: str | None = None,
    name: str = "Ada Organiser",
    password: str = "a long password",
    administrator: bool = False,
) -> User:
    unique = uuid.uuid4().hex
    email = email or f"organiser{next(_count)}@example.org"
    user = User(email=email, name=name, password=password, active=True, fs_uniquifier=unique)
    if administrator:
        user.roles.append(role_named(ADMINISTRATOR))
    return _saved(user)


def make_series(owner: User | None = None, title: str = "Managing performance", **values: Any) -> Series:
    values.setdefault("organisation_types", ["District council", "County council"])
    series = _saved(Series(title=title, created_at=NOON, **values))
    if owner is not None:
        join_series(owner, series, "owner")
    return series


def join_series(user: User, series: Series, role: str) -> Membership:
    return _saved(Membership(user_id=user.id, series_id=series.id, role=role, since=NOON))


def make_event(series: Series | None = None, **values: Any) -> Event:
    """An event that is open from an hour before NOON, without an end."""
    series = series or make_series()
    values = {
        "title": "London conference",
        "place": "London",
        "starts_on": date(2003, 7, 8),
        "time_zone": "Europe/London",
        "code": f"EV{next(_count):04d}",
        "opens_at": NOON - timedelta(hours=1),
        "created_at": NOON,
        **values,
    }
    return _saved(Event(series_id=series.id, **values))


def make_session(event: Event | None = None, kind: str = "group_discussion", **values: Any) -> EventSession:
    event = event or make_event()
    values = {"title": "What gets in the way", "position": 1, **values}
    return _saved(EventSession(event_id=event.id, kind=kind, **values))


def make_table(session: EventSession | None = None, name: str = "Table 1", **values: Any) -> DiscussionTable:
    session = session or make_session()
    return _saved(DiscussionTable(session_id=session.id, name=name, token=uuid.uuid4().hex, **values))


def make_question(event: Event | None = None, kind: str = "free_text", **values: Any) -> Question:
    event = event or make_event()
    values = {"text": "What gets in the way?", "position": next(_count), **values}
    return _saved(Question(event_id=event.id, kind=kind, **values))


def make_response(event: Event, answers: dict[Question, Any] | None = None, **values: Any) -> Response:
    """A stored response; free text for a free-text question, any other value as it is."""
    values = {
        "client_key": uuid.uuid4().hex,
        "receipt_code": uuid.uuid4().hex[:12].upper(),
        "organisation_type": "District council",
        "consent": "quote",
        "received_at": NOON,
        **values,
    }
    response = Response(event_id=event.id, **values)
    for question, value in (answers or {}).items():
        text = value if question.kind == "free_text" else None
        response.answers.append(Answer(question_id=question.id, text=text, value=None if text is not None else value))
    return _saved(response)


def make_note(table: DiscussionTable, text: str, **values: Any) -> GroupNote:
    values = {"client_key": uuid.uuid4().hex, "noted_at": NOON, "weight": "one", **values}
    return _saved(GroupNote(table_id=table.id, text=text, **values))


def make_floor_question(session: EventSession, text: str, **values: Any) -> FloorQuestion:
    values = {"client_key": uuid.uuid4().hex, "asked_at": NOON, **values}
    return _saved(FloorQuestion(session_id=session.id, text=text, **values))
