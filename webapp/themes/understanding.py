"""Statements get their vector, facet and tone in batches: each is held by one worker at a time, and written once.

A worker that was killed leaves its batch held; when the time for which it may hold it is over, another takes it.
"""

import time
import uuid
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, bindparam, delete, func, or_, select, update

import analysis

from .. import wording
from ..extensions import db
from .models import Board, Statement
from .models_batches import EncodingBatch

BATCH = 500
# A batch takes about five seconds of one core. Clocks of several machines may differ by seconds, not by minutes.
LEASE = timedelta(minutes=2)
PAUSE = 0.5  # seconds between two looks at the batches that others are at
LIVE = (Statement.retired_at.is_(None), Statement.words_removed_at.is_(None))


def understand_statements(board: Board, now: Callable[[], datetime] = wording.now) -> int:
    """Understand what nobody else is at. Returns the number of statements."""
    lay_out_batches(board)
    understood = 0
    while (done := understand_next(board.id, now)) is not None:
        understood += done
    return understood


def understand_all(
    board: Board,
    now: Callable[[], datetime],
    told: Callable[[int, int], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Return when every laid out batch of the board is done, by this worker or by others.

    It needs nobody else: what others do not finish in their time, it takes over. `told(done, of)` counts statements.
    """
    board_id, of = board.id, 0
    while left := statements_left(board_id):
        of = max(of, left)
        told(of - left, of)
        if understand_next(board_id, now) is None:
            pause(PAUSE)


def lay_out_batches(board: Board) -> int:
    """Divide what is not understood and in no batch yet. Returns how many batches of the board are open. Commits."""
    board_id = board.id
    if _not_understood(board_id):
        # This row's lock, or SQLite's, keeps two workers from laying out the same statements.
        lock = update(Board).where(Board.id == board_id).values(version=Board.version)
        db.session.execute(lock, execution_options={"synchronize_session": False})
        ids = _in_no_batch(board_id, _not_understood(board_id))
        for first in range(0, len(ids), BATCH):
            part = ids[first : first + BATCH]
            db.session.add(EncodingBatch(board_id=board_id, first_id=part[0], last_id=part[-1], size=len(part)))
    db.session.commit()
    return db.session.scalar(select(func.count()).where(EncodingBatch.board_id == board_id)) or 0


def understand_next(
    board_id: int, now: Callable[[], datetime], begun: Callable[[], object] = lambda: None
) -> int | None:
    """Claim a batch and understand it. Returns the number of statements; None where no batch is to be had.

    `begun` is called between the claim and the work: the moment to call another worker to the next batch."""
    claimed = _claim(board_id, now())
    if claimed is None:
        return None
    batch, key = claimed
    begun()
    try:
        return _understand(batch, key)
    except Exception:
        db.session.rollback()
        db.session.execute(update(EncodingBatch).where(*_mine(batch.id, key)).values(held_by=None, held_until=None))
        db.session.commit()
        raise


def statements_left(board_id: int) -> int:
    """How many statements the open batches of the board hold."""
    return db.session.scalar(select(func.sum(EncodingBatch.size)).where(EncodingBatch.board_id == board_id)) or 0


def boards_left_alone(now: datetime) -> list[int]:
    """Ids of the boards that have statements to understand, and nobody who is at it."""
    waiting = set(db.session.scalars(select(EncodingBatch.board_id).distinct()))
    waiting |= set(
        db.session.scalars(select(Statement.board_id).where(Statement.facet_guess.is_(None), *LIVE).distinct())
    )
    return sorted(board_id for board_id in waiting if not somebody_is_at(board_id, now))


def somebody_is_at(board_id: int, now: datetime) -> bool:
    """Whether a batch of the board is held by a worker that may be alive."""
    held = select(EncodingBatch.id).where(EncodingBatch.board_id == board_id, EncodingBatch.held_until >= now)
    return db.session.scalar(held.limit(1)) is not None


def _wanting() -> ColumnElement[bool]:
    """What a statement is that has not been understood by the encoder at hand."""
    encoder = analysis.encoder_name()
    if not encoder:
        return Statement.facet_guess.is_(None)
    # Not "other than": an index finds the smaller and the greater ones without reading the board.
    return or_(Statement.encoder.is_(None), Statement.encoder < encoder, Statement.encoder > encoder)


def _not_understood(board_id: int) -> list[int]:
    query = select(Statement.id).where(Statement.board_id == board_id, *LIVE, _wanting())
    return list(db.session.scalars(query.order_by(Statement.id)))


def _in_no_batch(board_id: int, ids: Sequence[int]) -> list[int]:
    ranges = db.session.execute(
        select(EncodingBatch.first_id, EncodingBatch.last_id)
        .where(EncodingBatch.board_id == board_id)
        .order_by(EncodingBatch.first_id)
    ).all()
    firsts = [first for first, _ in ranges]
    return [i for i in ids if not (at := bisect_right(firsts, i)) or ranges[at - 1][1] < i]


def _claim(board_id: int, now: datetime) -> tuple[Row[Any], str] | None:
    free = or_(EncodingBatch.held_until.is_(None), EncodingBatch.held_until < now)
    query = select(EncodingBatch.id, EncodingBatch.board_id, EncodingBatch.first_id, EncodingBatch.last_id)
    # The smallest first: what a phone has just sent does not wait for what was imported before.
    query = query.where(EncodingBatch.board_id == board_id, free).order_by(EncodingBatch.size, EncodingBatch.id)
    while (batch := db.session.execute(query.limit(1)).one_or_none()) is not None:
        key = uuid.uuid4().hex
        # Of those who saw it free in the same moment one changes the row; the others look for the next.
        claim = update(EncodingBatch).where(EncodingBatch.id == batch.id, free)
        won = db.session.execute(
            claim.values(held_by=key, held_until=now + LEASE), execution_options={"synchronize_session": False}
        ).rowcount
        db.session.commit()
        if won:
            return batch, key
    db.session.commit()
    return None


def _mine(batch_id: int, key: str) -> tuple[ColumnElement[bool], ...]:
    return EncodingBatch.id == batch_id, EncodingBatch.held_by == key


def _understand(batch: Row[Any], key: str) -> int:
    """All that takes long is worked out with no transaction open: meanwhile phones write on SQLite."""
    of_batch = (Statement.board_id == batch.board_id, Statement.id.between(batch.first_id, batch.last_id))
    rows = _rows(*of_batch)
    found = _worked_out([row.text for row in rows])
    done = db.session.execute(delete(EncodingBatch).where(*_mine(batch.id, key)))
    if done.rowcount != 1:
        # It took too long, and another has taken it over.
        db.session.rollback()
        return 0
    _write(rows, found)
    return len(rows)


def understand_these(ids: Sequence[int], told: Callable[[int], None]) -> None:
    """Understand these statements before their batches are done, which then have less to do; `told(done)` counts."""
    for first in range(0, len(ids), BATCH):
        rows = _rows(Statement.id.in_(ids[first : first + BATCH]))
        _write(rows, _worked_out([row.text for row in rows]))
        told(min(first + BATCH, len(ids)))


def _rows(*conditions: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Id and text of those that are not understood."""
    query = select(Statement.id, Statement.text).where(*conditions, *LIVE, _wanting())
    rows = db.session.execute(query.order_by(Statement.id)).all()
    db.session.commit()
    return rows


def _write(rows: Sequence[Row[Any]], found: list[dict[str, Any]]) -> None:
    """Keep what was found of each. Words that were changed or taken away meanwhile are not described by it."""
    if rows:
        same = update(Statement.__table__).where(
            Statement.id == bindparam("of_id"), Statement.text == bindparam("of_text")
        )
        values = [{"of_id": row.id, "of_text": row.text, **value} for row, value in zip(rows, found, strict=True)]
        db.session.connection().execute(same.values({name: bindparam(name) for name in found[0]}), values)
    db.session.commit()


def _worked_out(texts: list[str]) -> list[dict[str, Any]]:
    """Values of each statement's columns."""
    encoder = analysis.encoder_name()
    if not texts:
        return []
    vectors = analysis.encode(texts) if encoder else None
    facets = analysis.classify_facets(texts, vectors)
    tones = analysis.classify_sentiment(texts, vectors)
    found: list[dict[str, Any]] = [
        {"facet_guess": facet.facet, "facet_probability": float(facet.probability), "sentiment": tone.sentiment}
        for facet, tone in zip(facets, tones, strict=True)
    ]
    if vectors is not None:
        for values, vector in zip(found, vectors.astype(np.float16), strict=True):
            values |= {"vector": vector.tobytes(), "encoder": encoder}
    return found
