"""Why a theme is a theme: its words, the statements at its middle and at its edge, its neighbours, and where it comes
from; with warnings where a reader should look twice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import joinedload

import analysis

from ..extensions import db
from ..wording import count
from .board_view import ThemeOnBoard
from .models import CHANNELS, EVIDENCE, Board, Placement, Statement, Theme
from .places import Vectors, placer_of, vectors_on

QUOTES, NEIGHBOURS, WORDS = 3, 3, 5
# Cosine of two themes' middles, about the middle of the board, from which on a reader may take them for one.
ALIKE = 0.6
# Share of a theme from which on one voice makes up most of it, and the statements from which on that says anything.
MOST_OF_IT, FEWEST = 0.5, 4


@dataclass(frozen=True)
class Neighbour:
    """Another theme near this one, with the words that tell each from the other."""

    theme: Theme
    likeness: float
    only_here: list[str]
    only_there: list[str]


@dataclass(frozen=True)
class Reasons:
    """What the panel shows. `channels` and `events` are (name, statements), the most first."""

    terms: list[tuple[str, int]]
    central: list[Statement]
    borderline: list[Statement]
    neighbours: list[Neighbour]
    channels: list[tuple[str, int]]
    warnings: list[str]


def reasons_for(theme: Theme, view: ThemeOnBoard, standing: Sequence[Theme]) -> Reasons:
    """Worked out from the theme as it stands now, not as it was found."""
    known = vectors_on(theme.board)
    neighbours, central, borderline = _by_meaning(theme, standing, known)
    said = _said_in([theme, *(other for other, _ in neighbours)])
    near = [_told_apart(theme, other, likeness, said) for other, likeness in neighbours]
    channels, speakers = _sources(theme.board, theme)
    return Reasons(
        terms=_terms(theme, standing, said),
        central=_loaded(central),
        borderline=_loaded(borderline),
        neighbours=near,
        channels=[(CHANNELS[channel], number) for channel, number in channels.most_common()],
        warnings=_warnings(view.statements, near, speakers),
    )


def _by_meaning(
    theme: Theme, standing: Sequence[Theme], known: Vectors
) -> tuple[list[tuple[Theme, float]], list[int], list[int]]:
    """The nearest themes, and the ids of the statements at the middle and at the edge."""
    placer = placer_of(standing, known)
    if placer is None or theme.id not in placer.names_:
        return [], [], []
    here = int(np.searchsorted(placer.names_, theme.id))
    rows = np.flatnonzero(known.owners == theme.id)
    likeness = placer.likeness(known.points[rows])
    own = likeness[:, here]
    others = np.delete(likeness, here, axis=1)
    edge = own - others.max(axis=1) if others.shape[1] else own
    central = [int(known.ids[rows[i]]) for i in np.argsort(-own, kind="stable")[:QUOTES]]
    borderline = [int(known.ids[rows[i]]) for i in np.argsort(edge, kind="stable")[:QUOTES]]
    between = placer.middles_ @ placer.middles_[here]
    by_id = {each.id: each for each in standing}
    order = [i for i in np.argsort(-between, kind="stable") if i != here][:NEIGHBOURS]
    near = [(by_id[int(placer.names_[i])], float(between[i])) for i in order]
    return near, central, [i for i in borderline if i not in central]


def _told_apart(theme: Theme, other: Theme, likeness: float, said: Mapping[int, list[str]]) -> Neighbour:
    here, there = analysis.group_terms([said.get(theme.id, []), said.get(other.id, [])], 40)
    weights, others = dict(here), dict(there)
    only_here = [word for word, weight in here if weight > 2 * others.get(word, 0)]
    only_there = [word for word, weight in there if weight > 2 * weights.get(word, 0)]
    return Neighbour(other, likeness, only_here[:WORDS], only_there[:WORDS])


def _terms(theme: Theme, standing: Sequence[Theme], said: Mapping[int, list[str]]) -> list[tuple[str, int]]:
    """The theme's words with their weight in per cent of the heaviest: those it was found by, else its own."""
    found = theme.suggested.get("terms") or analysis.group_terms([said.get(theme.id, []), *_others(theme, said)], 8)[0]
    return [(str(term), round(100 * float(weight))) for term, weight in found[:8]]


def _others(theme: Theme, said: Mapping[int, list[str]]) -> list[list[str]]:
    return [texts for theme_id, texts in said.items() if theme_id != theme.id]


def _said_in(themes: Sequence[Theme]) -> dict[int, list[str]]:
    query = (
        select(Placement.theme_id, Statement.text)
        .join(Statement, Placement.statement_id == Statement.id)
        .where(Placement.theme_id.in_([theme.id for theme in themes]), *EVIDENCE)
        .order_by(Statement.id)
    )
    said: dict[int, list[str]] = {}
    for theme_id, text in db.session.execute(query):
        said.setdefault(theme_id, []).append(text)
    return said


def _sources(board: Board, theme: Theme) -> tuple[Counter[str], Counter[str]]:
    """How many statements each channel gave, and how many each speaker."""
    query = (
        select(Statement.channel, Statement.speaker_key)
        .join(Placement, Placement.statement_id == Statement.id)
        .where(Statement.board_id == board.id, Placement.theme_id == theme.id, *EVIDENCE)
    )
    channels, speakers = Counter[str](), Counter[str]()
    for channel, speaker in db.session.execute(query):
        channels[channel] += 1
        speakers[speaker] += 1
    return channels, speakers


VOICES = {"r": "person", "t": "table", "f": "question from the floor", "p": "presentation"}


def _warnings(statements: int, near: Sequence[Neighbour], speakers: Counter[str]) -> list[str]:
    found = []
    for speaker, number in speakers.most_common(1):
        if statements >= FEWEST and number >= MOST_OF_IT * statements:
            voice = VOICES.get(speaker[:1], "voice")
            found.append(f"One {voice} makes up most of it: {number:,} of {count(statements, 'statement')}.")
    for neighbour in near:
        if neighbour.likeness >= ALIKE:
            found.append(f"It looks like “{neighbour.theme.title}”: read both, and merge them if they say the same.")
    return found


def _loaded(ids: Sequence[int]) -> list[Statement]:
    query = select(Statement).where(Statement.id.in_(ids)).options(joinedload(Statement.event))
    by_id = {statement.id: statement for statement in db.session.scalars(query)}
    return [by_id[i] for i in ids]
