"""The coverage board of one event: what has come from which table to which question, and who is silent still."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Question
from .agreeing import agreements_of, changed_tables
from .models import FloorQuestion, GroupNote, Response
from .models_hall import TableAgreement

MINUTES = 15


@dataclass(frozen=True)
class Cell:
    """The lines of one table to one question."""

    lines: int = 0
    last_heard: datetime | None = None


@dataclass(frozen=True)
class TableRow:
    """One table: a cell for each column of its session, all its lines together, and whether it agreed to them."""

    table: DiscussionTable
    cells: list[Cell]
    all: Cell
    agreement: TableAgreement | None
    changed: bool
    # Responses of delegates who said that they sit here.
    delegates: int = 0


@dataclass(frozen=True)
class SessionGrid:
    """The tables of one session by the questions they may answer; None heads the lines to no question."""

    session: EventSession
    columns: list[Question | None]
    rows: list[TableRow]

    @property
    def lines(self) -> int:
        return sum(row.all.lines for row in self.rows)

    @property
    def silent(self) -> list[str]:
        return [row.table.name for row in self.rows if not row.all.lines]


@dataclass(frozen=True)
class Coverage:
    """What has come in at an event."""

    responses: int
    last_heard: datetime | None
    # The newest MINUTES minutes of the clock, the present one last, with the responses received in each.
    minutes: list[tuple[datetime, int]]
    sessions: list[SessionGrid]
    # Each Q&A session with how many of its questions are shown, and how many wait to be read.
    floors: list[tuple[EventSession, int, int]]

    @property
    def last_minute(self) -> int:
        """Responses in the newest minute that is over."""
        return self.minutes[-2][1]

    @property
    def tables(self) -> int:
        return sum(len(grid.rows) for grid in self.sessions)

    @property
    def heard(self) -> int:
        return self.tables - sum(len(grid.silent) for grid in self.sessions)

    @property
    def lines(self) -> int:
        return sum(grid.lines for grid in self.sessions)

    @property
    def seen(self) -> list[object]:
        """Everything that the board shows, in plain values: changes with each of them."""
        rows = [
            (row.table.id, row.table.name, row.table.facilitator, row.table.token, row.cells, row.all, row.changed)
            + (row.delegates,)
            + ((row.agreement.agreed_at, row.agreement.agreed_by) if row.agreement else ())
            for grid in self.sessions
            for row in grid.rows
        ]
        heads = [
            (grid.session.id, grid.session.title, [column.text if column else "" for column in grid.columns])
            for grid in self.sessions
        ]
        floors = [(session.id, session.title, shown, waiting) for session, shown, waiting in self.floors]
        return [self.responses, self.last_heard, self.minutes, heads, rows, floors]


def coverage_of(event: Event, now: datetime) -> Coverage:
    """The board of an event as it is now; the same number of queries however many tables there are."""
    responses, last_heard = db.session.execute(
        select(func.count(), func.max(Response.received_at)).where(
            Response.event_id == event.id, Response.withdrawn_at.is_(None)
        )
    ).one()
    return Coverage(
        responses=responses,
        last_heard=last_heard,
        minutes=responses_by_minute(event, now),
        sessions=grids_of(event),
        floors=floors_of(event),
    )


def responses_by_minute(event: Event, now: datetime) -> list[tuple[datetime, int]]:
    this_minute = now.replace(second=0, microsecond=0)
    first = this_minute - timedelta(minutes=MINUTES - 1)
    query = select(Response.received_at).where(
        Response.event_id == event.id, Response.withdrawn_at.is_(None), Response.received_at >= first
    )
    counted = Counter(at.replace(second=0, microsecond=0) for at in db.session.scalars(query))
    minutes = [first + timedelta(minutes=number) for number in range(MINUTES)]
    return [(minute, counted[minute]) for minute in minutes]


def grids_of(event: Event) -> list[SessionGrid]:
    """Each session that has tables, in the order of the day."""
    query = (
        select(DiscussionTable)
        .join(EventSession, EventSession.id == DiscussionTable.session_id)
        .where(EventSession.event_id == event.id, DiscussionTable.revoked_at.is_(None))
        .order_by(DiscussionTable.id)
    )
    tables = list(db.session.scalars(query))
    ids = [table.id for table in tables]
    counted = (
        select(GroupNote.table_id, GroupNote.question_id, func.count(), func.max(GroupNote.noted_at))
        .where(GroupNote.table_id.in_(ids), GroupNote.deleted_at.is_(None))
        .group_by(GroupNote.table_id, GroupNote.question_id)
    )
    cells = {(table, question): Cell(*rest) for table, question, *rest in db.session.execute(counted)}
    agreed, changed = agreements_of(ids), changed_tables(ids)
    seated = delegates_by_table(event) if event.ask_table else {}
    asked = [q for q in event.questions if q.kind == "free_text" and q.retired_at is None]
    grids = []
    for session in event.sessions:
        here = [table for table in tables if table.session_id == session.id]
        columns = columns_of(session, asked, {question for table, question in cells if table in {t.id for t in here}})
        rows = [
            row_of(table, columns, cells, agreed.get(table.id), table.id in changed, seated.get(table.name, 0))
            for table in here
        ]
        if rows:
            grids.append(SessionGrid(session, columns, rows))
    return grids


def delegates_by_table(event: Event) -> dict[str, int]:
    """How many responses came from those who said at which table they sit, by the table's name."""
    counted = (
        select(Response.table_name, func.count())
        .where(Response.event_id == event.id, Response.withdrawn_at.is_(None), Response.table_name != "")
        .group_by(Response.table_name)
    )
    return dict(db.session.execute(counted).tuples().all())


def columns_of(session: EventSession, asked: Sequence[Question], used: set[int | None]) -> list[Question | None]:
    """The session's own questions, else the general ones as tables see them, and any other that a line answers."""
    own = [question for question in asked if question.session_id == session.id]
    general = [question for question in asked if question.session_id is None]
    offered = own or ([] if session.kind in ("presentation", "qa") else general)
    others = [question for question in session.event.questions if question.id in used and question not in offered]
    columns: list[Question | None] = [*offered, *others]
    return [*columns, None] if columns and None in used else columns


def row_of(
    table: DiscussionTable,
    columns: Sequence[Question | None],
    cells: dict[tuple[int, int | None], Cell],
    agreement: TableAgreement | None,
    changed: bool,
    delegates: int,
) -> TableRow:
    mine = [cell for (of_table, _question), cell in cells.items() if of_table == table.id]
    total = Cell(
        sum(cell.lines for cell in mine), max((cell.last_heard for cell in mine if cell.last_heard), default=None)
    )
    ids = [column.id if column else None for column in columns]
    return TableRow(table, [cells.get((table.id, id_), Cell()) for id_ in ids], total, agreement, changed, delegates)


def floors_of(event: Event) -> list[tuple[EventSession, int, int]]:
    counted = (
        select(FloorQuestion.session_id, func.count(), func.count(FloorQuestion.hidden_at))
        .join(EventSession, EventSession.id == FloorQuestion.session_id)
        .where(EventSession.event_id == event.id, (FloorQuestion.hidden_at.is_(None)) | FloorQuestion.waiting)
        .group_by(FloorQuestion.session_id)
    )
    found = {session: (total - waiting, waiting) for session, total, waiting in db.session.execute(counted)}
    return [(held, *found.get(held.id, (0, 0))) for held in event.sessions if held.kind == "qa"]
