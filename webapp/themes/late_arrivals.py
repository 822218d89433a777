"""Statements that came after the analysis are suggested a theme within seconds, beside what stands."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, undefer

from ..extensions import db
from .analysing import statements_to_analyse, themes_of, vectors_of
from .models import EVIDENCE, Board, Statement, Suggestion, ThemeRun

# Cosine with a theme's centroid, about the middle of the board: below it, a statement is left in no theme.
NEAR_ENOUGH = 0.2
SHARPNESS = 8.0


def suggest_places(board: Board) -> int:
    """Suggest a theme for each statement read since the last analysis that finished. Returns how many."""
    run = db.session.scalar(
        select(ThemeRun).where(ThemeRun.board_id == board.id, ThemeRun.state == "done").order_by(ThemeRun.id.desc())
    )
    late = _late_statements(board, run) if run is not None else []
    if run is None or not late:
        return 0
    suggestions = [
        Suggestion(run_id=run.id, statement_id=statement.id, theme_id=theme_id, confidence=round(confidence, 4))
        for statement, theme_id, confidence in _nearest(board, late)
    ]
    db.session.add_all(suggestions)
    db.session.commit()
    return len(suggestions)


def _late_statements(board: Board, run: ThemeRun) -> list[Statement]:
    query = (
        select(Statement)
        .where(
            Statement.board_id == board.id,
            *EVIDENCE,
            Statement.vector.is_not(None),
            Statement.read_at > run.asked_at,
            ~exists().where(Suggestion.run_id == run.id, Suggestion.statement_id == Statement.id),
        )
        .options(undefer(Statement.vector), joinedload(Statement.placement))
        .order_by(Statement.id)
    )
    return [statement for statement in db.session.scalars(query) if statement.placement is None]


def _nearest(board: Board, late: Sequence[Statement]) -> list[tuple[Statement, int, float]]:
    standing = {theme.id for theme in themes_of(board)}
    placed = [s for s in statements_to_analyse(board) if s.placement and s.placement.theme_id in standing]
    vectors, points = vectors_of(placed), vectors_of(late)
    if vectors is None or points is None:
        return []
    middle = vectors.mean(axis=0)
    owners = np.array([s.placement.theme_id for s in placed if s.placement])
    names = np.unique(owners)
    centroids = np.stack([_unit((vectors[owners == name] - middle).mean(axis=0)) for name in names])
    similarity = np.stack([_unit(point - middle) for point in points]) @ centroids.T
    weights = np.exp(SHARPNESS * (similarity - similarity.max(axis=1, keepdims=True)))
    confidence = weights.max(axis=1) / weights.sum(axis=1)
    best = similarity.argmax(axis=1)
    return [
        (statement, int(names[best[i]]), float(confidence[i]))
        for i, statement in enumerate(late)
        if similarity[i, best[i]] >= NEAR_ENOUGH
    ]


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
