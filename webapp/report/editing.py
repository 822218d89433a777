"""What an editor does to the report: one verb, one function, one transaction, one entry in the log.

Each takes the scope (a series, and an event or None), the person who acts, the time, and optionally `seen`: the version
of the draft that they had before them.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ..accounts.models import User
from ..errors import DomainError, NotFound, Refused
from ..extensions import db
from ..programme.actions import update_series
from ..programme.models import Event, Series
from ..text_input import clean_text
from ..wording import count, paragraphs
from .assembling import assemble
from .desk import FIXED_SECTIONS, Assembled, Part, Place
from .drafts import begun, draft_of, row_of, stored_of
from .edit_log import Changes, Conflict, record
from .evidence import drafted_links, links_of, refreshed
from .heard import Heard
from .markup import markup_of
from .models import ReportDraft, ReportEntry, ReportParagraph, ReportSection
from .queries import material_for

LIMIT = 20_000


@dataclass(frozen=True)
class Desk:
    """The report in an editor's hands."""

    draft: ReportDraft
    assembled: Assembled

    @classmethod
    def of(cls, series: Series, event: Event | None, now: datetime) -> "Desk":
        draft = begun(series, event, now)
        return cls(draft, assemble(material_for(series, event), stored_of(draft)))

    @classmethod
    def seen(cls, series: Series, event: Event | None) -> "Desk":
        """The report to look at: nothing is begun by it."""
        draft = draft_of(series, event)
        return cls(draft or ReportDraft(), assemble(material_for(series, event), stored_of(draft)))

    @property
    def heard(self) -> dict[int, Heard]:
        return {one.id: one for one in self.assembled.material.heard}

    def find(self, key: str) -> tuple[Place, Part]:
        for place in self.assembled.places:
            for part in place.parts:
                if part.key == key:
                    return place, part
        raise NotFound("This paragraph is not in the report any more. Look at the log to bring it back.")

    def row(self, key: str) -> ReportParagraph:
        """The paragraph's row; the first act on one that followed the board makes it."""
        place, part = self.find(key)
        if part.row is not None:
            return part.row
        if part.fixed:
            raise Refused("This text is kept with the series: change it under “Texts of the series”.")
        assert part.drafted is not None
        row = row_of(self.draft, part.drafted, place.section.key, place.section.title, self.assembled.material)
        # It stood in the report by itself, or it was only proposed: then it stands in it when it is taken.
        row.deleted = part.proposed
        db.session.add(row)
        db.session.flush()
        return row

    def done(
        self, changes: Changes, verb: str, summary: str, actor: User, now: datetime, seen: int | None
    ) -> ReportEntry | None:
        entry = record(self.draft, changes, verb, summary, actor, now, seen)
        db.session.commit()
        return entry


def called(place: Place, part: Part) -> str:
    """A paragraph in a line of the log: without a word of it, as these may be somebody's and go one day."""
    number = part.shown.number if part.shown else None
    return f"paragraph {number}" if number else f"a paragraph of “{place.section.title}”"


def checked(text: str) -> list[str]:
    """The blocks of a typed text, of which each becomes a paragraph."""
    text = clean_text(text)
    if len(text) > LIMIT:
        raise DomainError(f"A paragraph has at most {LIMIT:,} characters; this one has {len(text):,}.")
    blocks = paragraphs(text)
    if not blocks:
        raise DomainError("There are no words in it. To take a paragraph out, delete it.")
    return blocks


def write_paragraph(
    series: Series, event: Event | None, key: str, text: str, actor: User, now: datetime, seen: int | None = None
) -> ReportEntry | None:
    """Set a paragraph's words. What stands after a blank line becomes a paragraph of its own below it."""
    desk = Desk.of(series, event, now)
    first, *rest = checked(text)
    place, part = desk.find(key)
    if part.deleted or part.proposed:
        raise Refused("This paragraph does not stand in the report. Bring it back first.")
    row, changes = desk.row(key), Changes()
    if first != part.markup:
        changes.set(row, "text", first)
    if rest:
        _insert(desk, place, key, rest, changes)
    return desk.done(changes, "write", f"Wrote {called(place, part)}", actor, now, seen)


