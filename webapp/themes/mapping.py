"""The map: each statement's place by meaning, worked out once in each analysis, and kept."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import delete, func, insert, select

from ..extensions import db
from .models import EVIDENCE, Board, MapPoint, Placement, Statement


def keep_places(board: Board, statements: Sequence[Statement], places: np.ndarray) -> None:
    """Replace the places (n, 2) of the board's statements. The caller commits."""
    mine = select(Statement.id).where(Statement.board_id == board.id)
    db.session.execute(delete(MapPoint).where(MapPoint.statement_id.in_(mine)))
    rows = [
        {"statement_id": statement.id, "x": round(float(x), 4), "y": round(float(y), 4)}
        for statement, (x, y) in zip(statements, places, strict=True)
    ]
    db.session.execute(insert(MapPoint), rows)


def places_on(board: Board) -> list[list[Any]]:
    """[statement id, x, y, theme id or 0, text] of the evidence that has a place."""
    query = (
        select(Statement.id, MapPoint.x, MapPoint.y, func.coalesce(Placement.theme_id, 0), Statement.text)
        .join(MapPoint, MapPoint.statement_id == Statement.id)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(Statement.board_id == board.id, *EVIDENCE)
        .order_by(Statement.id)
    )
    return [list(row) for row in db.session.execute(query)]


def without_place(board: Board) -> int:
    """How many pieces of evidence came after the last analysis and have no place yet."""
    query = (
        select(func.count())
        .select_from(Statement)
        .outerjoin(MapPoint, MapPoint.statement_id == Statement.id)
        .where(Statement.board_id == board.id, *EVIDENCE, MapPoint.statement_id.is_(None))
    )
    return db.session.scalar(query) or 0
