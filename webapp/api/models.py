"""Personal tokens: what lets a program act for a person, within that person's role and no longer than it says."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..extensions import UtcDateTime, db

# What a token may be good for, and what its owner reads beside the box.
SCOPES = {
    "read": "Read series, events, questions, statements, themes and editions",
    "responses:read": "Read responses, as far as their authors may be quoted",
    "responses:write": "Send in responses",
}


class ApiToken(db.Model):
    """A token: `rap_<key>_<secret>`. The secret is here only as a hash; the key finds the row and names it in lists."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(16), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship()

    def works(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at and self.user.active
