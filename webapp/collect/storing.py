"""Drafts become rows: many in one statement, and none that is there already."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import insert, select

from ..extensions import db
from .codes import new_receipt_code
from .drafts import Draft
from .models import Answer, Response

# SQLite takes some thousand values in one statement.
CHUNK = 500
One = TypeVar("One")


def in_chunks(rows: Sequence[One]) -> Iterator[Sequence[One]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def stored_among(keys: Sequence[str]) -> set[str]:
    """Those of a chunk's identities that came in before."""
    return set(db.session.scalars(select(Response.client_key).where(Response.client_key.in_(keys))))


def store(drafts: Sequence[Draft], filename: str, import_id: int | None = None) -> None:
    """Add each draft as a response with its answers. The caller commits; its events and questions have their ids."""
    if not drafts:
        return
    rows = [
        {
            "event_id": draft.event.id,
            "client_key": draft.client_key,
            "receipt_code": new_receipt_code(),
            "organisation_type": draft.organisation_type,
            "consent": draft.event.default_consent,
            "received_at": draft.received_at,
            "imported_from": filename[:300],
            "import_id": import_id,
        }
        for draft in drafts
    ]
    adding = insert(Response).returning(Response.id, sort_by_parameter_order=True)
    ids = db.session.scalars(adding, rows).all()
    answers = [
        {
            "response_id": id_,
            "question_id": said.question.id,
            "text": said.answer.text,
            "value": said.answer.value,
            "consent": said.answer.consent,
            "votes": said.votes,
        }
        for id_, draft in zip(ids, drafts, strict=True)
        for said in draft.said
    ]
    db.session.execute(insert(Answer), answers)
