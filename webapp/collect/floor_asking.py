"""Writes of questions from the floor: asked, backed, answered, hidden."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..errors import Refused
from ..extensions import db
from ..programme.models import EventSession
from ..text_input import clean_line
from . import signals
from .answers import NothingAnswered, checked_text
from .models import FloorBacking, FloorQuestion
from .responding import refuse_unless_open


def stored_floor_question(session: EventSession, client_key: str) -> FloorQuestion | None:
    found = db.session.scalar(select(FloorQuestion).where(FloorQuestion.client_key == client_key))
    if found is not None and found.session_id != session.id:
        raise Refused(_("This question was already sent to another session. Reload the page and send it again."))
    return found


def ask_question(session: EventSession, text: str, client_key: str, now: datetime) -> FloorQuestion:
    """Store one question once: the same `client_key` gives back the question that it made."""
    before = stored_floor_question(session, client_key)
    if before is not None:
        return before
    refuse_unless_open(session.event, now)
    if session.kind != "qa":
        raise Refused(_("This session takes no questions from the floor."))
    asked = checked_text(text)
    if not asked:
        raise NothingAnswered(_("The question is empty. Type it, then press Ask."))
    question = FloorQuestion(session_id=session.id, client_key=client_key, text=asked, asked_at=now)
    event_id = session.event_id
    db.session.add(question)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        twin = stored_floor_question(session, client_key)
        if twin is None:
            raise
        return twin
    signals.words_changed.send(None, event_id=event_id)
    return question


def back_question(floor_question: FloorQuestion, backer_key: str) -> None:
    """Count one person's "I want to know that too", once."""
    db.session.add(FloorBacking(floor_question_id=floor_question.id, backer_key=backer_key))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def answer_question(floor_question: FloorQuestion, answer: str, answered_by: str, now: datetime) -> None:
    """Write down the answer that was given; an empty one takes it back."""
    floor_question.answer = checked_text(answer)
    floor_question.answered_by = clean_line(answered_by)[:200]
    floor_question.answered_at = now if floor_question.answer else None
    event_id = floor_question.session.event_id
    db.session.commit()
    signals.words_changed.send(None, event_id=event_id)


def hide_question(floor_question: FloorQuestion, now: datetime) -> None:
    """Take a question off the delegates' page and out of what is counted."""
    floor_question.hidden_at = floor_question.hidden_at or now
    event_id = floor_question.session.event_id
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)


def show_question(floor_question: FloorQuestion) -> None:
    floor_question.hidden_at = None
    event_id = floor_question.session.event_id
    db.session.commit()
    signals.words_changed.send(None, event_id=event_id)
