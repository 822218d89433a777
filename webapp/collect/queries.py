"""Reads for those who say and write down: by receipt code, by table, by session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from ..errors import NotFound
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Question
from .codes import as_stored
from .models import Answer, FloorBacking, FloorQuestion, GroupNote, Response

# Made once, as every delegate's phone asks it.
BY_CODE = (
    select(Response)
    .where(Response.receipt_code == bindparam("code"))
    .options(
        selectinload(Response.answers).joinedload(Answer.question),
        joinedload(Response.event).joinedload(Event.series),
    )
)


def response_by_code(code: str) -> Response:
    """The response that a receipt code opens."""
    found = db.session.scalar(BY_CODE, {"code": as_stored(code)})
    if found is None:
        raise NotFound(_("No response has this receipt code. Check it letter by letter."))
    return found


def few_alike(response: Response) -> int | None:
    """How many responses of the same kind of organisation came from the same table, this one counted, where they are
    so few that both together could point to a person; None where they are not, or one of the two was not said."""
    if not (response.organisation_type and response.table_name):
        return None
    alike = db.session.scalar(
        select(func.count()).where(
            Response.event_id == response.event_id,
            Response.withdrawn_at.is_(None),
            Response.organisation_type == response.organisation_type,
            Response.table_name == response.table_name,
        )
    )
    return alike if alike < response.event.series.small_group else None


def notes_of(table: DiscussionTable) -> list[GroupNote]:
    """The table's lines in the order in which they were taken."""
    query = (
        select(GroupNote)
        .where(GroupNote.table_id == table.id, GroupNote.deleted_at.is_(None))
        .order_by(GroupNote.noted_at, GroupNote.id)
    )
    return list(db.session.scalars(query))


def notes_version(table: DiscussionTable) -> str:
    """Changes whenever a line of the table is added, edited, deleted or restored."""
    row = db.session.execute(
        select(
            func.count(),
            func.count(GroupNote.deleted_at),
            func.max(GroupNote.id),
            func.max(GroupNote.edited_at),
            func.max(GroupNote.deleted_at),
        ).where(GroupNote.table_id == table.id)
    ).one()
    return "-".join(str(int(part.timestamp() * 1e6) if isinstance(part, datetime) else part or 0) for part in row)


def note_at(table: DiscussionTable, note_id: int) -> GroupNote:
    """One of the table's lines, deleted or not; another table's does not exist here."""
    note = db.session.get(GroupNote, note_id)
    if note is None or note.table_id != table.id:
        raise NotFound(_("This line is not at this table."))
    return note


def questions_at(table: DiscussionTable) -> list[Question]:
    """The free-text questions that a table may answer: those of its session, else those of no session.

    What a scribe takes down at a presentation or a Q&A answers no general question.
    """
    query = (
        select(Question)
        .where(Question.event_id == table.session.event_id, Question.kind == "free_text", Question.retired_at.is_(None))
        .order_by(Question.position, Question.id)
    )
    asked = list(db.session.scalars(query))
    of_session = [question for question in asked if question.session_id == table.session_id]
    if of_session or table.session.kind in ("presentation", "qa"):
        return of_session
    return [question for question in asked if question.session_id is None]


def session_at(event: Event, session_id: int) -> EventSession:
    """One of the event's sessions."""
    session = db.session.get(EventSession, session_id)
    if session is None or session.event_id != event.id:
        raise NotFound(_("This event has no such session."))
    return session


@dataclass(frozen=True)
class FloorLine:
    """A question from the floor with how many backed it, and whether this phone is among them."""

    question: FloorQuestion
    backings: int
    backed: bool

    @property
    def shown(self) -> tuple[object, ...]:
        """Everything of it that a page may show: changes with each of them."""
        return (*self.question.shown, self.backings, self.backed)


def floor_of(session: EventSession, backer_key: str | None = None, hidden: bool = False) -> list[FloorLine]:
    """The session's questions, most backed first, then oldest; the hidden ones only where asked for."""
    backings = (
        select(func.count()).where(FloorBacking.floor_question_id == FloorQuestion.id).correlate(FloorQuestion)
    ).scalar_subquery()
    query = (
        select(FloorQuestion, backings)
        .where(FloorQuestion.session_id == session.id)
        .order_by(backings.desc(), FloorQuestion.asked_at, FloorQuestion.id)
    )
    if not hidden:
        query = query.where(FloorQuestion.hidden_at.is_(None))
    rows = list(db.session.execute(query))
    mine = set(
        db.session.scalars(select(FloorBacking.floor_question_id).where(FloorBacking.backer_key == (backer_key or "")))
    )
    return [FloorLine(question, backed_by, question.id in mine) for question, backed_by in rows]


def asked_by(session: EventSession, client_keys: Sequence[str]) -> list[FloorQuestion]:
    """The session's questions that came with these keys, as a phone remembers its own; the hidden ones too."""
    if not client_keys:
        return []
    query = (
        select(FloorQuestion)
        .where(FloorQuestion.session_id == session.id, FloorQuestion.client_key.in_(client_keys))
        .order_by(FloorQuestion.asked_at, FloorQuestion.id)
    )
    return list(db.session.scalars(query))


def floor_question_in(session: EventSession, question_id: int) -> FloorQuestion:
    found = db.session.get(FloorQuestion, question_id)
    if found is None or found.session_id != session.id:
        raise NotFound(_("This session has no such question."))
    return found
