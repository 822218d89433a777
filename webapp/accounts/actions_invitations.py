"""Invitations: a link for one person, once, for a week; whoever made it may take it back."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from ..errors import DomainError, NotFound, Refused
from ..extensions import db
from ..text_input import clean_line
from .actions import checked_email, checked_role, new_account, role_named
from .actions_sign_ins import hashed
from .audit import record_audit
from .models import ADMINISTRATOR, Invitation, Membership, User
from .queries import user_by_email

LIVES = timedelta(days=7)
NO_MORE = "This invitation does not work any more: it was used, taken back, or is older than a week. Ask for a new one."


def invite(
    email: str,
    actor: User,
    now: datetime,
    *,
    series_id: int | None = None,
    series_title: str = "",
    role: str = "",
    administrator: bool = False,
) -> tuple[Invitation, str]:
    """Make an invitation; with it, once, the token of its link. An earlier one to the same place is taken back."""
    email = checked_email(email)
    if series_id is not None:
        checked_role(role)
    elif user_by_email(email) is not None:
        raise Refused(f"{email} has an account already. Nothing was changed.")
    same = (Invitation.email == email, Invitation.series_id == series_id, Invitation.used_at.is_(None))
    db.session.execute(update(Invitation).where(*same, Invitation.revoked_at.is_(None)).values(revoked_at=now))
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        token_hash=hashed(token),
        email=email,
        series_id=series_id,
        series_title=series_title[:300],
        role=role,
        administrator=administrator,
        made_by_id=actor.id,
        made_at=now,
        expires_at=now + LIVES,
    )
    db.session.add(invitation)
    what = f" as {role}" if role else " as an administrator" if administrator else ""
    record_audit("invitation", f"{email} invited{what}", now, actor, series_id)
    db.session.commit()
    return invitation, token


def revoke_invitation(invitation: Invitation, actor: User, now: datetime) -> None:
    """Take it back; a second time changes nothing."""
    if invitation.open(now):
        invitation.revoked_at = now
        record_audit("invitation", f"{invitation.email}: taken back", now, actor, invitation.series_id)
    db.session.commit()


def invitation_by_token(token: str, now: datetime) -> Invitation:
    """The invitation that a link opens; NotFound where it does not work, without saying why or whether it ever did."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == hashed(clean_line(token))))
    if found is None or not found.open(now):
        raise NotFound(NO_MORE)
    return found


def accept_as_new(invitation: Invitation, name: str, password: str, now: datetime) -> User:
    """Make the account that the invitation is for, and let it in."""
    use_up(invitation, now)
    user = new_account(invitation.email, name, password, now, invitation.administrator)
    let_in(invitation, user, now)
    record_audit("account", f"{user.email} made by invitation", now, user)
    db.session.commit()
    return user


def accept_as(invitation: Invitation, user: User, now: datetime) -> None:
    """Let an account in that there was before; it has to be the one that was invited."""
    if user.email.lower() != invitation.email.lower():
        raise DomainError(f"This invitation is for {invitation.email}, and you are signed in as {user.email}.")
    use_up(invitation, now)
    let_in(invitation, user, now)
    record_audit("invitation", f"{user.email}: accepted", now, user, invitation.series_id)
    db.session.commit()


def use_up(invitation: Invitation, now: datetime) -> None:
    """Of two who accept at the same time, one is let in."""
    can_be_used = (Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > now)
    statement = update(Invitation).where(Invitation.id == invitation.id, *can_be_used).values(used_at=now)
    if db.session.execute(statement).rowcount != 1:
        raise NotFound(NO_MORE)


def let_in(invitation: Invitation, user: User, now: datetime) -> None:
    """Give the role that was promised; somebody who belongs to the series by now keeps the role they have."""
    if invitation.administrator and not user.is_administrator:
        # Their account came by another invitation, before they opened this one.
        user.roles.append(role_named(ADMINISTRATOR))
        record_audit("role", f"{user.email} made an administrator, by invitation", now, user)
    if invitation.series_id is None:
        return
    theirs = (Membership.user_id == user.id, Membership.series_id == invitation.series_id)
    if db.session.scalar(select(Membership.id).where(*theirs)) is None:
        db.session.add(Membership(user_id=user.id, series_id=invitation.series_id, role=invitation.role, since=now))
        detail = f"{user.email} let in as {invitation.role}, by invitation"
        record_audit("role", detail, now, user, invitation.series_id)
