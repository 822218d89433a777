"""How one theme differs from the others, and how it would fall apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import undefer
from werkzeug.datastructures import MultiDict

import analysis

from ..errors import DomainError
from ..extensions import db
from .finding import SEED, unquotable, vectors_of
from .models import Placement, Statement, Theme
from .queries import USED

MOST_PARTS = 4
FEWEST_TO_SPLIT = 4


@dataclass(frozen=True)
class Part:
    """A part that the machine proposes: the first stays in the theme, each other becomes a theme of its own."""

    number: int
    title: str
    terms: list[str]
    statements: list[Statement]
    # Those that are ticked when the page opens; None for all.
    ticked: frozenset[int] | None = None


def propose_parts(theme: Theme, parts: int | None = None) -> list[Part]:
    """Two to four parts of a theme by meaning, the largest first. Raises DomainError for a theme of very few."""
    statements = _used_in([theme])
    if len(statements) < FEWEST_TO_SPLIT:
        raise DomainError(f"“{theme.title}” has too few statements to split. Move single statements instead.")
    texts = [statement.text for statement in statements]
    vectors = vectors_of(statements)
    if vectors is None:
        vectors = analysis.encode(texts)
    labels = np.asarray(analysis.split_theme(texts, vectors, parts))
    order = sorted(set(labels.tolist()), key=lambda label: -int((labels == label).sum()))
    rank = {label: number for number, label in enumerate(order)}
    placed = {i: rank[int(label)] for i, label in enumerate(labels)}
    clusterer = analysis.ThemeClusterer(random_state=SEED).fit(texts, vectors, placed, unspoken=unquotable(statements))
    described = {each.label: each for each in clusterer.themes_}
    proposed = []
    for number in range(len(order)):
        members = [i for i in range(len(statements)) if placed[i] == number]
        central = [i for i in described[number].central if i in members]
        shown = [*central, *(i for i in members if i not in central)]
        terms = [term for term, _ in described[number].terms[:6]]
        proposed.append(Part(number + 1, described[number].title, terms, [statements[i] for i in shown]))
    return proposed


def parts_chosen(theme: Theme, form: MultiDict[str, str]) -> dict[str, list[Statement]]:
    """The new themes that the split page sends: a title and the ticked statements of each part after the first."""
    members = {str(statement.id): statement for statement in _used_in([theme])}
    chosen: dict[str, list[Statement]] = {}
    for number in range(2, MOST_PARTS + 1):
        statements = [members[i] for i in form.getlist(f"statement-{number}") if i in members]
        title = " ".join(form.get(f"title-{number}", "").split())
        if not statements:
            continue
        if not title or title in chosen:
            raise DomainError("Give each part a title of its own.")
        chosen[title] = statements
    return chosen


def parts_sent(form: MultiDict[str, str]) -> int:
    """How many parts the split page had that was sent."""
    return sum(f"title-{number}" in form for number in range(2, MOST_PARTS + 1)) + 1


def as_sent(parts: Sequence[Part], form: MultiDict[str, str]) -> list[Part]:
    """The parts with the titles and ticks that were sent, so that a refusal loses nothing."""
    return [
        replace(
            part,
            title=form.get(f"title-{part.number}", part.title),
            ticked=frozenset(s.id for s in part.statements if str(s.id) in form.getlist(f"statement-{part.number}")),
        )
        for part in parts
    ]


def _used_in(themes: Sequence[Theme]) -> list[Statement]:
    query = (
        select(Statement)
        .join(Placement)
        .where(Placement.theme_id.in_([theme.id for theme in themes]), *USED, Statement.words_removed_at.is_(None))
        .options(undefer(Statement.vector))
        .order_by(Statement.id)
    )
    return list(db.session.scalars(query))
