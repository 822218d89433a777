"""People who sign in, and what each may do in which series."""

from datetime import datetime

from flask_security.models import fsqla_v3 as fsqla
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import UtcDateTime, db

fsqla.FsModels.set_db_info(db)

# From least to most: each may do all that the one before it may.
SERIES_ROLES = ("viewer", "editor", "owner")


class Role(db.Model, fsqla.FsRoleMixin):
    """A role on the whole site; "administrator" is the only one."""


class User(db.Model, fsqla.FsUserMixin):
    """An organiser. Delegates and facilitators never have an account."""

    name: Mapped[str] = mapped_column(String(200), default="")

    @property
    def called(self) -> str:
        return self.name or self.email


class Membership(db.Model):
    """A person's role in one series."""

    __table_args__ = (UniqueConstraint("user_id", "series_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    # The table belongs to `programme`, which this room may not import.
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship()
