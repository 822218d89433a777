"""An owner erases a response whose author asked for it without having the code: it is withdrawn, and its words go."""

from datetime import datetime

from sqlalchemy import delete, select, update

from ..accounts.audit import record_audit
from ..accounts.models import User
from ..extensions import db
from ..programme.rules import NotValid
from ..text_input import clean_line
from . import signals
from .models import Answer, Response
from .models_sealed import SealedText
from .responding import held_still


def erase_response(response: Response, reason: str, actor: User, now: datetime) -> None:
    """Withdraw the response, whether or not its event is open, and delete its words from everything for good.

    What stays is that it was there: its counts in editions that are published, and an entry in the audit log with the
    reason. NotValid without a reason.
    """
    why = clean_line(reason)[:300]
    if not why:
        raise NotValid("reason", "Write why it is erased. Leave out who asked: the reason is kept in the audit log.")
    held_still(response)
    signals.words_going.send(None, response_id=response.id)
    response.withdrawn_at = response.withdrawn_at or now
    response.organisation_type = response.table_name = ""
    answers = select(Answer.id).where(Answer.response_id == response.id)
    db.session.execute(update(SealedText).where(SealedText.answer_id.in_(answers)).values(text=""))
    spoken = Answer.response_id == response.id
    db.session.execute(update(Answer).where(spoken, Answer.text.is_not(None)).values(text=""))
    db.session.execute(delete(Answer).where(spoken, Answer.text.is_(None)))
    event_id, series_id = response.event_id, response.event.series_id
    signals.words_erased.send(None, response_id=response.id, now=now)
    record_audit("erasure", f"response {response.id} to event {event_id}: {why}", now, actor, series_id)
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)
