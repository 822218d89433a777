"""An analysis from the moment that it is asked for to its end: who carries it out, and what the person is told."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..accounts.models import User
from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import Event
from ..wording import count
from . import sampling
from .finding import find_themes, statements_to_analyse
from .holding import MOST_ATTEMPTS, Hold, TakenOver, heard_of, hold
from .models import Board, ThemeRun
from .reading import read_statements
from .understanding import lay_out_batches, understand_all

FEWEST_STATEMENTS = 4
UNDER_WAY = "An analysis of these statements is under way. Wait until it has finished."


def ask_for_themes(board: Board, asked_by: User | None, now: datetime) -> ThemeRun:
    """Put an analysis of the board in line. Refused while another one of the same board is under way."""
    unfinished = db.session.scalars(
        select(ThemeRun).where(ThemeRun.board_id == board.id, ThemeRun.state.in_(("waiting", "running")))
    )
    for other in unfinished:
        if other.underway(now):
            raise Refused(UNDER_WAY)
        other.state, other.error, other.finished_at = "failed", "It was not finished in time.", now
    run = ThemeRun(board_id=board.id, asked_by_id=asked_by.id if asked_by else None, asked_at=now)
    db.session.flush()
    db.session.add(run)
    try:
        db.session.commit()
    except IntegrityError as error:
        # Somebody else asked in the same moment.
        db.session.rollback()
        raise Refused(UNDER_WAY) from error
    return run


def suggest_themes(
    run: ThemeRun, now: Callable[[], datetime], call_for_help: Callable[[int], object] = lambda board_id: None
) -> bool:
    """Carry out an analysis: the first one fills the empty board, a later one only proposes.

    False where another worker is at it. `call_for_help` is told the board if there is enough to understand for several.
    """
    held = hold(run, now())
    if held is None:
        return False
    try:
        with heard_of(held, now):
            _carry_out(run, held, now, call_for_help)
    except TakenOver:
        return False
    except DomainError as error:
        _stop(held, str(error), now())
    except Exception as error:
        _stop(held, f"Something failed on our side ({type(error).__name__}). It is in the server's log.", now())
        raise
    return True


def _carry_out(run: ThemeRun, held: Hold, now: Callable[[], datetime], call_for_help: Callable[[int], object]) -> None:
    if run.attempts > MOST_ATTEMPTS:
        raise DomainError(f"The worker was stopped in the middle of it {MOST_ATTEMPTS} times.")
    held.write(stage="Reading what was said", progress=5)
    for event in db.session.scalars(select(Event).where(Event.series_id == run.board.series_id)):
        read_statements(event, now())
    sample = sampling.drawn(run.board)
    if lay_out_batches(run.board) > 1:
        call_for_help(run.board_id)
    if sample:
        sampling.find_in_sample(run, held, sample, now)
    else:
        understand_all(run.board, now, lambda done, of: _tell_understood(held, done, of))
        held.write(stage="Finding themes", progress=60)
        _find_themes(run, now())
    held.write(stage="Finished", progress=100, state="done", finished_at=now())


def _tell_understood(held: Hold, done: int, of: int) -> None:
    stage = f"Understanding each statement, {done:,} of {of:,}"
    held.write(stage=stage, progress=20 + 40 * done // of)


def _stop(held: Hold, why: str, now: datetime) -> None:
    db.session.rollback()
    with suppress(TakenOver):
        held.write(stage="Stopped", state="failed", error=why, finished_at=now)


def _find_themes(run: ThemeRun, now: datetime) -> None:
    statements = statements_to_analyse(run.board)
    if len(statements) < FEWEST_STATEMENTS:
        run.statement_count = len(statements)
        raise Refused(f"There are {count(len(statements), 'statement')} so far; themes need {FEWEST_STATEMENTS}.")
    find_themes(run, statements, now)
