"""The only place where rows become analysis input and come back: as a first set of themes, or as a proposal."""

import platform
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, undefer

import analysis

from ..extensions import db
from ..wording import count
from .curation import Changes, record
from .mapping import keep_places
from .models import EVIDENCE, Board, Statement, SuggestedTheme, Suggestion, Theme, ThemeRun
from .proposing import changes_to_propose

SEED = 0
# What a report can carry; finer differences are sub-themes. Over a thousand statements in fifteen themes leave
# some of unlike statements, and to merge two themes is less work than to take one apart.
MOST_THEMES, STATEMENTS_A_THEME = 15, 20
MOST_OF_MANY, OF_MANY_A_THEME = 20, 50


@dataclass(frozen=True)
class Found:
    """A clusterer that has learned, and what became of each of its labels: a theme of the board, or a suggested one."""

    clusterer: "analysis.ThemeClusterer"
    themes: dict[int, Theme | SuggestedTheme]
    # Whether it is the first, which places statements; a later one suggests.
    fills: bool


def find_themes(run: ThemeRun, statements: list[Statement], now: datetime, of: int | None = None) -> Found:
    """Find the themes in these statements, which may be a sample of so many. The caller commits.

    All that takes long is worked out before the first row is written: meanwhile phones write on SQLite."""
    standing = themes_of(run.board)
    vectors = vectors_of(statements)
    places = None if vectors is None else analysis.lay_out(vectors)
    if standing or any(statement.placement for statement in statements):
        found = propose(run, statements, standing, vectors)
    else:
        found = fill_board(run, statements, vectors, now, of or len(statements))
    if places is not None:
        keep_places(run.board, statements, places)
    run.statement_count = of or len(statements)
    run.parameters = {"random_state": SEED, "n_themes": list(range_of_themes(len(statements)))}
    run.versions = {
        "encoder": analysis.encoder_name() or "TF-IDF and LSA",
        "scikit-learn": version("scikit-learn"),
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
    return found


def to_analyse(board_id: int) -> tuple[ColumnElement[bool], ...]:
    """What the board's live statements are that are neither withheld nor duplicates."""
    # What has no words any more stays where it stands.
    return Statement.board_id == board_id, *EVIDENCE, Statement.words_removed_at.is_(None)


def statements_to_analyse(board: Board, *conditions: ColumnElement[bool], most: int | None = None) -> list[Statement]:
    """The statements of the board that an analysis is about, oldest first, with vectors and placements."""
    query = select(Statement).where(*to_analyse(board.id), *conditions).order_by(Statement.id).limit(most)
    return list(db.session.scalars(query.options(undefer(Statement.vector), joinedload(Statement.placement))))


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


def fit(
    statements: Sequence[Statement], vectors: np.ndarray | None, placed: dict[int, int] | None = None
) -> "analysis.ThemeClusterer":
    """A clusterer that has learned from the statements; `placed` maps places in the list to labels that stay."""
    texts = [statement.text for statement in statements]
    return analysis.ThemeClusterer(n_themes=range_of_themes(len(statements)), random_state=SEED).fit(
        texts, vectors=vectors, placed=placed, unspoken=unquotable(statements)
    )


def unquotable(statements: Iterable[Statement]) -> list[int]:
    """The places in the list of those whose words may stand in no title, because their authors are not to be quoted."""
    return [i for i, statement in enumerate(statements) if statement.consent != "quote"]


def fill_board(run: ThemeRun, statements: list[Statement], vectors: np.ndarray | None, now: datetime, of: int) -> Found:
    """The first analysis: its themes stand on the board at once, placed by the machine. `of` is how many statements
    there are; where these are a sample of them, the log says so."""
    clusterer = fit(statements, vectors)
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
    among = count(len(statements), "statement")
    if of > len(statements):
        among = f"a sample of {len(statements):,} of {of:,} statements"
    summary = f"Found {count(len(themes), 'theme')} in {among}; {left_out:,} in no theme"
    record(run.board, changes, "analyse", summary, None, now)
    return Found(clusterer, dict(themes), fills=True)


def _what_is_known(description: "analysis.ThemeDescription", statements: list[Statement]) -> dict[str, Any]:
    return {
        "terms": [[term, round(float(weight), 4)] for term, weight in description.terms],
        "central": [statements[i].id for i in description.central],
        "summary": None if description.summary is None else statements[description.summary].id,
        "stability": round(float(description.stability), 3),
        "size": int(description.size),
        "subthemes": [[title, int(size)] for _label, title, size in description.subthemes],
    }


def propose(run: ThemeRun, statements: list[Statement], standing: list[Theme], vectors: np.ndarray | None) -> Found:
    """A later analysis: what stands is fixed; what is in no theme yet is suggested into old themes or new ones."""
    placed = held_in_place(statements, standing)
    clusterer = fit(statements, vectors, placed)
    described = {description.label: description for description in clusterer.themes_}
    changes = changes_to_propose(run, statements, standing, vectors, lambda held: fit(statements, vectors, held))
    db.session.add_all(changes)
    members: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(clusterer.labels_):
        if i not in placed and label >= 0:
            members[int(label)].append(i)
    found = Found(clusterer, dict(enumerate(standing)), fills=False)
    for label, rows in sorted(members.items()):
        if label >= len(standing):
            found.themes[label] = SuggestedTheme(
                run_id=run.id,
                title=described[label].title[:300],
                suggested=_what_is_known(described[label], statements),
            )
            db.session.add(found.themes[label])
            db.session.flush()
        db.session.add_all(
            suggestion(run, statements[i], found.themes[label], float(clusterer.confidence_[i])) for i in rows
        )
    return found


def held_in_place(statements: Sequence[Statement], standing: Sequence[Theme]) -> dict[int, int]:
    """Place in the list -> number of the standing theme that the statement is in; -1 where a person put it in none."""
    labels = {theme.id: label for label, theme in enumerate(standing)}
    placed: dict[int, int] = {}
    for i, statement in enumerate(statements):
        placement = statement.placement
        if placement is not None and (placement.theme_id in labels or placement.by_person):
            placed[i] = labels.get(placement.theme_id, -1) if placement.theme_id else -1
    return placed


def suggestion(run: ThemeRun, statement: Statement, theme: Theme | SuggestedTheme, confidence: float) -> Suggestion:
    """A new row: the statement in a theme that stands or in one that is suggested."""
    new = isinstance(theme, SuggestedTheme)
    return Suggestion(
        run_id=run.id,
        statement_id=statement.id,
        theme_id=None if new else theme.id,
        new_theme_id=theme.id if new else None,
        confidence=round(confidence, 4),
    )
