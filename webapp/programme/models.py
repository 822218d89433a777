"""What is asked: series, events, sessions, tables and questions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import NUMBERED_ONCE, UtcDateTime, db

SESSION_KINDS = {
    "presentation": "Presentation",
    "group_discussion": "Group discussion",
    "qa": "Q&A",
    "plenary": "Plenary",
    "other": "Other",
}
QUESTION_KINDS = {
    "free_text": "Free text",
    "rating": "Rating 1 to 5",
    "rating_10": "Rating 0 to 10",
    "one_choice": "One choice",
    "several_choices": "Several choices",
    "several_or_other": "Several choices, or other",
    "ranking": "Ranking",
    "session_ratings": "Ratings 1 to 5 of the sessions attended",
}
FACETS = ("observation", "problem", "approach", "suggestion")
FACET_WORDS = {
    "observation": "Observations",
    "problem": "Problems",
    "approach": "Approaches",
    "suggestion": "Suggestions",
}
CONSENTS = {"quote": "Quote me", "use": "Use without quoting", "none": "Keep out of reports"}
REPORT_LANGUAGES = {"en": "English", "cy": "Welsh (Cymraeg)"}


class Series(db.Model):
    """One or more events with one purpose, and the texts that every report of them carries."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Text, default="")
    organisers: Mapped[str] = mapped_column(Text, default="")
    what_next: Mapped[str] = mapped_column(Text, default="")
    about_bodies: Mapped[str] = mapped_column(Text, default="")
    contacts: Mapped[str] = mapped_column(Text, default="")
    # Asked once a response; an empty list leaves the question out.
    organisation_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    facet_words: Mapped[dict[str, str]] = mapped_column(JSON, default=lambda: dict(FACET_WORDS))
    # What reports are written in: one of REPORT_LANGUAGES.
    report_language: Mapped[str] = mapped_column(String(8), default="en", server_default="en")
    # Breakdowns withhold groups smaller than this.
    small_group: Mapped[int] = mapped_column(default=5)
    # After so many days from an event's end its texts are removed; null keeps them. And when that was decided.
    keep_texts_days: Mapped[int | None]
    keep_texts_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    events: Mapped[list["Event"]] = relationship(
        back_populates="series", order_by="Event.starts_on, Event.id", cascade="all, delete-orphan"
    )


class Event(db.Model):
    """Something that happens once, at a place, on a day."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    place: Mapped[str] = mapped_column(String(300), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    # Null: not opened yet. Closing is a moment, so that "it closed at 17:00" can be said.
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    invited: Mapped[int | None]
    attended: Mapped[int | None]
    # What is done with free text unless the delegate says otherwise; see CONSENTS.
    default_consent: Mapped[str] = mapped_column(String(10), default="quote")
    ask_consent: Mapped[bool] = mapped_column(default=True)
    # Whether the form asks at which table a delegate sits, so that the coverage board can count them.
    ask_table: Mapped[bool] = mapped_column(default=False, server_default=false())
    # When the words of this event were last removed, as its series decided.
    texts_removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    series: Mapped[Series] = relationship(back_populates="events")
    sessions: Mapped[list["EventSession"]] = relationship(
        back_populates="event", order_by="EventSession.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list["Question"]] = relationship(
        back_populates="event", order_by="Question.position", cascade="all, delete-orphan"
    )

    def state(self, now: datetime) -> str:
        """ "before", "open" or "closed" at a moment."""
        if self.opens_at is None or now < self.opens_at:
            return "before"
        return "closed" if self.closes_at is not None and now >= self.closes_at else "open"


class EventSession(db.Model):
    """A part of an event's day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    speaker: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship(back_populates="sessions")
    tables: Mapped[list["DiscussionTable"]] = relationship(
        back_populates="session", order_by="DiscussionTable.id", cascade="all, delete-orphan"
    )


class DiscussionTable(db.Model):
    """One table, or one scribe, in one session. Whoever has the token writes for it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    facilitator: Mapped[str] = mapped_column(String(200), default="")
    token: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    session: Mapped[EventSession] = relationship(back_populates="tables")


class Question(db.Model):
    """Something asked of delegates, of tables, or of both."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id", ondelete="SET NULL"))
    # The same question asked at another event, so that answers can be read across a series.
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    help: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20))
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    about_project: Mapped[bool] = mapped_column(default=False)
    # With a script the form is shown page by page; it stays one form and one sending.
    begins_page: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int] = mapped_column(default=0)
    # A question that has answers is retired, never deleted.
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event: Mapped[Event] = relationship(back_populates="questions")
    session: Mapped[EventSession | None] = relationship()

    @property
    def settings(self) -> dict[str, Any]:
        """What a copy of this question at another event keeps."""
        return {
            "text": self.text,
            "help": self.help,
            "kind": self.kind,
            "choices": list(self.choices),
            "required": self.required,
            "about_project": self.about_project,
            "begins_page": self.begins_page,
            "position": self.position,
        }
