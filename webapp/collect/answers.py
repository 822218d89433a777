"""What a question accepts as its answer, and the plain words for what it does not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ..errors import DomainError
from ..programme.models import FACETS, Question
from ..text_input import clean_text
from ..wording import number
from .models import FREE_TEXT_LIMIT, Answer

RATINGS = range(1, 6)

AnswerInput = str | int | list[str] | None


class BadAnswer(DomainError):
    """An answer that its question does not accept."""


class TextTooLong(BadAnswer):
    """More characters than one answer, note or question may have."""


class UnknownQuestion(BadAnswer):
    """A question that this event does not ask."""


class NoSuchChoice(BadAnswer):
    """A choice, facet, weight or consent that was never offered."""


class RatingOutOfRange(BadAnswer):
    """A rating that is not one of the offered numbers."""


class NothingAnswered(DomainError):
    """Every answer was blank."""


@dataclass(frozen=True)
class CheckedAnswer:
    """What is stored for one question: `text` for free text, else `value`."""

    text: str | None
    value: Any
    facet: str | None = None

    def equals(self, stored: Answer) -> bool:
        return (self.text, self.value, self.facet) == (stored.text, stored.value, stored.facet)


def checked_text(text: str | None) -> str:
    """The text cleaned and without space at its ends; TextTooLong beyond FREE_TEXT_LIMIT characters."""
    cleaned = clean_text(text).strip()
    if len(cleaned) > FREE_TEXT_LIMIT:
        raise TextTooLong(
            _(
                "This text has %(length)s characters; at most %(limit)s can be sent. Shorten it, or split it over "
                "several answers.",
                length=number(len(cleaned)),
                limit=number(FREE_TEXT_LIMIT),
            )
        )
    return cleaned


def checked_facet(facet: str | None) -> str | None:
    if facet and facet not in FACETS:
        raise NoSuchChoice(_("That kind of statement was not offered."))
    return facet or None


def checked_rating(value: AnswerInput) -> int:
    """1 to 5, from a number or its digits."""
    digits = str(value).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) in RATINGS):
        raise RatingOutOfRange(
            _("A rating is a whole number from %(low)s to %(high)s.", low=RATINGS[0], high=RATINGS[-1])
        )
    return int(digits)


def checked_choices(question: Question, chosen: Iterable[str]) -> list[str]:
    """The chosen among the question's choices, in the question's order, each once."""
    wanted = set(chosen)
    if not wanted.issubset(question.choices):
        raise NoSuchChoice(_("One of the choices sent is not offered by this question. Choose again."))
    return [choice for choice in question.choices if choice in wanted]


def checked(question: Question, value: AnswerInput, facet: str | None = None) -> CheckedAnswer | None:
    """What will be stored of an answer, or None when it is blank."""
    if question.kind == "free_text":
        text = checked_text(value if isinstance(value, str) else None)
        return CheckedAnswer(text, None, checked_facet(facet)) if text else None
    if value is None or value == "" or value == []:
        return None
    if question.kind == "rating":
        return CheckedAnswer(None, checked_rating(value))
    chosen = checked_choices(question, value if isinstance(value, list) else [str(value)])
    if question.kind == "several_choices":
        return CheckedAnswer(None, chosen)
    if len(chosen) != 1:
        raise NoSuchChoice(_("This question takes one choice."))
    return CheckedAnswer(None, chosen[0])


def checked_answers(
    questions: Iterable[Question], answers: Mapping[int, AnswerInput], facets: Mapping[int, str] | None = None
) -> dict[int, CheckedAnswer]:
    """The answers that are not blank, by question id; UnknownQuestion for an id that is not among the questions."""
    asked = {question.id: question for question in questions}
    if not set(answers).issubset(asked):
        raise UnknownQuestion(
            _("An answer was sent to a question that this event does not ask. Reload the page and send it again.")
        )
    results = {id_: checked(asked[id_], value, (facets or {}).get(id_)) for id_, value in answers.items()}
    return {id_: result for id_, result in results.items() if result is not None}
