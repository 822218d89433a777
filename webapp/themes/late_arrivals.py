"""Statements that came after the analysis are suggested a theme within seconds, beside what stands."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from ..extensions import db
from .finding import themes_of
from .models import EVIDENCE, Board, Statement, Suggestion, ThemeRun
from .places import near_enough, placer_of, vectors_on

AT_ONCE = 5_000


def suggest_places(board: Board) -> int:
    """Suggest a theme for each statement read since the last analysis that finished. Returns how many."""
    run = db.session.scalar(
        select(ThemeRun).where(ThemeRun.board_id == board.id, ThemeRun.state == "done").order_by(ThemeRun.id.desc())
    )
    late = _late_statements(board, run) if run is not None else []
    if run is None or not late:
        return 0
    suggestions = [
        Suggestion(run_id=run.id, statement_id=statement.id, theme_id=theme_id, confidence=round(confidence, 4))
        for statement, theme_id, confidence in _nearest(board, late)
    ]
    db.session.add_all(suggestions)
    db.session.commit()
    return len(suggestions)


def _late_statements(board: Board, run: ThemeRun) -> list[Statement]:
    query = (
        select(Statement)
        .where(
            Statement.board_id == board.id,
            *EVIDENCE,
            Statement.vector.is_not(None),
            Statement.read_at > run.asked_at,
            ~exists().where(Suggestion.run_id == run.id, Suggestion.statement_id == Statement.id),
        )
        .options(joinedload(Statement.placement))
        .order_by(Statement.id)
    )
    return [statement for statement in db.session.scalars(query) if statement.placement is None]


def _nearest(board: Board, late: Sequence[Statement]) -> list[tuple[Statement, int, float]]:
    placer = placer_of(themes_of(board), vectors_on(board))
    if placer is None:
        return []
    found = []
    for first in range(0, len(late), AT_ONCE):
        by_id = {statement.id: statement for statement in late[first : first + AT_ONCE]}
        asked = vectors_on(board, Statement.id.in_(by_id))
        if len(asked.ids):
            placed = zip(asked.ids.tolist(), *placer.predict(asked.points), strict=True)
            found += [(by_id[i], int(name), float(sure)) for i, name, sure, near in placed if near_enough(float(near))]
    return found
