"""What was received at each event, by each way of taking part."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import case, func, select

from ..collect.models import FloorQuestion, GroupNote, Response
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession
from .heard import EventFacts


def event_facts(events: Sequence[Event]) -> list[EventFacts]:
    """What was received at each event, counted in four queries."""
    ids = [event.id for event in events]
    kinds: dict[int, list[str]] = {}
    sessions = select(EventSession.event_id, EventSession.kind).where(EventSession.event_id.in_(ids))
    for event_id, kind in db.session.execute(sessions):
        kinds.setdefault(event_id, []).append(kind)
    responses = responses_by_kind(ids)
    notes = notes_by_session_kind(ids)
    asked = floor_questions_by_event(ids)
    return [
        EventFacts(
            id=event.id,
            title=event.title,
            place=event.place,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            invited=event.invited,
            attended=event.attended,
            session_kinds=tuple(dict.fromkeys(kinds.get(event.id, ()))),
            organisation_types=dict(responses.get(event.id, {})),
            responses=sum(responses.get(event.id, Counter()).values()),
            tables=notes.get((event.id, False), (0, 0))[0],
            notes=notes.get((event.id, False), (0, 0))[1],
            floor_questions=asked.get(event.id, 0),
            presentations=notes.get((event.id, True), (0, 0))[0],
            key_points=notes.get((event.id, True), (0, 0))[1],
        )
        for event in events
    ]


def responses_by_kind(event_ids: list[int]) -> dict[int, Counter[str]]:
    """Event id -> organisation type -> responses that stand."""
    query = (
        select(Response.event_id, Response.organisation_type, func.count())
        .where(Response.event_id.in_(event_ids), Response.withdrawn_at.is_(None))
        .group_by(Response.event_id, Response.organisation_type)
    )
    found: dict[int, Counter[str]] = {}
    for event_id, kind, number in db.session.execute(query):
        found.setdefault(event_id, Counter())[kind] += number
    return found


def notes_by_session_kind(event_ids: list[int]) -> dict[tuple[int, bool], tuple[int, int]]:
    """(event id, whether in presentations) -> (tables that wrote, or presentations noted; notes that stand)."""
    presentation = EventSession.kind == "presentation"
    # Two scribes at one presentation took down one presenter.
    source = case((presentation, EventSession.id), else_=GroupNote.table_id)
    query = (
        select(EventSession.event_id, presentation, func.count(func.distinct(source)), func.count())
        .select_from(GroupNote)
        .join(DiscussionTable, DiscussionTable.id == GroupNote.table_id)
        .join(EventSession, EventSession.id == DiscussionTable.session_id)
        .where(EventSession.event_id.in_(event_ids), GroupNote.deleted_at.is_(None))
        .group_by(EventSession.event_id, presentation)
    )
    return {(event_id, bool(kind)): (tables, notes) for event_id, kind, tables, notes in db.session.execute(query)}


def floor_questions_by_event(event_ids: list[int]) -> dict[int, int]:
    """Event id -> questions from the floor that are not hidden."""
    query = (
        select(EventSession.event_id, func.count())
        .select_from(FloorQuestion)
        .join(EventSession, EventSession.id == FloorQuestion.session_id)
        .where(EventSession.event_id.in_(event_ids), FloorQuestion.hidden_at.is_(None))
        .group_by(EventSession.event_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
