"""Webhooks: addresses that are told what happened in a series, and the log of what was sent to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..extensions import UtcDateTime, db
from ..programme.models import Series

KINDS = {
    "response.received": "A response was received",
    "analysis.finished": "An analysis finished",
    "edition.published": "An edition was published",
}
TEST = "test"


class Webhook(db.Model):
    """One address that an owner of the series gave."""

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(2000))
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Encrypted: the signature needs it again, unlike a password.
    secret: Mapped[str] = mapped_column(String(300))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Failures since the last success; until `rest_until` nothing is tried.
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rest_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_why: Mapped[str] = mapped_column(String(400), default="")
    series: Mapped[Series] = relationship()
    made_by: Mapped[User | None] = relationship()


class WebhookDelivery(db.Model):
    """One message to one webhook: made once for each thing that happened, tried until it is taken or given up."""

    __table_args__ = (UniqueConstraint("webhook_id", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    # The response, analysis or edition; of a test, its number.
    subject_id: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # When it is to be tried next; null once it was taken or given up.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The last answer: its status, or in words why there was none; and how long it took.
    status: Mapped[int | None]
    said: Mapped[str] = mapped_column(String(300), default="")
    took_ms: Mapped[int | None]
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    webhook: Mapped[Webhook] = relationship()

    @property
    def state(self) -> str:
        """ "delivered", "waiting" or "given up"."""
        if self.delivered_at is not None:
            return "delivered"
        return "waiting" if self.due_at is not None else "given up"
