"""A response that a program sends in: checked as the delegate's form checks it, and stored by the same action."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app

from ..accounts.models import User
from ..collect.actions import receive_response
from ..collect.answers import RATINGS, AnswerInput, checked, checked_answers, checked_consent
from ..collect.models import BY_PROGRAM, Response
from ..collect.responding import consent_for, organisation_type_for, repeats, stored_response
from ..errors import DomainError, Refused
from ..programme.models import Event, Question
from ..programme.queries import questions_of

SENT_AS = {
    "one_choice": (str, "a choice as its text"),
    "several_choices": (list, "a list of choices"),
    "several_or_other": (dict, "an object with “choices” and “other”"),
    "session_ratings": (dict, "an object that names each session attended, with 1 to 5 or null"),
    "ranking": (list, "a list of choices, the first one first"),
    **{kind: (int, f"a whole number from {range_[0]} to {range_[-1]}") for kind, range_ in RATINGS.items()},
}


class WillNotDo(DomainError):
    """Some of the values sent will not do; `faults` names each by its place in the body."""

    status = 422

    def __init__(self, faults: list[dict[str, str]]) -> None:
        super().__init__("Some values will not do; `errors` names each. Nothing was stored.")
        self.faults = faults


@dataclass
class Said:
    """What a body says, as the actions take it, and what is wrong with it."""

    answers: dict[int, AnswerInput] = field(default_factory=dict)
    facets: dict[int, str] = field(default_factory=dict)
    consents: dict[int, str] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, place: str, words: object) -> None:
        self.faults.append({"pointer": place, "detail": str(words)})


def stored_key(event: Event, sender: User, key: str) -> str:
    """The response's own key: a sender's keys are their own at each event. Nobody makes it of the caller's key alone,
    and no form takes one with a colon: a form that is sent with the key of a response is shown its receipt."""
    secret = current_app.config["SECRET_KEY"].encode()
    return (
        BY_PROGRAM
        + hmac.new(secret, f"response {sender.id} {event.id} {key}".encode(), hashlib.sha256).hexdigest()[:60]
    )


def send_in(event: Event, sender: User, body: Mapping[str, Any], key: str, now: datetime) -> Response:
    """Store what the body says, once: the same body with the same key gives back the response that it made.

    Raises WillNotDo for values that the form would not take either, Refused where the event is not open or the key
    came with something else.
    """
    stored = stored_key(event, sender, key)
    made = stored_response(event, stored)
    if made is None:
        said = checked_body(body, event)
        about = {"organisation_type": body.get("organisation_type") or "", "consent": body.get("consent")}
        told = {"facets": said.facets, "consents": said.consents, **about}
        is_first = receive_response(event, questions_of(event), said.answers, stored, now, **told) is not None
        made = stored_response(event, stored)
        assert made is not None
        if is_first:
            return made
    # The key came before, perhaps in this very moment.
    if not says_the_same(made, event, body):
        raise Refused("This Idempotency-Key was used for another response. Send a new one with each response.")
    return made


def checked_body(body: Mapping[str, Any], event: Event) -> Said:
    """What the body says, as it can be stored. Raises WillNotDo."""
    said = said_in(body, event, questions_of(event))
    check_about(said, body, event)
    if not said.faults and not any(blank_checked(said, question) for question in questions_of(event)):
        said.wrong("/answers", "Nothing is answered. Answer at least one question.")
    if said.faults:
        raise WillNotDo(said.faults)
    return said


def blank_checked(said: Said, question: Question) -> bool:
    return question.id in said.answers and checked(question, said.answers[question.id]) is not None


def said_in(body: Mapping[str, Any], event: Event, questions: list[Question]) -> Said:
    """The answers of the body, each held against its question."""
    said, asked = Said(), {question.id: question for question in questions}
    for place, sent in enumerate(body["answers"]):
        question = asked.get(sent["question_id"])
        if question is None:
            said.wrong(f"/answers/{place}/question_id", "This event does not ask that question, or not any more.")
        elif question.id in said.answers:
            said.wrong(f"/answers/{place}/question_id", "This question is answered twice.")
        else:
            take(said, f"/answers/{place}", sent, question, event)
    for question in questions:
        if question.required and not said.faults and not blank_checked(said, question):
            said.wrong("/answers", f"Question {question.id} needs an answer.")
    return said


def take(said: Said, place: str, sent: Mapping[str, Any], question: Question, event: Event) -> None:
    """One answer into `said`, or what is wrong with it."""
    free = question.kind == "free_text"
    name, other = ("text", "value") if free else ("value", "text")
    value, facet, consent = sent.get(name), sent.get("facet"), sent.get("consent")
    if sent.get(other) is not None:
        return said.wrong(f"{place}/{other}", f"This question is answered by “{name}”.")
    if not free and value is not None and type(value) is not SENT_AS[question.kind][0]:
        return said.wrong(f"{place}/value", f"This question takes {SENT_AS[question.kind][1]}.")
    if facet and (not free or question.about_project):
        return said.wrong(f"{place}/facet", "This question does not ask what kind of point it is.")
    if consent and not (free and event.ask_consent):
        return said.wrong(f"{place}/consent", "This question does not ask what may be done with its answer.")
    try:
        checked(question, value, facet, consent)
    except DomainError as error:
        return said.wrong(f"{place}/{name}", error)
    said.answers[question.id] = value
    if facet:
        said.facets[question.id] = facet
    if consent:
        said.consents[question.id] = consent


def check_about(said: Said, body: Mapping[str, Any], event: Event) -> None:
    """What the body says beside the answers."""
    if body.get("consent") and not event.ask_consent:
        said.wrong("/consent", "This event does not ask what may be done with words. Leave it out.")
    try:
        organisation_type_for(event, body.get("organisation_type") or "")
    except DomainError as error:
        said.wrong("/organisation_type", error)


def says_the_same(before: Response, event: Event, body: Mapping[str, Any]) -> bool:
    """Whether the body is the one that made the response, whatever the event asks by now."""
    said = said_in(body, event, list(event.questions))
    if any(fault["pointer"] != "/answers" for fault in said.faults):
        return False
    consent = consent_for(event, checked_consent(body.get("consent")))
    answers = checked_answers(event.questions, said.answers, said.facets, said.consents)
    return repeats(before, answers, body.get("organisation_type") or "", consent)
