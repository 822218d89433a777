"""Which statements have something cut from them, and why: reads for the report and the lists."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from ..collect.models_sealed import Redaction, SealedText
from ..collect.sealing import Cut, cuts_of, place_sent
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


def words_sent(*conditions: ColumnElement[bool]) -> dict[int, int]:
    """How many words were sent of each of the statements from whose source something is cut: a mark may have more words
    than what it stands for, or fewer."""
    if not db.session.scalar(select(Redaction.id).limit(1)):
        return {}
    query = _cut().add_columns(
        SealedText.text.label("sent"), Redaction.start.label("first"), Redaction.end.label("last")
    )
    by_id: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in db.session.execute(query.where(*conditions)):
        by_id[row.id].append(row)
    return {id_: _number_sent(rows) for id_, rows in by_id.items()}


def _number_sent(rows: Sequence[Row[Any]]) -> int:
    cuts = cuts_of(Cut(row.first, row.last, row.mark) for row in rows)
    start, end = place_sent(rows[0].start, cuts), place_sent(rows[0].end, cuts, at_end=True)
    return len(rows[0].sent[start:end].split())


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
