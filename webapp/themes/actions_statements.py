"""Verbs on statements: move, set facets, mark as practice, withhold, restore, count apart, accept suggestions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from ..accounts.models import User
from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import FACETS
from ..text_input import clean_line
from ..wording import count
from .curation import Changes
from .deciding import board_of, done, refuse_deleted
from .models import WITHHOLDING_REASONS, CurationEntry, Statement, Theme

GIVEN_BY_PERSONS = {reason for reason in WITHHOLDING_REASONS if reason != "consent"}


def move_statements(
    statements: Sequence[Statement],
    theme: Theme | None,
    actor: User,
    now: datetime,
    seen: int | None = None,
    note: str = "",
) -> CurationEntry | None:
    """Put statements into a theme; None says that they belong in no theme, which is a decision too."""
    board = board_of(statements)
    changes = Changes()
    if theme is not None:
        refuse_deleted(theme)
        if theme.board_id != board.id:
            raise DomainError("That theme stands on another board.")
    changes.place(statements, theme, actor)
    where = f"to “{theme.title}”" if theme else "to In no theme"
    return done(board, changes, "move", f"Moved {count(len(statements), 'statement')} {where}", actor, now, seen, note)


def place_statements(
    places: Mapping[Statement, Theme], actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Put each statement into a theme of its own choice: many places, one decision."""
    board, changes = board_of(list(places)), Changes()
    refuse_deleted(*places.values())
    if any(theme.board_id != board.id for theme in places.values()):
        raise DomainError("That theme stands on another board.")
    for statement, theme in places.items():
        changes.place([statement], theme, actor)
    themes = count(len(set(places.values())), "theme")
    summary = f"Placed {count(len(places), 'statement')} where suggested, in {themes}"
    return done(board, changes, "move", summary, actor, now, seen, note)


def set_facet(
    statements: Sequence[Statement],
    facet: str | None,
    actor: User,
    now: datetime,
    seen: int | None = None,
    note: str = "",
) -> CurationEntry | None:
    """Decide what statements are; None gives the word back to the speaker's tag or the machine's guess."""
    if facet is not None and facet not in FACETS:
        raise DomainError("A statement is an observation, a problem, an approach or a suggestion.")
    board, changes = board_of(statements), Changes()
    for statement in statements:
        changes.set(statement, "facet_set", facet)
    word = f"as {facet}" if facet else "as the speaker or the analysis had it"
    summary = f"Marked {count(len(statements), 'statement')} {word}"
    return done(board, changes, "facet", summary, actor, now, seen, note)


def withhold(
    statements: Sequence[Statement], reason: str, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Keep statements, and every copy of them, out of the report for one of the reasons fixed beforehand."""
    if reason not in GIVEN_BY_PERSONS:
        raise DomainError("Choose one of the reasons for withholding.")
    board, changes = board_of(statements), Changes()
    for statement in with_copies(statements):
        if statement.withheld is None:
            changes.set(statement, "withheld", reason)
    summary = f"Withheld {count(len(statements), 'statement')}: {WITHHOLDING_REASONS[reason].lower()}"
    return done(board, changes, "withhold", summary, actor, now, seen, note)


def restore(
    statements: Sequence[Statement], actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Take statements, and every copy of them, back into the report. What its author kept out stays out."""
    if any(statement.withheld == "consent" for statement in statements):
        raise Refused("Its author asked to keep this out of reports; only they can change that.")
    board, changes = board_of(statements), Changes()
    for statement in with_copies(statements):
        if statement.withheld != "consent":
            changes.set(statement, "withheld", None)
    summary = f"Restored {count(len(statements), 'statement')}"
    return done(board, changes, "restore", summary, actor, now, seen, note)


def with_copies(statements: Sequence[Statement]) -> list[Statement]:
    """The statements with their originals and every live copy of these: the same words, whoever sent them again."""
    originals = {statement.duplicate_of_id or statement.id for statement in statements}
    family = select(Statement).where(
        or_(Statement.id.in_(originals), Statement.duplicate_of_id.in_(originals)), Statement.retired_at.is_(None)
    )
    return list(dict.fromkeys([*statements, *db.session.scalars(family.order_by(Statement.id))]))


def keep_apart(
    statement: Statement, actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Say that a statement is no duplicate, though its words are the same."""
    changes = Changes()
    changes.set(statement, "kept_apart", True)
    statement.duplicate_of_id = None
    summary = "Counted a duplicate as a statement of its own"
    return done(board_of([statement]), changes, "apart", summary, actor, now, seen, note)


def mark_practice(
    statements: Sequence[Statement],
    vouched_by: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
    note: str = "",
) -> CurationEntry | None:
    """Mark statements as examples of good practice with who vouches for them."""
    vouched_by = clean_line(vouched_by)[:300]
    if not vouched_by:
        raise DomainError("Say who vouches for it: a practice example needs a name or a body that stands behind it.")
    return _set_practice(statements, vouched_by, f"as practice, vouched for by {vouched_by}", actor, now, seen, note)


def unmark_practice(
    statements: Sequence[Statement], actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Take the mark of a practice example away."""
    return _set_practice(statements, "", "as no practice example", actor, now, seen, note)


def say_not_personal(
    statements: Sequence[Statement], actor: User, now: datetime, seen: int | None = None, note: str = ""
) -> CurationEntry | None:
    """Say that what was flagged in statements is no name and no personal detail; they are flagged no more."""
    board, changes = board_of(statements), Changes()
    for statement in statements:
        changes.set(statement, "not_personal", True)
    summary = f"Said of {count(len(statements), 'statement')} that nothing personal stands there"
    return done(board, changes, "not personal", summary, actor, now, seen, note)


def _set_practice(
    statements: Sequence[Statement],
    vouched_by: str,
    words: str,
    actor: User,
    now: datetime,
    seen: int | None,
    note: str,
) -> CurationEntry | None:
    board, changes = board_of(statements), Changes()
    for statement in statements:
        changes.set(statement, "practice_vouched_by", vouched_by)
    summary = f"Marked {count(len(statements), 'statement')} {words}"
    return done(board, changes, "practice", summary, actor, now, seen, note)
