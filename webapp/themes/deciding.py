"""What the verbs of the board share: their last line, and what they refuse."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from ..accounts.models import User
from ..errors import DomainError, Refused
from ..extensions import db
from ..text_input import clean_line
from .curation import Changes, record
from .models import Board, CurationEntry, Placement, Statement, Theme

TITLE_LIMIT = 200
NOTE_LIMIT = 1000
# Themes stand this far apart, so that one can be put between two others without moving them.
SPACE = 1024


def done(
    board: Board, changes: Changes, verb: str, summary: str, actor: User, now: datetime, seen: int | None, note: str
) -> CurationEntry | None:
    """Write the decision into the log, and commit it."""
    entry = record(board, changes, verb, summary, actor, now, note=clean_line(note)[:NOTE_LIMIT], seen=seen)
    db.session.commit()
    return entry


def clean_title(title: str) -> str:
    title = clean_line(title)
    if not title:
        raise DomainError("A theme needs a title.")
    if len(title) > TITLE_LIMIT:
        raise DomainError(f"A title has at most {TITLE_LIMIT} characters; this one has {len(title)}.")
    return title


def members_of(theme: Theme) -> list[Statement]:
    query = select(Statement).join(Statement.placement).where(Placement.theme_id == theme.id).order_by(Statement.id)
    return list(db.session.scalars(query.options(contains_eager(Statement.placement))))


def refuse_deleted(*themes: Theme) -> None:
    for theme in themes:
        if theme.deleted:
            raise Refused(f"“{theme.title}” is not on the board any more. Look at the log to bring it back.")


def new_theme(board: Board, title: str, changes: Changes) -> Theme:
    """A theme at the end of the board."""
    last = db.session.scalar(select(func.max(Theme.position)).where(Theme.board_id == board.id)) or 0
    theme = Theme(board_id=board.id, title=clean_title(title), position=last + SPACE, deleted=True)
    db.session.add(theme)
    db.session.flush()
    changes.set(theme, "deleted", False)
    return theme


def board_of(statements: Sequence[Statement]) -> Board:
    if not statements:
        raise DomainError("Choose at least one statement.")
    ids = {statement.board_id for statement in statements}
    if len(ids) > 1:
        raise DomainError("These statements belong to different boards.")
    return db.session.get_one(Board, ids.pop())
