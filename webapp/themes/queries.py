"""Reads of the boards: who may open them, the accounts, the log, and what an analysis proposes."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import joinedload

from ..accounts.models import User
from ..collect.models import Answer, FloorQuestion, GroupNote
from ..errors import NotFound
from ..extensions import db
from ..programme.models import Event, Series
from ..programme.queries import NOT_HERE, series_for
from ..wording import count
from .models import EVIDENCE, Board, CurationEntry, Placement, Statement, SuggestedTheme, Suggestion, Theme, ThemeRun
from .redactions import redactions_in_source

# What became of a statement: the first that applies.
FATE = case(
    (Statement.withheld.is_not(None), "withheld"),
    (Statement.duplicate_of_id.is_not(None), "duplicate"),
    (Placement.theme_id.is_not(None), "used"),
    else_="in_no_theme",
)
FATES = {
    "received": "Everything received",
    "used": "In a theme",
    "duplicate": "Duplicates",
    "withheld": "Withheld",
    "in_no_theme": "In no theme",
}
USED = (
    *EVIDENCE,
    Placement.theme_id.is_not(None),
)
PAGE = 50


@dataclass(frozen=True)
class Accounts:
    """received = used + duplicate + withheld + in_no_theme, in statements."""

    received: int
    used: int
    duplicate: int
    withheld: int
    in_no_theme: int

    @property
    def balance(self) -> bool:
        return self.received == self.used + self.duplicate + self.withheld + self.in_no_theme


def accounts_of(board_ids: list[int], event_id: int | None = None) -> Accounts:
    """Each live statement of the boards counted once: withheld before duplicate before placed before unplaced."""
    query = (
        select(FATE, func.count())
        .select_from(Statement)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(Statement.board_id.in_(board_ids), Statement.retired_at.is_(None))
        .group_by(FATE)
    )
    if event_id is not None:
        query = query.where(Statement.event_id == event_id)
    counts = dict(db.session.execute(query).tuples().all())
    received = db.session.scalar(
        select(func.count())
        .select_from(Statement)
        .where(
            Statement.board_id.in_(board_ids),
            Statement.retired_at.is_(None),
            *([Statement.event_id == event_id] if event_id is not None else []),
        )
    )
    return Accounts(
        received=received or 0,
        **{name: counts.get(name, 0) for name in ("used", "duplicate", "withheld", "in_no_theme")},
    )


def boards_of(series_id: int) -> list[Board]:
    """The series' boards: its subject first, the project second; none before the first statement was read."""
    return list(db.session.scalars(select(Board).where(Board.series_id == series_id).order_by(Board.about_project)))


def board_for(user: User, series_id: int, about_project: bool, at_least: str = "viewer") -> tuple[Series, Board | None]:
    """The series and its board, for somebody who belongs to it; no board before the first statement was read."""
    series = series_for(user, series_id, at_least)
    board = db.session.scalar(select(Board).where(Board.series_id == series_id, Board.about_project.is_(about_project)))
    return series, board


def theme_for(user: User, theme_id: int, at_least: str = "viewer") -> Theme:
    """The theme, for somebody who belongs to its series."""
    theme = db.session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(NOT_HERE)
    series_for(user, theme.board.series_id, at_least)
    return theme


def run_for(user: User, run_id: int, at_least: str = "viewer") -> ThemeRun:
    """The analysis, for somebody who belongs to its series."""
    run = db.session.get(ThemeRun, run_id)
    if run is None:
        raise NotFound(NOT_HERE)
    series_for(user, run.board.series_id, at_least)
    return run


def statement_for(user: User, statement_id: int) -> tuple[Statement, Board]:
    """The statement and its board, for somebody who belongs to its series. What was taken back is shown to nobody."""
    statement = db.session.get(Statement, statement_id)
    if statement is None:
        raise NotFound(NOT_HERE)
    board = db.session.get_one(Board, statement.board_id)
    series_for(user, board.series_id)
    if statement.retired_at is not None:
        raise NotFound("This statement is no longer part of what was received: its words were corrected or taken back.")
    return statement, board


def entry_for(user: User, entry_id: int, at_least: str = "viewer") -> CurationEntry:
    """The entry of the curation log, for somebody who belongs to its series."""
    entry = db.session.get(CurationEntry, entry_id)
    if entry is None:
        raise NotFound(NOT_HERE)
    board = db.session.get_one(Board, entry.board_id)
    series_for(user, board.series_id, at_least)
    return entry


def board_by_id(user: User, board_id: int, at_least: str = "viewer") -> Board:
    """The board, for somebody who belongs to its series."""
    board = db.session.get(Board, board_id, options=[joinedload(Board.series)])
    if board is None:
        raise NotFound(NOT_HERE)
    series_for(user, board.series_id, at_least)
    return board


# Made once, as every open board asks it every two seconds.
LIVE = select(func.count(), func.max(Statement.id)).where(
    Statement.board_id == bindparam("board_id"), Statement.retired_at.is_(None)
)


def state_of(board: Board) -> str:
    """The same as long as nothing was decided on the board, and nothing came in or was taken back."""
    received, last = db.session.execute(LIVE, {"board_id": board.id}).one()
    return f"{board.version}.{received}.{last or 0}"


