"""Which statements have something cut from them, and why: reads for the report and the lists."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select

from ..collect.models_sealed import Redaction, SealedText
from ..extensions import db
from .models import Statement

CHUNK = 500


def _sealed() -> ColumnElement[bool]:
    return or_(
        *(
            and_(column.is_not(None), column == getattr(SealedText, column.key))
            for column in (Statement.answer_id, Statement.note_id, Statement.floor_question_id)
        )
    )


def _cut() -> Select[tuple[int, str, int, int, str]]:
    """Each statement with the cuts that hold in its source."""
    return (
        select(Statement.id, Statement.text, Statement.start, Statement.end, Redaction.mark)
        .join(SealedText, _sealed())
        .join(Redaction, Redaction.sealed_id == SealedText.id)
        .where(Redaction.standing.is_(True))
        .order_by(Statement.id, Redaction.start)
    )


def redacted_statements(ids: Sequence[int]) -> dict[int, str]:
    """Those of the statements from whose source something was cut, with the words that they have now; without those
    that have none any more."""
    found: dict[int, str] = {}
    if not db.session.scalar(select(Redaction.id).limit(1)):
        return found
    for first in range(0, len(ids), CHUNK):
        rows = db.session.execute(
            _cut().where(Statement.id.in_(ids[first : first + CHUNK]), Statement.words_removed_at.is_(None))
        )
        found.update({row.id: row.text for row in rows})
    return found


def redactions_in_source(statement: Statement) -> set[int]:
    """The ids of every cut that was ever made in the statement's source."""
    query = select(Redaction.id).join(SealedText).join(Statement, _sealed()).where(Statement.id == statement.id)
    return set(db.session.scalars(query))


def marks_on(board_ids: Sequence[int]) -> dict[int, list[str]]:
    """Statement id -> the marks that stand in it, of the live statements of the boards."""
    found: dict[int, list[str]] = {}
    for row in db.session.execute(_cut().where(Statement.board_id.in_(board_ids), Statement.retired_at.is_(None))):
        marks = found.setdefault(row.id, [])
        if row.mark in row.text and row.mark not in marks:
            marks.append(row.mark)
    return {id_: marks for id_, marks in found.items() if marks}
