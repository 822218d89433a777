"""The shapes of what was said: responses that come in, and as they are read."""

from marshmallow import fields
from marshmallow.validate import OneOf

from ..programme.models import CONSENTS, FACETS
from .fields import Moment, PageQuery, Shape, asked, given, given_list, number_of, one_of, page_of

CONSENT_WORDS = "quote: may be quoted; use: may be used without quoting; none: to be kept out of reports."


class AnswerShape(Shape):
    """What a response says to one question."""

    question_id = given(fields.Integer, "The question.")
    text = given(
        fields.String,
        "Free text; null for other kinds, and where it is not to be quoted or was withheld.",
        allow_none=True,
    )
    value = given(
        fields.Raw,
        "A rating as a number, a choice as its text, several or a ranking as a list; null for free text.",
        allow_none=True,
    )
    facet = given(fields.String, "What its author called it, if anything.", allow_none=True, validate=OneOf(FACETS))
    consent = given(fields.String, "What its author allowed: " + CONSENT_WORDS, validate=OneOf(list(CONSENTS)))


class ResponseShape(Shape):
    """One sending by one delegate. One that was withdrawn is not among them."""

    id = given(fields.Integer, "Its id.")
    event_id = given(fields.Integer, "The event that it answers at.")
    channel = given(fields.String, "How it came.", validate=OneOf(["phone", "paper", "file"]))
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
    channel = one_of(("phone", "paper", "file"), "Only those that came in this way.")
    updated_since = asked(Moment, "Only those received or corrected at this moment or later.")


ResponsePage = page_of(ResponseShape, "responses")
