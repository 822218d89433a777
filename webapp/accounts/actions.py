"""Accounts are made and given roles here. A series always keeps at least one owner."""

import uuid
from datetime import datetime

from flask_security import hash_password
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from ..errors import DomainError, Refused
from ..extensions import db, security
from ..text_input import clean_line
from .audit import record_audit
from .models import ADMINISTRATOR, SERIES_ROLES, Membership, Role, User
from .queries import SERIES, user_by_email


def create_organiser(email: str, name: str, password: str, now: datetime, administrator: bool = False) -> User:
    """Make an account that can sign in at once.

    Raises Refused where the address has one already, DomainError where address or password will not do.
    """
    user = new_account(email, name, password, now, administrator)
    record_audit("account", f"{user.email} made from the command line{', an administrator' * administrator}", now)
    db.session.commit()
    return user


def new_account(email: str, name: str, password: str, now: datetime, administrator: bool = False) -> User:
    """The account, in the caller's transaction; raises as `create_organiser` does."""
    email = checked_email(email)
    if user_by_email(email) is not None:
        raise Refused(f"{email} has an account already. Nothing was changed.")
    user = User(
        email=email,
        name=clean_line(name)[:200],
        password=hash_password(checked_password(password, email)),
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=now,
    )
    if administrator:
        user.roles.append(role_named(ADMINISTRATOR))
    db.session.add(user)
    db.session.flush()
    return user


def checked_email(email: str) -> str:
    """The address in its usual form; DomainError where it cannot be one."""
    try:
        return security._mail_util.validate(clean_line(email))
    except ValueError as error:
        raise DomainError(f"{clean_line(email)[:80]!r} is not an e-mail address.") from error


def checked_password(password: str, email: str) -> str:
    """The password in the form that is hashed; DomainError where it is too short or too easily guessed."""
    problems, normal = security._password_util.validate(password, True, email=email)
    if problems:
        raise DomainError(" ".join(problems))
    return normal


def role_named(name: str) -> Role:
    """The site-wide role, made at its first use."""
    role = db.session.scalar(select(Role).where(Role.name == name))
    return role or Role(name=name)


def add_member(series_id: int, email: str, role: str, now: datetime, actor: User | None = None) -> Membership:
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
        record_audit("role", f"{user.email} let in as {role}", now, actor, series_id)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(f"{user.called} belongs to this series already. Change the role in the list.") from error
    return membership


def make_owner(series_id: int, email: str, now: datetime, actor: User) -> Membership:
    """Make an account an owner of the series, whatever it was there before."""
    user = user_by_email(clean_line(email))
    theirs = select(Membership).where(Membership.series_id == series_id, Membership.user_id == (user.id if user else 0))
    membership = db.session.scalar(theirs)
    if membership is None:
        return add_member(series_id, email, "owner", now, actor)
    change_role(membership, "owner", now, actor)
    return membership


def change_role(membership: Membership, role: str, now: datetime, actor: User | None = None) -> None:
    """Give a member another role; Refused for the last owner."""
    before = membership.role
    if checked_role(role) != "owner":
        keep_an_owner(membership)
    membership.role = role
    record_audit("role", f"{membership.user.email} from {before} to {role}", now, actor, membership.series_id)
    db.session.commit()


def remove_member(membership: Membership, now: datetime, actor: User | None = None) -> None:
    """Take a member out of the series; Refused for the last owner."""
    keep_an_owner(membership)
    db.session.delete(membership)
    record_audit("role", f"{membership.user.email} removed, was {membership.role}", now, actor, membership.series_id)
    db.session.commit()


def checked_role(role: str) -> str:
    if role not in SERIES_ROLES:
        raise DomainError(f"There is no role {role[:40]!r}. Choose one of {', '.join(SERIES_ROLES)}.")
    return role


def hold_ownership(user: User) -> None:
    """Lock every series that the person owns, so that who owns it besides does not change until the commit. Before the
    chain of the audit log, as every act does, and in one order: two who wait for each other would wait for ever."""
    owned = select(Membership.series_id).where(Membership.user_id == user.id, Membership.role == "owner")
    for series_id in db.session.scalars(owned.order_by(Membership.series_id)).all():
        hold_series(series_id)


def keep_an_owner(membership: Membership) -> None:
    """Refuse where the series would be left without anybody who can manage it.

    The series' row is locked first: of two owners who demote each other at once, the second sees what the first did.
    """
    hold_series(membership.series_id)
    db.session.refresh(membership)
    owners = (
        select(func.count())
        .select_from(Membership)
        .join(User)
        .where(Membership.series_id == membership.series_id, Membership.role == "owner", User.active.is_(True))
    )
    others = db.session.scalar(owners.where(Membership.id != membership.id))
    if membership.role == "owner" and not others:
        raise Refused(f"{membership.user.called} is the only owner. Make somebody else an owner first.")


def hold_series(series_id: int) -> None:
    """Have whoever else would change its owners wait until this transaction is over."""
    db.session.execute(update(SERIES).where(SERIES.c.id == series_id).values(title=SERIES.c.title))
