"""Taking decisions back and bringing them back, by whoever does it, as long as no later one stands on them.

A decision stands or is undone. An "undo" entry points at the decision that it took back; a "redo" entry points at the
"undo" that it took back. A decision's latest redo stands for it, in its place in the order of what was done.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from ..accounts.models import User
from ..accounts.queries import may
from ..errors import Refused
from ..extensions import db
from .blackening import blacken
from .curation import PLACEMENT, Changes, Conflict, current_value, record, rows_of
from .duplicates import mark_copies, wording_key
from .models import Board, CurationEntry, Placement, Theme
from .redacting import show_what_is_left
from .taken_titles import no_longer_shown

UNSHOWN = "Its title stood in words that may no longer be shown, so it cannot come back."
SEALED = "Words that were cut can be brought back, or cut again, by an owner of the series alone."
GONE = "Statements that this was about were deleted with their event, so it cannot be undone."


def undo(entry: CurationEntry, actor: User, now: datetime, note: str = "") -> CurationEntry:
    """Take a decision back, or bring back one that was taken back. Refused where a later decision stands on it."""
    if entry.undone:
        raise Refused("That was undone already.")
    board = db.session.get_one(Board, entry.board_id)
    about = _decision(entry)
    if about.verb == "redact" and not may(actor, board.series_id, "owner"):
        raise Refused(SEALED)
    redoing = entry.verb == "undo"
    taken_back = entry if redoing else _latest_redo(about) or about
    changes = _reversed(board, taken_back)
    show_what_is_left(changes)
    if any(change[0] == "statement.kept_apart" for change in changes.made):
        _mark_copies_again(changes)
    taken_back.undone = entry.undone = True
    about.undone = not redoing
    words = f"{'Redid' if redoing else 'Undid'} no. {about.number}: {about.summary}"
    verb, undoes = ("redo", entry) if redoing else ("undo", about)
    made = record(board, changes, verb, words, actor, now, note=note, undoes=undoes)
    if about.verb == "redact":
        blacken(board.series_id)
    db.session.commit()
    assert made is not None  # an entry holds at least one change, and each was just reversed
    return made


def _decision(entry: CurationEntry) -> CurationEntry:
    """The decision that an undo or a redo is about; a decision itself."""
    while entry.undoes_id is not None:
        entry = db.session.get_one(CurationEntry, entry.undoes_id)
    return entry


def _latest_redo(decision: CurationEntry) -> CurationEntry | None:
    """The redo that stands for the decision, where it was taken back and brought back."""
    undone = aliased(CurationEntry)
    return db.session.scalar(
        select(CurationEntry)
        .join(undone, CurationEntry.undoes_id == undone.id)
        .where(undone.undoes_id == decision.id, CurationEntry.verb == "redo", CurationEntry.undone.is_(False))
        .order_by(CurationEntry.number.desc())
        .limit(1)
    )


def _reversed(board: Board, entry: CurationEntry) -> Changes:
    """Set every value back to what it was before the entry; nothing where one of them has changed since."""
    changes, rows = Changes(), rows_of(entry.changes)
    if entry.verb != "undo":
        _refuse_if_stood_on(board, entry)
    for field, row_id, before, after in reversed(entry.changes):
        row = rows.get((field.split(".")[0], row_id))
        if row is None:
            db.session.rollback()
            raise Refused(GONE)
        if current_value(row, field) != after:
            later = _latest_about(board, entry, [[field, row_id]], CurationEntry.number > entry.number)
            db.session.rollback()
            raise _stands_on(later)
        if field == "theme.title" and no_longer_shown(board, [wording_key(before)]):
            db.session.rollback()
            raise Refused(UNSHOWN)
        if field == PLACEMENT:
            changes.set_placement(row, before)
        else:
            changes.set(row, field.split(".")[1], before)
    _refuse_orphans(board)
    return changes


def _refuse_if_stood_on(board: Board, entry: CurationEntry) -> None:
    """A later decision on the same values must go first, even where it brought them back to what they were."""
    standing = (CurationEntry.undone.is_(False), CurationEntry.verb != "undo")
    later = _latest_about(board, entry, entry.changes, *standing) or _latest_in(board, entry, *standing)
    if later is not None:
        raise _stands_on(later)


def _latest_in(board: Board, entry: CurationEntry, *conditions: ColumnElement[bool]) -> CurationEntry | None:
    """The newest entry after this one that moved statements into a theme which it had made, or out of one: undone, that
    one would want the theme again."""
    made = {change[1] for change in entry.changes if change[0] == "theme.deleted" and change[3] is False}
    if not made:
        return None
    query = select(CurationEntry).where(CurationEntry.board_id == board.id, CurationEntry.number > entry.number)
    for other in db.session.scalars(query.where(*conditions).order_by(CurationEntry.number.desc())):
        for field, _row_id, before, after in other.changes:
            if field == PLACEMENT and made & {place[0] for place in (before, after) if place}:
                return other
    return None


def _latest_about(
    board: Board, entry: CurationEntry, values: Iterable[list], *conditions: ColumnElement[bool]
) -> CurationEntry | None:
    """The newest entry after this one that changed one of the values."""
    mine = {(change[0], change[1]) for change in values}
    query = select(CurationEntry).where(CurationEntry.board_id == board.id, CurationEntry.number > entry.number)
    for other in db.session.scalars(query.where(*conditions).order_by(CurationEntry.number.desc())):
        # A decision that was brought back stands where its redo does.
        if any((change[0], change[1]) in mine for change in other.changes):
            return other
    return None


def _stands_on(later: CurationEntry | None) -> Conflict:
    which = f"no. {later.number}, {later.summary}. Undo that first." if later else "look at the log."
    return Conflict(f"A later change stands on this one: {which}")


def _refuse_orphans(board: Board) -> None:
    """No statement may be left in a theme that is off the board."""
    db.session.flush()
    orphaned = db.session.scalar(
        select(Theme)
        .join(Placement, Placement.theme_id == Theme.id)
        .where(Theme.board_id == board.id, Theme.deleted.is_(True))
    )
    if orphaned is not None:
        title = orphaned.title
        db.session.rollback()
        raise Conflict(f"Statements were moved since, to or from “{title}”. Undo the later changes first.")


def _mark_copies_again(changes: Changes) -> None:
    """Find the copies anew in the events of these statements."""
    for event_id in {row.event_id for (kind, _), row in rows_of(changes.made).items() if kind == "statement"}:
        mark_copies(event_id)


def last_undoable(board: Board) -> CurationEntry | None:
    """The decision of a person that was made, or brought back, last of those that stand."""
    standing = (
        select(CurationEntry)
        .where(
            CurationEntry.board_id == board.id,
            CurationEntry.undone.is_(False),
            CurationEntry.actor_id.is_not(None),
            CurationEntry.verb != "undo",
        )
        .order_by(CurationEntry.number.desc())
        .limit(1)
    )
    return db.session.scalar(standing)


def last_redoable(board: Board) -> CurationEntry | None:
    """The undo that was made last, as long as nothing else was decided since."""
    of_board = CurationEntry.board_id == board.id
    decided = (
        select(CurationEntry.number)
        .where(of_board, CurationEntry.verb.not_in(("undo", "redo")))
        .order_by(CurationEntry.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.scalar(
        select(CurationEntry)
        .where(of_board, CurationEntry.verb == "undo", CurationEntry.undone.is_(False), CurationEntry.number > decided)
        .order_by(CurationEntry.number.desc())
        .limit(1)
    )
