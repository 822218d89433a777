"""Who may do what."""

from sqlalchemy import select

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
