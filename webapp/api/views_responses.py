"""Responses, as they were sent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from ..collect.models import BY_PROGRAM, Answer, Response
from ..collect.received import response_in
from ..errors import NotFound
from ..extensions import db
from ..programme.models import Event, Series
from ..programme.queries import NOT_HERE, event_for, series_for
from ..themes.models import Statement
from ..themes.personal import answers_not_to_print, holds_personal_details
from ..wording import now
from .bearer import who_asks
from .openapi import resource
from .paging import as_page, page
from .sending import WillNotDo, send_in
from .shapes_responses import ReceiptShape, ResponsePage, ResponseQuery, ResponseShape, SentResponseShape
from .views_programme import public

TAG = "Responses"
KEY = re.compile("[!-~]{8,200}")
TYPED = (Response.paper_serial.is_(None), Response.imported_from.is_(None))
SENT = Response.client_key.startswith(BY_PROGRAM, autoescape=True)
CAME_BY = {
    "paper": (Response.paper_serial.is_not(None),),
    "file": (Response.paper_serial.is_(None), Response.imported_from.is_not(None)),
    "program": (*TYPED, SENT),
    "phone": (*TYPED, ~SENT),
}


@resource("GET", "/series/<int:series_id>/responses", TAG, "responses:read", ResponsePage, query=ResponseQuery)
def list_responses(asked: dict[str, Any], series_id: int) -> dict[str, Any]:
    """The responses of a series."""
    series = series_for(who_asks(), series_id)
    query = responses_of(series)
    if "event" in asked:
        query = query.where(Response.event_id == asked["event"])
    if "channel" in asked:
        query = query.where(*CAME_BY[asked["channel"]])
    if "updated_since" in asked:
        query = query.where(func.coalesce(Response.corrected_at, Response.received_at) >= asked["updated_since"])
    found, more = page(query.options(selectinload(Response.answers)), Response.id, asked)
    left_out, kinds = left_out_of(found), tellable_kinds(series)
    return as_page(found, more, lambda response: response_shown(response, left_out, kinds))


@resource("GET", "/responses/<int:response_id>", TAG, "responses:read", ResponseShape)
def get_response(response_id: int) -> dict[str, Any]:
    """One response."""
    found = db.session.get(Response, response_id)
    if found is None:
        raise NotFound(NOT_HERE)
    series = series_for(who_asks(), found.event.series_id)
    response = response_in(series, response_id)
    return response_shown(response, left_out_of([response]), tellable_kinds(series))


def responses_of(series: Series) -> Select[tuple[Response]]:
    query = select(Response).join(Event, Event.id == Response.event_id)
    return query.where(Event.series_id == series.id, Response.withdrawn_at.is_(None))


def left_out_of(responses: Sequence[Response]) -> dict[int, str]:
    """Answer id -> why its words are not told, of those that have words and may not tell them."""
    answers = {answer.id: answer for response in responses for answer in response.current_answers}
    withheld, personal = withheld_among(answers), answers_not_to_print(answers.values())
    found = {}
    for id_, answer in answers.items():
        beside = written_beside(answer.value)
        if not (answer.text or beside):
            continue
        if answer.allowed != "quote":
            found[id_] = "consent"
        elif id_ in withheld:
            found[id_] = "withheld"
        elif id_ in personal or holds_personal_details(beside):
            # Of what is written beside choices nobody can say that it is not personal: it is no statement.
            found[id_] = "personal_details"
    return found


def withheld_among(answers: Iterable[int]) -> set[int]:
    """The ids of those answers of which something was withheld on the board."""
    theirs = (Statement.answer_id.in_(answers), Statement.retired_at.is_(None), Statement.withheld.is_not(None))
    return set(db.session.scalars(select(Statement.answer_id).where(*theirs)))


def written_beside(value: Any) -> str:
    """What a delegate wrote beside several choices. A rated session may be called “other” too, and has a number."""
    other = value.get("other") if isinstance(value, dict) else None
    return other if isinstance(other, str) else ""


def tellable_kinds(series: Series) -> set[tuple[int, str]]:
    """(event, kind of organisation) of which so many answered that naming it points at nobody."""
    query = (
        select(Response.event_id, Response.organisation_type)
        .join(Event, Event.id == Response.event_id)
        .where(Event.series_id == series.id, Response.withdrawn_at.is_(None), Response.organisation_type != "")
        .group_by(Response.event_id, Response.organisation_type)
        .having(func.count() >= series.small_group)
    )
    return set(db.session.execute(query).tuples())


def response_shown(response: Response, left_out: Mapping[int, str], kinds: set[tuple[int, str]]) -> dict[str, Any]:
    kind = response.organisation_type
    answers = sorted(response.current_answers, key=lambda answer: answer.question_id)
    plain = ("id", "event_id", "channel", "consent", "received_at", "corrected_at")
    return {
        **{name: getattr(response, name) for name in plain},
        "organisation_type": kind if (response.event_id, kind) in kinds else None,
        "answers": [answer_shown(answer, left_out.get(answer.id)) for answer in answers],
    }


def answer_shown(answer: Answer, left_out: str | None) -> dict[str, Any]:
    """The answer, its words only where nothing speaks against it."""
    value = answer.value
    if left_out is not None and written_beside(value):
        value = {**value, "other": ""}
    return {
        "question_id": answer.question_id,
        "text": answer.text if left_out is None else None,
        "value": value,
        "left_out": left_out,
        "facet": answer.facet,
        "consent": answer.allowed,
    }


IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A text of your own, new for each response, such as a UUID. The same request with the same key is "
    "answered the same and stored once.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,200}$"},
}


@resource(
    "POST",
    "/events/<int:event_id>/responses",
    TAG,
    "responses:write",
    ReceiptShape,
    body=SentResponseShape,
    status=201,
    said="It is stored, now or since it was first sent.",
    parameters=[IDEMPOTENCY_KEY],
)
def send_response(body: dict[str, Any], event_id: int) -> dict[str, Any]:
    """Send in a response, as a delegate's phone does. It takes an editor, and an event that is open."""
    sender = who_asks()
    event = event_for(sender, event_id, "editor")
    response = send_in(event, sender, body, key_sent(), now())
    receipt = url_for("collect.receipt", code=response.receipt_code)
    plain = ("id", "event_id", "received_at", "receipt_code")
    return {**{name: getattr(response, name) for name in plain}, "receipt_address": public(receipt)}


def key_sent() -> str:
    """The key in the header. Raises WillNotDo where there is none that will do."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        words = "Send a key of 8 to 200 letters, digits or signs, new for each response."
        raise WillNotDo([{"parameter": "Idempotency-Key", "detail": words}])
    return key
