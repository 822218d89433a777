"""Writes of delegates' responses: sent, corrected, withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from ..accounts.audit import record_audit
from ..errors import Refused
from ..extensions import db
from ..programme.models import Event, Question
from ..programme.queries import questions_of, table_names_of
from ..text_input import clean_line
from ..wording import clock
from . import signals
from .answers import AnswerInput, CheckedAnswer, NoSuchChoice, NothingAnswered, checked_answers, checked_consent
from .codes import new_receipt_code
from .models import Answer, NewsSubscriber, Response
from .sealing import cut_again

# Rows, not objects: a hall of phones sends at once, and mapping would cost more than storing.
ADD_RESPONSE = insert(Response.__table__)
ADD_ANSWERS = insert(Answer.__table__)


def refuse_unless_open(event: Event, now: datetime) -> None:
    """Raise Refused, saying since when, where the event takes no words at this moment."""
    state = event.state(now)
    if state == "before":
        raise Refused(_("The event is not open yet. What you typed was not stored."))
    if state == "closed":
        raise Refused(
            _(
                "The event closed at %(time)s. What you typed was not stored.",
                time=clock(event.closes_at, event.time_zone),
            )
        )


def consent_for(event: Event, consent: str | None) -> str:
    """The delegate's word on what may be done with their text, or the event's default."""
    return checked_consent(consent) or event.default_consent


def organisation_type_for(event: Event, organisation_type: str) -> str:
    if organisation_type and organisation_type not in event.series.organisation_types:
        raise NoSuchChoice(_("Choose one of the kinds of organisation that are listed."))
    return organisation_type


def table_name_for(event: Event, table_name: str) -> str:
    if table_name and not (event.ask_table and table_name in table_names_of(event.id)):
        raise NoSuchChoice(_("Choose one of the tables that are listed."))
    return table_name


def stored_response(event: Event, client_key: str) -> Response | None:
    """The response that came with this key before; Refused if it came for another event."""
    found = db.session.scalar(select(Response).where(Response.client_key == client_key))
    if found is not None and found.event_id != event.id:
        raise Refused(_("This form was already sent to another event. Reload the page and send it again."))
    return found


def repeats(
    response: Response, checked: Mapping[int, CheckedAnswer], organisation_type: str, consent: str, table_name: str = ""
) -> bool:
    """Whether a sending with the response's key says nothing that the response does not say, or said once."""
    about = (response.organisation_type, response.table_name, response.consent)
    if about != (organisation_type, table_name, consent):
        return False
    rows = response.answers if response.corrected_at else response.current_answers
    known = all(
        any(row.question_id == id_ and said.equals(row) and said.consent == row.consent for row in rows)
        for id_, said in checked.items()
    )
    return known and (response.corrected_at is not None or len(rows) == len(checked))


def receive_response(
    event: Event,
    questions: Iterable[Question],
    answers: Mapping[int, AnswerInput],
    client_key: str,
    now: datetime,
    organisation_type: str = "",
    consent: str | None = None,
    facets: Mapping[int, str] | None = None,
    consents: Mapping[int, str] | None = None,
    imported_from: str | None = None,
    table_name: str = "",
) -> str | None:
    """Store one sending, and return its receipt code; None where its `client_key` came before, and nothing is stored.

    The event and its questions may be outside of any database session. The constraint on the key decides, so that a
    first sending, which nearly all are, costs no look for an earlier one. Raises as `submit_response` does.
    """
    if imported_from is None:
        refuse_unless_open(event, now)
        organisation_type = organisation_type_for(event, organisation_type)
        table_name = table_name_for(event, table_name)
    checked = checked_answers(questions, answers, facets, consents)
    if not checked:
        raise NothingAnswered(_("Nothing was answered yet. Answer at least one question, then send."))
    row = {
        "event_id": event.id,
        "client_key": client_key,
        "receipt_code": new_receipt_code(),
        "organisation_type": clean_line(organisation_type),
        "table_name": table_name,
        "consent": consent_for(event, consent),
        "received_at": now,
        "imported_from": imported_from,
    }
    try:
        connection = db.session.connection()
        response_id = connection.execute(ADD_RESPONSE, row).inserted_primary_key[0]
        said = [
            {
                "response_id": response_id,
                "question_id": id_,
                "text": each.text,
                "value": each.value,
                "facet": each.facet,
                "consent": each.consent,
            }
            for id_, each in checked.items()
        ]
        connection.execute(ADD_ANSWERS, said)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if stored_response(event, client_key) is None:
            raise
        return None
    signals.words_changed.send(None, event_id=row["event_id"])
    return row["receipt_code"]


