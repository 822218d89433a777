"""What in a statement may name a person or lead to one: an organiser looks at it, and the software decides nothing.

Of a statement that holds an address or a number of a person, nothing is quoted until somebody has looked."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import select

import analysis

from ..collect.models import Answer
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
    return bool(_leading_to_somebody(text))


def _leading_to_somebody(text: str) -> list[analysis.PersonalDetail]:
    return [detail for detail in details_in(text) if detail.kind not in ONLY_FLAGGED]


def answers_not_to_print(answers: Iterable[Answer]) -> set[int]:
    """The ids of those answers whose text holds such an address or number in a place of which nobody has said that it
    is not personal. A person says so of a statement, so that an answer may have places of both sorts."""
    texts = {answer.id: answer.text for answer in answers if answer.text}
    rows = db.session.execute(
        select(Statement.answer_id, Statement.text, Statement.not_personal, Statement.start, Statement.end).where(
            Statement.answer_id.in_(texts), Statement.retired_at.is_(None)
        )
    )
    found, looked_at = set(), defaultdict(list)
    for id_, text, not_personal, start, end in rows:
        if not_personal:
            looked_at[id_].append((start, end))
        elif holds_personal_details(text):
            found.add(id_)
    for id_, text in texts.items():
        for detail in _leading_to_somebody(text):
            if not any(start <= detail.start and detail.end <= end for start, end in looked_at[id_]):
                found.add(id_)
    return found


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
