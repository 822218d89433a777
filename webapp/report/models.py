"""What is published: the report being edited, its paragraphs, its editions, and the log of what editors did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..extensions import NUMBERED_ONCE, UtcDateTime, db
from ..programme.models import Event, Series


class ReportDraft(db.Model):
    """The report of a series, or of one of its events, from the first act of an editor on."""

    __table_args__ = (
        Index(
            "uq_report_draft_series",
            "series_id",
            unique=True,
            sqlite_where=sql("event_id IS NULL"),
            postgresql_where=sql("event_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    # The public address; it never changes.
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    # Grows with each entry in the log; a form sent with an older one may be out of date.
    version: Mapped[int] = mapped_column(default=0)
    # Paragraph key -> number, for everything that was ever published.
    numbers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    series: Mapped[Series] = relationship()
    event: Mapped[Event | None] = relationship()


class ReportSection(db.Model):
    """A section whose paragraphs a person put in an order of their own."""

    __table_args__ = (UniqueConstraint("draft_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("report_draft.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(100))
    # Paragraph keys; those that are not in it stand where the draft has them.
    order: Mapped[list[str]] = mapped_column(JSON, default=list)


class ReportParagraph(db.Model):
    """A paragraph that rests on statements or that a person wrote or changed; the others follow the board.

    `evidence` is a list of [statement id, place among the quotes or 0, what it looked like when somebody last looked].
    """

    __table_args__ = (UniqueConstraint("draft_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("report_draft.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(100))
    section_key: Mapped[str] = mapped_column(String(100))
    # Where it stood, should its section vanish from the board.
    section_title: Mapped[str] = mapped_column(String(400), default="")
    own: Mapped[bool] = mapped_column(default=False)
    # What it says, in the small markup, and what the draft said when somebody last looked.
    text: Mapped[str] = mapped_column(Text)
    drafted: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    # The ids of the statements that the draft rested it on when somebody last looked.
    drafted_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    deleted: Mapped[bool] = mapped_column(default=False)

    @property
    def edited(self) -> bool:
        """Whether its words are a person's."""
        return self.own or self.text != self.drafted


class Edition(db.Model):
    """A published report, frozen with its data: every file of it is made from `contents` alone."""

    __table_args__ = (UniqueConstraint("draft_id", "number"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("report_draft.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    contents: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    unpublished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unpublished_reason: Mapped[str] = mapped_column(Text, default="")
    draft: Mapped[ReportDraft] = relationship()
    published_by: Mapped[User | None] = relationship()


class EditionUse(db.Model):
    """A statement in a paragraph of an edition: how a delegate's receipt finds where their words went."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    # No foreign key: a statement that is deleted was still published.
    statement_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(String(20))
    quoted: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[Edition] = relationship()


class ReportEntry(db.Model):
    """One act of an editor: who, when, what, and each value it changed, before and after."""

    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("report_draft.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    verb: Mapped[str] = mapped_column(String(30))
    summary: Mapped[str] = mapped_column(Text)
    # [field, id, before, after]; the fields are those of `edit_log.FIELDS`.
    changes: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    undone: Mapped[bool] = mapped_column(default=False)
    actor: Mapped[User | None] = relationship()
