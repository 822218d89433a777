"""Series, events and questions."""

from typing import Any

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ..accounts.models import Membership
from ..accounts.queries import role_in_series, sees_all_series
from ..extensions import db
from ..programme.models import Event, Question, Series
from ..programme.queries import event_for, question_for, series_for
from ..wording import now
from .bearer import who_asks
from .fields import PageQuery
from .openapi import resource
from .paging import as_page, page
from .shapes_programme import EventPage, EventShape, QuestionPage, QuestionShape, SeriesPage, SeriesShape

TAG = "Programme"


@resource("GET", "/series", TAG, "read", SeriesPage, query=PageQuery)
def list_series(asked: dict[str, Any]) -> dict[str, Any]:
    """The series that you belong to."""
    user = who_asks()
    theirs = select(Membership.series_id, Membership.role).where(Membership.user_id == user.id)
    roles = dict(db.session.execute(theirs).tuples().all())
    query = select(Series)
    if not sees_all_series(user):
        query = query.where(Series.id.in_(roles))
    found, more = page(query, Series.id, asked)
    return as_page(found, more, lambda series: as_seen(series, roles.get(series.id, "viewer")))


@resource("GET", "/series/<int:series_id>", TAG, "read", SeriesShape)
def get_series(series_id: int) -> dict[str, Any]:
    """One series."""
    series = series_for(who_asks(), series_id)
    return as_seen(series, role_in_series(who_asks(), series_id) or "viewer")


@resource("GET", "/series/<int:series_id>/events", TAG, "read", EventPage, query=PageQuery)
def list_events(asked: dict[str, Any], series_id: int) -> dict[str, Any]:
    """The events of a series, each with its sessions."""
    series = series_for(who_asks(), series_id)
    query = select(Event).where(Event.series_id == series.id).options(selectinload(Event.sessions))
    return as_page(*page(query, Event.id, asked), event_shown)


@resource("GET", "/events/<int:event_id>", TAG, "read", EventShape)
def get_event(event_id: int) -> dict[str, Any]:
    """One event with its sessions."""
    return event_shown(event_for(who_asks(), event_id))


@resource("GET", "/events/<int:event_id>/questions", TAG, "read", QuestionPage, query=PageQuery)
def list_questions(asked: dict[str, Any], event_id: int) -> dict[str, Any]:
    """The questions of an event, those that are asked no more too."""
    event = event_for(who_asks(), event_id)
    found, more = page(select(Question).where(Question.event_id == event.id), Question.id, asked)
    return as_page(found, more, lambda question: question)


@resource("GET", "/questions/<int:question_id>", TAG, "read", QuestionShape)
def get_question(question_id: int) -> Question:
    """One question."""
    return question_for(who_asks(), question_id)


def as_seen(series: Series, role: str) -> dict[str, Any]:
    return {**{name: getattr(series, name) for name in SeriesShape._declared_fields if name != "role"}, "role": role}


def event_shown(event: Event) -> dict[str, Any]:
    """The event with what is not in its row."""
    own = {name: getattr(event, name, None) for name in EventShape._declared_fields}
    return {**own, "state": event.state(now()), "form_address": public(url_for("collect.respond", code=event.code))}


def public(path: str) -> str:
    """The path as an address that works from elsewhere."""
    before = current_app.config["PUBLIC_ADDRESS"].rstrip("/")
    return f"{before}{path}" if before else url_for("programme.home", _external=True).rstrip("/") + path
