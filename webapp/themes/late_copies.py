"""A copy that comes in after words were cut from its original loses them too: copies are cut with their original."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from ..collect.models_sealed import Redaction, SealedText
from ..collect.sealing import cuts_of, place_sent, seal, seal_of
from ..extensions import db
from ..programme.models import Event
from ..wording import count
from .blackening import blacken
from .curation import Changes, record
from .models import Board, Statement
from .redacting import SEALED_BY, places_free, show_what_is_left, source_of_statement, standing_cuts


def cut_late_copies(event: Event, now: datetime) -> None:
    """Cut from the event's copies what was cut from their originals. The caller commits."""
    by_board: dict[int, Changes] = {}
    for copy, original in _copies_of_cut(event):
        changes = by_board.setdefault(copy.board_id, Changes())
        _cut_as_in(copy, original, changes, now)
    for board_id, changes in by_board.items():
        if not changes.made:
            continue
        show_what_is_left(changes)
        board = db.session.get_one(Board, board_id)
        summary = f"Cut {count(len(changes.made), 'passage')} in copies that came in later"
        record(board, changes, "redact", summary, None, now)
        blacken(board.series_id)


def _copies_of_cut(event: Event) -> list[tuple[Statement, Statement]]:
    """The event's copies, each with its original, where a cut holds in the source of that."""
    original = aliased(Statement)
    sealed = or_(*(getattr(original, name) == column for name, column in SEALED_BY.items()))
    query = (
        select(Statement, original)
        .join(original, Statement.duplicate_of_id == original.id)
        .where(Statement.event_id == event.id, Statement.retired_at.is_(None), Statement.words_removed_at.is_(None))
        .where(select(SealedText.id).where(sealed, SealedText.redactions.any(Redaction.standing.is_(True))).exists())
        .order_by(Statement.id)
    )
    return [(copy, first) for copy, first in db.session.execute(query)]


def _cut_as_in(copy: Statement, original: Statement, changes: Changes, now: datetime) -> None:
    cuts, sent = standing_cuts(copy), seal_of(source_of_statement(original))
    # All are found before the first is cut: the text follows only when all are.
    found = [
        (one, places_free(copy, [sent.text[one.start : one.end]], any_case=True)) for one in _cut_from(original, sent)
    ]
    for one, places in found:
        for start, end in places:
            row = Redaction(
                sealed=seal(source_of_statement(copy)),
                start=place_sent(copy.start + start, cuts),
                end=place_sent(copy.start + end, cuts, at_end=True),
                reason=one.reason,
                mark=one.mark,
                made_at=now,
            )
            db.session.add(row)
            db.session.flush()
            changes.set(row, "standing", True)


def _cut_from(original: Statement, sealed: SealedText) -> list[Redaction]:
    """The standing cuts that lie in the original, and not elsewhere in its source."""
    standing = [one for one in sealed.redactions if one.standing]
    cuts = cuts_of(standing)
    start, end = place_sent(original.start, cuts), place_sent(original.end, cuts, at_end=True)
    return [one for one in standing if start <= one.start and one.end <= end] if sealed.text else []
