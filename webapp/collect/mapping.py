"""What each field of a file is to become, and good guesses at it."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from ..programme.models import QUESTION_KINDS, Event, Question
from ..row_ids import row_id
from .column_kinds import kind_of
from .columns import Field, Rows, shown
from .export_tools import OWN_COLUMNS, PERSONAL
from .row_values import same

# Beside a question ("q:12") and a question to be made ("new:free_text").
ROLES = {
    "out": "Leave it out",
    "type": "The kind of organisation",
    "time": "When it was sent",
    "id": "The response's id in that tool",
    "comment": "A comment",
    "asked": "What the comment answers",
    "votes": "How many agreed",
    "event": "The event's title",
    "session": "The session's title",
}
# As alike as this, a heading is the question.
ALIKE = 0.8
TYPE_WORDS = re.compile(
    r"\b(type|kind|sort) of (organi[sz]ation|council|authority|body)|\borgani[sz]ation type", re.IGNORECASE
)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)


@dataclass
class Mapping:
    """A target for each field, in order; how dates are written; whether a question's choices may be added to."""

    targets: list[str]
    day_first: bool = True
    add_choices: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def questions(self) -> list[int]:
        """The ids of the questions that are answered."""
        return [int(target[2:]) for target in self.targets if target.startswith("q:")]


def is_target(text: str, questions: Sequence[Question]) -> bool:
    """Whether a form's value names a role, one of the questions, or a kind of question to be made."""
    if text in ROLES:
        return True
    if text.startswith("new:"):
        return text[4:] in QUESTION_KINDS
    try:
        return text.startswith("q:") and row_id(text[2:]) in {question.id for question in questions}
    except ValueError:
        return False


def guessed_targets(
    fields: Sequence[Field], rows: Rows, tool: str, questions: Sequence[Question], organisation_types: Sequence[str]
) -> list[str]:
    """A target for each field; each question is answered by one field at most."""
    left = list(questions)
    targets = []
    for one in fields:
        target = role_of(one, rows, tool, organisation_types)
        if target is None:
            question = most_alike(one.heading, left)
            if question is not None:
                left.remove(question)
            target = f"q:{question.id}" if question is not None else f"new:{kind_of(one, rows)}"
        targets.append(target)
    return targets


def role_of(one: Field, rows: Rows, tool: str, organisation_types: Sequence[str]) -> str | None:
    """What a field is where it is no answer; None where it looks like one."""
    if one.form != "one":
        return None
    heading = one.heading.lower()
    known = {**PERSONAL, **OWN_COLUMNS.get(tool, {})}.get(heading)
    if known is not None:
        return known if one.filled or known == "out" else "out"
    if not one.filled or all(ADDRESS.match(example) for example in one.examples):
        return "out"
    if TYPE_WORDS.search(heading) or mostly_of(one, rows, organisation_types):
        return "type"
    return None


def mostly_of(one: Field, rows: Rows, organisation_types: Sequence[str]) -> bool:
    """Whether nearly all that the field says is among the kinds of organisation."""
    known = {same(kind) for kind in organisation_types}
    said = [same(text) for text in shown(one, rows)]
    return bool(known) and len(said) > 0 and sum(text in known for text in said) >= 0.8 * len(said)


def most_alike(heading: str, questions: Sequence[Question]) -> Question | None:
    """The question that the heading is, if any is near enough."""
    wanted = same(heading)
    best, likeness = None, ALIKE
    for question in questions:
        matcher = SequenceMatcher(None, wanted, same(question.text), autojunk=False)
        if matcher.real_quick_ratio() < likeness or matcher.quick_ratio() < likeness:
            continue
        if matcher.ratio() >= likeness:
            best, likeness = question, matcher.ratio()
    return best


def moved_to(event: Event | None, target: str, asked: Question | None, questions: Sequence[Question]) -> str:
    """A remembered target as it stands at this event: its own question of the same words, or one to be made."""
    if not target.startswith("q:") or asked is None:
        return target if not target.startswith("q:") else "out"
    if event is not None and asked.event_id == event.id:
        return target if asked.retired_at is None else f"new:{asked.kind}"
    origin = asked.copied_from_id or asked.id
    for question in questions:
        copied = origin in (question.id, question.copied_from_id)
        if question.kind == asked.kind and (copied or same(question.text) == same(asked.text)):
            return f"q:{question.id}"
    return f"new:{asked.kind}"
