"""What it means: statements, analysis runs, themes, placements and the log of what people decided."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import User
from ..extensions import NUMBERED_ONCE, UtcDateTime, db
from ..programme.models import Event, EventSession, Question, Series

CHANNELS = {
    "written": "Written feedback",
    "table": "Table notes",
    "floor": "Questions from the floor",
    "presentation": "Presentations",
}
# The reasons for withholding are fixed beforehand. The machine gives the first, and the author the second.
WITHHOLDING_REASONS = {
    "says_nothing": "Says nothing",
    "consent": "Kept out of reports by its author",
    "personal": "Names or points to a person",
    "off_topic": "Not about the event",
    "offensive": "Offensive or unlawful",
    "confidential": "Given in confidence",
}
LONGEST_SILENCE = timedelta(minutes=15)


class Board(db.Model):
    """The statements of a series on its subject, or those on the project itself, with the themes in them."""

    __table_args__ = (UniqueConstraint("series_id", "about_project"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    about_project: Mapped[bool] = mapped_column(default=False)
    # Grows with each entry in the log; a form sent with an older one is out of date.
    version: Mapped[int] = mapped_column(default=0)
    series: Mapped[Series] = relationship()


class ThemeRun(db.Model):
    """One analysis of a board, with all that is needed to repeat it."""

    __table_args__ = (
        # Two organisers who press in the same moment start one analysis.
        Index(
            "uq_theme_run_unfinished",
            "board_id",
            unique=True,
            sqlite_where=sql("state IN ('waiting', 'running')"),
            postgresql_where=sql("state IN ('waiting', 'running')"),
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting, running, done, failed
    stage: Mapped[str] = mapped_column(String(100), default="")
    progress: Mapped[int] = mapped_column(default=0)  # per cent
    error: Mapped[str] = mapped_column(Text, default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    versions: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    statement_count: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The key of the worker that is at it, until when it may be, and how often it was taken up (`holding`).
    held_by: Mapped[str | None] = mapped_column(String(32))
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0, server_default=sql("0"))
    board: Mapped[Board] = relationship()

    def underway(self, now: datetime) -> bool:
        """Whether a worker is at it, or may yet take it up: no word of it for long, and it is held to be lost."""
        return self.state in ("waiting", "running") and now - (self.held_until or self.asked_at) < LONGEST_SILENCE


class Theme(db.Model):
    """A theme on a board. A deleted or merged theme stays as a row, so that undo can bring it back."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    statement: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    deleted: Mapped[bool] = mapped_column(default=False)
    # What the machine knew of it when it was suggested: terms with weights, central statement ids, stability.
    suggested: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("theme_run.id", ondelete="SET NULL"))
    board: Mapped[Board] = relationship()


