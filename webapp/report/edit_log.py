"""The editors' log: every act is a list of values before and after, so that it can be undone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ..accounts.models import User
from ..errors import Refused
from ..extensions import db
from ..wording import moment
from .models import ReportDraft, ReportEntry, ReportParagraph, ReportSection

FIELDS = {
    "report_paragraph.text",
    "report_paragraph.drafted",
    "report_paragraph.drafted_ids",
    "report_paragraph.evidence",
    "report_paragraph.deleted",
    "report_section.order",
}
MODELS = {"report_paragraph": ReportParagraph, "report_section": ReportSection}
SAME_MOMENT = "Somebody else changed this report in the same moment. Look at it again, then repeat your change."


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime."""


class Changes:
    """Collects what one act changes, and makes each change at once."""

    def __init__(self) -> None:
        self.made: list[list[Any]] = []

    def set(self, row: ReportParagraph | ReportSection, name: str, value: Any) -> None:
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            self.made.append([f"{row.__tablename__}.{name}", row.id, before, value])

    def also(self, other: "Changes") -> None:
        self.made.extend(other.made)


def record(
    draft: ReportDraft, changes: Changes, verb: str, summary: str, actor: User, now: datetime, seen: int | None = None
) -> ReportEntry | None:
    """Append the act to the log; None if it changed nothing. The caller commits.

    `seen` is the draft's version that the person had before them: where one of the same values was changed since,
    nothing is changed and Conflict says who changed what.
    """
    if not changes.made:
        return None
    if seen is not None:
        refuse_if_changed_since(draft, seen, changes)
    _take_next_version(draft)
    entry = ReportEntry(
        draft_id=draft.id,
        number=draft.version,
        actor_id=actor.id,
        at=now,
        verb=verb,
        summary=summary[:500],
        changes=changes.made,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _take_next_version(draft: ReportDraft) -> None:
    """Claim the next number in the log; the one who loses a race is told to look again."""
    expected = draft.version
    try:
        db.session.flush()
    except (IntegrityError, StaleDataError) as error:
        db.session.rollback()
        raise Conflict(SAME_MOMENT) from error
    claimed = db.session.execute(
        update(ReportDraft)
        .where(ReportDraft.id == draft.id, ReportDraft.version == expected)
        .values(version=expected + 1),
        execution_options={"synchronize_session": False},
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        raise Conflict(SAME_MOMENT)
    db.session.refresh(draft)


def refuse_if_changed_since(draft: ReportDraft, seen: int, changes: Changes) -> None:
    mine = {(change[0], change[1]) for change in changes.made}
    later = db.session.scalars(
        select(ReportEntry)
        .where(ReportEntry.draft_id == draft.id, ReportEntry.number > seen, ReportEntry.undone.is_(False))
        .order_by(ReportEntry.number.desc())
    )
    for entry in later:
        if any((change[0], change[1]) in mine for change in entry.changes):
            who = entry.actor.called if entry.actor else "Somebody"
            said = f"{who} changed this at {moment(entry.at)} UTC, while you had it open: {entry.summary}"
            db.session.rollback()
            raise Conflict(f"{said} Nothing was overwritten, and what you typed is still in the form.")


def undo(entry: ReportEntry, actor: User, now: datetime) -> ReportEntry:
    """Take an act back. Refused where a later one stands on it."""
    if entry.undone or entry.verb == "undo":
        raise Refused("That was undone already.")
    draft = db.session.get_one(ReportDraft, entry.draft_id)
    changes = Changes()
    for field, row_id, before, after in reversed(entry.changes):
        kind, name = field.split(".")
        row = db.session.get(MODELS[kind], row_id)
        if row is None or getattr(row, name) != after:
            db.session.rollback()
            raise Conflict("A later change stands on this one. Undo that first.")
        changes.set(row, name, before)
    entry.undone = True
    made = record(draft, changes, "undo", f"Undid no. {entry.number}: {entry.summary}", actor, now)
    db.session.commit()
    assert made is not None  # an entry holds at least one change, and each was just reversed
    return made


def last_undoable(draft: ReportDraft) -> ReportEntry | None:
    """The newest act that still stands."""
    query = select(ReportEntry).where(
        ReportEntry.draft_id == draft.id, ReportEntry.undone.is_(False), ReportEntry.verb != "undo"
    )
    return db.session.scalar(query.order_by(ReportEntry.number.desc()).limit(1))


def log_of(draft: ReportDraft, most: int = 200) -> list[ReportEntry]:
    """The newest acts, newest first."""
    query = select(ReportEntry).where(ReportEntry.draft_id == draft.id).order_by(ReportEntry.number.desc())
    return list(db.session.scalars(query.limit(most)))


def touching(entries: Iterable[ReportEntry], row: ReportParagraph) -> list[ReportEntry]:
    """The acts that changed this paragraph."""
    return [
        entry
        for entry in entries
        if any(change[0].startswith("report_paragraph.") and change[1] == row.id for change in entry.changes)
    ]
