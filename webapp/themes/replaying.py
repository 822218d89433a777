"""The log is the truth: what it says of every value it ever touched, at its end or at any point before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..extensions import db
from .curation import PLACEMENT
from .duplicates import wording_key
from .models import Board, CurationEntry, Placement, Statement, Theme
from .taken_titles import UNTITLED, no_longer_shown

State = Mapping[tuple[str, int], Any]


def replay(entries: Iterable[CurationEntry]) -> State:
    """The value of everything that the log ever touched, after its last entry.

    Raises ValueError where an entry does not stand on what came before it: then the log is not the truth.
    """
    state: dict[tuple[str, int], Any] = {}
    for entry in entries:
        for field, row_id, before, after in entry.changes:
            if state.get((field, row_id), before) != before:
                raise ValueError(f"entry {entry.number} expects {before!r} for {field} of {row_id}")
            state[field, row_id] = after
    return state


def values_before(board: Board, number: int) -> State:
    """What every value that was changed after entry `number` was, right after that entry."""
    query = (
        select(CurationEntry.changes)
        .where(CurationEntry.board_id == board.id, CurationEntry.number > number)
        .order_by(CurationEntry.number)
    )
    state: dict[tuple[str, int], Any] = {}
    for changes in db.session.scalars(query):
        for field, row_id, before, _after in changes:
            state.setdefault((field, row_id), before)
    return state


@dataclass(frozen=True)
class ThemeThen:
    """A theme as it stood at a point in the log, with what stood in it that is still part of what was received."""

    id: int
    title: str
    statement: str
    position: int
    statements: list[Statement]


@dataclass(frozen=True)
class BoardThen:
    """The board as it was after an entry: its themes in order, and what was withheld or in none of them."""

    themes: list[ThemeThen]
    in_no_theme: list[Statement]
    withheld: list[Statement]
    duplicates: list[Statement]


def board_after(board: Board, entry: CurationEntry) -> BoardThen:
    """The board as it stood after the entry, of what was received by then and not taken back since.

    Duplicates are not in the log: they are those of today.
    """
    then = values_before(board, entry.number)

    def value(row: Theme | Statement, name: str) -> Any:
        return then.get((f"{row.__tablename__}.{name}", row.id), getattr(row, name))

    members: dict[int | None, list[Statement]] = defaultdict(list)
    withheld, duplicates = [], []
    for statement, theme_id in _received(board):
        placement = then.get((PLACEMENT, statement.id), [theme_id])
        stood_in = placement[0] if placement else None
        if statement.read_at > entry.at and stood_in is None:
            continue
        if value(statement, "withheld") is not None:
            withheld.append(statement)
        elif statement.duplicate_of_id is not None:
            duplicates.append(statement)
        else:
            members[stood_in].append(statement)
    standing = [
        theme
        for theme in db.session.scalars(select(Theme).where(Theme.board_id == board.id))
        if not value(theme, "deleted")
    ]
    titles = _titles_to_show(board, {theme.id: value(theme, "title") for theme in standing})
    themes = [
        ThemeThen(t.id, titles[t.id], value(t, "statement"), value(t, "position"), members[t.id]) for t in standing
    ]
    return BoardThen(sorted(themes, key=lambda theme: (theme.position, theme.id)), members[None], withheld, duplicates)


def _titles_to_show(board: Board, titles: Mapping[int, str]) -> dict[int, str]:
    """The titles, without those in words that were taken back since."""
    keys = {theme_id: wording_key(title) for theme_id, title in titles.items()}
    gone = no_longer_shown(board, list(keys.values()))
    return {theme_id: UNTITLED if keys[theme_id] in gone else title for theme_id, title in titles.items()}


def _received(board: Board) -> list[tuple[Statement, int | None]]:
    """The board's live statements, each with the theme it stands in now."""
    query = (
        select(Statement, Placement.theme_id)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(Statement.board_id == board.id, Statement.retired_at.is_(None))
        .order_by(Statement.id)
    )
    return [(statement, theme_id) for statement, theme_id in db.session.execute(query)]
