"""An import is taken back: all that it added, and nothing else."""

from datetime import datetime

from sqlalchemy import String, cast, literal, select, update

from ..accounts.models import User
from ..errors import Refused
from ..extensions import db
from ..programme.models import Question
from . import signals
from .import_running import events_of
from .models import Answer, Response
from .models_imports import FileImport


def take_back(imported: FileImport, user: User, now: datetime) -> int:
    """Withdraw exactly what the import added, and retire the questions that it made and nobody else answered.

    The rows give up their identities, so that the same file can be imported again, mapped better. Returns how many
    responses were withdrawn.
    """
    if imported.state != "done":
        raise Refused("Only an import that is in can be taken back.")
    touched = events_of(imported)
    withdrawn = db.session.execute(
        update(Response)
        .where(Response.import_id == imported.id, Response.withdrawn_at.is_(None))
        .values(withdrawn_at=now, client_key=literal("taken-back-") + cast(Response.id, String)),
        execution_options={"synchronize_session": False},
    )
    standing = (
        select(Answer.question_id)
        .join(Response, Response.id == Answer.response_id)
        .where(Answer.question_id.in_(imported.made_questions), Response.withdrawn_at.is_(None))
    )
    db.session.execute(
        update(Question)
        .where(Question.id.in_(imported.made_questions), Question.retired_at.is_(None), Question.id.not_in(standing))
        .values(retired_at=now),
        execution_options={"synchronize_session": False},
    )
    imported.state, imported.taken_back_at, imported.taken_back_by_id = "taken_back", now, user.id
    db.session.commit()
    db.session.expire_all()
    for event_id in touched:
        signals.words_taken_back.send(None, event_id=event_id)
        signals.words_changed.send(None, event_id=event_id)
    return int(withdrawn.rowcount)  # type: ignore[attr-defined]
