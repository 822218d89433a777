"""Questions: asked, changed, retired, put in order, and taken from ready sets."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from ..errors import NotFound, Refused
from ..extensions import db
from ..text_input import clean_line, clean_text
from ..wording import count
from . import rules
from .models import Event, EventSession, Question
from .ordering import shift
from .queries import questions_of
from .question_sets import QUESTION_SETS
from .rules import NotValid
from .signals import words_held

LONGEST_QUESTION = 2000


def add_question(
    event: Event,
    text: str,
    kind: str,
    *,
    choices: Iterable[str] = (),
    required: bool = False,
    session: EventSession | None = None,
    about_project: bool = False,
    begins_page: bool = False,
    help: str = "",
    copied_from: Question | None = None,
) -> Question:
    """Ask one more question, after those that are asked already."""
    question = Question(
        event=event,
        text=checked_text(text),
        kind=kind,
        choices=rules.checked_choices(kind, choices),
        required=required,
        session=checked_session(event, session),
        about_project=about_project,
        begins_page=begins_page,
        help=clean_text(help).strip(),
        copied_from_id=origin(copied_from),
        position=last_position(event) + 1,
    )
    db.session.add(question)
    db.session.commit()
    return question


def update_question(
    question: Question,
    *,
    text: str,
    kind: str,
    choices: Iterable[str] = (),
    required: bool = False,
    session: EventSession | None = None,
    about_project: bool = False,
    begins_page: bool = False,
    help: str = "",
) -> None:
    """Change a question. Once it has answers its kind stays, and so do the choices that could be chosen."""
    lines = rules.checked_choices(kind, choices)
    if words_held(question):
        check_answers_fit(question, kind, lines)
    question.text = checked_text(text)
    question.kind = kind
    question.choices = lines
    question.required = required
    question.session = checked_session(question.event, session)
    question.about_project = about_project
    question.begins_page = begins_page
    question.help = clean_text(help).strip()
    db.session.commit()


def check_answers_fit(question: Question, kind: str, choices: list[str]) -> None:
    """NotValid where answers that were given would no longer be answers."""
    if kind != question.kind:
        raise NotValid("kind", "This question has answers, so its kind stays. Retire it and add another one.")
    gone = [choice for choice in question.choices if choice not in choices]
    if gone:
        raise NotValid("choices", f"Delegates could choose “{gone[0]}” already, so it has to stay. You can add others.")


def checked_text(text: str) -> str:
    text = clean_text(text).strip()
    if not text:
        raise NotValid("text", "Write the question.")
    if len(text) > LONGEST_QUESTION:
        raise NotValid("text", f"A question has at most {LONGEST_QUESTION:,} characters; this one has {len(text):,}.")
    return text


def checked_session(event: Event, session: EventSession | None) -> EventSession | None:
    if session is not None and session.event_id != event.id:
        raise NotValid("session", "That session belongs to another event.")
    return session


def origin(question: Question | None) -> int | None:
    """The first question of a line of copies, so that all its copies can be read together."""
    return None if question is None else (question.copied_from_id or question.id)


def last_position(event: Event) -> int:
    return max((question.position for question in event.questions), default=0)


def retire_question(question: Question, now: datetime) -> None:
    """Ask it no more; its answers stay."""
    question.retired_at = question.retired_at or now
    db.session.commit()


def restore_question(question: Question) -> None:
    """Ask a retired question again, after the others."""
    question.position = last_position(question.event) + 1
    question.retired_at = None
    db.session.commit()


def delete_question(question: Question) -> None:
    """Delete a question that nobody has answered; Refused where somebody has."""
    held = words_held(question)
    if held:
        raise Refused(f"This question has {count(held, 'answer')}, so it stays with them. It can be retired.")
    question.event.questions.remove(question)
    db.session.commit()


def move_question(question: Question, by: int) -> None:
    """Move a question up (-1) or down (1) among those that are asked."""
    asked = questions_of(question.event)
    if question in asked:
        shift(asked, question, by)
    db.session.commit()


def use_question_set(event: Event, name: str) -> list[Question]:
    """Add a ready set's questions, save those that the event asks already. Returns the ones added."""
    if name not in QUESTION_SETS:
        raise NotFound(f"There is no question set {clean_line(name)[:80]!r}.")
    asked = {question.text for question in questions_of(event)}
    missing = [ready for ready in QUESTION_SETS[name] if ready.text not in asked]
    origins = [origin(same_question_elsewhere(event, ready.text, ready.kind)) for ready in missing]
    start = last_position(event)
    added = [
        Question(
            event=event,
            text=ready.text,
            help=ready.help,
            kind=ready.kind,
            choices=list(ready.choices),
            about_project=ready.about_project,
            copied_from_id=first,
            position=position,
        )
        for position, (ready, first) in enumerate(zip(missing, origins, strict=True), start=start + 1)
    ]
    db.session.add_all(added)
    db.session.commit()
    return added


def same_question_elsewhere(event: Event, text: str, kind: str) -> Question | None:
    """The series' first question with the same words, so that a set used at two events is read as one."""
    query = (
        select(Question)
        .join(Event, Event.id == Question.event_id)
        .where(Event.series_id == event.series_id, Event.id != event.id, Question.text == text, Question.kind == kind)
        .order_by(Question.id)
    )
    return db.session.scalars(query).first()