def submit_response(
    event: Event, answers: Mapping[int, AnswerInput], client_key: str, now: datetime, **said: Any
) -> Response:
    """Store one sending once: the same `client_key` gives back the response that it made.

    `answers` is by question id, and so are `facets` and `consents` among what else was `said`; blank answers are left
    out. Raises Refused where the event is not open (an import may bring words afterwards), and a DomainError for an
    answer that its question does not accept.
    """
    before = stored_response(event, client_key)
    if before is None:
        receive_response(event, questions_of(event), answers, client_key, now, **said)
        before = stored_response(event, client_key)
    assert before is not None
    return before


def held_still(response: Response) -> None:
    """Read the response anew, and let nobody else correct or withdraw it until the commit."""
    db.session.execute(update(Response).where(Response.id == response.id).values(client_key=Response.client_key))
    db.session.refresh(response)
    db.session.expire(response, ["answers"])


def correct_response(
    response: Response,
    answers: Mapping[int, AnswerInput],
    now: datetime,
    organisation_type: str = "",
    consent: str | None = None,
    facets: Mapping[int, str] | None = None,
    consents: Mapping[int, str] | None = None,
    table_name: str = "",
) -> Response:
    """Replace what the response says to the questions now asked; `answers` is the whole of it, blanks left out.

    An answer that says the same keeps its row, whatever may now be done with it; the others are superseded.
    """
    refuse_unless_open(response.event, now)
    held_still(response)
    if response.withdrawn_at is not None:
        raise Refused(_("This response was withdrawn. Fill in the form again if you want to be heard after all."))
    asked = questions_of(response.event)
    checked = checked_answers(asked, answers, facets, consents)
    if not checked:
        raise NothingAnswered(_("Every answer is empty now. To take all of it back, withdraw the response instead."))
    asked_ids = {question.id for question in asked}
    for answer in response.current_answers:
        kept = checked.get(answer.question_id)
        if kept is not None and kept.equals(answer):
            answer.consent = kept.consent
            del checked[answer.question_id]
        elif answer.question_id in asked_ids:
            answer.superseded_at = now
    corrected = [
        Answer(question_id=id_, text=answer.text, value=answer.value, facet=answer.facet, consent=answer.consent)
        for id_, answer in checked.items()
    ]
    response.answers.extend(corrected)
    db.session.flush()
    for new in corrected:
        if new.text is not None:
            cut_again(response, new, now)
    response.organisation_type = organisation_type_for(response.event, organisation_type)
    if table_name != response.table_name:
        response.table_name = table_name_for(response.event, table_name)
    response.consent = consent_for(response.event, consent)
    response.corrected_at = now
    event_id = response.event_id
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)
    return response


def leave_out(response: Response, part: str, now: datetime) -> None:
    """Forget the response's "table" or its "kind" of organisation; what it answers stays."""
    refuse_unless_open(response.event, now)
    held_still(response)
    if part == "table":
        response.table_name = ""
    elif part == "kind":
        response.organisation_type = ""
    else:
        raise NoSuchChoice(_("Choose what is to be left out: the table or the kind of organisation."))
    event_id = response.event_id
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)


def withdraw_response(response: Response, now: datetime) -> None:
    """Take the response out of everything from now on; a second time changes nothing."""
    if response.withdrawn_at is not None:
        return
    refuse_unless_open(response.event, now)
    response.withdrawn_at = now
    event_id = response.event_id
    record_audit(
        "withdrawal", f"a response to event {event_id}, by its receipt", now, series_id=response.event.series_id
    )
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)


def subscribe_to_news(series_id: int, email: str) -> None:
    """Note an address, alone: the same one twice is once, and nobody is told which."""
    db.session.add(NewsSubscriber(series_id=series_id, email=email))
    try:
        db.session.commit()
    except IntegrityError:
        # It is there already, perhaps since the same moment.
        db.session.rollback()
