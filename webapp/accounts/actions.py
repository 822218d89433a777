"""Accounts are made and given roles here. A series always keeps at least one owner."""

import uuid
from datetime import datetime

from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..errors import DomainError, Refused
from ..extensions import db, security
from ..text_input import clean_line
from .models import SERIES_ROLES, Membership, Role, User
from .queries import owners_of, user_by_email

ADMINISTRATOR = "administrator"


def create_organiser(email: str, name: str, password: str, now: datetime, administrator: bool = False) -> User:
    """Make an account that can sign in at once.

    Raises Refused where the address has one already, DomainError where address or password will not do.
    """
    email = checked_email(email)
    if user_by_email(email) is not None:
        raise Refused(f"{email} has an account already. Nothing was changed.")
    user = User(
        email=email,
        name=clean_line(name)[:200],
        password=hash_password(checked_password(password)),
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=now,
    )
    if administrator:
        user.roles.append(role_named(ADMINISTRATOR))
    db.session.add(user)
    db.session.commit()
    return user


def checked_email(email: str) -> str:
    """The address in its usual form; DomainError where it cannot be one."""
    try:
        return security._mail_util.validate(clean_line(email))
    except ValueError as error:
        raise DomainError(f"{clean_line(email)[:80]!r} is not an e-mail address.") from error


def checked_password(password: str) -> str:
    """The password in the form that is hashed; DomainError where it is too short."""
    problems, normal = security._password_util.validate(password, True)
    if problems:
        raise DomainError(" ".join(problems))
    return normal


def role_named(name: str) -> Role:
    """The site-wide role, made at its first use."""
    role = db.session.scalar(select(Role).where(Role.name == name))
    return role or Role(name=name)


def add_member(series_id: int, email: str, role: str, now: datetime) -> Membership:
    """Give the account with this address a role in the series."""
    user = user_by_email(clean_line(email))
    if user is None:
        raise DomainError(
            f"Nobody has an account with the address {clean_line(email)[:320]}. Check its spelling, "
            "or ask whoever runs this installation to create the account."
        )
    membership = Membership(user=user, series_id=series_id, role=checked_role(role), since=now)
    db.session.add(membership)
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(f"{user.called} belongs to this series already. Change the role in the list.") from error
    return membership


def change_role(membership: Membership, role: str) -> None:
    """Give a member another role; Refused for the last owner."""
    if checked_role(role) != "owner":
        keep_an_owner(membership)
    membership.role = role
    db.session.commit()


def remove_member(membership: Membership) -> None:
    """Take a member out of the series; Refused for the last owner."""
    keep_an_owner(membership)
    db.session.delete(membership)
    db.session.commit()


def checked_role(role: str) -> str:
    if role not in SERIES_ROLES:
        raise DomainError(f"There is no role {role[:40]!r}. Choose one of {', '.join(SERIES_ROLES)}.")
    return role


def keep_an_owner(membership: Membership) -> None:
    """Refuse where the series would be left without anybody who can manage it."""
    others = [owner for owner in owners_of(membership.series_id) if owner.id != membership.id]
    if membership.role == "owner" and not others:
        raise Refused(f"{membership.user.called} is the only owner. Make somebody else an owner first.")
