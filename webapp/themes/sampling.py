"""Themes of more statements than are fitted at once: found in a sample, and the others placed by them in batches.

Memory does not grow with the number of statements, but for their ids. A person sees the themes when the sample has been
understood, and may work on them while the rest is understood and placed; each batch is an entry in the board's log.
"""

import random
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, func, or_, select

import analysis

from ..extensions import db
from ..wording import count
from .curation import Changes, Conflict, record
from .finding import (
    SEED,
    Found,
    find_themes,
    fit,
    held_in_place,
    statements_to_analyse,
    suggestion,
    themes_of,
    to_analyse,
    vectors_of,
)
from .holding import Hold
from .models import Board, Placement, Statement, SuggestedTheme, Suggestion, ThemeRun
from .understanding import understand_all, understand_these

# Beyond it, a sample of as many is fitted. Decision 0017 has what that costs and what it misses.
FITTED_AT_ONCE = 20_000
PLACED_AT_ONCE = 5_000
ATTEMPTS = 3


def drawn(board: Board) -> list[int]:
    """Ids of the sample, in order; none where the board's statements can all be fitted at once."""
    ids = list(db.session.scalars(select(Statement.id).where(*to_analyse(board.id)).order_by(Statement.id)))
    return sorted(random.Random(SEED).sample(ids, FITTED_AT_ONCE)) if len(ids) > FITTED_AT_ONCE else []


def find_in_sample(run: ThemeRun, held: Hold, sample: list[int], now: Callable[[], datetime]) -> None:
    """Find themes in the sample, wait until every statement is understood, and place the others. Commits as it goes.

    Taken up again after the kill of its worker, it goes on with the themes that stand."""
    size, board = len(sample), run.board
    understand_these(
        sample, lambda done: held.write(stage=f"Understanding a sample, {done:,} of {size:,}", progress=10)
    )
    held.write(stage=f"Finding themes in a sample of {size:,}", progress=20)
    statements = _loaded(board, sample)
    if "sample" in run.parameters:
        found = _learned_again(run, statements)
    else:
        of = db.session.scalar(select(func.count()).where(*to_analyse(board.id))) or 0
        found = find_themes(run, statements, now(), of)
        run.parameters = {**run.parameters, "sample": size, "fills": found.fills}
    held.write(stage=f"Found themes in a sample of {size:,}", progress=30)
    understand_all(board, now, lambda done, of: _tell(held, "Understanding each statement", 30, done, of))
    _place_others(run, held, found, now)


def _loaded(board: Board, ids: list[int]) -> list[Statement]:
    parts = (ids[first : first + PLACED_AT_ONCE] for first in range(0, len(ids), PLACED_AT_ONCE))
    return [statement for part in parts for statement in statements_to_analyse(board, Statement.id.in_(part))]


def _learned_again(run: ThemeRun, statements: list[Statement]) -> Found:
    standing = themes_of(run.board)
    clusterer = fit(statements, vectors_of(statements), held_in_place(statements, standing))
    return Found(clusterer, dict(enumerate(standing)), run.parameters["fills"])


def _place_others(run: ThemeRun, held: Hold, found: Found, now: Callable[[], datetime]) -> None:
    waiting = (
        ~exists().where(Placement.statement_id == Statement.id),
        ~exists().where(Suggestion.statement_id == Statement.id, Suggestion.run_id == run.id),
        or_(Statement.encoder == analysis.encoder_name(), not analysis.encoder_name()),
    )
    of = db.session.scalar(select(func.count()).where(*to_analyse(run.board_id), *waiting)) or 0
    done = last_id = 0
    while others := statements_to_analyse(run.board, *waiting, Statement.id > last_id, most=PLACED_AT_ONCE):
        done, last_id = done + len(others), others[-1].id
        for attempt in range(ATTEMPTS):
            try:
                _place(run, others, found, now())
                break
            except Conflict:
                # A person decided something on the board in the same moment; what they placed stays.
                if attempt == ATTEMPTS - 1:
                    raise
                others = [statement for statement in others if statement.placement is None]
        _tell(held, "Placing each statement", 70, done, max(done, of))


def _place(run: ThemeRun, others: list[Statement], found: Found, now: datetime) -> None:
    """Place the statements, or suggest places; themes that a person deleted meanwhile get none. The caller commits."""
    labels, sure = found.clusterer.join([one.text for one in others], vectors_of(others))
    open_themes = {
        label: theme for label, theme in found.themes.items() if isinstance(theme, SuggestedTheme) or not theme.deleted
    }
    placed = [
        (statement, open_themes[label], float(confidence))
        for statement, label, confidence in zip(others, labels.tolist(), sure, strict=True)
        if label in open_themes and statement.placement is None
    ]
    if not found.fills:
        db.session.add_all(suggestion(run, *each) for each in placed)
        return
    changes = Changes()
    for statement, theme, confidence in placed:
        changes.set_placement(statement, [theme.id, False, None, round(confidence, 4)])
    where = count(len(placed), "more statement")
    record(run.board, changes, "analyse", f"Placed {where} by the themes of the sample", None, now)


def _tell(held: Hold, stage: str, begins_at: int, done: int, of: int) -> None:
    held.write(stage=f"{stage}, {done:,} of {of:,}", progress=begins_at + (40 if begins_at < 70 else 29) * done // of)