def add_paragraph(
    series: Series, event: Event | None, section_key: str, after: str, text: str, actor: User, now: datetime
) -> ReportEntry | None:
    """Add the organisers' own words below the paragraph `after`, or at the section's end."""
    desk = Desk.of(series, event, now)
    place = next((each for each in desk.assembled.places if each.section.key == section_key), None)
    if place is None:
        raise NotFound("This section is not in the report any more.")
    blocks, changes = checked(text), Changes()
    _insert(desk, place, after, blocks, changes)
    summary = f"Added {count(len(blocks), 'paragraph')} to “{place.section.title}”"
    return desk.done(changes, "add", summary, actor, now, None)


def _insert(desk: Desk, place: Place, after: str, blocks: Sequence[str], changes: Changes) -> None:
    rows = []
    for block in blocks:
        row = ReportParagraph(
            draft_id=desk.draft.id,
            key=f"own-{uuid.uuid4().hex[:12]}",
            section_key=place.section.key,
            section_title=place.section.title[:400],
            own=True,
            text=block,
            deleted=True,
        )
        db.session.add(row)
        rows.append(row)
    db.session.flush()
    for row in rows:
        changes.set(row, "deleted", False)
    keys = [part.key for part in place.parts]
    at = keys.index(after) + 1 if after in keys else len(keys)
    _set_order(desk, place, [*keys[:at], *(row.key for row in rows), *keys[at:]], changes)


def _set_order(desk: Desk, place: Place, keys: list[str], changes: Changes) -> None:
    section = db.session.scalar(
        select(ReportSection).where(ReportSection.draft_id == desk.draft.id, ReportSection.key == place.section.key)
    )
    if section is None:
        section = ReportSection(draft_id=desk.draft.id, key=place.section.key, order=[])
        db.session.add(section)
        db.session.flush()
    changes.set(section, "order", keys)


def move_paragraph(
    series: Series, event: Event | None, key: str, step: int, actor: User, now: datetime
) -> ReportEntry | None:
    """Move a paragraph up (-1) or down (+1) within its section, past those that stand in it."""
    desk = Desk.of(series, event, now)
    place, part = desk.find(key)
    keys = [each.key for each in place.parts]
    standing = [each.key for each in place.parts if each.shown is not None]
    at = standing.index(key) if key in standing else -1
    if at < 0 or not 0 <= at + step < len(standing):
        return None
    other = standing[at + step]
    keys.remove(key)
    keys.insert(keys.index(other) + (step > 0), key)
    changes = Changes()
    _set_order(desk, place, keys, changes)
    return desk.done(changes, "move", f"Moved {called(place, part)} {'up' if step < 0 else 'down'}", actor, now, None)


def delete_paragraph(
    series: Series, event: Event | None, key: str, actor: User, now: datetime, seen: int | None = None
) -> ReportEntry | None:
    """Take a paragraph out of the report, or leave out one that the board proposes. Undo brings it back."""
    desk = Desk.of(series, event, now)
    place, part = desk.find(key)
    row, changes = desk.row(key), Changes()
    if part.proposed:
        # It is remembered as looked at and left out.
        db.session.commit()
        return None
    changes.set(row, "deleted", True)
    return desk.done(changes, "delete", f"Deleted {called(place, part)}", actor, now, seen)


def bring_back(series: Series, event: Event | None, key: str, actor: User, now: datetime) -> ReportEntry | None:
    """Put a deleted paragraph back where it stood."""
    desk = Desk.of(series, event, now)
    place, part = desk.find(key)
    changes = Changes()
    changes.set(desk.row(key), "deleted", False)
    return desk.done(changes, "restore", f"Brought back {called(place, part)}", actor, now, None)


