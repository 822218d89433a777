"""Where a statement in no theme would fit best: the theme whose middle is nearest in meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

import analysis

from ..extensions import db
from .models import Board, Placement, Statement, Theme
from .queries import USED

# The weight of the nearest theme against the others, as a share.
SHARPNESS = 8.0


@dataclass(frozen=True)
class Place:
    """A theme for a statement, and how much nearer it is than the others, from 0 to 1."""

    theme: Theme
    confidence: float


def nearest_places(board: Board, themes: Sequence[Theme], statements: Sequence[Statement]) -> dict[int, Place]:
    """The nearest theme of each statement, by the statement's id; none for those without a kept vector."""
    points = _vectors([statement.id for statement in statements])
    owners, vectors = _placed(board)
    names = np.array([theme.id for theme in themes if theme.id in set(owners.tolist())])
    if not points or not len(names):
        return {}
    middle = vectors.mean(axis=0)
    centroids = np.stack([_unit((vectors[owners == name]).mean(axis=0) - middle) for name in names])
    by_id = {theme.id: theme for theme in themes}
    found = {}
    for statement_id, point in points.items():
        similarity = centroids @ _unit(point - middle)
        weights = np.exp(SHARPNESS * (similarity - similarity.max()))
        best = int(similarity.argmax())
        found[statement_id] = Place(by_id[int(names[best])], float(weights[best] / weights.sum()))
    return found


def _placed(board: Board) -> tuple[np.ndarray, np.ndarray]:
    """The theme ids (n,) and unit vectors (n, dimensions) of what stands in the board's themes: rows, not objects."""
    rows = db.session.execute(
        select(Placement.theme_id, Statement.vector)
        .join(Statement, Placement.statement_id == Statement.id)
        .where(
            Statement.board_id == board.id,
            *USED,
            Statement.encoder == analysis.encoder_name(),
            Statement.vector.is_not(None),
        )
    ).all()
    if not rows:
        return np.zeros(0, dtype=int), np.zeros((0, 1))
    return np.array([row[0] for row in rows]), _matrix([row[1] for row in rows])


def _vectors(ids: Sequence[int]) -> dict[int, np.ndarray]:
    kept = select(Statement.id, Statement.vector).where(
        Statement.id.in_(ids), Statement.encoder == analysis.encoder_name(), Statement.vector.is_not(None)
    )
    rows = db.session.execute(kept).all()
    return dict(zip([row[0] for row in rows], _matrix([row[1] for row in rows]), strict=True)) if rows else {}


def _matrix(kept: list[bytes]) -> np.ndarray:
    matrix = np.frombuffer(b"".join(kept), dtype=np.float16).reshape(len(kept), -1).astype(np.float32)
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
