"""Which statements were received twice: the same words of the same speaker, and long texts sent again."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import aliased

from ..extensions import db
from .models import Statement
from .redactions import words_sent

# Of more keys than this it is not asked one by one: no database takes a query of any number of values.
MOST_KEYS = 5_000
# Two people may well both write "more time, please"; eight words in the same order were sent twice.
WORDS_OF_A_COPY = 8
SIGNS = (
    Statement.id,
    Statement.board_id,
    Statement.channel,
    Statement.wording_key,
    Statement.speaker_key,
    Statement.source_key,
    Statement.text,
    Statement.withheld,
    Statement.kept_apart,
    Statement.duplicate_of_id,
    Statement.words_removed_at,
)


def source_key(text: str) -> str:
    """The wording key of a whole source text, where it is long enough that nobody writes it twice by chance."""
    return wording_key(text) if len(text.split()) >= WORDS_OF_A_COPY else ""


def wording_key(text: str) -> str:
    """A digest of the words alone, without case, spaces and punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return hashlib.md5(" ".join(words).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def mark_copies(event_id: int, added: Iterable[str] | None = None) -> None:
    """Mark as duplicates the same words of the same speaker, and long texts that were sent twice.

    With the wording keys of what was `added`, which may be none, it looks at statements of these words and at copies
    of what was taken back, and at nothing else: enough where all others are marked. Rows, not objects: an event may
    have fifty thousand statements, and few of them change. The caller commits.
    """
    db.session.flush()
    looked_at = [Statement.event_id == event_id, Statement.retired_at.is_(None)]
    keys = None if added is None else {*added, *_keys_without_original(event_id)}
    if keys is not None and len(keys) <= MOST_KEYS:
        looked_at.append(Statement.wording_key.in_(keys))
    sent = words_sent(*looked_at)
    first: dict[tuple[object, ...], int] = {}
    removed: list[Row[Any]] = []
    changed: dict[int, int | None] = {}
    for row in db.session.execute(select(*SIGNS).where(*looked_at).order_by(Statement.id)):
        if row.words_removed_at is not None:
            removed.append(row)
            continue
        originals = [first.setdefault(key, row.id) for key in _signs_of_a_copy(row, sent.get(row.id))]
        original = next((each for each in originals if each != row.id), None)
        if row.kept_apart:
            original = None
        if row.duplicate_of_id != original:
            changed[row.id] = original
    changed |= _handed_on(removed)
    if not changed:
        return
    rows = [{"id": statement_id, "duplicate_of_id": original} for statement_id, original in changed.items()]
    db.session.execute(update(Statement), rows)
    # Such an UPDATE leaves objects that are held as they were.
    for held in db.session:
        if isinstance(held, Statement) and held.id in changed:
            db.session.expire(held, ["duplicate_of_id"])


def _keys_without_original(event_id: int) -> Iterable[str]:
    """The wording keys of copies whose original was taken back; "" for those whose words were removed."""
    original = aliased(Statement)
    return db.session.scalars(
        select(Statement.wording_key)
        .join(original, Statement.duplicate_of_id == original.id)
        .where(Statement.event_id == event_id, Statement.retired_at.is_(None), original.retired_at.is_not(None))
    )


def _handed_on(removed: list[Row[Any]]) -> dict[int, int | None]:
    """Statements without words stay copies of what they were copies of; where that was taken back, the oldest takes
    its place."""
    standing = {row.id for row in removed}
    heirs: dict[int, int] = {}
    changed: dict[int, int | None] = {}
    for row in removed:
        if row.duplicate_of_id is None or row.duplicate_of_id in standing:
            continue
        heir = heirs.setdefault(row.duplicate_of_id, row.id)
        changed[row.id] = None if heir == row.id else heir
    return changed


def _signs_of_a_copy(row: Row[Any], words: int | None) -> list[tuple[object, ...]]:
    same_words: tuple[object, ...] = (row.board_id, row.channel, row.wording_key)
    signs: list[tuple[object, ...]] = [(*same_words, "speaker", row.speaker_key)]
    # What one author kept out of reports takes nobody else's words along.
    same_words = (*same_words, row.withheld == "consent")
    if row.source_key:
        signs.append((*same_words, "source", row.source_key))
    if (len(row.text.split()) if words is None else words) >= WORDS_OF_A_COPY:
        signs.append(same_words)
    return signs