def keep(
    series: Series, event: Event | None, key: str, actor: User, now: datetime, seen: int | None = None
) -> ReportEntry | None:
    """Say that somebody looked at a stale paragraph and its words stay. What may no longer stand leaves its evidence;
    what joined on the board joins it."""
    desk = Desk.of(series, event, now)
    place, part = desk.find(key)
    row, changes = desk.row(key), Changes()
    links = refreshed(links_of(row.evidence), desk.heard)
    if part.drafted is not None and not row.own:
        known = {*row.drafted_ids, *(link.statement_id for link in links)}
        drafted = drafted_links(part.drafted, desk.heard)
        links += [link._replace(place=0) for link in drafted if link.statement_id not in known]
    _take_draft_as_seen(row, part, desk.heard, changes)
    changes.set(row, "evidence", [link.stored for link in links])
    return desk.done(changes, "keep", f"Looked at {called(place, part)} and kept it", actor, now, seen)


def _take_draft_as_seen(row: ReportParagraph, part: Part, heard: dict[int, Heard], changes: Changes) -> None:
    """What the board drafts is known from now on. A paragraph that the board no longer has becomes one's own in all but
    its mark: nothing is drafted for it any more."""
    if row.own:
        return
    drafted = markup_of(part.drafted) if part.drafted is not None else ""
    changes.set(row, "drafted", drafted)
    if part.drafted is not None:
        changes.set(row, "drafted_ids", [link.statement_id for link in drafted_links(part.drafted, heard)])


def take(
    series: Series, event: Event | None, key: str, actor: User, now: datetime, seen: int | None = None
) -> ReportEntry | None:
    """Take what the board now says: its words, its evidence, or nothing where it has nothing any more."""
    desk = Desk.of(series, event, now)
    place, part = desk.find(key)
    changes = Changes()
    _take(desk, part, changes)
    return desk.done(changes, "take", f"Took the new draft of {called(place, part)}", actor, now, seen)


def _take(desk: Desk, part: Part, changes: Changes) -> None:
    row = desk.row(part.key)
    if part.drafted is None:
        changes.set(row, "deleted", True)
        return
    links = drafted_links(part.drafted, desk.heard)
    text = markup_of(part.drafted)
    for name, value in (
        ("text", text),
        ("drafted", text),
        ("evidence", [link.stored for link in links]),
        ("drafted_ids", [link.statement_id for link in links]),
        ("deleted", False),
    ):
        changes.set(row, name, value)


def take_all(
    series: Series, event: Event | None, keys: Sequence[str], actor: User, now: datetime, seen: int | None = None
) -> ReportEntry | None:
    """Take the new draft of those named paragraphs that are stale and that nobody has written in."""
    desk, changes, taken = Desk.of(series, event, now), Changes(), 0
    for part in desk.assembled.stale:
        if part.key in keys and (part.row is None or not part.row.edited):
            _take(desk, part, changes)
            taken += 1
    return desk.done(changes, "take", f"Took the new draft of {count(taken, 'paragraph')}", actor, now, seen)


def write_fixed_text(series: Series, section_key: str, text: str, before: str) -> None:
    """Set a text that is kept with the series and stands in all its reports. `before` is the text that the person had
    before them; where somebody changed it since, nothing is changed."""
    field: Any = FIXED_SECTIONS.get(section_key)
    if field is None:
        raise NotFound("There is no such text of the series.")
    text = clean_text(text).strip()
    if len(text) > LIMIT:
        raise DomainError(f"This text has at most {LIMIT:,} characters; this one has {len(text):,}.")
    if clean_text(before).strip() != clean_text(getattr(series, field)).strip():
        raise Conflict(
            "Somebody else changed this text while you had it open. Nothing was overwritten, and what you typed is"
            f" still in the form. It now says: “{getattr(series, field)}”"
        )
    update_series(series, **{field: text})
