"""Reads of the boards: statements with their placement, counts, and the accounts."""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from ..extensions import db
from .models import Board, Placement, Statement


@dataclass(frozen=True)
class Accounts:
    """received = used + duplicate + withheld + in_no_theme, in statements."""

    received: int
    used: int
    duplicate: int
    withheld: int
    in_no_theme: int

    @property
    def balance(self) -> bool:
        return self.received == self.used + self.duplicate + self.withheld + self.in_no_theme


def accounts_of(board_ids: list[int], event_id: int | None = None) -> Accounts:
    """Each live statement of the boards counted once: withheld before duplicate before placed before unplaced."""
    fate = case(
        (Statement.withheld.is_not(None), "withheld"),
        (Statement.duplicate_of_id.is_not(None), "duplicate"),
        (Placement.theme_id.is_not(None), "used"),
        else_="in_no_theme",
    )
    query = (
        select(fate, func.count())
        .select_from(Statement)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(Statement.board_id.in_(board_ids), Statement.retired_at.is_(None))
        .group_by(fate)
    )
    if event_id is not None:
        query = query.where(Statement.event_id == event_id)
    counts = {name: number for name, number in db.session.execute(query)}
    received = db.session.scalar(
        select(func.count())
        .select_from(Statement)
        .where(
            Statement.board_id.in_(board_ids),
            Statement.retired_at.is_(None),
            *([Statement.event_id == event_id] if event_id is not None else []),
        )
    )
    return Accounts(
        received=received or 0,
        **{name: counts.get(name, 0) for name in ("used", "duplicate", "withheld", "in_no_theme")},
    )


def boards_of(series_id: int) -> list[Board]:
    """The series' boards: its subject first, the project second; none before the first statement was read."""
    return list(db.session.scalars(select(Board).where(Board.series_id == series_id).order_by(Board.about_project)))
