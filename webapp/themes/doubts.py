"""The review queue: the statements that the machine is least sure of, and how long they take at a person's pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from analysis.placer import ThemePlacer

from ..accounts.models import User
from ..extensions import db
from .models import Board, CurationEntry, Placement, Statement, Theme
from .places import Vectors, placer_of, vectors_on

# A place is in doubt whose share of the likeness among all themes is less than this ahead of the next one's.
DOUBT = 0.1
# A longer pause between two decisions is no thinking about a statement.
LONGEST_THOUGHT = timedelta(minutes=2)
USUAL_THOUGHT = timedelta(seconds=8)
LOOKED_AT = 20


@dataclass(frozen=True)
class Doubt:
    """A statement in doubt: the theme it fits best, and the next ones after it, nearest first."""

    statement: Statement
    theme: Theme
    share: float
    next_best: list[Theme]


@dataclass(frozen=True)
class Queue:
    """What is left to review: the first of it, and how many there are."""

    first: Doubt | None
    left: int
    put_off: int


def queue_of(board: Board, standing: Sequence[Theme], later: Sequence[int] = ()) -> Queue:
    """The queue as it stands now: what a person decided is out of it, what they put off comes last."""
    known = vectors_on(board)
    placer = placer_of(standing, known)
    if placer is None or len(standing) < 2:
        return Queue(None, 0, 0)
    sure = placer.lead(known.points)
    doubtful = np.flatnonzero(~known.by_person & (sure < DOUBT))
    turn = {statement_id: number for number, statement_id in enumerate(later, start=1)}
    put_off = np.array([turn.get(int(each), 0) for each in known.ids[doubtful]], dtype=int)
    order = doubtful[np.lexsort((known.ids[doubtful], sure[doubtful], put_off))]
    if not len(order):
        return Queue(None, 0, 0)
    return Queue(_doubt(placer, standing, known, int(order[0])), len(order), int((put_off > 0).sum()))


def _doubt(placer: ThemePlacer, standing: Sequence[Theme], known: Vectors, row: int) -> Doubt:
    likeness = placer.likeness(known.points[[row]])[0]
    by_id = {theme.id: theme for theme in standing}
    ordered = [by_id[int(placer.names_[i])] for i in np.argsort(-likeness, kind="stable")]
    statement = db.session.scalars(
        select(Statement)
        .where(Statement.id == int(known.ids[row]))
        .options(joinedload(Statement.event), joinedload(Statement.placement).joinedload(Placement.theme))
    ).one()
    share = float(placer.predict(known.points[[row]])[1][0])
    return Doubt(statement, ordered[0], share, ordered[1:4])


def pace_of(board: Board, person: User, now: datetime) -> timedelta:
    """How long the person takes over a decision: the median of their last ones on the board, or what is usual."""
    query = (
        select(CurationEntry.at)
        .where(
            CurationEntry.board_id == board.id,
            CurationEntry.actor_id == person.id,
            CurationEntry.at > now - timedelta(hours=1),
        )
        .order_by(CurationEntry.number.desc())
        .limit(LOOKED_AT)
    )
    times = list(db.session.scalars(query))
    thoughts = [later - earlier for later, earlier in pairwise(times)]
    thoughts = [each for each in thoughts if timedelta() < each <= LONGEST_THOUGHT]
    return median(thoughts) if len(thoughts) >= 3 else USUAL_THOUGHT


def minutes_left(queue: Queue, pace: timedelta) -> int:
    """Whole minutes that the queue takes at this pace, one at least."""
    return max(1, round(queue.left * pace / timedelta(minutes=1)))
