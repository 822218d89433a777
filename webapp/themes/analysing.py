"""The only place where rows become analysis input and come back: as a first set of themes, or as a proposal."""

import platform
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, undefer

import analysis

from ..accounts.models import User
from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import Event
from ..wording import count
from .curation import Changes, record
from .holding import MOST_ATTEMPTS, Hold, TakenOver, heard_of, hold
from .mapping import keep_places
from .models import EVIDENCE, Board, Statement, SuggestedTheme, Suggestion, Theme, ThemeRun
from .proposing import changes_to_propose
from .reading import read_statements
from .understanding import lay_out_batches, understand_all

SEED = 0
# What a report can carry; finer differences are sub-themes. Over a thousand statements in fifteen themes leave
# some of unlike statements, and to merge two themes is less work than to take one apart.
MOST_THEMES, STATEMENTS_A_THEME = 15, 20
MOST_OF_MANY, OF_MANY_A_THEME = 20, 50
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
    held.write(stage="Understanding each statement", progress=20)
    if lay_out_batches(run.board) > 1:
        call_for_help(run.board_id)
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
    """All that takes long is worked out before the first row is written: meanwhile phones write on SQLite."""
    statements = statements_to_analyse(run.board)
    if len(statements) < FEWEST_STATEMENTS:
        run.statement_count = len(statements)
        raise Refused(f"There are {count(len(statements), 'statement')} so far; themes need {FEWEST_STATEMENTS}.")
    standing = themes_of(run.board)
    vectors = vectors_of(statements)
    places = None if vectors is None else analysis.lay_out(vectors)
    if standing or any(statement.placement for statement in statements):
        _propose(run, statements, standing, vectors)
    else:
        _fill_board(run, statements, vectors, now)
    if places is not None:
        keep_places(run.board, statements, places)
    run.statement_count = len(statements)
    run.parameters = {"random_state": SEED, "n_themes": list(range_of_themes(len(statements)))}
    run.versions = {
        "encoder": analysis.encoder_name() or "TF-IDF and LSA",
        "scikit-learn": version("scikit-learn"),
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def statements_to_analyse(board: Board) -> list[Statement]:
    """The live statements of the board that are neither withheld nor duplicates, oldest first."""
    query = (
        select(Statement)
        .where(
            Statement.board_id == board.id,
            *EVIDENCE,
            # What has no words any more stays where it stands.
            Statement.words_removed_at.is_(None),
        )
        .options(undefer(Statement.vector), joinedload(Statement.placement))
        .order_by(Statement.id)
    )
    return list(db.session.scalars(query))


def themes_of(board: Board) -> list[Theme]:
    """The board's themes in the order that the organiser gave them."""
    query = select(Theme).where(Theme.board_id == board.id, Theme.deleted.is_(False)).order_by(Theme.position, Theme.id)
    return list(db.session.scalars(query))


def vectors_of(statements: Iterable[Statement]) -> np.ndarray | None:
    """Kept vectors as float32 (n, dimensions), unit length; None where one is missing or from another encoder."""
    statements = list(statements)
    kept = [statement.vector for statement in statements if statement.encoder == analysis.encoder_name()]
    if len(kept) != len(statements) or not kept or any(vector is None for vector in kept):
        return None
    matrix = np.frombuffer(b"".join(kept), dtype=np.float16).reshape(len(kept), -1).astype(np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.maximum(lengths, 1e-9)


def range_of_themes(statements: int) -> tuple[int, int]:
    """The fewest and the most themes to look for among so many statements."""
    usual = min(MOST_THEMES, statements // STATEMENTS_A_THEME)
    return 3, max(5, usual, min(MOST_OF_MANY, statements // OF_MANY_A_THEME))


def _fit(
    statements: list[Statement], vectors: np.ndarray | None, placed: dict[int, int] | None = None
) -> "analysis.ThemeClusterer":
    texts = [statement.text for statement in statements]
    return analysis.ThemeClusterer(n_themes=range_of_themes(len(statements)), random_state=SEED).fit(
        texts, vectors=vectors, placed=placed, unspoken=unquotable(statements)
    )


def unquotable(statements: Iterable[Statement]) -> list[int]:
    """The places in the list of those whose words may stand in no title, because their authors are not to be quoted."""
    return [i for i, statement in enumerate(statements) if statement.consent != "quote"]


def _fill_board(run: ThemeRun, statements: list[Statement], vectors: np.ndarray | None, now: datetime) -> None:
    """The first analysis: its themes stand on the board at once, placed by the machine."""
    clusterer = _fit(statements, vectors)
    described = clusterer.themes_
    changes = Changes()
    themes: dict[int, Theme] = {}
    for position, description in enumerate(described, start=1):
        theme = Theme(
            board_id=run.board_id,
            title=description.title[:300],
            position=position,
            deleted=True,
            suggested=_what_is_known(description, statements),
            run_id=run.id,
        )
        db.session.add(theme)
        themes[description.label] = theme
    db.session.flush()
    for theme in themes.values():
        changes.set(theme, "deleted", False)
    for statement, label, confidence in zip(statements, clusterer.labels_, clusterer.confidence_, strict=True):
        if label >= 0:
            changes.set_placement(statement, [themes[int(label)].id, False, None, round(float(confidence), 4)])
    left_out = int((np.asarray(clusterer.labels_) < 0).sum())
    summary = f"Found {count(len(themes), 'theme')} in {count(len(statements), 'statement')}; {left_out:,} in no theme"
    record(run.board, changes, "analyse", summary, None, now)


def _what_is_known(description: "analysis.ThemeDescription", statements: list[Statement]) -> dict[str, Any]:
    return {
        "terms": [[term, round(float(weight), 4)] for term, weight in description.terms],
        "central": [statements[i].id for i in description.central],
        "summary": None if description.summary is None else statements[description.summary].id,
        "stability": round(float(description.stability), 3),
        "size": int(description.size),
        "subthemes": [[title, int(size)] for _label, title, size in description.subthemes],
    }


def _propose(run: ThemeRun, statements: list[Statement], standing: list[Theme], vectors: np.ndarray | None) -> None:
    """A later analysis: what stands is fixed; what is in no theme yet is suggested into old themes or new ones."""
    labels = {theme.id: label for label, theme in enumerate(standing)}
    placed: dict[int, int] = {}
    for i, statement in enumerate(statements):
        placement = statement.placement
        if placement is not None and (placement.theme_id in labels or placement.by_person):
            placed[i] = labels.get(placement.theme_id, -1) if placement.theme_id else -1
    clusterer = _fit(statements, vectors, placed)
    described = {description.label: description for description in clusterer.themes_}
    changes = changes_to_propose(run, statements, standing, vectors, lambda held: _fit(statements, vectors, held))
    db.session.add_all(changes)
    members: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(clusterer.labels_):
        if i not in placed and label >= 0:
            members[int(label)].append(i)
    for label, rows in sorted(members.items()):
        new = None
        if label >= len(standing):
            new = SuggestedTheme(
                run_id=run.id,
                title=described[label].title[:300],
                suggested=_what_is_known(described[label], statements),
            )
            db.session.add(new)
            db.session.flush()
        db.session.add_all(
            Suggestion(
                run_id=run.id,
                statement_id=statements[i].id,
                theme_id=None if new else standing[label].id,
                new_theme_id=new.id if new else None,
                confidence=round(float(clusterer.confidence_[i]), 4),
            )
            for i in rows
        )
