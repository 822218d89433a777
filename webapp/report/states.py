"""Where a series stands at the last station of the corridor."""

from functools import lru_cache

from sqlalchemy import func, select

from ..extensions import db
from ..programme.models import Series
from ..themes.models import Board, Placement, Statement
from ..wording import count
from .drafts import assembled_for, draft_of
from .models import Edition, ReportDraft
from .queries import theme_count


def state_in_words(series: Series) -> str:
    """What the corridor says of the report: "6 themes to report", "draft, 2 stale", "edition 1, 4 stale"."""
    draft = draft_of(series)
    if draft is None:
        themes = theme_count(series)
        return f"{count(themes, 'theme')} to report" if themes else "nothing to report yet"
    stale = stale_count(series, draft)
    return f"{_newest(draft)}, {stale:,} stale" if stale else _newest(draft)


def _newest(draft: ReportDraft) -> str:
    query = select(Edition.number, Edition.unpublished_at).where(Edition.draft_id == draft.id)
    newest = db.session.execute(query.order_by(Edition.number.desc()).limit(1)).first()
    if newest is None:
        return "draft"
    return f"edition {newest.number}{' taken back' if newest.unpublished_at else ''}"


def stale_count(series: Series, draft: ReportDraft) -> int:
    """How many paragraphs somebody must look at. Every page says it, so that it is counted anew only after a change."""
    return _counted(draft.id, draft.version, draft.begun_at, series.id, _state_of_boards(series.id))


@lru_cache(maxsize=256)
def _counted(draft_id: int, _version: int, _begun: object, series_id: int, _boards: tuple[object, ...]) -> int:
    draft = db.session.get_one(ReportDraft, draft_id)
    return len(assembled_for(db.session.get_one(Series, series_id), draft.event).stale)


def _state_of_boards(series_id: int) -> tuple[object, ...]:
    """Differs after every change that can make a paragraph stale: one row of sums."""
    of_series = Board.series_id == series_id
    said = select(
        func.count(),
        func.max(Statement.id),
        func.max(Statement.read_at),
        func.count(Statement.retired_at),
        func.count(Statement.withheld),
        func.count(Statement.duplicate_of_id),
        func.sum(Statement.duplicate_of_id),
        func.count().filter(Statement.consent == "quote"),
        func.count().filter(Statement.consent == "none"),
        func.count(Placement.theme_id),
        func.sum(Placement.theme_id),
        func.max(Placement.id),
    )
    said = said.select_from(Statement).join(Board, Board.id == Statement.board_id)
    said = said.outerjoin(Placement, Placement.statement_id == Statement.id).where(of_series)
    decided = select(func.count(), func.sum(Board.version)).where(of_series)
    return (*db.session.execute(said).one(), *db.session.execute(decided).one())
