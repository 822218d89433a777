"""Who may do what."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..errors import NotFound
from ..extensions import db
from .models import SERIES_ROLES, Membership, User


def role_in_series(user: User, series_id: int) -> str | None:
    """The person's role in the series, or None for a stranger to it."""
    return db.session.scalar(
        select(Membership.role).where(Membership.user_id == user.id, Membership.series_id == series_id)
    )


def may(user: User, series_id: int, at_least: str) -> bool:
    """Whether the person's role in the series reaches `at_least`."""
    role = role_in_series(user, series_id)
    return role is not None and SERIES_ROLES.index(role) >= SERIES_ROLES.index(at_least)


def user_by_email(email: str) -> User | None:
    """The account with this address, however its letters are cased."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def members_of(series_id: int) -> list[Membership]:
    """Everybody who belongs to the series, in the order in which they joined."""
    query = select(Membership).where(Membership.series_id == series_id).options(joinedload(Membership.user))
    return list(db.session.scalars(query.order_by(Membership.since, Membership.id)))


def owners_of(series_id: int) -> list[Membership]:
    """The members who may manage the series."""
    return [member for member in members_of(series_id) if member.role == "owner"]


def member_of(series_id: int, membership_id: int) -> Membership:
    """One member of the series; NotFound where it is another series' member, or nobody's."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.series_id != series_id:
        raise NotFound("That person does not belong to this series any more.")
    return membership
