"""An account is deleted: what is personal goes, and that somebody decided what was decided stays."""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, or_

from ..errors import Refused
from ..extensions import db
from .actions import hold_ownership
from .audit import record_audit
from .models import FORMER, Invitation, User
from .queries import other_administrators, owned_alone

# Of a deleted account's row, what is kept beside what the database asks for.
NEUTRAL = {"id", "create_datetime", "update_datetime"}


def delete_account(user: User, actor: User, now: datetime) -> str:
    """Delete the account, by its owner or, where it is disabled, by an administrator; the address that it had.

    The row stays under a name that is nobody's: decisions, editions and imports refer to it. Refused where a series
    would be left without an owner, or the installation without an administrator.
    """
    # Held in this order, before the audit log's chain is: somebody who changes roles holds a series first, too.
    db.session.refresh(user, with_for_update=True)
    if user.gone or (user.id != actor.id and user.active):
        raise Refused("Only an account that is disabled can be deleted by somebody else. Disable it first.")
    hold_ownership(user)
    if alone := owned_alone(user):
        titles = ", ".join(f"“{series.title}”" for series in alone)
        raise Refused(f"{user.called} is the only owner of {titles}. Make somebody else an owner first.")
    email = user.email
    forget_what_belongs_to(user)
    forget_invitations(user)
    by = "its owner" if user.id == actor.id else "an administrator"
    record_audit("account", f"{email} deleted by {by}", now, actor)
    # Asked last: of two administrators who go at once, the second waited for the first at the log.
    if user.is_administrator and not other_administrators(user):
        raise Refused(f"{user.called} is the only administrator. Make somebody else one first.")
    make_nobody_of(user)
    db.session.commit()
    return email


def forget_what_belongs_to(user: User) -> None:
    """Delete the rows that are the person's alone: those which the database would delete with the account's row.

    Sign-ins, passkeys, tokens and memberships are such, in whatever room. Rows that would stay without it keep it.
    """
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is User.__table__.c.id and key.ondelete == "CASCADE":
                db.session.execute(delete(table).where(key.parent == user.id))


def forget_invitations(user: User) -> None:
    """Delete every invitation to the address, and those of the person's that nobody has accepted."""
    theirs = (Invitation.made_by_id == user.id) & Invitation.used_at.is_(None)
    to_them = func.lower(Invitation.email) == user.email.lower()
    db.session.execute(delete(Invitation).where(or_(theirs, to_them)))


def make_nobody_of(user: User) -> None:
    """Empty the row of everything that it may be without, and the rest of everything personal."""
    user.roles = []
    for column in User.__table__.columns:
        if column.nullable and column.key not in NEUTRAL:
            setattr(user, column.key, None)
    user.email, user.name, user.active = f"{FORMER} {user.id}", "", False
    # Links for a new password name it: those that are on their way open nothing.
    user.fs_uniquifier = secrets.token_hex(32)
