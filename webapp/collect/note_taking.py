"""Writes of group notes: one line a point, taken by a table's facilitator or a presentation's scribe."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..errors import Refused
from ..extensions import db
from ..programme.models import DiscussionTable, Question
from . import signals
from .answers import NoSuchChoice, NothingAnswered, UnknownQuestion, checked_facet, checked_text
from .models import WEIGHTS, GroupNote, GroupNoteRevision
from .sealing import leave_with_revision


def stored_note(table: DiscussionTable, client_key: str) -> GroupNote | None:
    """The note that came with this key before; Refused if it came for another table."""
    found = db.session.scalar(select(GroupNote).where(GroupNote.client_key == client_key))
    if found is not None and found.table_id != table.id:
        raise Refused(_("This line was already sent to another table. Reload the page and send it again."))
    return found


def checked_weight(weight: str) -> str:
    if weight not in WEIGHTS:
        raise NoSuchChoice(_("Choose one of the four weights."))
    return weight


def checked_question(table: DiscussionTable, question: Question | None) -> int | None:
    if question is None:
        return None
    if question.event_id != table.session.event_id:
        raise UnknownQuestion(_("That question belongs to another event."))
    return question.id


def checked_line(text: str) -> str:
    line = checked_text(text)
    if not line:
        raise NothingAnswered(_("The line is empty. Type the point, then press Enter."))
    return line


def add_note(
    table: DiscussionTable,
    text: str,
    client_key: str,
    now: datetime,
    facet: str | None = None,
    weight: str = "one",
    question: Question | None = None,
) -> GroupNote:
    """Store one line once: the same `client_key` gives back the note that it made."""
    before = stored_note(table, client_key)
    if before is not None:
        return before
    note = GroupNote(
        table_id=table.id,
        question_id=checked_question(table, question),
        client_key=client_key,
        text=checked_line(text),
        facet=checked_facet(facet),
        weight=checked_weight(weight),
        noted_at=now,
    )
    event_id = table.session.event_id
    db.session.add(note)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        twin = stored_note(table, client_key)
        if twin is None:
            raise
        return twin
    signals.words_changed.send(None, event_id=event_id)
    return note


def edit_note(
    note: GroupNote,
    text: str,
    now: datetime,
    facet: str | None = None,
    weight: str = "one",
    question: Question | None = None,
) -> GroupNote:
    """Replace a line's words, facet, weight and question; the words it had are kept as a revision."""
    line, facet, weight = checked_line(text), checked_facet(facet), checked_weight(weight)
    question_id = checked_question(note.table, question)
    if line != note.text:
        revision = GroupNoteRevision(note_id=note.id, text=note.text, replaced_at=now)
        db.session.add(revision)
        leave_with_revision(note, revision)
    # The facet is the facilitator's mark; the words, their weight and their question are what a table agrees to.
    if (line, weight, question_id) != (note.text, note.weight, note.question_id):
        note.changed_at = now
    note.text, note.facet, note.weight, note.question_id = line, facet, weight, question_id
    note.edited_at = now
    event_id = note.table.session.event_id
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)
    return note


def delete_note(note: GroupNote, now: datetime) -> None:
    """Strike a line out; `restore_note` brings it back."""
    note.changed_at = note.deleted_at = note.deleted_at or now
    event_id = note.table.session.event_id
    db.session.commit()
    signals.words_taken_back.send(None, event_id=event_id)
    signals.words_changed.send(None, event_id=event_id)


def restore_note(note: GroupNote, now: datetime) -> None:
    note.deleted_at = None
    note.changed_at = now
    event_id = note.table.session.event_id
    db.session.commit()
    signals.words_changed.send(None, event_id=event_id)
