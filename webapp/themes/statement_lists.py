"""Lists of a board's statements, narrowed by what became of them, where and how they were said, and their words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ..extensions import db
from .models import Board, Placement, Statement
from .queries import FATE, PAGE


@dataclass(frozen=True)
class Filters:
    """Which statements of a board a list shows; empty values do not narrow it."""

    fate: str = "received"
    theme_id: int | None = None
    event_id: int | None = None
    channel: str = ""
    facet: str = ""
    words: str = ""


def statements_matching(board: Board, filters: Filters, page: int) -> tuple[list[Statement], int]:
    """One page of the board's live statements, and how many there are in all."""
    query = _narrowed(select(Statement), board, filters)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = (
        query.options(joinedload(Statement.event), joinedload(Statement.placement).joinedload(Placement.theme))
        .order_by(Placement.confidence.desc().nulls_last(), Statement.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return list(db.session.scalars(shown)), total


def _narrowed(query: Select[tuple[Statement]], board: Board, filters: Filters) -> Select[tuple[Statement]]:
    query = query.outerjoin(Placement, Placement.statement_id == Statement.id).where(
        Statement.board_id == board.id, Statement.retired_at.is_(None)
    )
    if filters.fate != "received":
        query = query.where(filters.fate == FATE)
    if filters.theme_id is not None:
        query = query.where(Placement.theme_id == filters.theme_id)
    if filters.event_id is not None:
        query = query.where(Statement.event_id == filters.event_id)
    if filters.channel:
        query = query.where(Statement.channel == filters.channel)
    if filters.facet:
        facet = func.coalesce(Statement.facet_set, Statement.facet_own, Statement.facet_guess, "observation")
        query = query.where(facet == filters.facet)
    if filters.words:
        query = query.where(Statement.text.icontains(filters.words, autoescape=True))
    return query


def statements_on(board: Board, ids: Iterable[int]) -> list[Statement]:
    """Those of the ids that are live statements of this board; the others do not exist here."""
    query = select(Statement).where(
        Statement.board_id == board.id, Statement.retired_at.is_(None), Statement.id.in_(list(ids)[:5000])
    )
    return list(db.session.scalars(query.options(joinedload(Statement.placement)).order_by(Statement.id)))
