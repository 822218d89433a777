"""Tells the programme how much hangs on one of its rows, so that nothing that was said goes with it by the way."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Question
from ..programme.signals import counting_words
from .models import Answer, FloorQuestion, GroupNote, Response


def counted(model: Any, *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


@counting_words.connect
def words_on(row: Any) -> int:
    """How many things that were said hang on the row, the withdrawn and deleted ones too."""
    if isinstance(row, Question):
        return counted(Answer, Answer.question_id == row.id) + counted(GroupNote, GroupNote.question_id == row.id)
    if isinstance(row, DiscussionTable):
        return counted(GroupNote, GroupNote.table_id == row.id)
    if not isinstance(row, Event | EventSession):
        return 0
    of_event = isinstance(row, Event)
    sessions = select(EventSession.id).where((EventSession.event_id if of_event else EventSession.id) == row.id)
    tables = select(DiscussionTable.id).where(DiscussionTable.session_id.in_(sessions))
    said = counted(GroupNote, GroupNote.table_id.in_(tables)) + counted(
        FloorQuestion, FloorQuestion.session_id.in_(sessions)
    )
    return said + (counted(Response, Response.event_id == row.id) if of_event else 0)
