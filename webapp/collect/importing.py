"""Comments collected elsewhere, brought in from a CSV as a series of events: what the command does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from ..errors import DomainError
from ..extensions import db
from ..programme.models import Series
from ..text_input import clean_line
from . import signals
from .answers import CheckedAnswer, checked_text
from .csv_reading import Row
from .drafts import Draft, RowKeys, Said, votes_in
from .imported_programme import ImportedProgramme
from .local_times import NoTime, moment_of
from .storing import in_chunks, store, stored_among


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


def moment_said(row: Row) -> datetime | None:
    """When the row was said, if it says so in a way that can be read; without a zone it is UTC."""
    try:
        return moment_of(row.cells.get("date", ""), "UTC", day_comes_first=True)
    except NoTime:
        return None


def draft_of(programme: ImportedProgramme, row: Row, key: str) -> Draft:
    """One row as one response with one answer."""
    cells = row.cells
    event = programme.event(cells.get("event", ""))
    session = programme.session(event, cells.get("session", ""))
    question = programme.question(event, session, cells.get("question", ""))
    said = Said(question, CheckedAnswer(checked_text(cells["text"]), None), votes_in(cells.get("votes", "")))
    kind = clean_line(cells.get("organisation_type"))[:200]
    return Draft(row.line, key, event, moment_said(row) or programme.now, kind, [said])


def import_comments(
    series: Series, rows: Iterable[Row], now: datetime, filename: str = "import.csv", time_zone: str = "Europe/London"
) -> ImportReport:
    """Bring rows into the series: a row is one response to one free-text question, asked at its event and session.

    Events, sessions and questions that the series lacks are made. A row that was imported before adds nothing, so that
    the same file may come again. One transaction: either all of the file's good rows are stored, or none.
    """
    rows = list(rows)
    keys = RowKeys(series)
    named = [(row, keys.of_words(row.said)) for row in rows]
    programme = ImportedProgramme(series, now, time_zone)
    report = ImportReport(read=len(rows), new_events=programme.new_events)
    good: list[tuple[Row, str]] = []
    for row, key in named:
        fault = fault_of(row)
        if fault:
            report.skipped.append((row.line, fault))
        else:
            good.append((row, key))
    touched: set[int] = set()
    with db.session.no_autoflush:
        for chunk in in_chunks(good):
            known = stored_among([key for _row, key in chunk])
            new = [draft_of(programme, row, key) for row, key in chunk if key not in known]
            store(new, filename)
            report.added += len(new)
            report.already_there += len(chunk) - len(new)
            touched |= {draft.event.id for draft in new}
    db.session.commit()
    for event_id in sorted(touched):
        signals.words_changed.send(None, event_id=event_id)
    return report
