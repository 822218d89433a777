"""What in a statement may name a person or lead to one: an organiser looks at it, and the software decides nothing.

Of a statement that holds an address or a number of a person, nothing is quoted until somebody has looked."""

from functools import lru_cache

from sqlalchemy import select

import analysis

from ..extensions import db
from .models import Board, Statement

# These are flagged and no more: many a name is an organisation's, and a web address mostly a body's or a material's.
ONLY_FLAGGED = {"name", "web address"}


@lru_cache(maxsize=50_000)
def details_in(text: str) -> tuple[analysis.PersonalDetail, ...]:
    """What is flagged in the text, in order: addresses, numbers, postcodes and likely names."""
    return tuple(analysis.find_personal_details(text))


def holds_personal_details(text: str) -> bool:
    """Whether an e-mail address, a telephone, National Insurance or NHS number or a postcode stands in it."""
    return any(detail.kind not in ONLY_FLAGGED for detail in details_in(text))


def flags_of(statement: Statement) -> list[str]:
    """The kinds of what is flagged in a statement, each once; none where a person said that nothing is personal."""
    if statement.not_personal:
        return []
    return list(dict.fromkeys(detail.kind for detail in details_in(statement.text)))


def with_personal_details(board: Board) -> list[int]:
    """The ids of the board's live statements in which anything is flagged."""
    rows = db.session.execute(
        select(Statement.id, Statement.text).where(
            Statement.board_id == board.id, Statement.retired_at.is_(None), Statement.not_personal.is_(False)
        )
    )
    return [id_ for id_, text in rows if details_in(text)]
