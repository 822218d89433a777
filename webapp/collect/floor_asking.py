"""Questions from the floor as the floor writes them: asked and backed."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..errors import Refused
from ..extensions import db
from ..programme.models import EventSession
from . import signals
from .answers import NothingAnswered, checked_text
from .floor_rules import rules_of
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
    if rules_of(session).before:
        question.waiting, question.hidden_at = True, now
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
