"""Statements follow their sources: what was taken back is set aside, what was corrected beside the words is kept up."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from ..collect.models import ALLOWED, Answer, FloorQuestion, GroupNote, GroupNoteRevision, Response
from ..collect.retaining import words_removed_mark
from ..extensions import db
from ..programme.models import Event, Series
from ..wording import count
from .blackening import blacken_with
from .curation import Changes, record
from .gone import gone_of
from .models import Board, Statement
from .redacting import note_what_was_carried
from .taken_titles import retitle
from .unsaid import unsaid_without


def follow_sources(event: Event, now: datetime) -> None:
    """Bring the event's statements in line with their sources. The caller commits."""
    _retire(event, now)
    _follow_corrections(event)
    _follow_edits(event, now)
    note_what_was_carried(event, now)
    for board in db.session.scalars(select(Board).where(Board.series_id == event.series_id)):
        retitle(board, now)
    keep_copies_withheld(event, now)


def _retire(event: Event, now: datetime) -> None:
    """Set aside the statements whose source was corrected, withdrawn, edited, deleted or hidden."""
    taken_back = [
        Statement.answer_id.in_(
            select(Answer.id)
            .join(Response)
            .where(
                Response.event_id == event.id,
                or_(Answer.superseded_at.is_not(None), Response.withdrawn_at.is_not(None)),
            )
        ),
        Statement.id.in_(
            select(Statement.id)
            .join(GroupNote, Statement.note_id == GroupNote.id)
            .where(
                Statement.event_id == event.id,
                or_(GroupNote.deleted_at.is_not(None), _words_changed()),
            )
        ),
        Statement.floor_question_id.in_(select(FloorQuestion.id).where(FloorQuestion.hidden_at.is_not(None))),
        # Its author now keeps it out of reports, or no longer does: it is read anew, with no place on the board.
        Statement.id.in_(_of_changed_responses(event, (Statement.consent == "none") != (ALLOWED == "none"))),
    ]
    theirs = (Statement.event_id == event.id, Statement.retired_at.is_(None), or_(*taken_back))
    # Asked first: an UPDATE that finds nothing keeps others from writing all the same, and mostly it finds nothing.
    if db.session.scalar(select(Statement.id).where(*theirs).limit(1)) is not None:
        _set(and_(*theirs), retired_at=now)


def erase_words(_sender: object, response_id: int, now: datetime) -> None:
    """Retire what was read from the response, and keep nothing of its words, nor of what people made of them. The
    caller commits."""
    theirs = Statement.answer_id.in_(select(Answer.id).where(Answer.response_id == response_id))
    _leave_nothing_made_of(theirs, db.session.get_one(Response, response_id).event.series, now)
    _set(
        theirs,
        text="",
        vector=None,
        organisation_type="",
        # Digests of short words can be guessed.
        wording_key="",
        source_key="",
        practice_vouched_by="",
    )


def forget_event(_sender: object, event_id: int, now: datetime) -> None:
    """Before an event is deleted with its statements: keep nothing of what people made of their words. The caller
    commits."""
    series = db.session.get_one(Event, event_id).series
    unsaid = unsaid_without(series.id, event_id=event_id)
    if unsaid:
        blacken_with(series.id, unsaid)
    _leave_nothing_made_of(Statement.event_id == event_id, series, now)


def _leave_nothing_made_of(theirs: ColumnElement[bool], series: Series, now: datetime) -> None:
    _set(theirs, retired_at=func.coalesce(Statement.retired_at, now))
    for board in db.session.scalars(select(Board).where(Board.series_id == series.id)):
        # While the digests are there, by which a title is known to be theirs.
        retitle(board, now)
    texts = db.session.scalars(select(Statement.text).where(theirs, Statement.words_removed_at.is_(None)))
    gone = gone_of(texts, series.id, words_removed_mark(series))
    if gone:
        blacken_with(series.id, gone)


def _set(where: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(
        update(Statement).where(where).values(values), execution_options={"synchronize_session": "fetch"}
    )


def _words_changed() -> ColumnElement[bool]:
    """The words that the statement was read from were replaced since; an edit of weight alone has none."""
    return (
        exists()
        .where(GroupNoteRevision.note_id == Statement.note_id, GroupNoteRevision.replaced_at > Statement.read_at)
        .correlate(Statement)
    )


def _of_changed_responses(event: Event, changed: ColumnElement[bool]) -> Select[tuple[int]]:
    return (
        select(Statement.id)
        .join(Answer, Statement.answer_id == Answer.id)
        .join(Response, Answer.response_id == Response.id)
        .where(Statement.event_id == event.id, Statement.retired_at.is_(None), changed)
    )


def _follow_corrections(event: Event) -> None:
    """A correction may change what kind of organisation it came from, or allow a quote, and leave the words."""
    changed = or_(Statement.consent != ALLOWED, Statement.organisation_type != Response.organisation_type)
    for statement in db.session.scalars(
        select(Statement).where(Statement.id.in_(_of_changed_responses(event, changed)))
    ):
        answer = db.session.get_one(Answer, statement.answer_id)
        statement.consent, statement.organisation_type = answer.allowed, answer.response.organisation_type


def _follow_edits(event: Event, now: datetime) -> None:
    """An edit may change a note's facet, weight or question, and leave its words and their place on the board."""
    query = (
        select(Statement, GroupNote, Board.about_project)
        .join(GroupNote, Statement.note_id == GroupNote.id)
        .join(Board, Statement.board_id == Board.id)
        .where(
            Statement.event_id == event.id,
            Statement.retired_at.is_(None),
            GroupNote.edited_at > Statement.read_at,
        )
    )
    for statement, note, about_project in db.session.execute(query):
        statement.facet_own, statement.weight, statement.question_id = note.facet, note.weight, note.question_id
        statement.read_at = now
        if bool(note.question and note.question.about_project) != about_project:
            # It belongs on the other board, where it is read anew.
            statement.retired_at = now
    db.session.flush()


def keep_copies_withheld(event: Event, now: datetime) -> None:
    """A copy of what a person withheld is withheld, be it one that came in later or that outlives its original: its
    words are the same. The caller commits."""
    original = aliased(Statement)
    copies = db.session.execute(
        select(Statement, original.withheld)
        .join(original, Statement.duplicate_of_id == original.id)
        .where(
            Statement.event_id == event.id,
            Statement.retired_at.is_(None),
            Statement.withheld.is_(None),
            original.withheld.is_not(None),
            # What the speaker kept out is theirs to say, each for their own words.
            original.withheld != "consent",
        )
        .order_by(Statement.id)
    ).all()
    by_board: dict[int, Changes] = defaultdict(Changes)
    for copy, reason in copies:
        by_board[copy.board_id].set(copy, "withheld", reason)
    for board_id, changes in by_board.items():
        words = f"Kept {count(len(changes.made), 'copy', 'copies')} withheld, as the same words were"
        record(db.session.get_one(Board, board_id), changes, "withhold", words, None, now)
