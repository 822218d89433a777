"""The shapes of what was said: responses that come in, and as they are read."""

from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, OneOf, Range

from ..collect.answers import LONGEST_OTHER
from ..collect.models import CHANNELS, FREE_TEXT_LIMIT
from ..programme.models import CONSENTS, FACETS
from ..programme.rules import LONGEST_CHOICE, MOST_CHOICES
from ..row_ids import LARGEST
from .fields import Moment, PageQuery, Shape, asked, given, given_list, number_of, one_of, page_of

CONSENT_WORDS = "quote: may be quoted; use: may be used without quoting; none: to be kept out of reports."


class AnswerShape(Shape):
    """What a response says to one question."""

    question_id = given(fields.Integer, "The question.")
    text = given(fields.String, "Free text; null for other kinds, and where `left_out` says why not.", allow_none=True)
    value = given(
        fields.Raw,
        "A rating as a number, a choice as its text, several or a ranking as a list; null for free text. What was "
        "written beside several choices, `other`, is empty where `left_out` says why not.",
        allow_none=True,
    )
    left_out = given(
        fields.String,
        "Why words of the answer are left out. consent: its author is not to be quoted; withheld: some of them were "
        "withheld on the board; personal_details: an address or a number of a person stands in them, and nobody has "
        "said on the board that it is none. Null where they are told, and where there are none.",
        allow_none=True,
        validate=OneOf(["consent", "withheld", "personal_details"]),
    )
    facet = given(fields.String, "What its author called it, if anything.", allow_none=True, validate=OneOf(FACETS))
    consent = given(fields.String, "What its author allowed: " + CONSENT_WORDS, validate=OneOf(list(CONSENTS)))


class ResponseShape(Shape):
    """One sending by one delegate. One that was withdrawn is not among them."""

    id = given(fields.Integer, "Its id.")
    event_id = given(fields.Integer, "The event that it answers at.")
    channel = given(fields.String, "How it came.", validate=OneOf(CHANNELS))
    organisation_type = given(
        fields.String,
        "The kind of organisation; null where it was not said, or so few said it that it could point at somebody.",
        allow_none=True,
    )
    consent = given(fields.String, "What its author allowed: " + CONSENT_WORDS, validate=OneOf(list(CONSENTS)))
    received_at = given(Moment, "When it was received.")
    corrected_at = given(Moment, "When its author last corrected it, if ever.", allow_none=True)
    answers = given_list(AnswerShape, "What it says now, in the order of the questions' ids.")


class ResponseQuery(PageQuery):
    event = number_of("event")
    channel = one_of(CHANNELS, "Only those that came in this way.")
    updated_since = asked(Moment, "Only those received or corrected at this moment or later.")


ResponsePage = page_of(ResponseShape, "responses")


class AnswerValue(fields.Field):
    """What is sent for a question that is not free text; whether the question takes it is asked later."""

    ANY_OF = [
        {"type": "integer", "description": "A rating."},
        {"type": "string", "maxLength": LONGEST_CHOICE, "description": "One choice."},
        {
            "type": "array",
            "maxItems": MOST_CHOICES,
            "items": {"type": "string", "maxLength": LONGEST_CHOICE},
            "description": "Several choices, or a ranking, the first one first.",
        },
        {
            "type": "object",
            "description": "Several choices, and what is written beside them.",
            "properties": {
                "choices": {
                    "type": "array",
                    "maxItems": MOST_CHOICES,
                    "items": {"type": "string", "maxLength": LONGEST_CHOICE},
                },
                "other": {"type": "string", "maxLength": LONGEST_OTHER},
            },
            "additionalProperties": False,
        },
        {
            "type": "object",
            "description": "The sessions attended, each with its rating from 1 to 5, or null.",
            "maxProperties": MOST_CHOICES,
            "additionalProperties": {"type": ["integer", "null"], "minimum": 1, "maximum": 5},
        },
        {"type": "null"},
    ]

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        plain = isinstance(value, int) and not isinstance(value, bool)
        if plain or short(value, LONGEST_CHOICE) or choices_sent(value):
            return value
        if isinstance(value, dict) and (several_or_other_sent(value) or ratings_sent(value)):
            return value
        raise ValidationError(
            "A number, a text, a list of texts, an object with “choices” and “other”, or one with ratings of sessions."
        )


def short(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most


def choices_sent(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST_CHOICES and all(short(one, LONGEST_CHOICE) for one in value)


def several_or_other_sent(value: dict[str, Any]) -> bool:
    known = set(value) <= {"choices", "other"}
    return known and choices_sent(value.get("choices", [])) and short(value.get("other", ""), LONGEST_OTHER)


def ratings_sent(value: dict[str, Any]) -> bool:
    whole = all(one is None or (type(one) is int and 1 <= one <= 5) for one in value.values())
    return whole and len(value) <= MOST_CHOICES and all(len(name) <= LONGEST_CHOICE for name in value)


def value_described(_converter: Any, field: Any, **_more: Any) -> dict[str, Any]:
    """How the description says what an AnswerValue takes."""
    return {"anyOf": AnswerValue.ANY_OF} if isinstance(field, AnswerValue) else {}


class SentAnswerShape(Shape):
    """What is said to one question: `text` to free text, `value` to any other kind."""

    question_id = given(fields.Integer, "The question.", strict=True, validate=Range(0, LARGEST))
    text = asked(
        fields.String,
        "What is said to a question of free text.",
        allow_none=True,
        validate=Length(max=FREE_TEXT_LIMIT, error="At most {max} characters."),
    )
    value = asked(AnswerValue, "What is said to a question of another kind.", allow_none=True)
    facet = one_of(FACETS, "What kind of point a free text is, where its author says so.", allow_none=True)
    consent = one_of(CONSENTS, "What may be done with this text alone. " + CONSENT_WORDS, allow_none=True)


class SentResponseShape(Shape):
    """One sending by one delegate."""

    answers = fields.List(
        fields.Nested(SentAnswerShape),
        required=True,
        validate=Length(1, 200, error="From 1 to 200 answers."),
        metadata={"description": "The answers; questions that are not answered are left out."},
    )
    organisation_type = asked(
        fields.String, "One of the series' kinds of organisation.", allow_none=True, validate=Length(max=200)
    )
    consent = one_of(
        CONSENTS,
        "What may be done with all texts, where the event asks. " + CONSENT_WORDS + " Left out: the event's default.",
        allow_none=True,
    )


class ReceiptShape(Shape):
    """What was received, and the delegate's way to read, correct or withdraw it."""

    id = given(fields.Integer, "The response's id.")
    event_id = given(fields.Integer, "The event.")
    received_at = given(Moment, "When it was first received.")
    receipt_code = given(fields.String, "The delegate's receipt: give it to them and keep it nowhere.")
    receipt_address = given(fields.String, "The page that the receipt opens.")
