"""Which statements were received twice: the same words of the same speaker, and long texts sent again."""

import hashlib
import re

from sqlalchemy import select

from ..extensions import db
from .models import Statement

# Two people may well both write "more time, please"; eight words in the same order were sent twice.
WORDS_OF_A_COPY = 8


def source_key(text: str) -> str:
    """The wording key of a whole source text, where it is long enough that nobody writes it twice by chance."""
    return wording_key(text) if len(text.split()) >= WORDS_OF_A_COPY else ""


def wording_key(text: str) -> str:
    """A digest of the words alone, without case, spaces and punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return hashlib.md5(" ".join(words).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def mark_copies(event_id: int) -> None:
    """Mark as duplicates the same words of the same speaker, and long texts that were sent twice."""
    rows = db.session.scalars(
        select(Statement).where(Statement.event_id == event_id, Statement.retired_at.is_(None)).order_by(Statement.id)
    )
    first: dict[tuple[object, ...], Statement] = {}
    removed: list[Statement] = []
    for statement in rows:
        if statement.words_removed_at is not None:
            removed.append(statement)
            continue
        originals = [first.setdefault(key, statement) for key in _signs_of_a_copy(statement)]
        original = next((each for each in originals if each is not statement), None)
        if statement.kept_apart:
            original = None
        statement.duplicate_of_id = original.id if original is not None else None
    _hand_on(removed)


def _hand_on(removed: list[Statement]) -> None:
    """Statements without words stay copies of what they were copies of; where that was taken back, the oldest takes
    its place."""
    standing = {statement.id for statement in removed}
    heirs: dict[int, int] = {}
    for statement in removed:
        original = statement.duplicate_of_id
        if original is None or original in standing:
            continue
        heir = heirs.setdefault(original, statement.id)
        statement.duplicate_of_id = None if heir == statement.id else heir


def _signs_of_a_copy(statement: Statement) -> list[tuple[object, ...]]:
    same_words: tuple[object, ...] = (statement.board_id, statement.channel, statement.wording_key)
    signs: list[tuple[object, ...]] = [(*same_words, "speaker", statement.speaker_key)]
    # What one author kept out of reports takes nobody else's words along.
    same_words = (*same_words, statement.withheld == "consent")
    if statement.source_key:
        signs.append((*same_words, "source", statement.source_key))
    if len(statement.text.split()) >= WORDS_OF_A_COPY:
        signs.append(same_words)
    return signs
