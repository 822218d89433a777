"""Where a statement would fit best: learned from what stands in the themes, most of all from what people placed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, func, or_, select

import analysis

from ..extensions import db
from .models import EVIDENCE, Board, Placement, Statement, Theme

# A page learns where statements belong from so many of them: their themes' middles hardly move with more.
LEARNED_FROM = 20_000


@dataclass(frozen=True)
class Place:
    """A theme for a statement, and how much nearer it is than the others, from 0 to 1."""

    theme: Theme
    confidence: float


@dataclass(frozen=True)
class Vectors:
    """What stands on a board, a row for each piece of evidence whose vector is kept: rows, not objects."""

    ids: np.ndarray  # (n,) of statements
    owners: np.ndarray  # (n,) theme ids, 0 for none
    by_person: np.ndarray  # (n,)
    points: np.ndarray  # (n, dimensions), unit length


def vectors_on(board: Board, *conditions: ColumnElement[bool]) -> Vectors:
    """The board's evidence with its vectors, in order of id; of a larger board what people placed, and a sample."""
    kept = (
        Statement.board_id == board.id,
        *EVIDENCE,
        Statement.encoder == analysis.encoder_name(),
        Statement.vector.is_not(None),
        *conditions,
    )
    query = (
        select(Statement.id, Placement.theme_id, Placement.by_person, Statement.vector)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(*kept)
        .order_by(Statement.id)
    )
    # Those that were named are few.
    number = 0 if conditions else db.session.scalar(select(func.count()).select_from(Statement).where(*kept)) or 0
    if number > LEARNED_FROM:
        query = query.where(or_(Statement.id % -(-number // LEARNED_FROM) == 0, Placement.by_person))
    rows = db.session.execute(query).all()
    if not rows:
        return Vectors(*(np.zeros(0, dtype=kind) for kind in (int, int, bool)), np.zeros((0, 1), dtype=np.float32))
    ids, owners, by_person, kept = zip(*rows, strict=True)
    return Vectors(
        np.array(ids), np.array([i or 0 for i in owners]), np.array([bool(p) for p in by_person]), matrix(list(kept))
    )


def placer_of(standing: Sequence[Theme], known: Vectors) -> analysis.ThemePlacer | None:
    """A placer that has learned from what stands in the themes; None while nothing does."""
    inside = np.isin(known.owners, [theme.id for theme in standing])
    if not inside.any():
        return None
    return analysis.ThemePlacer().fit(known.points[inside], known.owners[inside], known.by_person[inside])


def nearest_places(board: Board, themes: Sequence[Theme], statements: Sequence[Statement]) -> dict[int, Place]:
    """The nearest theme of each statement, by the statement's id; none for those without a kept vector."""
    if not statements:
        return {}
    asked = vectors_on(board, Statement.id.in_([statement.id for statement in statements]))
    placer = placer_of(themes, vectors_on(board)) if len(asked.ids) else None
    if placer is None:
        return {}
    by_id = {theme.id: theme for theme in themes}
    names, sure, _near = placer.predict(asked.points)
    return {
        int(statement_id): Place(by_id[int(name)], float(share))
        for statement_id, name, share in zip(asked.ids, names, sure, strict=True)
    }


def near_enough(cosine: float) -> bool:
    """Whether a theme is near enough to be suggested to anybody."""
    return cosine >= analysis.NEAR_ENOUGH


def matrix(kept: list[bytes]) -> np.ndarray:
    """Kept vectors as float32 (n, dimensions), of unit length."""
    found = np.frombuffer(b"".join(kept), dtype=np.float16).reshape(len(kept), -1).astype(np.float32)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
