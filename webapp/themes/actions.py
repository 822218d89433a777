"""What an organiser does on the board: one verb, one function, one transaction, one entry in the log.

Each takes the person who acts, the time, and optionally `seen`: the board's version that they had before them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from ..accounts.models import User
from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import FACETS
from ..text_input import clean_line
from ..wording import count
from .analysing import themes_of
from .curation import Changes, record
from .models import (
    WITHHOLDING_REASONS,
    Board,
    CurationEntry,
    Placement,
    Statement,
    SuggestedTheme,
    Theme,
    ThemeRun,
)
from .queries import open_suggestions

TITLE_LIMIT = 200
GIVEN_BY_PERSONS = {reason for reason in WITHHOLDING_REASONS if reason not in ("says_nothing", "consent")}


def _done(
    board: Board, changes: Changes, verb: str, summary: str, actor: User, now: datetime, seen: int | None
) -> CurationEntry | None:
    entry = record(board, changes, verb, summary, actor, now, seen=seen)
    db.session.commit()
    return entry


def _title(title: str) -> str:
    title = clean_line(title)
    if not title:
        raise DomainError("A theme needs a title.")
    if len(title) > TITLE_LIMIT:
        raise DomainError(f"A title has at most {TITLE_LIMIT} characters; this one has {len(title)}.")
    return title


def _members(theme: Theme) -> list[Statement]:
    query = select(Statement).join(Placement).where(Placement.theme_id == theme.id).order_by(Statement.id)
    return list(db.session.scalars(query))


def _standing(*themes: Theme) -> None:
    for theme in themes:
        if theme.deleted:
            raise Refused(f"“{theme.title}” is not on the board any more. Look at the log to bring it back.")


def _new_theme(board: Board, title: str, changes: Changes) -> Theme:
    """A theme at the end of the board."""
    last = db.session.scalar(select(func.max(Theme.position)).where(Theme.board_id == board.id)) or 0
    theme = Theme(board_id=board.id, title=_title(title), position=last + 1, deleted=True)
    db.session.add(theme)
    db.session.flush()
    changes.set(theme, "deleted", False)
    return theme


def rename_theme(theme: Theme, title: str, actor: User, now: datetime, seen: int | None = None) -> CurationEntry | None:
    _standing(theme)
    changes, old = Changes(), theme.title
    changes.set(theme, "title", _title(title))
    summary = f"Renamed “{old}” to “{theme.title}”"
    return _done(theme.board, changes, "rename", summary, actor, now, seen)


def describe_theme(
    theme: Theme, statement: str, actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Set the one sentence that the report opens the theme with."""
    _standing(theme)
    changes = Changes()
    changes.set(theme, "statement", clean_line(statement)[:1000])
    return _done(theme.board, changes, "describe", f"Wrote the statement of “{theme.title}”", actor, now, seen)


