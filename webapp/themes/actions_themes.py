"""Verbs on themes: rename, describe, order, merge, split, make, delete."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ..accounts.models import User
from ..errors import DomainError
from ..text_input import clean_line
from ..wording import count, listed
from .curation import Changes
from .deciding import SPACE, board_of, clean_title, done, members_of, new_theme, refuse_deleted
from .finding import themes_of
from .models import CurationEntry, Statement, Theme

STATEMENT_LIMIT = 1000


def rename_theme(
    theme: Theme, title: str, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    return word_theme(theme, title, theme.statement, actor, now, seen, note)


def describe_theme(
    theme: Theme, statement: str, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Set the one sentence that the report opens the theme with."""
    return word_theme(theme, theme.title, statement, actor, now, seen, note)


def word_theme(
    theme: Theme, title: str, statement: str, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Set a theme's title and its one sentence together: one decision, all of it or nothing."""
    refuse_deleted(theme)
    changes, old, title = Changes(), theme.title, clean_title(title)
    if theme.statement != (statement := clean_line(statement)[:STATEMENT_LIMIT]):
        changes.set(theme, "statement", statement)
    if title == old:
        return done(theme.board, changes, "describe", f"Wrote the statement of “{old}”", actor, now, seen, note)
    wrote = " and wrote its statement" if changes.made else ""
    changes.set(theme, "title", title)
    return done(theme.board, changes, "rename", f"Renamed “{old}” to “{title}”{wrote}", actor, now, seen, note)


def reorder_theme(
    theme: Theme, step: int, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Move a theme up (-1) or down (+1) in the order of the report."""
    order = themes_of(theme.board)
    place = order.index(theme) + 1 + step if theme in order else 1
    return place_theme(theme, place, actor, now, seen, note)


def place_theme(
    theme: Theme, place: int, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Put a theme at a place in the order of the report, 1 for the first. The other themes are left as they are
    where there is room between them, so that two people's orders can be undone one without the other."""
    refuse_deleted(theme)
    order = themes_of(theme.board)
    was = order.index(theme)
    to = min(max(place - 1, 0), len(order) - 1)
    changes = Changes()
    if to != was:
        order.insert(to, order.pop(was))
        before = order[to - 1].position if to else order[1].position - 2 * SPACE
        after = order[to + 1].position if to + 1 < len(order) else before + 2 * SPACE
        if after - before >= 2:
            changes.set(theme, "position", (before + after) // 2)
        else:
            for number, each in enumerate(order, start=1):
                changes.set(each, "position", number * SPACE)
    summary = f"Moved “{theme.title}” {'up' if to < was else 'down'} to place {to + 1}"
    return done(theme.board, changes, "reorder", summary, actor, now, seen, note)


def merge_themes(
    themes: Sequence[Theme],
    actor: User,
    now: datetime,
    title: str | None = None,
    seen: int | None = None,
    note: str = "",
) -> CurationEntry | None:
    """Merge themes into the first of them, which keeps its place and its title unless another is given."""
    if len({theme.id for theme in themes}) < 2:
        raise DomainError("Choose two or more themes to merge.")
    if len({theme.board_id for theme in themes}) > 1:
        raise DomainError("These themes stand on different boards and cannot be merged.")
    refuse_deleted(*themes)
    into, changes = themes[0], Changes()
    names = listed(f"“{theme.title}”" for theme in themes)
    for theme in themes[1:]:
        changes.place(members_of(theme), into, actor)
        changes.set(theme, "deleted", True)
    if title:
        changes.set(into, "title", clean_title(title))
    called = f" as “{into.title}”" if title else ""
    return done(into.board, changes, "merge", f"Merged {names}{called}", actor, now, seen, note)


def split_theme(
    theme: Theme,
    parts: Mapping[str, Sequence[Statement]],
    actor: User,
    now: datetime,
    seen: int | None = None,
    note: str = "",
) -> CurationEntry | None:
    """Split off new themes, by title, with the statements that each takes; what is in none of them stays."""
    refuse_deleted(theme)
    taken = [statement.id for statements in parts.values() for statement in statements]
    members = {statement.id for statement in members_of(theme)}
    if not parts or not all(parts.values()):
        raise DomainError("Each part needs at least one statement.")
    if len(set(taken)) < len(taken) or not set(taken) <= members:
        raise DomainError("A statement can go to one part only, and must be in the theme that is split.")
    changes = Changes()
    themes = [new_theme(theme.board, title, changes) for title in parts]
    for new, statements in zip(themes, parts.values(), strict=True):
        changes.place(statements, new, actor)
    names = ", ".join(f"“{new.title}”" for new in themes)
    return done(theme.board, changes, "split", f"Split {names} from “{theme.title}”", actor, now, seen, note)


def make_theme(
    statements: Sequence[Statement],
    title: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
    note: str = "",
) -> CurationEntry | None:
    """Make a theme from a selection of statements."""
    board = board_of(statements)
    changes = Changes()
    theme = new_theme(board, title, changes)
    changes.place(statements, theme, actor)
    summary = f"Made “{theme.title}” from {count(len(statements), 'statement')}"
    return done(board, changes, "make", summary, actor, now, seen, note)


def delete_themes(
    themes: Sequence[Theme], actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Take themes off the board; their statements go to In no theme."""
    if not themes:
        raise DomainError("Choose at least one theme.")
    refuse_deleted(*themes)
    changes, live = Changes(), 0
    for theme in themes:
        members = members_of(theme)
        changes.place(members, None, actor)
        changes.set(theme, "deleted", True)
        live += sum(statement.retired_at is None for statement in members)
    names = listed(f"“{theme.title}”" for theme in themes)
    summary = f"Deleted {names}; {count(live, 'statement')} went to In no theme"
    return done(themes[0].board, changes, "delete", summary, actor, now, seen, note)
