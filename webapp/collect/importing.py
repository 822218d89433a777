"""Comments collected elsewhere, brought in from a CSV as a series of events."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from flask_babel import gettext as _
from sqlalchemy import select

from ..errors import DomainError
from ..extensions import db
from ..programme.models import Event, EventSession, Question, Series
from ..programme.rules import new_code
from ..text_input import clean_line
from . import signals
from .answers import checked_text
from .codes import new_receipt_code
from .csv_reading import Row
from .models import Answer, Response

DEFAULT_EVENT = "Imported comments"
DEFAULT_QUESTION = "Comments"


@dataclass
class ImportReport:
    """What became of each row: read = added + already there + skipped."""

    read: int = 0
    added: int = 0
    already_there: int = 0
    # (line, why)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    new_events: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The report in plain words, a line each."""
        words = [
            f"{self.read:,} rows read.",
            f"{self.added:,} responses added, {self.already_there:,} already there, {len(self.skipped):,} skipped.",
        ]
        if self.new_events:
            words.append("New events: " + "; ".join(self.new_events) + ".")
        return words + [f"Line {line} skipped: {why}." for line, why in self.skipped]


def date_at_start(text: str) -> date | None:
    """The date that a text begins with as yyyy-mm-dd, or None."""
    match = re.match(r"\d{4}-\d{2}-\d{2}", text)
    try:
        found = date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None
    return found if found is not None and 1900 <= found.year <= 2200 else None


def moment_of(text: str) -> datetime | None:
    """A date, or date and time, in ISO form; without a zone it is UTC. None for a year that cannot be right."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if found is None or not 1900 <= found.year <= 2200:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def keys_of(series: Series, rows: Iterable[Row]) -> list[str]:
    """A client key for each row, from what it says and how often that was said above it: the same at each import."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        said = "\x1f".join(f"{name}={value}" for name, value in sorted(row.cells.items()))
        seen[said] += 1
        keys.append(hashlib.sha256(f"{series.id}\x1e{seen[said]}\x1e{said}".encode()).hexdigest())
    return keys


class _Programme:
    """The series' events, sessions and questions by their words; what a row names and nobody made yet is made."""

    def __init__(self, series: Series, now: datetime, time_zone: str) -> None:
        self.series, self.now, self.time_zone = series, now, time_zone
        self.events: dict[str, Event] = {event.title: event for event in series.events}
        self.sessions: dict[tuple[int, str], EventSession] = {}
        self.questions: dict[tuple[int, int | None, str], Question] = {}
        self.new_events: list[str] = []
        for event in series.events:
            self._know(event)

    def _know(self, event: Event) -> None:
        self.sessions |= {(event.id, session.title): session for session in event.sessions}
        for question in event.questions:
            if question.kind == "free_text":
                self.questions[event.id, question.session_id, question.text] = question

    def event(self, title: str) -> Event:
        title = clean_line(title)[:300] or DEFAULT_EVENT
        if title not in self.events:
            starts_on = date_at_start(title) or self.now.date()
            event = Event(
                title=title,
                starts_on=starts_on,
                time_zone=self.time_zone,
                code=new_code(),
                opens_at=min(datetime.combine(starts_on, time(), UTC), self.now),
                closes_at=self.now,
                created_at=self.now,
            )
            self.series.events.append(event)
            db.session.flush()
            self.events[title] = event
            self.new_events.append(title)
        return self.events[title]

    def session(self, event: Event, title: str) -> EventSession | None:
        title = clean_line(title)[:300]
        if not title:
            return None
        if (event.id, title) not in self.sessions:
            session = EventSession(title=title, kind="other", position=len(event.sessions) + 1)
            event.sessions.append(session)
            db.session.flush()
            self.sessions[event.id, title] = session
        return self.sessions[event.id, title]

    def question(self, event: Event, session: EventSession | None, text: str) -> Question:
        text = clean_line(text) or DEFAULT_QUESTION
        key = (event.id, session.id if session else None, text)
        if key not in self.questions:
            question = Question(text=text, kind="free_text", session_id=key[1], position=len(event.questions) + 1)
            event.questions.append(question)
            db.session.flush()
            self.questions[key] = question
        return self.questions[key]


def fault_of(row: Row) -> str:
    """Why a row cannot be stored, or nothing."""
    if row.fault:
        return row.fault
    if not row.cells["text"]:
        return _("it has no text")
    try:
        checked_text(row.cells["text"])
    except DomainError as error:
        return str(error).rstrip(".")
    return ""


def add_row(programme: _Programme, row: Row, key: str, filename: str) -> Response:
    """One row as one response with one answer."""
    cells = row.cells
    event = programme.event(cells.get("event", ""))
    session = programme.session(event, cells.get("session", ""))
    question = programme.question(event, session, cells.get("question", ""))
    votes = cells.get("votes", "")
    answer = Answer(
        question_id=question.id,
        text=checked_text(cells["text"]),
        votes=int(votes) if votes.isascii() and votes.isdigit() and len(votes) < 9 else None,
    )
    response = Response(
        event_id=event.id,
        client_key=key,
        receipt_code=new_receipt_code(),
        received_at=moment_of(cells.get("date", "")) or programme.now,
        organisation_type=clean_line(cells.get("organisation_type"))[:200],
        consent=event.default_consent,
        imported_from=filename[:300],
        answers=[answer],
    )
    db.session.add(response)
    return response


def import_comments(
    series: Series, rows: Iterable[Row], now: datetime, filename: str = "import.csv", time_zone: str = "Europe/London"
) -> ImportReport:
    """Bring rows into the series: a row is one response to one free-text question, asked at its event and session.

    Events, sessions and questions that the series lacks are made. A row that was imported before adds nothing, so that
    the same file may come again. One transaction: either all of the file's good rows are stored, or none.
    """
    rows = list(rows)
    keys = keys_of(series, rows)
    stored = set(
        db.session.scalars(
            select(Response.client_key)
            .join(Event, Event.id == Response.event_id)
            .where(Event.series_id == series.id, Response.imported_from.is_not(None))
        )
    )
    programme = _Programme(series, now, time_zone)
    report = ImportReport(read=len(rows), new_events=programme.new_events)
    touched: set[int] = set()
    with db.session.no_autoflush:
        for row, key in zip(rows, keys, strict=True):
            fault = fault_of(row)
            if fault:
                report.skipped.append((row.line, fault))
            elif key in stored:
                report.already_there += 1
            else:
                touched.add(add_row(programme, row, key, filename).event_id)
                report.added += 1
    db.session.commit()
    for event_id in sorted(touched):
        signals.words_changed.send(None, event_id=event_id)
    return report
