"""What comes from elsewhere: files of answers, how a series reads files of each shape, and printed cards."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from ..accounts.models import User
from ..extensions import UtcDateTime, db
from ..programme.models import Event, Series


class FileImport(db.Model):
    """One file, from its upload until it is in, or was taken back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    # Null where a column names each row's event.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    filename: Mapped[str] = mapped_column(String(300))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # A key of export_tools.TOOLS, and what the headings come to: the same for each file of one shape.
    tool: Mapped[str] = mapped_column(String(30))
    fingerprint: Mapped[str] = mapped_column(String(64))
    # The fingerprint of the first file of this form: within it, the tool's ids tell responses apart.
    id_scope: Mapped[str] = mapped_column(String(64))
    # The table, until it is in or given up: see tables.packed. It may hold names that nobody wants kept.
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    # What the columns are (columns.Field), and what each is to become (mapping.Mapping).
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    remembered: Mapped[bool] = mapped_column(default=False)
    # uploaded -> checking -> checked -> importing -> done -> taken_back; failed, with the error in words.
    state: Mapped[str] = mapped_column(String(20), default="uploaded")
    rows: Mapped[int] = mapped_column(default=0)
    # How many rows were gone through, and when that was last said.
    progress: Mapped[int] = mapped_column(default=0)
    progress_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    added: Mapped[int] = mapped_column(default=0)
    already_there: Mapped[int] = mapped_column(default=0)
    faulty: Mapped[int] = mapped_column(default=0)
    # [row, why] of the first faulty rows.
    problems: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    # What it made in the programme: questions by id, events by title.
    made_questions: Mapped[list[int]] = mapped_column(JSON, default=list)
    made_events: Mapped[list[str]] = mapped_column(JSON, default=list)
    error: Mapped[str] = mapped_column(Text, default="")
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    series: Mapped[Series] = relationship()
    event: Mapped[Event | None] = relationship()
    started_by: Mapped[User | None] = relationship(foreign_keys=[started_by_id])
    taken_back_by: Mapped[User | None] = relationship(foreign_keys=[taken_back_by_id])


class RememberedMapping(db.Model):
    """What the columns of one shape of file became the last time, so that the next such file maps itself."""

    __table_args__ = (UniqueConstraint("series_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CardPrint(db.Model):
    """A range of cards that was printed: the numbers on them, so that no number is given twice."""

    __table_args__ = (UniqueConstraint("event_id", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    first: Mapped[int]
    last: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    event: Mapped[Event] = relationship()
    printed_by: Mapped[User | None] = relationship()
