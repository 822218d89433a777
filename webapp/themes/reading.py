"""From texts to statements: each a slice of its source, read once, set aside when its source is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.exc import IntegrityError

from analysis import classify_facets, classify_sentiment, encode, encoder_name, says_nothing, split_statements

from ..collect.models import Answer, FloorQuestion, GroupNote, Response
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Question
from .duplicates import mark_copies, source_key, wording_key
from .models import Board, Statement

BATCH = 500


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
    """Read every unread text of the event and retire what was taken back. Returns the number of new statements."""
    try:
        added = _read_once(event, now)
        db.session.commit()
    except IntegrityError:
        # Another worker read the same texts in this moment; what is left is ours.
        db.session.rollback()
        added = _read_once(event, now)
        db.session.commit()
    return added


def _read_once(event: Event, now: datetime) -> int:
    _retire(event, now)
    _follow_corrections(event)
    boards = {board.about_project: board for board in _boards(event.series_id)}
    statements = [statement for source in _unread(event) for statement in _statements(source, event, boards, now)]
    db.session.add_all(statements)
    db.session.flush()
    mark_copies(event.id)
    return len(statements)


def _boards(series_id: int) -> list[Board]:
    boards = list(db.session.scalars(select(Board).where(Board.series_id == series_id)))
    missing = {False, True} - {board.about_project for board in boards}
    made = [Board(series_id=series_id, about_project=about_project) for about_project in sorted(missing)]
    db.session.add_all(made)
    db.session.flush()
    return boards + made


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
                or_(GroupNote.deleted_at.is_not(None), GroupNote.edited_at > Statement.read_at),
            )
        ),
        Statement.floor_question_id.in_(select(FloorQuestion.id).where(FloorQuestion.hidden_at.is_not(None))),
        # Its author now keeps it out of reports, or no longer does: it is read anew, with no place on the board.
        Statement.id.in_(_of_changed_responses(event, (Statement.consent == "none") != (Response.consent == "none"))),
    ]
    db.session.execute(
        update(Statement)
        .where(Statement.event_id == event.id, Statement.retired_at.is_(None), or_(*taken_back))
        .values(retired_at=now),
        execution_options={"synchronize_session": "fetch"},
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
    changed = or_(Statement.consent != Response.consent, Statement.organisation_type != Response.organisation_type)
    for statement in db.session.scalars(
        select(Statement).where(Statement.id.in_(_of_changed_responses(event, changed)))
    ):
        response = db.session.get_one(Answer, statement.answer_id).response
        statement.consent, statement.organisation_type = response.consent, response.organisation_type


def _unread(event: Event) -> Iterator[Source]:
    yield from _unread_answers(event)
    yield from _unread_notes(event)
    yield from _unread_floor_questions(event)


def _live(column: str, source: object) -> object:
    return select(Statement.id).where(getattr(Statement, column) == source, Statement.retired_at.is_(None)).exists()


def _unread_answers(event: Event) -> Iterator[Source]:
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
        )
        .order_by(Answer.id)
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
            consent=response.consent,
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
        yield Source(
            column="note_id",
            id=note.id,
            text=note.text,
            channel="presentation" if session.kind == "presentation" else "table",
            speaker_key=f"t{note.table_id}",
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


def _statements(source: Source, event: Event, boards: dict[bool, Board], now: datetime) -> Iterator[Statement]:
    # A text without a word in it is still received, and must be in the accounts.
    spans = split_statements(source.text) or [(0, len(source.text))]
    for start, end in spans:
        text = source.text[start:end]
        yield Statement(
            board_id=boards[source.about_project].id,
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
            wording_key=wording_key(text),
            source_key=source_key(source.text),
            facet_own=source.facet,
            withheld=_withheld_from_the_start(text, source.consent),
            read_at=now,
            **{source.column: source.id},
        )


def _withheld_from_the_start(text: str, consent: str) -> str | None:
    if consent == "none":
        return "consent"
    return "says_nothing" if says_nothing(text) else None


def understand_statements(board: Board) -> int:
    query = (
        select(Statement)
        .where(
            Statement.board_id == board.id,
            Statement.retired_at.is_(None),
            or_(Statement.facet_guess.is_(None), Statement.encoder.is_distinct_from(encoder_name() or None)),
        )
        .order_by(Statement.id)
        .limit(BATCH)
    )
    done = 0
    while statements := list(db.session.scalars(query)):
        texts = [statement.text for statement in statements]
        vectors = encode(texts) if encoder_name() else None
        facets = classify_facets(texts, vectors)
        sentiments = classify_sentiment(texts, vectors)
        for i, statement in enumerate(statements):
            statement.sentiment = sentiments[i].sentiment
            statement.facet_guess, statement.facet_probability = facets[i].facet, float(facets[i].probability)
            if vectors is not None:
                statement.vector = vectors[i].astype(np.float16).tobytes()
                statement.encoder = encoder_name()
        done += len(statements)
        db.session.commit()
    return done
