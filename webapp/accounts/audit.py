"""The audit log: who did what that matters to others, in a chain in which no link can be changed unseen."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, select, text

from ..extensions import db
from .models import User
from .models_audit import FIRST, AuditEntry

# What is recorded. Other rooms name these; a kind that is not here is a slip of the programmer.
KINDS = {
    "sign-in": "Sign-in",
    "sign-in failed": "Sign-in failed",
    "sign-out": "Sign-out",
    "sign-in ended": "Sign-in ended",
    "password changed": "Password changed",
    "second factor": "Second factor or passkey",
    "account": "Account",
    "invitation": "Invitation",
    "role": "Role",
    "export": "Export",
    "import": "Import of a series",
    "publication": "Publication",
    "withdrawal": "Withdrawal",
    "erasure": "Erasure",
    "retention": "Retention",
    "deletion": "Deletion",
    "token": "Token",
    "webhook": "Webhook",
    "backup": "Backup",
}
# Any number that nothing else in the database locks by.
CHAIN_LOCK = 7_282_003


def record_audit(
    kind: str,
    detail: str,
    now: datetime,
    actor: User | None = None,
    series_id: int | None = None,
    address: str = "",
) -> AuditEntry:
    """Add an entry to the log, in the caller's transaction: what is rolled back was not done, and is not recorded.

    `detail` says in a few words what was done to what, and never holds a delegate's words. Call it last before the
    commit: it holds back every other writer of the log until then. Without an actor, the entry is the system's own
    or a delegate's, whose address is not to be given.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of audit entry; the kinds are in {__name__}.KINDS")
    wait_for_the_chain()
    last = db.session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now,
        kind=kind,
        actor_id=actor.id if actor else None,
        actor=actor.email if actor else "",
        series_id=series_id,
        detail=detail[:2000],
        address=(address or "")[:64],
        previous=last.hash if last else FIRST,
    )
    entry.hash = entry.computed_hash()
    db.session.add(entry)
    db.session.flush()
    current_app.logger.info("audit %d %s %s", entry.number, kind, entry.hash)
    return entry


def wait_for_the_chain() -> None:
    """One writer at a time, until its commit: two entries after the same one would be a fork."""
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    else:
        # A statement that changes nothing takes SQLite's write lock all the same.
        db.session.execute(delete(AuditEntry).where(AuditEntry.number < 0).execution_options(synchronize_session=False))


class Fault(NamedTuple):
    """The first link that does not hold, and why."""

    number: int
    reason: str


def first_fault() -> Fault | None:
    """Follow the chain from its first entry; None where every link holds."""
    expected, previous = 1, FIRST
    for entry in whole_log():
        if entry.number != expected:
            return Fault(expected, f"entry {expected} is missing")
        if entry.previous != previous:
            return Fault(entry.number, f"entry {entry.number} does not follow the one before it")
        if entry.hash != entry.computed_hash():
            return Fault(entry.number, f"entry {entry.number} was changed")
        expected, previous = expected + 1, entry.hash
    return None


def whole_log(kind: str = "") -> Iterator[AuditEntry]:
    """Every entry, or every one of a kind, in order, without holding them all."""
    query = select(AuditEntry).order_by(AuditEntry.number)
    if kind:
        query = query.where(AuditEntry.kind == kind)
    yield from db.session.scalars(query.execution_options(yield_per=500))


def head_of_chain() -> tuple[int, str]:
    """The number of the last entry and its hash; (0, zeros) for an empty log."""
    last = db.session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, FIRST)


def stands_in_chain(known_hash: str) -> bool:
    """Whether a hash that was noted earlier is still in the log: a log that was cut off and refilled has lost it."""
    return db.session.scalar(select(AuditEntry.number).where(AuditEntry.hash == known_hash.lower())) is not None


def log_page(kind: str, page: int, size: int = 50) -> tuple[list[AuditEntry], bool]:
    """A page of the log, newest first, and whether older entries follow."""
    query = select(AuditEntry).order_by(AuditEntry.number.desc()).offset((page - 1) * size).limit(size + 1)
    if kind:
        query = query.where(AuditEntry.kind == kind)
    found = list(db.session.scalars(query))
    return found[:size], len(found) > size
