"""What was cut from somebody's words, and the words as they were sent: kept, and shown to nobody but their author."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import NUMBERED_ONCE, UtcDateTime, db

# Why words may be cut; fixed beforehand.
CUTTING_REASONS = {
    "name": "A name",
    "contact": "A contact detail",
    "number": "A personal number",
    "person": "Identifies a person",
    "other": "Something else that is private",
}


class SealedText(db.Model):
    """A text as it was sent, of which something was cut. Its source holds what everybody may read."""

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN answer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN revision_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN floor_question_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), unique=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("group_note.id", ondelete="CASCADE"), unique=True)
    # A note that was edited since: its sealed words go with what it said before.
    revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("group_note_revision.id", ondelete="CASCADE"), unique=True
    )
    floor_question_id: Mapped[int | None] = mapped_column(
        ForeignKey("floor_question.id", ondelete="CASCADE"), unique=True
    )
    text: Mapped[str] = mapped_column(Text)
    redactions: Mapped[list["Redaction"]] = relationship(
        back_populates="sealed", order_by="Redaction.id", cascade="all, delete-orphan"
    )


class Redaction(db.Model):
    """One cut: the slice [start:end] of the sealed text, and the words in brackets that stand in its place."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed_id: Mapped[int] = mapped_column(ForeignKey("sealed_text.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    # A key of CUTTING_REASONS, and what it came to in the language of the series' reports.
    reason: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(100))
    # Whether it holds; undone, it stays as a row, so that redo can bring it back.
    standing: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Its author's correction had the same words in it; the board's log does not know of it yet.
    carried: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[SealedText] = relationship(back_populates="redactions")
