"""The audit log's table. The database refuses to change or delete its rows (see the migration that makes it)."""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import UtcDateTime, db

FIRST = "0" * 64


class AuditEntry(db.Model):
    """Something that somebody did. It names people and series in words, so that it outlives their rows."""

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    actor_id: Mapped[int | None] = mapped_column(Integer, index=True)
    actor: Mapped[str] = mapped_column(String(320))
    series_id: Mapped[int | None] = mapped_column(Integer, index=True)
    detail: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    def computed_hash(self) -> str:
        """SHA-256 over the entry and its predecessor's hash, as 64 hexadecimal digits."""
        at = self.at.astimezone(UTC).isoformat()
        fields = [self.number, at, self.kind, self.actor_id, self.actor, self.series_id, self.detail, self.address]
        text = json.dumps([self.previous, *fields], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
