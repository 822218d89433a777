"""Reads of the programme. Those that take a user show only what that user belongs to; the rest go by code or token."""

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..accounts.models import Membership, User
from ..accounts.queries import reaches, role_in_series, sees_all_series
from ..errors import NotAllowed, NotFound
from ..extensions import db
from ..text_input import clean_line
from .models import DiscussionTable, Event, EventSession, Question, Series

NOT_HERE = "There is nothing at this address that you can open. Check it, or sign in as somebody else."


def series_of(user: User) -> list[Series]:
    """The series that the person may see, newest first."""
    query = select(Series).order_by(Series.created_at.desc(), Series.id.desc())
    if not sees_all_series(user):
        query = query.join(Membership, Membership.series_id == Series.id).where(Membership.user_id == user.id)
    return list(db.session.scalars(query))


def series_for(user: User, series_id: int, at_least: str = "viewer") -> Series:
    """The series, for somebody who belongs to it; to a stranger it does not exist."""
    series = db.session.get(Series, series_id)
    role = role_in_series(user, series_id) if series is not None else None
    if series is None or role is None:
        raise NotFound(NOT_HERE)
    if not reaches(role, at_least):
        raise NotAllowed(f"Only an {at_least} of this series can do that. Ask an owner to change your role.")
    return series


def event_for(user: User, event_id: int, at_least: str = "viewer") -> Event:
    """The event, by the rule of `series_for`."""
    event = db.session.get(Event, event_id, options=[joinedload(Event.series)])
    if event is None:
        raise NotFound(NOT_HERE)
    series_for(user, event.series_id, at_least)
    return event


def session_for(user: User, session_id: int, at_least: str = "viewer") -> EventSession:
    """The session, by the rule of `series_for`."""
    session = db.session.get(EventSession, session_id)
    if session is None:
        raise NotFound(NOT_HERE)
    event_for(user, session.event_id, at_least)
    return session


def question_for(user: User, question_id: int, at_least: str = "viewer") -> Question:
    """The question, by the rule of `series_for`."""
    question = db.session.get(Question, question_id)
    if question is None:
        raise NotFound(NOT_HERE)
    event_for(user, question.event_id, at_least)
    return question


def no_event_called(code: str) -> NotFound:
    typed = code.strip()[:20]
    return NotFound(_("No event has the code “%(code)s”. Check it against the poster or the slide.", code=typed))


def event_by_code(code: str) -> Event:
    """The event that a delegate's code opens, however they typed its letters."""
    event = db.session.scalar(select(Event).where(Event.code == clean_line(code).upper()))
    if event is None:
        raise no_event_called(code)
    return event


def table_names_of(event_id: int) -> list[str]:
    """The names of the event's discussion tables, each once, in the order in which they were made."""
    query = (
        select(DiscussionTable.name)
        .join(EventSession, EventSession.id == DiscussionTable.session_id)
        .where(
            EventSession.event_id == event_id,
            EventSession.kind == "group_discussion",
            DiscussionTable.revoked_at.is_(None),
        )
        .group_by(DiscussionTable.name)
        .order_by(func.min(DiscussionTable.id))
    )
    return list(db.session.scalars(query))


def table_by_token(token: str) -> DiscussionTable:
    """The table that a facilitator's link opens."""
    table = db.session.scalar(select(DiscussionTable).where(DiscussionTable.token == clean_line(token)))
    if table is None or table.revoked_at is not None:
        raise NotFound(_("This table's link does not work any more. Ask the organiser for a new one."))
    return table


def questions_of(event: Event) -> list[Question]:
    """The questions now asked at the event, in order."""
    query = (
        select(Question)
        .where(Question.event_id == event.id, Question.retired_at.is_(None))
        .order_by(Question.position, Question.id)
    )
    return list(db.session.scalars(query))


def retired_questions_of(event: Event) -> list[Question]:
    """The questions asked no more, in order."""
    return [question for question in event.questions if question.retired_at is not None]


def events_of(user: User) -> list[Event]:
    """The events of every series that the person belongs to, newest first."""
    query = (
        select(Event)
        .join(Membership, Membership.series_id == Event.series_id)
        .where(Membership.user_id == user.id)
        .order_by(Event.starts_on.desc(), Event.id.desc())
    )
    return list(db.session.scalars(query))


def table_for(user: User, table_id: int, at_least: str = "viewer") -> DiscussionTable:
    """The table, by the rule of `series_for`."""
    table = db.session.get(DiscussionTable, table_id)
    if table is None:
        raise NotFound(NOT_HERE)
    session_for(user, table.session_id, at_least)
    return table


def series_with_owners(page: int, size: int = 50) -> tuple[list[tuple[Series, list[User]]], bool]:
    """A page of all series, newest first, each with the owners who can sign in; and whether more follow."""
    query = select(Series).order_by(Series.created_at.desc(), Series.id.desc())
    found = list(db.session.scalars(query.offset((page - 1) * size).limit(size + 1)))
    owners: dict[int, list[User]] = {series.id: [] for series in found[:size]}
    theirs = (Membership.series_id.in_(owners), Membership.role == "owner", User.active.is_(True))
    for series_id, user in db.session.execute(
        select(Membership.series_id, User).join(User, User.id == Membership.user_id).where(*theirs)
    ):
        owners[series_id].append(user)
    return [(series, owners[series.id]) for series in found[:size]], len(found) > size
