"""A file comes in, is mapped, and waits; or is given up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from ..accounts.models import User
from ..errors import NotFound, Refused
from ..extensions import db
from ..programme.models import Event, Question, Series
from ..programme.queries import questions_of
from ..text_input import clean_line
from .columns import Field, fields_of, fingerprint_of
from .drafts import BadRow, Draft, days_come_first
from .export_tools import headings_of, tool_of
from .import_running import opened, reader_of
from .mapping import Mapping, guessed_targets, is_target, moved_to
from .models_imports import FileImport, RememberedMapping
from .tables import UnreadableFile, packed, unpacked
from .tables_xlsx import table_of

KEPT = timedelta(days=1)
# Files of one form share so many of their headings, whatever was added to it or reworded in between.
SAME_FORM = 0.6
PREVIEWED = 5


def receive_file(
    series: Series, event: Event | None, content: bytes, filename: str, user: User, now: datetime
) -> FileImport:
    """Keep the table of an uploaded file until it is mapped. Raises UnreadableFile."""
    table = table_of(content)
    tool = tool_of(table)
    headings, rows = headings_of(table, tool)
    if not rows:
        raise UnreadableFile("The file has headings and no row below them. Nothing was stored.")
    fields = fields_of(headings, rows)
    forget_old_files(series, now)
    fingerprint = fingerprint_of(tool, headings)
    imported = FileImport(
        series_id=series.id,
        event_id=event.id if event is not None else None,
        started_by_id=user.id,
        filename=(clean_line(filename) or "file")[:300],
        uploaded_at=now,
        tool=tool,
        fingerprint=fingerprint,
        id_scope=scope_of(series, event, tool, fingerprint, fields),
        content=packed(table),
        fields=[each.as_json() for each in fields],
        rows=len(rows),
    )
    db.session.add(imported)
    db.session.flush()
    imported.mapping, imported.remembered = first_mapping(imported)
    db.session.commit()
    return imported


def forget_old_files(series: Series, now: datetime) -> None:
    """Give up files that nobody went on with: they may hold names."""
    old = FileImport.uploaded_at < now - KEPT
    waiting = FileImport.state.in_(("uploaded", "checked", "failed"))
    db.session.execute(delete(FileImport).where(FileImport.series_id == series.id, waiting, old, FileImport.added == 0))


def scope_of(series: Series, event: Event | None, tool: str, fingerprint: str, fields: Sequence[Field]) -> str:
    """The id scope of an earlier file of the same form at the same event, else the file's own."""
    earlier = select(FileImport).where(
        FileImport.series_id == series.id,
        FileImport.event_id == (event.id if event is not None else None),
        FileImport.tool == tool,
        FileImport.state.in_(("importing", "done", "taken_back")),
    )
    own = {each.heading for each in fields}
    for other in db.session.scalars(earlier.order_by(FileImport.id)):
        theirs = {each["heading"] for each in other.fields}
        if len(own & theirs) >= SAME_FORM * len(own | theirs):
            return other.id_scope
    return fingerprint


def first_mapping(imported: FileImport) -> tuple[dict[str, object], bool]:
    """The mapping of the last file of this shape, else a guess; and whether it was remembered."""
    _names, fields, rows = opened(imported)
    event = imported.event
    questions = questions_of(event) if event is not None else []
    kept = db.session.scalar(
        select(RememberedMapping).where(
            RememberedMapping.series_id == imported.series_id, RememberedMapping.fingerprint == imported.fingerprint
        )
    )
    if kept is not None and len(kept.mapping["targets"]) == len(fields):
        targets = [moved_to(event, target, question_in(target), questions) for target in kept.mapping["targets"]]
        mapping = Mapping(**{**kept.mapping, "targets": targets})
    else:
        kept = None
        types = imported.series.organisation_types
        mapping = Mapping(guessed_targets(fields, rows, imported.tool, questions, types))
    # SurveyMonkey writes dates as its own country does.
    mapping.day_first = days_come_first(fields, mapping.targets, rows, imported.tool != "surveymonkey")
    return mapping.as_json(), kept is not None


def sheets_not_read(imported: FileImport) -> list[str]:
    """The sheets of the file that hold something and were left aside."""
    return [] if imported.content is None else unpacked(imported.content).other_sheets


def question_in(target: str) -> Question | None:
    return db.session.get(Question, int(target[2:])) if target.startswith("q:") else None


def map_file(imported: FileImport, targets: Sequence[str], day_first: bool, add_choices: bool) -> None:
    """Say what each field is to become. Raises Refused where that makes no response."""
    if imported.state not in ("uploaded", "checked", "failed"):
        raise Refused("This file is being read, or is in already. Its mapping cannot be changed any more.")
    questions = questions_of(imported.event) if imported.event is not None else []
    if len(targets) != len(imported.fields) or not all(is_target(each, questions) for each in targets):
        raise Refused("One of the choices is not on offer any more. Look through the columns and try again.")
    if not any(each == "comment" or each.startswith(("q:", "new:")) for each in targets):
        raise Refused("No column is read as an answer yet. Choose a question for at least one of them.")
    chosen = [each for each in targets if each.startswith("q:")]
    if len(set(chosen)) < len(chosen) or targets.count("comment") > 1:
        raise Refused("Two columns are read as answers to one question. A response has one answer to each.")
    imported.mapping = Mapping(list(targets), day_first, add_choices).as_json()
    imported.state, imported.error = "uploaded", ""
    db.session.commit()


def give_up_file(imported: FileImport) -> None:
    """Forget an uploaded file that is not in."""
    if imported.state in ("done", "taken_back", "importing"):
        raise Refused("This file is in, or on its way in. It can be taken back once it is in.")
    db.session.delete(imported)
    db.session.commit()


def import_in(series: Series, import_id: int) -> FileImport:
    """One of the series' files."""
    found = db.session.get(FileImport, import_id)
    if found is None or found.series_id != series.id:
        raise NotFound("This series has no such import. It may have been given up.")
    return found


def imports_of(series: Series) -> list[FileImport]:
    """The series' files, newest first."""
    query = select(FileImport).where(FileImport.series_id == series.id).order_by(FileImport.id.desc())
    return list(db.session.scalars(query))


@dataclass
class Preview:
    """The first rows as they will be stored: drafts, or what is wrong; `error` where the mapping itself will not do."""

    rows: list[tuple[int, Draft | None, str]] = field(default_factory=list)
    error: str = ""


def preview_of(imported: FileImport, now: datetime, zone: str) -> Preview:
    """The first rows by the file's mapping. Nothing is stored."""
    try:
        reader, rows = reader_of(imported, now, zone, trial=True)
    except Refused as error:
        return Preview(error=str(error))
    shown: list[tuple[int, Draft | None, str]] = []
    with db.session.no_autoflush:
        for line, cells in rows[:PREVIEWED]:
            try:
                shown.append((line, reader.draft(line, cells, ""), ""))
            except BadRow as bad:
                shown.append((line, None, str(bad)))
    return Preview(shown)
