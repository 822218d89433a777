"""Cutting words that name or point to somebody: what everybody reads says in brackets that something was cut.

The board's log holds which cut was made and never what was cut: the words stand in the sealed text alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select

from ..accounts.models import User
from ..collect.models import Answer, FloorQuestion, GroupNote
from ..collect.models_sealed import CUTTING_REASONS, Redaction, SealedText
from ..collect.sealing import (
    Cut,
    Source,
    cuts_of,
    marks_in,
    may_hold_a_mark,
    place_sent,
    place_shown,
    places_of,
    seal,
    seal_of,
    show_again,
)
from ..collect.signals import words_changed
from ..errors import DomainError
from ..extensions import db
from ..programme.models import Event, Series
from ..text_input import clean_line
from ..wording import count
from .actions_statements import with_copies
from .blackening import blacken
from .curation import Changes, record
from .deciding import NOTE_LIMIT, board_of
from .models import Board, CurationEntry, Statement

Span = tuple[int, int]
SEALED_BY = {
    "answer_id": SealedText.answer_id,
    "note_id": SealedText.note_id,
    "floor_question_id": SealedText.floor_question_id,
}


def mark_for(reason: str, series: Series) -> str:
    """What stands in the place of the words, in the language of the series' reports."""
    with force_locale(series.report_language):
        marks = {
            "name": _("[name removed]"),
            "contact": _("[contact detail removed]"),
            "number": _("[personal number removed]"),
            "person": _("[words that identify a person removed]"),
        }
        return marks.get(reason) or _("[private words removed]")


def redact(
    statement: Statement,
    spans: Iterable[Span],
    reason: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
    note: str = "",
    everywhere: bool = False,
) -> CurationEntry | None:
    """Cut the slices [start, end) of the statement's text, in it and in every copy of it; with `everywhere`, the same
    words in every statement of the board. What was sent stays, sealed."""
    if reason not in CUTTING_REASONS:
        raise DomainError("Choose one of the reasons for cutting words.")
    board = board_of([statement])
    spans = checked_spans(statement, spans)
    words = [statement.text[start:end] for start, end in spans]
    mark, changes = mark_for(reason, board.series), Changes()
    places = {statement: spans, **_also_in(statement, words, board, everywhere)}
    for source, cut in _by_source(places).items():
        sealed = seal(source)
        for start, end in cut:
            row = Redaction(sealed=sealed, start=start, end=end, reason=reason, mark=mark, made_at=now)
            db.session.add(row)
            db.session.flush()
            changes.set(row, "standing", True)
    show_what_is_left(changes)
    cuts = count(sum(len(each) for each in places.values()), "passage")
    summary = f"Cut {cuts} in {count(len(places), 'statement')}: {CUTTING_REASONS[reason].lower()}"
    entry = record(board, changes, "redact", summary, actor, now, note=clean_line(note)[:NOTE_LIMIT], seen=seen)
    blacken(board.series_id)
    events = {each.event_id for each in places}
    db.session.commit()
    for event_id in events:
        # The machine has yet to understand the statements as they are now.
        words_changed.send(None, event_id=event_id)
    return entry


def checked_spans(statement: Statement, spans: Iterable[Span]) -> list[Span]:
    """The slices in order, those that touch made one; refused where there are none, or where one has no words left to
    cut."""
    taken = marks_of(statement)
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if not 0 <= start < end <= len(statement.text):
            raise DomainError("Those words are not in this statement.")
        if any(start < mark_end and mark_start < end for mark_start, mark_end in taken):
            raise DomainError("Some of those words were cut already.")
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if not joined:
        raise DomainError("Mark the words to cut, or type them exactly as they stand.")
    return joined


def source_of_statement(statement: Statement) -> Source:
    """The answer, note or question that the statement is a slice of."""
    if statement.answer_id is not None:
        return db.session.get_one(Answer, statement.answer_id)
    if statement.note_id is not None:
        return db.session.get_one(GroupNote, statement.note_id)
    return db.session.get_one(FloorQuestion, statement.floor_question_id)


def standing_cuts(statement: Statement) -> list[Cut]:
    sealed = seal_of(source_of_statement(statement))
    return cuts_of(one for one in sealed.redactions if one.standing) if sealed is not None else []


def marks_of(statement: Statement) -> list[Span]:
    """Where in the statement's text words in brackets stand for what was cut, as slices."""
    found = ((start - statement.start, end - statement.start) for start, end in marks_in(standing_cuts(statement)))
    return [(start, end) for start, end in found if start < len(statement.text) and end > 0]


def redactions_of(statement: Statement) -> list[Redaction]:
    """The cuts that hold in the statement's source."""
    sealed = seal_of(source_of_statement(statement))
    return [one for one in sealed.redactions if one.standing] if sealed is not None else []


