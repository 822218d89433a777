"""What a question accepts as its answer, and the plain words for what it does not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ..errors import DomainError
from ..programme.models import CONSENTS, FACETS, Question
from ..text_input import clean_line, clean_text, shows_anything
from ..wording import number
from .models import FREE_TEXT_LIMIT, Answer
from .sealing import as_sent

RATINGS = {"rating": range(1, 6), "rating_10": range(11)}
LONGEST_OTHER = 300

AnswerInput = str | int | list[str] | dict[str, Any] | None


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
    # None: as of the whole response.
    consent: str | None = None

    def equals(self, stored: Answer) -> bool:
        """Whether the same was said; what may be done with it can differ."""
        return (self.text, self.value, self.facet) == (as_sent(stored), stored.value, stored.facet)


def checked_text(text: str | None) -> str:
    """The text cleaned and without space at its ends, empty where nothing in it can be seen; TextTooLong beyond
    FREE_TEXT_LIMIT characters."""
    cleaned = clean_text(text).strip()
    if not shows_anything(cleaned):
        return ""
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


def checked_consent(consent: str | None) -> str | None:
    if consent and consent not in CONSENTS:
        raise NoSuchChoice(_("Choose one of the three ways in which your words may be used."))
    return consent or None


def checked_rating(kind: str, value: AnswerInput) -> int:
    """1 to 5, or 0 to 10, from a number or its digits."""
    digits, offered = str(value).strip(), RATINGS[kind]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) in offered):
        raise RatingOutOfRange(
            _("A rating is a whole number from %(low)s to %(high)s.", low=offered[0], high=offered[-1])
        )
    return int(digits)


def checked_choices(question: Question, chosen: Iterable[str]) -> list[str]:
    """The chosen among the question's choices, in the question's order, each once."""
    wanted = set(chosen)
    if not wanted.issubset(question.choices):
        raise NoSuchChoice(_("One of the choices sent is not offered by this question. Choose again."))
    return [choice for choice in question.choices if choice in wanted]


def checked_ranking(question: Question, ranked: list[str]) -> list[str]:
    """The ranked choices in the order given, the first one first; some may be left out, none may stand twice."""
    checked_choices(question, ranked)
    if len(set(ranked)) < len(ranked):
        raise BadAnswer(_("A choice can have one rank only."))
    return ranked


def checked_several_or_other(question: Question, value: dict[str, Any]) -> dict[str, Any] | None:
    """The chosen and what was written beside them, or None where there is neither."""
    chosen, other = checked_choices(question, value.get("choices") or []), clean_line(value.get("other"))
    if len(other) > LONGEST_OTHER:
        raise TextTooLong(_("What you write at “Other” may have %(limit)s characters.", limit=LONGEST_OTHER))
    return {"choices": chosen, "other": other} if chosen or other else None


def checked_session_ratings(question: Question, said: Mapping[str, Any]) -> dict[str, int | None] | None:
    """1 to 5, or None, for each session attended, in the question's order; None where none was."""
    attended = checked_choices(question, said)
    ratings = {
        each: checked_rating("rating", said[each]) if said[each] not in (None, "") else None for each in attended
    }
    return ratings or None


def checked(
    question: Question, value: AnswerInput, facet: str | None = None, consent: str | None = None
) -> CheckedAnswer | None:
    """What will be stored of an answer, or None when it is blank."""
    if question.kind == "free_text":
        text = checked_text(value if isinstance(value, str) else None)
        return CheckedAnswer(text, None, checked_facet(facet), checked_consent(consent)) if text else None
    if value is None or value == "" or value == []:
        return None
    if question.kind in RATINGS:
        return CheckedAnswer(None, checked_rating(question.kind, value))
    if question.kind == "session_ratings":
        if not isinstance(value, dict):
            raise NoSuchChoice(_("One of the choices sent is not offered by this question. Choose again."))
        rated = checked_session_ratings(question, value)
        return CheckedAnswer(None, rated) if rated else None
    if isinstance(value, dict):
        said = checked_several_or_other(question, value)
        return CheckedAnswer(None, said) if said else None
    if question.kind == "several_or_other":
        raise NoSuchChoice(_("One of the choices sent is not offered by this question. Choose again."))
    if question.kind == "ranking":
        return CheckedAnswer(None, checked_ranking(question, value if isinstance(value, list) else [str(value)]))
    chosen = checked_choices(question, value if isinstance(value, list) else [str(value)])
    if question.kind == "several_choices":
        return CheckedAnswer(None, chosen)
    if len(chosen) != 1:
        raise NoSuchChoice(_("This question takes one choice."))
    return CheckedAnswer(None, chosen[0])


def checked_answers(
    questions: Iterable[Question],
    answers: Mapping[int, AnswerInput],
    facets: Mapping[int, str] | None = None,
    consents: Mapping[int, str] | None = None,
) -> dict[int, CheckedAnswer]:
    """The answers that are not blank, by question id; UnknownQuestion for an id that is not among the questions."""
    asked = {question.id: question for question in questions}
    if not set(answers).issubset(asked):
        raise UnknownQuestion(
            _("An answer was sent to a question that this event does not ask. Reload the page and send it again.")
        )
    facets, consents = facets or {}, consents or {}
    results = {id_: checked(asked[id_], value, facets.get(id_), consents.get(id_)) for id_, value in answers.items()}
    return {id_: result for id_, result in results.items() if result is not None}
