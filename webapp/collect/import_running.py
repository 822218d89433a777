"""A file goes through: tried without storing anything, or brought in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from ..errors import DomainError, Refused
from ..extensions import db
from . import signals
from .columns import Field, Rows
from .drafts import BadRow, Draft, RowReader
from .export_tools import COMMENTS_ANSWER, headings_of
from .imported_programme import ImportedProgramme
from .mapping import Mapping
from .models import Response
from .models_imports import FileImport, RememberedMapping
from .row_values import same
from .storing import in_chunks, store, stored_among
from .tables import unpacked

Clock = Callable[[], datetime]
# Beyond so many faulty rows the rest are counted, and not told one by one.
MOST_PROBLEMS = 500
# Without a step for so long, whoever carried it out has stopped.
STALLED = timedelta(minutes=1)
GONE = "The file was given up since. Upload it again."


@dataclass
class Tally:
    """What became of the rows so far: gone through = added + already there + faulty."""

    gone_through: int = 0
    added: int = 0
    already_there: int = 0
    faulty: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, line: int, why: str) -> None:
        self.faulty += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((line, why))


def begin(imported: FileImport, state: str, now: datetime) -> bool:
    """Put the file into a state in which it is worked on; False where somebody else has begun just before.

    Raises Refused where it is not to be worked on any more.
    """
    if imported.state in ("done", "taken_back") or imported.content is None:
        raise Refused("This file is in already. Upload it again if it should be read anew.")
    # An interrupted run goes on; a trial's findings make room for the run's.
    fresh = {} if imported.state == "importing" else {"made_events": [], "made_questions": [], "problems": []}
    resting = FileImport.state.in_(("uploaded", "checked", "failed"))
    stalled = FileImport.progress_at < now - STALLED
    taken = db.session.execute(
        update(FileImport)
        .where(FileImport.id == imported.id, resting | stalled)
        .values(state=state, progress=0, progress_at=now, error="", **fresh)
    )
    db.session.commit()
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def zone_of(imported: FileImport, otherwise: str) -> str:
    events = imported.series.events
    return imported.event.time_zone if imported.event else (events[0].time_zone if events else otherwise)


def opened(imported: FileImport) -> tuple[list[str], list[Field], Rows]:
    """The headings of the file, its fields, and its rows."""
    if imported.content is None:
        raise Refused(GONE)
    table = unpacked(imported.content)
    headings, rows = headings_of(table, imported.tool)
    width = max(len(headings), len(table.headings))
    filled = [(line, cells + [""] * (width - len(cells))) for line, cells in rows]
    names = table.headings + [""] * (width - len(table.headings))
    return names, [Field.from_json(each) for each in imported.fields], filled


def reader_of(imported: FileImport, now: datetime, zone: str, trial: bool) -> tuple[RowReader, Rows]:
    names, fields, rows = opened(imported)
    programme = ImportedProgramme(imported.series, now, zone_of(imported, zone), trial)
    mapping = Mapping(**imported.mapping)
    asked = COMMENTS_ANSWER.get(imported.tool, "")
    return RowReader(programme, imported.event, fields, mapping, names, rows, imported.id_scope, asked), rows


def go_through(imported: FileImport, reader: RowReader, rows: Rows, clock: Clock) -> Tally:
    """Read every row; outside of a trial, store those that are new, chunk by chunk. Each chunk is a transaction.

    The rows' identities make it harmless to stop half-way and to begin again.
    """
    tally = Tally()
    for chunk in in_chunks(rows):
        keyed = [(line, cells, reader.key(cells)) for line, cells in chunk]
        store_chunk(imported, reader, keyed, tally)
        tally.gone_through += len(chunk)
        imported.progress, imported.progress_at = tally.gone_through, clock()
        imported.made_questions = sorted({*imported.made_questions, *made_by(reader)})
        imported.made_events = [*dict.fromkeys([*imported.made_events, *reader.programme.new_events])]
        db.session.commit()
    return tally


def made_by(reader: RowReader) -> list[int]:
    return [] if reader.programme.trial else [question.id for question in reader.programme.new_questions]


def store_chunk(imported: FileImport, reader: RowReader, keyed: list[tuple[int, list[str], str]], tally: Tally) -> None:
    known = stored_among([key for _line, _cells, key in keyed])
    drafts: list[Draft] = []
    problems: list[tuple[int, str]] = []
    for line, cells, key in keyed:
        if key in known:
            continue
        try:
            drafts.append(reader.draft(line, cells, key))
        except BadRow as bad:
            problems.append((line, str(bad)))
    if not reader.programme.trial:
        store(drafts, imported.filename, imported.id)
    tally.added += len(drafts)
    tally.already_there += len(keyed) - len(drafts) - len(problems)
    for line, why in problems:
        tally.fault(line, why)


def try_import(imported: FileImport, clock: Clock, zone: str) -> None:
    """Go through the file and store nothing: how many responses it would add, and what is wrong with which row."""
    try:
        reader, rows = reader_of(imported, clock(), zone, trial=True)
        with db.session.no_autoflush:
            tally = go_through(imported, reader, rows, clock)
    except DomainError as error:
        give_up(imported, str(error))
        return
    imported.added, imported.already_there, imported.faulty = tally.added, tally.already_there, tally.faulty
    imported.problems = [list(problem) for problem in tally.problems]
    imported.state = "checked"
    db.session.commit()
    # Nothing that the trial imagined may be kept by accident.
    db.session.expire_all()


def run_import(imported: FileImport, clock: Clock, zone: str) -> None:
    """Bring the file in, and remember how it was mapped."""
    try:
        reader, tally = brought_in(imported, clock, zone)
    except DomainError as error:
        give_up(imported, str(error))
        return
    # Those that an interrupted run had added are its own too.
    own = db.session.scalar(select(func.count()).where(Response.import_id == imported.id)) or 0
    imported.added, imported.faulty = own, tally.faulty
    imported.already_there = tally.gone_through - own - tally.faulty
    imported.problems = [list(problem) for problem in tally.problems]
    remember(imported, reader, clock())
    imported.state, imported.finished_at, imported.content = "done", clock(), None
    touched = events_of(imported)
    db.session.commit()
    for event_id in touched:
        signals.words_changed.send(None, event_id=event_id)


def brought_in(imported: FileImport, clock: Clock, zone: str) -> tuple[RowReader, Tally]:
    try:
        reader, rows = reader_of(imported, clock(), zone, trial=False)
        return reader, go_through(imported, reader, rows, clock)
    except IntegrityError:
        # The same rows came in at the same moment by another way: the second time they are found there.
        db.session.rollback()
        reader, rows = reader_of(imported, clock(), zone, trial=False)
        return reader, go_through(imported, reader, rows, clock)


def give_up(imported: FileImport, why: str) -> None:
    """Leave the file as it was uploaded, and say why it did not go through."""
    db.session.rollback()
    imported.state, imported.error = "failed", why
    db.session.commit()


def events_of(imported: FileImport) -> list[int]:
    """The events that the import added responses to."""
    added = select(Response.event_id).where(Response.import_id == imported.id).distinct()
    return sorted(db.session.scalars(added))


def remember(imported: FileImport, reader: RowReader, now: datetime) -> None:
    """Keep the mapping for the next file of this shape: what was made a question is that question from now on."""
    made = {(question.kind, same(question.text)): question.id for question in reader.programme.new_questions}
    mapping = Mapping(**imported.mapping)
    for at, (one, target) in enumerate(reader.targeted):
        id_ = made.get((target[4:], same(one.heading))) if target.startswith("new:") else None
        if id_ is not None and imported.event_id is not None:
            mapping.targets[at] = f"q:{id_}"
    kept = db.session.scalar(
        select(RememberedMapping).where(
            RememberedMapping.series_id == imported.series_id, RememberedMapping.fingerprint == imported.fingerprint
        )
    )
    if kept is None:
        kept = RememberedMapping(series_id=imported.series_id, fingerprint=imported.fingerprint)
        db.session.add(kept)
    kept.mapping, kept.used_at = mapping.as_json(), now
