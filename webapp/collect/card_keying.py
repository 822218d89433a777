"""Cards that were typed in: stored once, and taken out again where they were typed wrongly."""

from datetime import datetime

from sqlalchemy import select, update

from ..accounts.models import User
from ..errors import Refused
from ..extensions import db
from ..programme.models import Event
from . import signals
from .card_entry import Read
from .codes import new_receipt_code
from .models import Answer, Response

EVENT = Event.__table__


class AlreadyTyped(Refused):
    """A card of this number came in before."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message)
        self.response = response


def typed_before(event: Event, serial: int) -> Response | None:
    """The response that came from a card of this number, if it stands."""
    query = select(Response).where(
        Response.event_id == event.id, Response.paper_serial == serial, Response.withdrawn_at.is_(None)
    )
    return db.session.scalars(query.order_by(Response.id.desc())).first()


def key_card(event: Event, read: Read, client_key: str, user: User, now: datetime, another: bool = False) -> Response:
    """Store a typed card as a delegate's response, closed event or not; the same `client_key` stores it once.

    Raises AlreadyTyped where the number came before and nobody says that this is `another` card.
    """
    # The event's row is locked first: of two who type one card at once, the second sees what the first stored.
    db.session.execute(update(EVENT).where(EVENT.c.id == event.id).values(title=EVENT.c.title))
    sent = db.session.scalar(select(Response).where(Response.client_key == client_key))
    if sent is not None:
        return sent
    before = typed_before(event, read.serial)
    if before is not None and not another:
        raise AlreadyTyped(f"Card {read.serial} was typed in before.", before)
    answers = [
        Answer(question_id=id_, text=said.text, value=said.value, facet=said.facet)
        for id_, said in read.answers.items()
    ]
    response = Response(
        event_id=event.id,
        client_key=client_key,
        receipt_code=new_receipt_code(),
        organisation_type=read.kind,
        consent=read.consent or event.default_consent,
        received_at=now,
        paper_serial=read.serial,
        keyed_by_id=user.id,
        answers=answers,
    )
    db.session.add(response)
    event_id = event.id
    db.session.commit()
    signals.words_changed.send(None, event_id=event_id)
    return response


def take_out_card(response: Response, now: datetime) -> None:
    """Withdraw a card that was typed wrongly, so that it can be typed again."""
    if response.paper_serial is None:
        raise Refused("Only what was typed in from a card can be taken out here.")
    response.withdrawn_at = response.withdrawn_at or now
    event_id = response.event_id
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)


def typed_in(event: Event, most: int = 10) -> list[Response]:
    """The cards that were typed in last, newest first."""
    query = select(Response).where(
        Response.event_id == event.id, Response.paper_serial.is_not(None), Response.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Response.id.desc()).limit(most)))


def serials_typed(event: Event) -> list[int]:
    """The numbers that were typed in, so that the page can warn before the whole card is typed again."""
    query = select(Response.paper_serial).where(
        Response.event_id == event.id, Response.paper_serial.is_not(None), Response.withdrawn_at.is_(None)
    )
    return sorted(number for number in db.session.scalars(query.distinct()) if number is not None)