def reorder_theme(theme: Theme, step: int, actor: User, now: datetime) -> CurationEntry | None:
    """Move a theme up (-1) or down (+1) in the order of the report."""
    _standing(theme)
    order = themes_of(theme.board)
    at = order.index(theme)
    to = min(max(at + step, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    changes = Changes()
    for position, each in enumerate(order, start=1):
        changes.set(each, "position", position)
    summary = f"Moved “{theme.title}” {'up' if step < 0 else 'down'} to place {to + 1}"
    return _done(theme.board, changes, "reorder", summary, actor, now, None)


def merge_themes(
    themes: Sequence[Theme], actor: User, now: datetime, title: str | None = None, seen: int | None = None
) -> CurationEntry | None:
    """Merge themes into the first of them, which keeps its place and its title unless another is given."""
    if len({theme.id for theme in themes}) < 2:
        raise DomainError("Choose two or more themes to merge.")
    if len({theme.board_id for theme in themes}) > 1:
        raise DomainError("These themes stand on different boards and cannot be merged.")
    _standing(*themes)
    into, changes = themes[0], Changes()
    names = " and ".join(f"“{theme.title}”" for theme in themes)
    for theme in themes[1:]:
        changes.place(_members(theme), into, actor)
        changes.set(theme, "deleted", True)
    if title:
        changes.set(into, "title", _title(title))
    return _done(into.board, changes, "merge", f"Merged {names}", actor, now, seen)


def split_theme(
    theme: Theme, parts: Mapping[str, Sequence[Statement]], actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Split off new themes, by title, with the statements that each takes; what is in none of them stays."""
    _standing(theme)
    taken = [statement.id for statements in parts.values() for statement in statements]
    members = {statement.id for statement in _members(theme)}
    if not parts or not all(parts.values()):
        raise DomainError("Each part needs at least one statement.")
    if len(set(taken)) < len(taken) or not set(taken) <= members:
        raise DomainError("A statement can go to one part only, and must be in the theme that is split.")
    changes = Changes()
    themes = [_new_theme(theme.board, title, changes) for title in parts]
    for new, statements in zip(themes, parts.values(), strict=True):
        changes.place(statements, new, actor)
    names = ", ".join(f"“{new.title}”" for new in themes)
    return _done(theme.board, changes, "split", f"Split {names} from “{theme.title}”", actor, now, seen)


def move_statements(
    statements: Sequence[Statement], theme: Theme | None, actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Put statements into a theme; None says that they belong in no theme, which is a decision too."""
    board = _board_of(statements)
    changes = Changes()
    if theme is not None:
        _standing(theme)
        if theme.board_id != board.id:
            raise DomainError("That theme stands on another board.")
    changes.place(statements, theme, actor)
    where = f"to “{theme.title}”" if theme else "to In no theme"
    return _done(board, changes, "move", f"Moved {count(len(statements), 'statement')} {where}", actor, now, seen)


def make_theme(
    statements: Sequence[Statement], title: str, actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Make a theme from a selection of statements."""
    board = _board_of(statements)
    changes = Changes()
    theme = _new_theme(board, title, changes)
    changes.place(statements, theme, actor)
    summary = f"Made “{theme.title}” from {count(len(statements), 'statement')}"
    return _done(board, changes, "make", summary, actor, now, seen)


def delete_theme(theme: Theme, actor: User, now: datetime, seen: int | None = None) -> CurationEntry | None:
    """Take a theme off the board; its statements go to In no theme."""
    _standing(theme)
    changes, members = Changes(), _members(theme)
    changes.place(members, None, actor)
    changes.set(theme, "deleted", True)
    live = sum(statement.retired_at is None for statement in members)
    summary = f"Deleted “{theme.title}”; {count(live, 'statement')} went to In no theme"
    return _done(theme.board, changes, "delete", summary, actor, now, seen)


def set_facet(
    statements: Sequence[Statement], facet: str | None, actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Decide what statements are; None gives the word back to the speaker's tag or the machine's guess."""
    if facet is not None and facet not in FACETS:
        raise DomainError("A statement is an observation, a problem, an approach or a suggestion.")
    board, changes = _board_of(statements), Changes()
    for statement in statements:
        changes.set(statement, "facet_set", facet)
    word = f"as {facet}" if facet else "as the speaker or the analysis had it"
    summary = f"Marked {count(len(statements), 'statement')} {word}"
    return _done(board, changes, "facet", summary, actor, now, seen)


def withhold(
    statements: Sequence[Statement], reason: str, actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Keep statements, and every copy of them, out of the report for one of the reasons fixed beforehand."""
    if reason not in GIVEN_BY_PERSONS:
        raise DomainError("Choose one of the reasons for withholding.")
    board, changes = _board_of(statements), Changes()
    for statement in _with_copies(statements):
        if statement.withheld is None:
            changes.set(statement, "withheld", reason)
    summary = f"Withheld {count(len(statements), 'statement')}: {WITHHOLDING_REASONS[reason].lower()}"
    return _done(board, changes, "withhold", summary, actor, now, seen)


def restore(
    statements: Sequence[Statement], actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Take statements, and every copy of them, back into the report. What its author kept out stays out."""
    if any(statement.withheld == "consent" for statement in statements):
        raise Refused("Its author asked to keep this out of reports; only they can change that.")
    board, changes = _board_of(statements), Changes()
    for statement in _with_copies(statements):
        if statement.withheld != "consent":
            changes.set(statement, "withheld", None)
    return _done(board, changes, "restore", f"Restored {count(len(statements), 'statement')}", actor, now, seen)


def _with_copies(statements: Sequence[Statement]) -> list[Statement]:
    """The statements with their originals and every live copy of these: the same words, whoever sent them again."""
    originals = {statement.duplicate_of_id or statement.id for statement in statements}
    family = select(Statement).where(
        or_(Statement.id.in_(originals), Statement.duplicate_of_id.in_(originals)), Statement.retired_at.is_(None)
    )
    return list(dict.fromkeys([*statements, *db.session.scalars(family.order_by(Statement.id))]))


def keep_apart(statement: Statement, actor: User, now: datetime) -> CurationEntry | None:
    """Say that a statement is no duplicate, though its words are the same."""
    changes = Changes()
    changes.set(statement, "kept_apart", True)
    statement.duplicate_of_id = None
    board = _board_of([statement])
    return _done(board, changes, "apart", "Counted a duplicate as a statement of its own", actor, now, None)


def mark_practice(statement: Statement, vouched_by: str, actor: User, now: datetime) -> CurationEntry | None:
    """Mark a statement as an example of good practice with who vouches for it; empty takes the mark away."""
    changes, vouched_by = Changes(), clean_line(vouched_by)[:300]
    changes.set(statement, "practice_vouched_by", vouched_by)
    words = f"a practice example, vouched for by {vouched_by}" if vouched_by else "no practice example"
    return _done(_board_of([statement]), changes, "practice", f"Marked a statement as {words}", actor, now, None)


def accept_suggestions(
    run: ThemeRun, theme_ids: set[int], new_theme_ids: set[int], actor: User, now: datetime
) -> CurationEntry | None:
    """Accept what a run proposes for some themes and new themes; a statement placed meanwhile stays."""
    changes = Changes()
    themes = {theme.id: theme for theme in themes_of(run.board)}
    chosen = [
        (suggestion, statement)
        for suggestion, statement in open_suggestions(run)
        if suggestion.theme_id in theme_ids or suggestion.new_theme_id in new_theme_ids
    ]
    # A new theme whose statements were all placed meanwhile would stand empty.
    wanted = {suggestion.new_theme_id for suggestion, _statement in chosen if suggestion.new_theme_id is not None}
    new: dict[int, Theme] = {}
    for suggested in db.session.scalars(
        select(SuggestedTheme).where(SuggestedTheme.id.in_(wanted)).order_by(SuggestedTheme.id)
    ):
        new[suggested.id] = _new_theme(run.board, suggested.title, changes)
        new[suggested.id].suggested = suggested.suggested
    taken = 0
    for suggestion, statement in chosen:
        theme = new.get(suggestion.new_theme_id or 0) or themes.get(suggestion.theme_id or 0)
        if theme is not None:
            changes.set_placement(statement, [theme.id, True, actor.id, suggestion.confidence])
            taken += 1
    summary = f"Accepted {count(taken, 'suggestion')} and {count(len(new), 'new theme')} of the analysis"
    return _done(run.board, changes, "accept", summary, actor, now, None)


def _board_of(statements: Sequence[Statement]) -> Board:
    if not statements:
        raise DomainError("Choose at least one statement.")
    ids = {statement.board_id for statement in statements}
    if len(ids) > 1:
        raise DomainError("These statements belong to different boards.")
    return db.session.get_one(Board, ids.pop())
