"""The curation log: every decision is a list of values before and after, so that it can be undone and replayed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.exc import StaleDataError

from ..accounts.models import User
from ..collect.models_sealed import Redaction
from ..errors import Refused
from ..extensions import db
from .models import Board, CurationEntry, Placement, Statement, SuggestedChange, Suggestion, Theme

# A placement is one value: [theme id or None, decided by a person, that person's id, confidence], or None.
PLACEMENT = "statement.placement"
FIELDS = {
    "theme.title",
    "theme.statement",
    "theme.position",
    "theme.deleted",
    "statement.facet_set",
    "statement.withheld",
    "statement.kept_apart",
    "statement.practice_vouched_by",
    "statement.not_personal",
    "redaction.standing",
    "suggestion.declined",
    "suggested_change.declined",
    PLACEMENT,
}
SAME_MOMENT = "Somebody else changed this board in the same moment. Look at it again, then repeat your change."
Change = list[Any]  # [field, id, before, after]
Curated = Theme | Statement | Suggestion | SuggestedChange | Redaction
CURATED: dict[str, type[Curated]] = {
    model.__tablename__: model for model in (Theme, Statement, Suggestion, SuggestedChange, Redaction)
}


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime."""


class Changes:
    """Collects what one decision changes, and makes each change at once."""

    def __init__(self) -> None:
        self.made: list[Change] = []

    def set(self, row: Curated, name: str, value: Any) -> None:
        """Set one curated value of a theme, a statement, or what an analysis suggested."""
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            self.made.append([f"{row.__tablename__}.{name}", row.id, before, value])

    def place(self, statements: Iterable[Statement], theme: Theme | None, actor: User | None) -> None:
        """Put statements into a theme, or with None into no theme, as a person's decision or the machine's."""
        after = [theme.id if theme else None, actor is not None, actor.id if actor else None, None]
        for statement in statements:
            self.set_placement(statement, after)

    def set_placement(self, statement: Statement, after: list[Any] | None) -> None:
        """Set a placement as one value; None removes it."""
        before = placement_value(statement.placement)
        if before == after:
            return
        _write_placement(statement, after)
        self.made.append([PLACEMENT, statement.id, before, after])


def placement_value(placement: Placement | None) -> list[Any] | None:
    if placement is None:
        return None
    return [placement.theme_id, placement.by_person, placement.placed_by_id, placement.confidence]


def _write_placement(statement: Statement, value: list[Any] | None) -> None:
    if value is None:
        if statement.placement is not None:
            db.session.delete(statement.placement)
            statement.placement = None
        return
    if statement.placement is None:
        statement.placement = Placement(statement_id=statement.id)
    placement = statement.placement
    placement.theme_id, placement.by_person, placement.placed_by_id, placement.confidence = value


def record(
    board: Board,
    changes: Changes,
    verb: str,
    summary: str,
    actor: User | None,
    now: datetime,
    *,
    note: str = "",
    seen: int | None = None,
    undoes: CurationEntry | None = None,
) -> CurationEntry | None:
    """Append the decision to the board's log; None if it changed nothing. The caller commits.

    `seen` is the version of the board that the person had before them: if somebody else changed one of the
    same values since, nothing is changed and Conflict says who.
    """
    if not changes.made:
        return None
    if seen is not None:
        _refuse_if_changed_since(board, seen, changes, actor)
    _take_next_version(board)
    entry = CurationEntry(
        board_id=board.id,
        number=board.version,
        actor_id=actor.id if actor else None,
        at=now,
        verb=verb,
        summary=summary,
        note=note,
        changes=changes.made,
        undoes_id=undoes.id if undoes else None,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _take_next_version(board: Board) -> None:
    """Claim the next number in the log; the one who loses a race is told to look again."""
    expected = board.version
    try:
        db.session.flush()
    except (IntegrityError, StaleDataError) as error:
        db.session.rollback()
        raise Conflict(SAME_MOMENT) from error
    claimed = db.session.execute(
        update(Board).where(Board.id == board.id, Board.version == expected).values(version=expected + 1),
        execution_options={"synchronize_session": False},
    )
    if claimed.rowcount != 1:
        db.session.rollback()
        raise Conflict(SAME_MOMENT)
    db.session.refresh(board)


def _refuse_if_changed_since(board: Board, seen: int, changes: Changes, actor: User | None) -> None:
    mine = {(change[0], change[1]) for change in changes.made}
    later = db.session.scalars(
        select(CurationEntry).where(
            CurationEntry.board_id == board.id,
            CurationEntry.number > seen,
            CurationEntry.actor_id.is_distinct_from(actor.id if actor else None),
        )
    )
    for entry in later:
        if any((change[0], change[1]) in mine for change in entry.changes):
            who = entry.actor.called if entry.actor else "The analysis"
            said = f"{who} changed this while you had it open ({entry.summary}). Nothing was overwritten."
            db.session.rollback()
            raise Conflict(said)


def rows_of(changes: Iterable[Change]) -> dict[tuple[str, int], Any]:
    """The rows that the changes are about, by kind and id."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change[0].split(".")[0]].add(change[1])
    rows: dict[tuple[str, int], Any] = {}
    for kind, model in CURATED.items():
        ids = sorted(wanted[kind])
        for first in range(0, len(ids), 500):
            query = select(model).where(model.id.in_(ids[first : first + 500]))
            if kind == "statement":
                query = query.options(joinedload(Statement.placement))
            for row in db.session.scalars(query):
                rows[kind, row.id] = row
    return rows


def current_value(row: Curated, field: str) -> Any:
    if field == PLACEMENT:
        assert isinstance(row, Statement)
        return placement_value(row.placement)
    return getattr(row, field.split(".")[1])
