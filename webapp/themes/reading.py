"""From texts to statements: each a slice of its source, read once, set aside when its source is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

import analysis

from ..collect.models import Answer, FloorQuestion, GroupNote, Response
from ..collect.models_sealed import SealedText
from ..collect.sealing import COLUMNS, Cut, cuts_of, may_hold_a_mark, place_sent
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Question
from .duplicates import mark_copies, source_key, wording_key
from .late_copies import cut_late_copies
from .models import Board, Statement
from .taken_back import follow_sources, keep_copies_withheld

BATCH = 500
ATTEMPTS = 3


@dataclass(frozen=True)
class Source:
    """One text as it was received, with what its statements inherit from it."""

    column: str
    id: int
    text: str
    channel: str
    speaker_key: str
    about_project: bool
    session_id: int | None
    question_id: int | None
    facet: str | None = None
    weight: str = "one"
    organisation_type: str = ""
    consent: str = "quote"


def read_statements(event: Event, now: datetime) -> int:
    """Read every unread text of the event and retire what was taken back. Returns the number of new statements.

    What came in at once is read in short transactions: SQLite has one writer at a time, and phones wait for it."""
    added = 0
    for attempt in range(ATTEMPTS):
        try:
            for number in _read_in_batches(event, now):
                added += number
            break
        except IntegrityError:
            # Another worker read the same texts in this moment; what is left is ours.
            db.session.rollback()
            if attempt == ATTEMPTS - 1:
                raise
    return added


def _read_in_batches(event: Event, now: datetime) -> Iterator[int]:
    follow_sources(event, now)
    boards = {board.about_project: board.id for board in _boards(event.series_id)}
    sources = _unread(event)
    batch, following = list(islice(sources, BATCH)), True
    while following:
        rows = [row for source in batch for row in _statements(source, event, boards, now)]
        read = {source.id: source.text for source in batch if source.column == "answer_id"}
        batch = list(islice(sources, BATCH))
        following = bool(batch)
        # From here on others wait to write. Rows, not objects: nobody asks for them again.
        if rows:
            db.session.execute(insert(Statement), rows)
            _forget_what_was_erased(read)
        mark_copies(event.id, [row["wording_key"] for row in rows])
        keep_copies_withheld(event, now)
        cut_late_copies(event, now)
        db.session.commit()
        yield len(rows)


def _forget_what_was_erased(read: dict[int, str]) -> None:
    """Whoever erased a response since its answers were read found no statements of theirs to erase: let go of those
    just stored. From here on erasing waits for the commit, and finds them."""
    query = select(Answer.id, Answer.text).where(Answer.id.in_(read)).with_for_update(read=True)
    others = [answer_id for answer_id, text in db.session.execute(query) if text != read[answer_id]]
    if others:
        db.session.execute(delete(Statement).where(Statement.answer_id.in_(others), Statement.retired_at.is_(None)))


def _boards(series_id: int) -> list[Board]:
    boards = list(db.session.scalars(select(Board).where(Board.series_id == series_id)))
    missing = {False, True} - {board.about_project for board in boards}
    made = [Board(series_id=series_id, about_project=about_project) for about_project in sorted(missing)]
    db.session.add_all(made)
    db.session.flush()
    return boards + made


def _unread(event: Event) -> Iterator[Source]:
    """The texts in order, a part of the answers at a time: of these there may be more than memory holds."""
    last_id = 0
    while answers := list(_unread_answers(event, last_id)):
        yield from answers
        last_id = answers[-1].id
    yield from list(_unread_notes(event))
    yield from list(_unread_floor_questions(event))


def _live(column: str, source: object) -> object:
    return select(Statement.id).where(getattr(Statement, column) == source, Statement.retired_at.is_(None)).exists()


def _unread_answers(event: Event, last_id: int) -> Iterator[Source]:
    rows = db.session.execute(
        select(Answer, Response, Question)
        .join(Response, Answer.response_id == Response.id)
        .join(Question, Answer.question_id == Question.id)
        .where(
            Response.event_id == event.id,
            Response.withdrawn_at.is_(None),
            Answer.superseded_at.is_(None),
            Answer.text.is_not(None),
            ~_live("answer_id", Answer.id),
            Answer.id > last_id,
        )
        .order_by(Answer.id)
        .limit(BATCH)
    )
    for answer, response, question in rows:
        yield Source(
            column="answer_id",
            id=answer.id,
            text=answer.text,
            channel="written",
            speaker_key=f"r{response.id}",
            about_project=question.about_project,
            session_id=question.session_id,
            question_id=question.id,
            facet=answer.facet,
            organisation_type=response.organisation_type,
            consent=answer.allowed,
        )


def _unread_notes(event: Event) -> Iterator[Source]:
    rows = db.session.execute(
        select(GroupNote, EventSession, Question)
        .join(DiscussionTable, GroupNote.table_id == DiscussionTable.id)
        .join(EventSession, DiscussionTable.session_id == EventSession.id)
        .outerjoin(Question, GroupNote.question_id == Question.id)
        .where(EventSession.event_id == event.id, GroupNote.deleted_at.is_(None), ~_live("note_id", GroupNote.id))
        .order_by(GroupNote.id)
    )
    for note, session, question in rows:
        # A key point is the presenter's or the panel's, however many scribes take it down; no table said it.
        is_presented = session.kind in ("presentation", "qa")
        yield Source(
            column="note_id",
            id=note.id,
            text=note.text,
            channel="presentation" if is_presented else "table",
            speaker_key=f"p{session.id}" if is_presented else f"t{note.table_id}",
            about_project=bool(question and question.about_project),
            session_id=session.id,
            question_id=note.question_id,
            facet=note.facet,
            weight=note.weight,
        )


def _unread_floor_questions(event: Event) -> Iterator[Source]:
    rows = db.session.scalars(
        select(FloorQuestion)
        .join(EventSession, FloorQuestion.session_id == EventSession.id)
        .where(
            EventSession.event_id == event.id,
            FloorQuestion.hidden_at.is_(None),
            ~_live("floor_question_id", FloorQuestion.id),
        )
        .order_by(FloorQuestion.id)
    )
    for asked in rows:
        yield Source(
            column="floor_question_id",
            id=asked.id,
            text=asked.text,
            channel="floor",
            speaker_key=f"f{asked.id}",
            about_project=False,
            session_id=asked.session_id,
            question_id=None,
        )


def _statements(source: Source, event: Event, boards: dict[bool, int], now: datetime) -> Iterator[dict[str, Any]]:
    # A text without a word in it is still received, and must be in the accounts.
    spans = analysis.split_statements(source.text) or [(0, len(source.text))]
    sent, cuts = _as_sent(source)
    for start, end in spans:
        text = source.text[start:end]
        yield dict(
            board_id=boards[source.about_project],
            event_id=event.id,
            session_id=source.session_id,
            question_id=source.question_id,
            channel=source.channel,
            speaker_key=source.speaker_key,
            organisation_type=source.organisation_type,
            weight=source.weight,
            consent=source.consent,
            start=start,
            end=end,
            text=text,
            # Two names that were cut are not the same words.
            wording_key=wording_key(sent[place_sent(start, cuts) : place_sent(end, cuts, at_end=True)]),
            source_key=source_key(sent),
            facet_own=source.facet,
            withheld=_withheld_from_the_start(text, source.consent),
            read_at=now,
            **{column: source.id if column == source.column else None for column in COLUMNS.values()},
        )


def _as_sent(source: Source) -> tuple[str, list[Cut]]:
    """The text as it was sent, and what was cut from it: to tell copies apart, and for nothing else."""
    if not may_hold_a_mark(source.text):
        return source.text, []
    sealed = db.session.scalar(select(SealedText).where(getattr(SealedText, source.column) == source.id))
    if sealed is None:
        return source.text, []
    return sealed.text, cuts_of(one for one in sealed.redactions if one.standing)


def _withheld_from_the_start(text: str, consent: str) -> str | None:
    if consent == "none":
        return "consent"
    return "says_nothing" if analysis.says_nothing(text) else None
