"""Decisions on questions from the floor: shown, hidden for a reason, answered or not reached. Each is logged."""

from datetime import datetime

from flask_babel import gettext as _

from ..accounts.models import User
from ..errors import Refused
from ..extensions import db
from ..text_input import clean_line
from . import signals
from .answers import NoSuchChoice, checked_text
from .floor_rules import decided, rules_of
from .models import FloorQuestion

OUTCOMES = ("answered", "not_reached", "open")


def hide_question(floor_question: FloorQuestion, reason: str, now: datetime, by: User | None = None) -> None:
    """Take a question off the delegates' page and out of what is counted, for one of the session's reasons."""
    if reason not in rules_of(floor_question.session).reasons:
        raise NoSuchChoice("Choose one of the reasons that were set for this session.")
    floor_question.hidden_at = now
    floor_question.waiting = False
    floor_question.hidden_reason = reason
    event_id = floor_question.session.event_id
    decided(floor_question.session, "hide", now, by, floor_question, reason)
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)


def show_question(floor_question: FloorQuestion, now: datetime, by: User | None = None) -> None:
    """Show a question that waited or was hidden; one that is shown stays as it is."""
    if floor_question.hidden_at is None:
        return
    floor_question.hidden_at = None
    floor_question.waiting = False
    floor_question.hidden_reason = ""
    event_id = floor_question.session.event_id
    decided(floor_question.session, "show", now, by, floor_question)
    db.session.commit()
    signals.words_changed.send(None, event_id=event_id)


def mark_question(floor_question: FloorQuestion, outcome: str, now: datetime, by: User | None = None) -> None:
    """Say what became of a question in the room: answered, not reached, or open again."""
    if outcome not in OUTCOMES:
        raise NoSuchChoice("Choose answered, not reached or open.")
    if floor_question.answer and outcome != "answered":
        raise Refused("This question has a written answer. Take the answer back first.")
    if floor_question.state == outcome:
        return
    floor_question.answered_at = now if outcome == "answered" else None
    floor_question.not_reached_at = now if outcome == "not_reached" else None
    decided(floor_question.session, outcome, now, by, floor_question)
    db.session.commit()


def answer_question(
    floor_question: FloorQuestion, answer: str, answered_by: str, now: datetime, by: User | None = None
) -> None:
    """Write down the answer that was given; an empty one takes it back."""
    written, name = checked_text(answer), clean_line(answered_by)[:200]
    if (written, name) == (floor_question.answer, floor_question.answered_by):
        return
    if floor_question.hidden_at is not None:
        raise Refused(_("This question is not shown at the moment, so it cannot be answered."))
    floor_question.answer, floor_question.answered_by = written, name
    floor_question.answered_at = now if written else None
    floor_question.not_reached_at = None
    event_id = floor_question.session.event_id
    decided(floor_question.session, "answer" if written else "open", now, by, floor_question)
    db.session.commit()
    signals.words_changed.send(None, event_id=event_id)
