"""A title in somebody's words goes when these may no longer be shown."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from ..extensions import db
from .curation import Changes, record
from .duplicates import wording_key
from .models import Board, CurationEntry, Statement, Theme
from .said_again import ENOUGH_WORDS

# The words of its other statements would be no fairer: the organiser names it.
UNTITLED = "Untitled theme"


def retitle(board: Board, now: datetime) -> None:
    """Give another title to each theme whose title is a statement that is not to be quoted, or was taken back. What a
    person wrote stays where it is so short that many say it. The caller commits."""
    themes = list(db.session.scalars(select(Theme).where(Theme.board_id == board.id, Theme.deleted.is_(False))))
    gone = no_longer_shown(board, [wording_key(theme.title) for theme in themes])
    if not gone:
        return
    written = _titled_by_people(board)
    changes = Changes()
    for theme in themes:
        short = len(theme.title.split()) < ENOUGH_WORDS
        if wording_key(theme.title) in gone and not (short and theme.id in written):
            changes.set(theme, "title", UNTITLED)
    record(board, changes, "rename", "Retitled what stood in words that may no longer be shown", None, now)


def no_longer_shown(board: Board, keys: Sequence[str]) -> set[str]:
    """Those of the wording keys that only statements have that may not be quoted, or were taken back."""
    rows = db.session.execute(
        select(Statement.wording_key, Statement.consent, Statement.withheld, Statement.retired_at).where(
            Statement.board_id == board.id, Statement.wording_key.in_(keys)
        )
    ).all()
    shown = {row.wording_key for row in rows if (row.consent, row.withheld, row.retired_at) == ("quote", None, None)}
    return {row.wording_key for row in rows} - shown


def shown_title(board: Board, title: str) -> str:
    """A title that the machine proposes, or that there is none where it stands in words that may not be shown."""
    return UNTITLED if no_longer_shown(board, [wording_key(title)]) else title


def _titled_by_people(board: Board) -> set[int]:
    entries = db.session.scalars(
        select(CurationEntry).where(CurationEntry.board_id == board.id, CurationEntry.actor_id.is_not(None))
    )
    # A theme that a person made was given its title with it.
    return {
        change[1]
        for entry in entries
        for change in entry.changes
        if change[0] == "theme.title" or (entry.verb == "make" and change[0] == "theme.deleted")
    }
