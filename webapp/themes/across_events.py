"""Each theme at each event: how often it was heard, whether it is new, recurring, faded or was heard once, and which
themes of different events may be one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

import analysis

from ..extensions import db
from ..programme.models import Event
from .models import Board, Placement, Statement, Theme
from .places import vectors_on
from .queries import USED


@dataclass(frozen=True)
class Cell:
    """A theme at one event: its statements, and the people and the tables who said them."""

    statements: int = 0
    people: int = 0
    tables: int = 0


@dataclass(frozen=True)
class Row:
    """A theme across the events; `course` is None where only one event has been heard yet."""

    theme: Theme
    cells: list[Cell]
    course: "analysis.Course | None"


@dataclass(frozen=True)
class Pair:
    """Two themes heard at different events that may be one, and how alike they are in per cent."""

    one: Theme
    other: Theme
    alike: int


@dataclass(frozen=True)
class Matrix:
    """The themes by the events at which anything on the board was said, in order of date."""

    events: list[Event]
    rows: list[Row]


def matrix_of(board: Board, standing: Sequence[Theme]) -> Matrix:
    """Counts of the used statements, read in two queries whatever the number of themes."""
    said = select(Statement.event_id).where(Statement.board_id == board.id, Statement.retired_at.is_(None)).distinct()
    events = list(db.session.scalars(select(Event).where(Event.id.in_(said)).order_by(Event.starts_on, Event.id)))
    cells = _cells(board)
    rows = []
    for theme in standing:
        mine = [cells.get((theme.id, event.id), Cell()) for event in events]
        heard = [cell.statements > 0 for cell in mine]
        course = analysis.course_of(heard) if len(events) > 1 and any(heard) else None
        rows.append(Row(theme, mine, course))
    return Matrix(events, rows)


def _cells(board: Board) -> Mapping[tuple[int, int], Cell]:
    counts = (func.count(), func.count(Statement.speaker_key.distinct()))
    query = (
        select(Placement.theme_id, Statement.event_id, Statement.channel, *counts)
        .join(Placement, Placement.statement_id == Statement.id)
        .where(Statement.board_id == board.id, *USED)
        .group_by(Placement.theme_id, Statement.event_id, Statement.channel)
    )
    found: dict[tuple[int, int], dict[str, tuple[int, int]]] = defaultdict(dict)
    for theme_id, event_id, channel, statements, speakers in db.session.execute(query):
        found[theme_id, event_id][channel] = (statements, speakers)
    return {
        key: Cell(
            statements=sum(number for number, _ in channels.values()),
            people=channels.get("written", (0, 0))[1],
            tables=channels.get("table", (0, 0))[1],
        )
        for key, channels in found.items()
    }


def likely_pairs(board: Board, standing: Sequence[Theme]) -> list[Pair]:
    """Themes of different events that may be one; a person confirms by merging them."""
    known, by_id = vectors_on(board), {theme.id: theme for theme in standing}
    rows = np.flatnonzero(np.isin(known.owners, list(by_id)))
    if not len(rows):
        return []
    at = select(Statement.id, Statement.event_id).where(Statement.board_id == board.id)
    places = dict(db.session.execute(at).tuples().all())
    events = np.array([places[int(i)] for i in known.ids[rows]])
    links = analysis.likely_links(known.points[rows], known.owners[rows], events)
    return [Pair(by_id[link.one], by_id[link.other], round(100 * link.likeness)) for link in links]