def _also_in(statement: Statement, words: Sequence[str], board: Board, everywhere: bool) -> dict[Statement, list[Span]]:
    """Where else the words are to be cut: in every copy, and on the whole board where that was asked for."""
    copies = with_copies([statement])
    others: Iterable[Statement] = copies
    if everywhere:
        live = select(Statement).where(Statement.board_id == board.id, Statement.retired_at.is_(None))
        others = [*copies, *db.session.scalars(live.order_by(Statement.id))]
    found: dict[Statement, list[Span]] = {}
    for other in dict.fromkeys(others):
        if other is statement:
            continue
        free = places_free(other, words, any_case=other in copies)
        if free:
            found[other] = free
    return found


def places_free(statement: Statement, words: Iterable[str], any_case: bool) -> list[Span]:
    """Where the words stand in the statement's text and no mark does, in order."""
    places = sorted({place for each in words for place in places_of(each, statement.text, any_case)})
    taken = marks_of(statement) if places and may_hold_a_mark(statement.text) else []
    return [(s, e) for s, e in places if not any(s < mark_end and mark_start < e for mark_start, mark_end in taken)]


def _by_source(places: Mapping[Statement, Sequence[Span]]) -> dict[Source, list[Span]]:
    """The slices as places in the words that were sent, by source."""
    found: dict[Source, list[Span]] = {}
    for statement, spans in places.items():
        cuts = standing_cuts(statement)
        sent = [
            (place_sent(statement.start + start, cuts), place_sent(statement.start + end, cuts, at_end=True))
            for start, end in spans
        ]
        found.setdefault(source_of_statement(statement), []).extend(sent)
    return found


def show_what_is_left(changes: Changes) -> None:
    """After redactions began or ceased to hold: give their sources, and the statements read from these, the words
    that are left. What the machine knew of the statements is forgotten, as it knew it from the words."""
    before = {change[1]: change[2] for change in changes.made if change[0] == "redaction.standing"}
    if not before:
        return
    sealed_texts = select(SealedText).where(
        SealedText.id.in_(select(Redaction.sealed_id).where(Redaction.id.in_(list(before))))
    )
    for sealed in db.session.scalars(sealed_texts):
        old = cuts_of(one for one in sealed.redactions if before.get(one.id, one.standing))
        new = cuts_of(one for one in sealed.redactions if one.standing)
        source = source_of_sealed(sealed)
        was = source.text or ""
        show_again(sealed)
        for statement in _read_from(sealed):
            # One that was read before its source was edited is no slice of it any more, and is shown nowhere.
            if was[statement.start : statement.end] == statement.text:
                _follow(statement, source.text or "", old, new)


def source_of_sealed(sealed: SealedText) -> Source:
    """The source of words that still stand; refused where they were edited since."""
    if sealed.answer_id is not None:
        return db.session.get_one(Answer, sealed.answer_id)
    if sealed.note_id is not None:
        return db.session.get_one(GroupNote, sealed.note_id)
    if sealed.revision_id is not None:
        raise DomainError("The note was written anew since, so there is nothing to bring back.")
    return db.session.get_one(FloorQuestion, sealed.floor_question_id)


def _read_from(sealed: SealedText) -> Iterable[Statement]:
    return db.session.scalars(
        select(Statement).where(
            or_(
                *(
                    getattr(Statement, name) == getattr(sealed, name)
                    for name in SEALED_BY
                    if getattr(sealed, name) is not None
                )
            )
        )
    )


def _follow(statement: Statement, shown: str, old: list[Cut], new: list[Cut]) -> None:
    start = place_sent(statement.start, old)
    end = place_sent(statement.end, old, at_end=True)
    statement.start, statement.end = place_shown(start, new), place_shown(end, new, at_end=True)
    statement.text = shown[statement.start : statement.end]
    statement.vector = statement.encoder = statement.sentiment = None
    statement.facet_guess = statement.facet_probability = None


def note_what_was_carried(event: Event, now: datetime) -> None:
    """Write into the log what was cut again when an author corrected an answer. The caller commits."""
    query = (
        select(Redaction, Answer)
        .join(SealedText, Redaction.sealed_id == SealedText.id)
        .join(Answer, SealedText.answer_id == Answer.id)
        .where(Redaction.carried.is_(True), Answer.response.has(event_id=event.id))
    )
    boards = {
        board.about_project: board
        for board in db.session.scalars(select(Board).where(Board.series_id == event.series_id))
    }
    by_board: dict[bool, Changes] = {}
    for redaction, answer in db.session.execute(query):
        if answer.question.about_project not in boards:
            # Nothing was read for that board yet; the next reading makes it.
            continue
        redaction.carried = False
        changes = by_board.setdefault(answer.question.about_project, Changes())
        changes.made.append(["redaction.standing", redaction.id, False, True])
    for about_project, changes in by_board.items():
        summary = f"Cut {count(len(changes.made), 'passage')} again in what its author corrected"
        record(boards[about_project], changes, "redact", summary, None, now)
