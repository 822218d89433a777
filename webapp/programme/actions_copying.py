"""An event's programme copied to another event."""

from typing import NamedTuple

from ..errors import Refused
from ..extensions import db
from .actions_questions import last_position, origin
from .actions_sessions import new_token
from .models import DiscussionTable, Event, EventSession, Question
from .queries import questions_of


class Copied(NamedTuple):
    """How many of each were added."""

    sessions: int
    tables: int
    questions: int


def copy_programme(source: Event, target: Event) -> Copied:
    """Give `target` the sessions, tables and questions of `source` that it lacks; a second copy adds nothing.

    Tables get links of their own and no facilitator: those are other people on another day. Retired questions stay
    behind.
    """
    if source.id == target.id:
        raise Refused("An event cannot be copied to itself. Choose another one.")
    tables_before = sum(len(session.tables) for session in target.sessions)
    sessions_before = len(target.sessions)
    counterparts = {session.id: copied_session(session, target) for session in source.sessions}
    questions = copied_questions(source, target, counterparts)
    db.session.add_all(questions)
    added = Copied(
        len(target.sessions) - sessions_before,
        sum(len(session.tables) for session in target.sessions) - tables_before,
        len(questions),
    )
    db.session.commit()
    return added


def copied_session(session: EventSession, target: Event) -> EventSession:
    """The target's session with the same title and kind, made where it has none, and its tables."""
    same = [each for each in target.sessions if (each.title, each.kind) == (session.title, session.kind)]
    last = max((each.position for each in target.sessions), default=0)
    copy = same[0] if same else EventSession(event=target, title=session.title, kind=session.kind, position=last + 1)
    if not same:
        copy.speaker = session.speaker
    db.session.add(copy)
    there = {table.name for table in copy.tables}
    missing = [table.name for table in session.tables if table.name not in there]
    db.session.add_all(DiscussionTable(session=copy, name=name, token=new_token()) for name in missing)
    return copy


def copied_questions(source: Event, target: Event, counterparts: dict[int, EventSession]) -> list[Question]:
    """Copies of the questions now asked at the source that the target does not ask."""
    asked = questions_of(target)
    origins = {origin(question) for question in asked} | {question.id for question in asked}
    texts = {(question.text, question.kind) for question in asked}
    start = last_position(target)
    missing = [
        question
        for question in questions_of(source)
        if origin(question) not in origins and (question.text, question.kind) not in texts
    ]
    return [
        Question(
            **(question.settings | {"position": start + number}),
            event=target,
            session=counterparts.get(question.session_id or 0),
            copied_from_id=origin(question),
        )
        for number, question in enumerate(missing, start=1)
    ]