def entries_since(board: Board, version: int, most: int = 20) -> list[CurationEntry]:
    """The decisions after a version of the board, the newest few, oldest first."""
    query = (
        select(CurationEntry)
        .where(CurationEntry.board_id == board.id, CurationEntry.number > version)
        .options(joinedload(CurationEntry.actor))
        .order_by(CurationEntry.number.desc())
    )
    return list(reversed(db.session.scalars(query.limit(most)).all()))


def log_of(board: Board, page: int = 1) -> tuple[list[CurationEntry], int]:
    """One page of the board's curation log, newest first, and how many entries there are."""
    query = select(CurationEntry).where(CurationEntry.board_id == board.id)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = query.options(joinedload(CurationEntry.actor)).order_by(CurationEntry.number.desc())
    return list(db.session.scalars(shown.limit(PAGE).offset((page - 1) * PAGE))), total


def latest_run(board: Board) -> ThemeRun | None:
    query = select(ThemeRun).where(ThemeRun.board_id == board.id).order_by(ThemeRun.id.desc())
    return db.session.scalar(query.limit(1))


def events_of(series: Series) -> dict[int, Event]:
    return {event.id: event for event in series.events}


def state_in_words(series: Series) -> str:
    """Where the series stands in this room, for the corridor."""
    boards = [board.id for board in boards_of(series.id)]
    if not boards:
        return "nothing to read yet"
    themes = db.session.scalar(
        select(func.count()).select_from(Theme).where(Theme.board_id.in_(boards), Theme.deleted.is_(False))
    )
    unplaced = accounts_of(boards).in_no_theme
    return f"{count(themes or 0, 'theme')}, {unplaced:,} unplaced"


@dataclass(frozen=True)
class Proposal:
    """What the last analysis proposes and nobody has decided: statements for standing themes, and new themes."""

    run: ThemeRun
    into: list[tuple[Theme, list[Statement]]]
    new: list[tuple[SuggestedTheme, list[Statement]]]

    @property
    def statements(self) -> int:
        return sum(len(members) for _, members in [*self.into, *self.new])


def proposal_of(run: ThemeRun) -> Proposal | None:
    """The open part of a run's proposal; None where nothing is left to decide."""
    into: dict[int, list[Statement]] = defaultdict(list)
    new: dict[int, list[Statement]] = defaultdict(list)
    for suggestion, statement in open_suggestions(run):
        (into if suggestion.theme_id else new)[suggestion.theme_id or suggestion.new_theme_id or 0].append(statement)
    if not into and not new:
        return None
    themes = db.session.scalars(
        select(Theme).where(Theme.id.in_(into), Theme.deleted.is_(False)).order_by(Theme.position)
    )
    suggested = db.session.scalars(select(SuggestedTheme).where(SuggestedTheme.id.in_(new)).order_by(SuggestedTheme.id))
    return Proposal(run, [(theme, into[theme.id]) for theme in themes], [(theme, new[theme.id]) for theme in suggested])


def open_suggestions(run: ThemeRun) -> list[tuple[Suggestion, Statement]]:
    """The run's suggestions for statements that nobody has placed since, in order."""
    query = (
        select(Suggestion, Statement)
        .join(Statement, Suggestion.statement_id == Statement.id)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(
            Suggestion.run_id == run.id,
            Suggestion.declined.is_(False),
            *EVIDENCE,
            Placement.id.is_(None),
        )
        .order_by(Suggestion.id)
    )
    return [(suggestion, statement) for suggestion, statement in db.session.execute(query)]


def whole_log(board: Board) -> list[CurationEntry]:
    """Every entry of the board's log, oldest first."""
    query = select(CurationEntry).where(CurationEntry.board_id == board.id).options(joinedload(CurationEntry.actor))
    return list(db.session.scalars(query.order_by(CurationEntry.number)))


def neighbours_of(entry: CurationEntry) -> tuple[int | None, int | None]:
    """The ids of the entries before and after this one in its board's log."""
    near = select(CurationEntry.number, CurationEntry.id).where(
        CurationEntry.board_id == entry.board_id, CurationEntry.number.in_((entry.number - 1, entry.number + 1))
    )
    ids = dict(db.session.execute(near).tuples().all())
    return ids.get(entry.number - 1), ids.get(entry.number + 1)


def history_of(statement: Statement) -> list[CurationEntry]:
    """The decisions that changed this statement, newest first."""
    board = db.session.get_one(Board, statement.board_id)
    cuts = redactions_in_source(statement)
    return [
        entry
        for entry in reversed(whole_log(board))
        if any(
            change[1] in cuts if field == "redaction.standing" else change[1] == statement.id
            for change in entry.changes
            if (field := change[0]).startswith("statement.") or field == "redaction.standing"
        )
    ]


def source_text(statement: Statement) -> str:
    """The whole text that the statement is a slice of."""
    if statement.answer_id is not None:
        return db.session.get_one(Answer, statement.answer_id).text or ""
    if statement.note_id is not None:
        return db.session.get_one(GroupNote, statement.note_id).text
    return db.session.get_one(FloorQuestion, statement.floor_question_id).text
