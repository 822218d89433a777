"""Who answered, and what they chose where answers were set: for the data files, never a word of free text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ..collect.models import Answer, Response
from ..extensions import db
from ..programme.models import Event, Question
from .heard import ClosedFacts, ResponseFacts

SCALES = {"rating": range(1, 6), "rating_10": range(11)}
OTHER = "Other"


def responses_at(events: Sequence[Event]) -> list[ResponseFacts]:
    """Every response of the events that stands, in order of id."""
    zones = {event.id: ZoneInfo(event.time_zone) for event in events}
    query = (
        select(Response.id, Response.event_id, Response.received_at, Response.organisation_type, Response.consent)
        .where(Response.event_id.in_(zones), Response.withdrawn_at.is_(None))
        .order_by(Response.id)
    )
    return [
        ResponseFacts(id_, event_id, received_at.astimezone(zones[event_id]).date(), kind, consent)
        for id_, event_id, received_at, kind, consent in db.session.execute(query)
    ]


def closed_answers_at(events: Sequence[Event]) -> list[ClosedFacts]:
    """Each question with set answers that the events asked, by its words; in the order in which it was asked."""
    query = (
        select(Question.text, Question.kind, Question.choices, Answer.value)
        .join(Answer, Answer.question_id == Question.id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Question.event_id.in_([event.id for event in events]),
            Question.kind != "free_text",
            Answer.superseded_at.is_(None),
            Answer.value.is_not(None),
            Response.withdrawn_at.is_(None),
            Response.consent != "none",
        )
        .order_by(Question.position, Question.id, Answer.id)
    )
    found: dict[tuple[str, str], tuple[dict[str, None], Counter[str], list[int]]] = {}
    for text, kind, choices, value in _asked_of_each(db.session.execute(query).tuples()):
        offered, chosen, answered = found.setdefault((text, kind), ({}, Counter(), [0]))
        offered.update(dict.fromkeys(map(str, SCALES.get(kind, choices))))
        chosen.update(set(chosen_in(kind, value)))
        answered[0] += 1
    return [
        ClosedFacts(
            text + (" (ranked first)" if kind == "ranking" else ""), tuple(offered), answered[0], chosen, kind in SCALES
        )
        for (text, kind), (offered, chosen, answered) in found.items()
    ]


def _asked_of_each(
    rows: Iterable[tuple[str, str, list[str], Any]],
) -> Iterator[tuple[str, str, list[str], Any]]:
    """Ratings of sessions as a rating of each session; all other answers as they are."""
    for text, kind, choices, value in rows:
        if kind != "session_ratings":
            yield text, kind, choices, value
            continue
        for session in choices:
            if isinstance(value, dict) and value.get(session):
                yield f"{text} {session}", "rating", choices, value[session]


def chosen_in(kind: str, value: Any) -> Iterator[str]:
    """What one answer counts for: each choice made, of a ranking the first, of another answer only that it was one."""
    if kind == "several_or_other" and isinstance(value, dict):
        yield from map(str, value.get("choices") or ())
        if value.get("other"):
            yield OTHER
    elif kind == "ranking" and isinstance(value, list):
        yield from map(str, value[:1])
    elif isinstance(value, list):
        yield from map(str, value)
    else:
        yield str(value)
