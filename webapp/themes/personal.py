"""Statements by which somebody could be reached or looked up: an organiser looks at them, and no report shows them."""

from functools import lru_cache

from sqlalchemy import select

import analysis

from ..extensions import db
from .models import Board, Statement


@lru_cache(maxsize=50_000)
def holds_personal_details(text: str) -> bool:
    """Whether an e-mail address, a telephone, National Insurance or NHS number or a postcode stands in it.

    A web address is mostly a body's or a material's, and is left to the reader."""
    return any(detail.kind != "web address" for detail in analysis.find_personal_details(text))


def with_personal_details(board: Board) -> list[int]:
    """The ids of the board's live statements that hold any."""
    rows = db.session.execute(
        select(Statement.id, Statement.text).where(Statement.board_id == board.id, Statement.retired_at.is_(None))
    )
    return [id_ for id_, text in rows if holds_personal_details(text)]
