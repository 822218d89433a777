"""People who sign in, from where, and what each may do in which series."""

from datetime import datetime

from flask import current_app
from flask_security.models import fsqla_v3 as fsqla
from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import UtcDateTime, db

fsqla.FsModels.set_db_info(db)

# From least to most: each may do all that the one before it may.
SERIES_ROLES = ("viewer", "editor", "owner")
ADMINISTRATOR = "administrator"
# How somebody is called whose account is deleted. With a number after it, it stands where their address was: with
# spaces and no @ it can be nobody's, and no form takes it for one.
FORMER = "a former organiser"


class Role(db.Model, fsqla.FsRoleMixin):
    """A role on the whole site; "administrator" is the only one."""


class WebAuthn(db.Model, fsqla.FsWebAuthnMixin):
    """A passkey."""


class User(db.Model, fsqla.FsUserMixin):
    """An organiser. Delegates and facilitators never have an account."""

    name: Mapped[str] = mapped_column(String(200), default="")
    # The time step of the last code that was taken from the authenticator app: no code is taken twice.
    totp_counter: Mapped[int | None] = mapped_column(Integer)

    @hybrid_property
    def gone(self) -> bool:
        """Whether the account is deleted: the row stays, so that what was decided still was decided by somebody."""
        return self.email.startswith(FORMER)

    @property
    def called(self) -> str:
        return FORMER if self.gone else self.name or self.email

    @property
    def is_administrator(self) -> bool:
        return any(role.name == ADMINISTRATOR for role in self.roles)

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_primary_method) or any(key.usage == "secondary" for key in self.webauthn)

    @property
    def needs_second_factor(self) -> bool:
        """Whether the installation lets the person in only with more than a password."""
        policy = current_app.config["SECOND_FACTOR_REQUIRED"]
        return policy == "everybody" or (policy == "administrators" and self.is_administrator)

    def check_tf_required_setup(self) -> bool:
        """Flask-Security asks this before it lets the authenticator app be switched off."""
        return self.needs_second_factor and not self.webauthn


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


class SignIn(db.Model):
    """One browser in which somebody signed in. Its key is in the browser's session, and here only as a hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stay: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(300), default="")
    user: Mapped[User] = relationship()


class Invitation(db.Model):
    """A link that makes an account, or lets one into a series: once, and only until it expires or is taken back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(320))
    # Null where the invitation is to the installation alone.
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="")
    administrator: Mapped[bool] = mapped_column(default=False)
    # The series' title as it stood: this room may not look it up.
    series_title: Mapped[str] = mapped_column(String(300), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by: Mapped[User | None] = relationship()

    def open(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at
