"""What a reading has not followed yet: texts without statements, and statements whose text was taken back."""

from sqlalchemy import Select, exists, func, or_, select

from ..collect.models import Answer, FloorQuestion, GroupNote, Response
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession
from .models import Statement

LIVE = Statement.retired_at.is_(None)


def events_to_read() -> list[int]:
    """Ids of the events in which the statements are not those of the texts that stand."""
    missed = (unread_answers(), unread_notes(), unread_floor_questions(), taken_back())
    return sorted({event_id for query in missed for event_id in db.session.scalars(query)})


def unread_in(series_id: int) -> int:
    """How many texts of the series are waiting to be read."""
    events = select(Event.id).where(Event.series_id == series_id)
    of_series = ((unread_answers(), Response.event_id), (unread_notes(), EventSession.event_id))
    of_series += ((unread_floor_questions(), EventSession.event_id),)
    waiting = [query.where(event_id.in_(events)).subquery() for query, event_id in of_series]
    return sum(db.session.scalar(select(func.count()).select_from(each)) or 0 for each in waiting)


def unread_answers() -> Select[tuple[int]]:
    return (
        select(Response.event_id)
        .join(Answer)
        .where(
            Answer.text.is_not(None),
            Answer.superseded_at.is_(None),
            Response.withdrawn_at.is_(None),
            ~exists().where(Statement.answer_id == Answer.id, LIVE),
        )
    )


def unread_notes() -> Select[tuple[int]]:
    return (
        select(EventSession.event_id)
        .join(DiscussionTable, DiscussionTable.session_id == EventSession.id)
        .join(GroupNote, GroupNote.table_id == DiscussionTable.id)
        .where(GroupNote.deleted_at.is_(None), ~exists().where(Statement.note_id == GroupNote.id, LIVE))
    )


def unread_floor_questions() -> Select[tuple[int]]:
    return (
        select(EventSession.event_id)
        .join(FloorQuestion, FloorQuestion.session_id == EventSession.id)
        .where(
            FloorQuestion.hidden_at.is_(None),
            ~exists().where(Statement.floor_question_id == FloorQuestion.id, LIVE),
        )
    )


def taken_back() -> Select[tuple[int]]:
    return (
        select(Statement.event_id)
        .outerjoin(Answer, Answer.id == Statement.answer_id)
        .outerjoin(Response, Response.id == Answer.response_id)
        .outerjoin(GroupNote, GroupNote.id == Statement.note_id)
        .outerjoin(FloorQuestion, FloorQuestion.id == Statement.floor_question_id)
        .where(
            LIVE,
            or_(
                Answer.superseded_at.is_not(None),
                Response.withdrawn_at.is_not(None),
                GroupNote.deleted_at.is_not(None),
                FloorQuestion.hidden_at.is_not(None),
            ),
        )
    )