class Statement(db.Model):
    """One idea in somebody's words: `text` is the slice [start:end] of its one source. The unit of evidence."""

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN answer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN floor_question_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
        Index("ix_statement_board_id_retired_at", "board_id", "retired_at"),
        # With each reading it is asked what of the board the encoder at hand has not seen.
        Index("ix_statement_board_id_encoder", "board_id", "encoder"),
        Index(
            "ix_statement_not_understood",
            "board_id",
            sqlite_where=sql("facet_guess IS NULL AND retired_at IS NULL"),
            postgresql_where=sql("facet_guess IS NULL AND retired_at IS NULL"),
        ),
        # Two workers that read the same text at once cannot both store its statements.
        *(
            Index(
                f"uq_statement_live_{source}",
                source,
                "start",
                unique=True,
                sqlite_where=sql("retired_at IS NULL"),
                postgresql_where=sql("retired_at IS NULL"),
            )
            for source in ("answer_id", "note_id", "floor_question_id")
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id", ondelete="SET NULL"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("group_note.id", ondelete="CASCADE"), index=True)
    floor_question_id: Mapped[int | None] = mapped_column(
        ForeignKey("floor_question.id", ondelete="CASCADE"), index=True
    )
    channel: Mapped[str] = mapped_column(String(20))
    # Who said it, as far as counting needs: "r12" a response, "t3" a table, "f9" a question from the floor.
    speaker_key: Mapped[str] = mapped_column(String(20))
    organisation_type: Mapped[str] = mapped_column(String(200), default="")
    weight: Mapped[str] = mapped_column(String(10), default="one")
    consent: Mapped[str] = mapped_column(String(10), default="quote")
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    # The same for two texts that differ in case, spaces and punctuation alone.
    wording_key: Mapped[str] = mapped_column(String(32), index=True)
    # The same for the whole source text, where it is long enough that nobody writes it twice by chance.
    source_key: Mapped[str] = mapped_column(String(32), default="")
    # What the speaker tagged it as, what the machine thinks, what the organiser decided: three facts.
    facet_own: Mapped[str | None] = mapped_column(String(20))
    facet_guess: Mapped[str | None] = mapped_column(String(20))
    facet_probability: Mapped[float | None]
    facet_set: Mapped[str | None] = mapped_column(String(20))
    sentiment: Mapped[str | None] = mapped_column(String(10))
    vector: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    encoder: Mapped[str | None] = mapped_column(String(60))
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="SET NULL"))
    # A person said that it is no duplicate, whatever it looks like.
    kept_apart: Mapped[bool] = mapped_column(default=False)
    withheld: Mapped[str | None] = mapped_column(String(20))
    # A person looked at what seemed to be a name or an address in it, and said that it is none.
    not_personal: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    # Who vouches for it as an example of good practice; empty for none.
    practice_vouched_by: Mapped[str] = mapped_column(String(300), default="")
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When its words were removed at the end of the time for which the series keeps them; it is still counted.
    words_removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Set when its source was corrected, deleted or withdrawn: it is no longer part of what was received.
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event: Mapped[Event] = relationship()
    session: Mapped[EventSession | None] = relationship()
    question: Mapped[Question | None] = relationship()
    placement: Mapped["Placement | None"] = relationship(back_populates="statement", uselist=False)

    @property
    def facet(self) -> str:
        """The organiser's word before the speaker's, the speaker's before the machine's."""
        return self.facet_set or self.facet_own or self.facet_guess or "observation"


# What can be placed, quoted and counted: neither taken back, nor withheld, nor said twice.
EVIDENCE = (
    Statement.retired_at.is_(None),
    Statement.withheld.is_(None),
    Statement.duplicate_of_id.is_(None),
)
# What readers of a report may be shown word for word.
PRINTABLE = (Statement.retired_at.is_(None), Statement.withheld.is_(None), Statement.consent == "quote")


class Placement(db.Model):
    """A statement in a theme, or decided to be in none. `placed_by_id` is null for the machine."""

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), unique=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    placed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    # Stays true when the person who decided has left.
    by_person: Mapped[bool] = mapped_column(default=False)
    confidence: Mapped[float | None]
    statement: Mapped[Statement] = relationship(back_populates="placement")
    theme: Mapped[Theme | None] = relationship()


class Suggestion(db.Model):
    """What a run proposes for one statement, beside what stands. `theme_id` null: a new theme, by `new_theme_id`."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("theme_run.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    new_theme_id: Mapped[int | None] = mapped_column(ForeignKey("suggested_theme.id", ondelete="CASCADE"))
    confidence: Mapped[float | None]
    # A person said to leave the statement where it is.
    declined: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))


class SuggestedTheme(db.Model):
    """A theme that a run proposes and nobody has accepted yet."""

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("theme_run.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    statement: Mapped[str] = mapped_column(Text, default="")
    suggested: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The theme that was made of it, so that what is accepted later joins it.
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))


class SuggestedChange(db.Model):
    """A merge or a split of standing themes that a run proposes. What became of it is read off the board itself."""

    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("theme_run.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # merge, split
    theme_ids: Mapped[list[int]] = mapped_column(JSON)
    # Of a split: [title, statement ids] of each part that would leave the theme.
    parts: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    declined: Mapped[bool] = mapped_column(default=False)


class MapPoint(db.Model):
    """Where a statement stands on the map, from 0 to 1, as the last analysis laid it out."""

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True)
    x: Mapped[float]
    y: Mapped[float]


class CurationEntry(db.Model):
    """One decision on a board: who, when, what, why, and each value it changed, before and after."""

    __table_args__ = (UniqueConstraint("board_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    verb: Mapped[str] = mapped_column(String(30))
    summary: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    # [field, id, before, after] in the order they were made; the fields are those of `curation.FIELDS`.
    changes: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    # Set on the entry that takes another one back (or brings it back).
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("curation_entry.id", ondelete="SET NULL"))
    undone: Mapped[bool] = mapped_column(default=False)
    actor: Mapped[User | None] = relationship()
