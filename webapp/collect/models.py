"""What was said: responses, group notes and questions from the floor. Their words are never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..extensions import NUMBERED_ONCE, UtcDateTime, db
from ..programme.models import DiscussionTable, Event, EventSession, Question

WEIGHTS = {
    "one": "One person",
    "several": "Several people",
    "table": "The whole table",
    "split": "The table split",
}
FREE_TEXT_LIMIT = 20_000

# How a response came: typed on a phone, from a card, from a file, or sent by another program.
CHANNELS = ("phone", "paper", "file", "program")
# How the key of a response begins that another program sent; no form makes one with a colon.
BY_PROGRAM = "api:"


class Response(db.Model):
    """One sending by one delegate."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # Made by the phone: the constraint is what makes a resend harmless.
    client_key: Mapped[str] = mapped_column(String(64), unique=True)
    receipt_code: Mapped[str] = mapped_column(String(20), unique=True)
    organisation_type: Mapped[str] = mapped_column(String(200), default="")
    # Where the event asks for it. Counted on the coverage board, shown beside no words.
    table_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    consent: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Null for the delegate's own phone; else the file it was imported from.
    imported_from: Mapped[str | None] = mapped_column(String(300))
    # The import that added it, so that the import can be taken back.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("file_import.id", ondelete="SET NULL"), index=True)
    # For one that was written on a printed card: the card's number, and who typed it in.
    paper_serial: Mapped[int | None]
    keyed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    event: Mapped[Event] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="response", cascade="all, delete-orphan")
    keyed_by: Mapped[User | None] = relationship()

    @property
    def channel(self) -> str:
        """How it came: one of CHANNELS."""
        if self.paper_serial is not None:
            return "paper"
        if self.imported_from is not None:
            return "file"
        return "program" if self.client_key.startswith(BY_PROGRAM) else "phone"

    @property
    def current_answers(self) -> list["Answer"]:
        return [answer for answer in self.answers if answer.superseded_at is None]


class Answer(db.Model):
    """A response's value for one question. A correction supersedes it and adds another."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    # Free text as it was sent; null for every other kind of question.
    text: Mapped[str | None] = mapped_column(Text)
    # rating: an integer; one choice: a string; several choices: a list of strings; ranking: a list of strings, the
    # first one first; several choices or other: {"choices": [...], "other": "..."}; session ratings: {session: 1 to 5,
    # or null} of those attended.
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    facet: Mapped[str | None] = mapped_column(String(20))
    # What may be done with this text, of CONSENTS, where its author said so of it alone; null: as of the response.
    consent: Mapped[str | None] = mapped_column(String(10))
    # How many others agreed, where an imported file says so.
    votes: Mapped[int | None]
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    response: Mapped[Response] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()

    @property
    def allowed(self) -> str:
        """What may be done with the text: "quote", "use" (without quoting) or "none" (in no report)."""
        return self.consent or self.response.consent


# The same of an answer and its response in a query.
ALLOWED = func.coalesce(Answer.consent, Response.consent)


class GroupNote(db.Model):
    """One line of a facilitator's; in a presentation, a key point that the scribe took."""

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("discussion_table.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"))
    client_key: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(Text)
    facet: Mapped[str | None] = mapped_column(String(20))
    weight: Mapped[str] = mapped_column(String(10), default="one")
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When it last became other than what a table could have agreed to; null since it was taken.
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    table: Mapped[DiscussionTable] = relationship()
    question: Mapped[Question | None] = relationship()


class GroupNoteRevision(db.Model):
    """What a note said before its facilitator edited it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("group_note.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FloorQuestion(db.Model):
    """A question asked at a Q&A session, and the answer given."""

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"), index=True)
    client_key: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    not_reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # While this is set the question is neither shown nor counted: it waits to be read, or it was hidden.
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waiting: Mapped[bool] = mapped_column(default=False, server_default=false())
    hidden_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    session: Mapped[EventSession] = relationship()
    backings: Mapped[list["FloorBacking"]] = relationship(cascade="all, delete-orphan")

    @property
    def state(self) -> str:
        """ "waiting", "hidden", "answered", "not_reached" or "open"."""
        if self.hidden_at is not None:
            return "waiting" if self.waiting else "hidden"
        if self.answered_at is not None:
            return "answered"
        return "not_reached" if self.not_reached_at is not None else "open"

    @property
    def shown(self) -> tuple[object, ...]:
        """Everything of it that a page may show: changes with each of them."""
        return (self.id, self.state, self.hidden_reason, self.answer, self.answered_by)


class FloorBacking(db.Model):
    """One person's "I want to know that too"."""

    __table_args__ = (UniqueConstraint("floor_question_id", "backer_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_question_id: Mapped[int] = mapped_column(ForeignKey("floor_question.id", ondelete="CASCADE"))
    backer_key: Mapped[str] = mapped_column(String(64))


class NewsSubscriber(db.Model):
    """Someone who wants to hear more. No column, time or key links them to what they said."""

    __table_args__ = (
        UniqueConstraint("series_id", "email"),
        CheckConstraint("length(email) >= 3", name="email_not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(320))
