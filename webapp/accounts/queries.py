"""Who may do what."""

from datetime import datetime
from typing import NamedTuple

from flask import current_app
from sqlalchemy import bindparam, column, func, or_, select, table
from sqlalchemy.orm import aliased, joinedload, selectinload

from ..errors import NotFound
from ..extensions import db
from .models import ADMINISTRATOR, SERIES_ROLES, Invitation, Membership, User

# The table belongs to `programme`; this room names its rows, and locks them.
SERIES = table("series", column("id"), column("title"))
# Made once, as every page asks it.
ROLE = select(Membership.role).where(
    Membership.user_id == bindparam("user_id"), Membership.series_id == bindparam("series_id")
)


def role_in_series(user: User, series_id: int) -> str | None:
    """The person's role in the series, or None for a stranger to it.

    An administrator is a stranger too, save where the installation's policy lets administrators read every series.
    """
    role = db.session.scalar(ROLE, {"user_id": user.id, "series_id": series_id})
    return role or ("viewer" if sees_all_series(user) else None)


def sees_all_series(user: User) -> bool:
    """Whether the person may read series that they do not belong to (see ADMINISTRATORS_SEE_ALL_SERIES)."""
    return bool(current_app.config["ADMINISTRATORS_SEE_ALL_SERIES"]) and user.is_administrator


def may(user: User, series_id: int, at_least: str) -> bool:
    """Whether the person's role in the series reaches `at_least`."""
    return reaches(role_in_series(user, series_id), at_least)


def reaches(role: str | None, at_least: str) -> bool:
    """Whether the role, None for a stranger's, allows what `at_least` may do."""
    return role is not None and SERIES_ROLES.index(role) >= SERIES_ROLES.index(at_least)


def user_by_email(email: str) -> User | None:
    """The account with this address, however its letters are cased."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower(), ~User.gone))


def members_of(series_id: int) -> list[Membership]:
    """Everybody who belongs to the series, in the order in which they joined."""
    query = select(Membership).where(Membership.series_id == series_id).options(joinedload(Membership.user))
    return list(db.session.scalars(query.order_by(Membership.since, Membership.id)))


class OwnedAlone(NamedTuple):
    """A series that nobody could manage without the person."""

    id: int
    title: str


def owned_alone(user: User) -> list[OwnedAlone]:
    """The series of which nobody else who can sign in is an owner, by title."""
    others = aliased(Membership)
    another = (
        select(others.id)
        .join(User, User.id == others.user_id)
        .where(others.series_id == Membership.series_id, others.role == "owner")
        .where(others.user_id != user.id, User.active.is_(True))
    )
    query = (
        select(SERIES.c.id, SERIES.c.title)
        .join(Membership, Membership.series_id == SERIES.c.id)
        .where(Membership.user_id == user.id, Membership.role == "owner", ~another.exists())
    )
    return [OwnedAlone(*row) for row in db.session.execute(query.order_by(SERIES.c.title, SERIES.c.id))]


def member_of(series_id: int, membership_id: int) -> Membership:
    """One member of the series; NotFound where it is another series' member, or nobody's."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.series_id != series_id:
        raise NotFound("That person does not belong to this series any more.")
    return membership


def nobody_has_an_account() -> bool:
    return db.session.scalar(select(User.id).where(~User.gone).limit(1)) is None


def user_with(user_id: int) -> User:
    """The account, for an administrator; NotFound where there is none."""
    user = db.session.get(User, user_id)
    if user is None or user.gone:
        raise NotFound("There is no such account.")
    return user


def accounts_page(words: str, page: int, size: int = 50) -> tuple[list[User], bool]:
    """A page of the accounts, by name or address, and whether more follow."""
    query = select(User).where(~User.gone).options(selectinload(User.roles), selectinload(User.webauthn))
    if words:
        # The words are looked for as they are: % and _ stand for themselves.
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in (User.name, User.email))))
    query = query.order_by(func.lower(User.email)).offset((page - 1) * size).limit(size + 1)
    found = list(db.session.scalars(query))
    return found[:size], len(found) > size


def other_administrators(user: User) -> int:
    """How many administrators could act besides this person."""
    query = select(func.count()).select_from(User).where(User.id != user.id, User.active.is_(True))
    return db.session.scalar(query.where(User.roles.any(name=ADMINISTRATOR))) or 0


def open_invitations(series_id: int | None, now: datetime) -> list[Invitation]:
    """The invitations that can still be accepted: of a series, or those to the installation alone."""
    query = select(Invitation).where(
        Invitation.series_id == series_id if series_id is not None else Invitation.series_id.is_(None),
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return list(db.session.scalars(query.order_by(Invitation.id).limit(200)))


def invitation_in(series_id: int | None, invitation_id: int) -> Invitation:
    """One invitation of the series, or of the installation; NotFound for any other."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.series_id != series_id:
        raise NotFound("There is no such invitation.")
    return invitation
