"""Reads for the organiser: what came in, from where. A withdrawn response and a deleted line are counted nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..errors import NotFound
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Series
from .models import Answer, FloorQuestion, GroupNote, Response

PAGE = 50
NO_SUCH = "This series has no such response. It may have been withdrawn."


@dataclass(frozen=True)
class Received:
    """How much came in, at one event or in all."""

    responses: int = 0
    notes: int = 0
    floor_questions: int = 0
    last_heard: datetime | None = None

    def __add__(self, other: "Received") -> "Received":
        heard = [moment for moment in (self.last_heard, other.last_heard) if moment]
        return Received(
            self.responses + other.responses,
            self.notes + other.notes,
            self.floor_questions + other.floor_questions,
            max(heard, default=None),
        )


def received_by_event(series: Series) -> dict[int, Received]:
    """What came in at each event of the series, by event id; three queries however many events there are."""
    of_series = Event.series_id == series.id
    counted: dict[str, Select[tuple[int, int, datetime]]] = {
        "responses": select(Response.event_id, func.count(), func.max(Response.received_at))
        .join(Event, Event.id == Response.event_id)
        .where(of_series, Response.withdrawn_at.is_(None))
        .group_by(Response.event_id),
        "notes": select(EventSession.event_id, func.count(), func.max(GroupNote.noted_at))
        .select_from(GroupNote)
        .join(DiscussionTable, DiscussionTable.id == GroupNote.table_id)
        .join(EventSession, EventSession.id == DiscussionTable.session_id)
        .join(Event, Event.id == EventSession.event_id)
        .where(of_series, GroupNote.deleted_at.is_(None))
        .group_by(EventSession.event_id),
        "floor_questions": select(EventSession.event_id, func.count(), func.max(FloorQuestion.asked_at))
        .select_from(FloorQuestion)
        .join(EventSession, EventSession.id == FloorQuestion.session_id)
        .join(Event, Event.id == EventSession.event_id)
        .where(of_series, FloorQuestion.hidden_at.is_(None))
        .group_by(EventSession.event_id),
    }
    found: dict[int, Received] = {event.id: Received() for event in series.events}
    for kind, query in counted.items():
        for event_id, total, last in db.session.execute(query):
            found[event_id] += Received(**{kind: total}, last_heard=last)
    return found


@dataclass(frozen=True)
class ResponsePage:
    """One page of the responses that match, newest first."""

    responses: Sequence[Response]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def responses_of(series: Series, words: str = "", event_id: int | None = None, page: int = 1) -> ResponsePage:
    """The series' responses that are not withdrawn and whose current words hold `words`, whatever the case."""
    matching = (
        select(Response.id)
        .join(Event, Event.id == Response.event_id)
        .where(Event.series_id == series.id, Response.withdrawn_at.is_(None))
    )
    if event_id is not None:
        matching = matching.where(Response.event_id == event_id)
    if words:
        # What was written beside the choices is somebody's words too.
        places = (Answer.text, Answer.value["other"].as_string())
        saying = select(Answer.response_id).where(
            Answer.superseded_at.is_(None), or_(*(place.icontains(words, autoescape=True) for place in places))
        )
        matching = matching.where(Response.id.in_(saying))
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    number = max(1, min(page, -(-total // PAGE)))
    query = (
        select(Response)
        .where(Response.id.in_(matching))
        .order_by(Response.received_at.desc(), Response.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
        .options(selectinload(Response.answers), joinedload(Response.event))
    )
    return ResponsePage(list(db.session.scalars(query)), total, number)


def response_in(series: Series, response_id: int) -> Response:
    """One of the series' responses; a withdrawn one is shown to nobody."""
    found = response_to_erase(series, response_id)
    if found.withdrawn_at is not None:
        raise NotFound(NO_SUCH)
    return found


def response_to_erase(series: Series, response_id: int) -> Response:
    """One of the series' responses, be it withdrawn: then the caller shows nothing of it."""
    found = db.session.get(Response, response_id)
    if found is None or found.event.series_id != series.id:
        raise NotFound(NO_SUCH)
    return found


def withdrawn_in(series: Series) -> list[Response]:
    """The series' withdrawn responses whose words are still kept, newest first."""
    words = exists().where(Answer.response_id == Response.id, or_(Answer.text != "", Answer.text.is_(None)))
    query = select(Response).join(Event, Event.id == Response.event_id).where(Event.series_id == series.id)
    query = query.where(Response.withdrawn_at.is_not(None), Event.texts_removed_at.is_(None), words)
    return list(db.session.scalars(query.order_by(Response.id.desc()).options(joinedload(Response.event))))
