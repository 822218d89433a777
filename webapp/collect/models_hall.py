"""What is decided in the hall: a floor's rules, each decision on its questions, and what a table agreed to."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..extensions import UtcDateTime, db
from ..programme.models import DiscussionTable, EventSession
from .models import FloorQuestion

REASONS = (
    "It names a person",
    "It is insulting or unlawful",
    "It is not about this session",
    "It has been asked already",
)
# The verbs of a decision, as the log says them.
DECISIONS = {
    "show": "shown",
    "hide": "hidden",
    "answered": "marked as answered",
    "not_reached": "marked as not reached",
    "open": "marked as open again",
    "answer": "given a written answer",
    "before": "Questions are read by the organiser before they are shown",
    "after": "Questions are shown at once, and the organiser may hide them",
    "reasons": "The reasons for hiding were set",
}


class FloorRules(db.Model):
    """How one session's questions are moderated. A session without a row goes by the defaults."""

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"), unique=True)
    # Whether the organiser reads a question before it is shown, or after.
    before: Mapped[bool] = mapped_column(default=False)
    # What a question may be hidden for. Set before the first is asked, so that nobody finds a reason for one.
    reasons: Mapped[list[str]] = mapped_column(JSON, default=lambda: list(REASONS))


class FloorDecision(db.Model):
    """One decision on a question, or on the rules: who, when, what and why. Only ever added to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("floor_question.id", ondelete="CASCADE"))
    # Null where it was decided by somebody without an account: the scribe of the session.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    verb: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200), default="")
    session: Mapped[EventSession] = relationship()
    question: Mapped[FloorQuestion | None] = relationship()
    actor: Mapped[User | None] = relationship()


class TableAgreement(db.Model):
    """A table heard its lines read back and agreed to them."""

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("discussion_table.id", ondelete="CASCADE"), index=True)
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Who pressed, as they named themselves.
    agreed_by: Mapped[str] = mapped_column(String(200))
    lines: Mapped[int]
    table: Mapped[DiscussionTable] = relationship()
