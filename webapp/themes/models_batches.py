"""Batches of statements that are to be understood: the work that workers share."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import UtcDateTime, db


class EncodingBatch(db.Model):
    """The statements of a board from `first_id` to `last_id` that have no vector, facet and tone yet.

    It is there until they have: whoever holds it deletes it in the transaction that writes what was worked out.
    """

    __table_args__ = (Index("ix_encoding_batch_board_id_id", "board_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"))
    first_id: Mapped[int]
    last_id: Mapped[int]
    size: Mapped[int]  # statements
    # A key of the claim, not of the worker: one that was slow cannot take its successor's claim for its own.
    held_by: Mapped[str | None] = mapped_column(String(32))
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
