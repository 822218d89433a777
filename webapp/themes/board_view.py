"""The themes as the board shows them: counted by the database, each with the statements that speak for it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, distinct, func, select
from sqlalchemy.orm import joinedload

from ..extensions import db
from .models import Board, Placement, Statement, Theme
from .queries import USED
from .statement_lists import FACET, Filters, conditions

NO_FILTERS = Filters()
QUOTES = 3


@dataclass
class ThemeOnBoard:
    """A theme with the counts that the board shows. People, tables and questions are counted apart."""

    theme: Theme
    number: int
    statements: int = 0
    people: int = 0
    tables: int = 0
    floor: int = 0
    presenters: int = 0
    facets: Counter[str] = field(default_factory=Counter)
    sentiments: Counter[str] = field(default_factory=Counter)
    by_event: Counter[int] = field(default_factory=Counter)
    by_person: int = 0
    sureness: float = 0.0  # of what the analysis placed, added up
    placed_by_machine: int = 0
    quotes: list[Statement] = field(default_factory=list)

    def count(self, row: Row[Any]) -> None:
        """Add statements that are alike in event, facet, sentiment and who placed them."""
        self.statements += row.number
        self.by_event[row.event_id] += row.number
        self.facets[row.facet] += row.number
        self.sentiments[row.sentiment or "neutral"] += row.number
        if row.by_person:
            self.by_person += row.number
        elif row.sure:
            self.sureness += row.sureness
            self.placed_by_machine += row.sure

    def count_speakers(self, channel: str, number: int) -> None:
        """So many people, tables, questions or presentations are in it."""
        names = {"written": "people", "table": "tables", "floor": "floor", "presentation": "presenters"}
        setattr(self, names[channel], number)

    @property
    def events(self) -> set[int]:
        return set(self.by_event)

    @property
    def confidence(self) -> int | None:
        """How sure the analysis is of what it placed itself, on average, in per cent; None where it placed nothing."""
        return round(100 * self.sureness / self.placed_by_machine) if self.placed_by_machine else None

    @property
    def mood(self) -> str:
        """The sentiment in words, where it leans to one side."""
        good, bad = self.sentiments["positive"], self.sentiments["negative"]
        if good + bad < max(3, self.statements / 10):
            return "mostly neutral"
        if good > 2 * bad:
            return f"mostly positive ({good:,} to {bad:,})"
        if bad > 2 * good:
            return f"mostly negative ({bad:,} to {good:,})"
        return f"mixed ({good:,} positive, {bad:,} negative)"


def themes_with_counts(
    board: Board, themes: Sequence[Theme], quotes: int = QUOTES, filters: Filters = NO_FILTERS
) -> list[ThemeOnBoard]:
    """The themes of a board as it shows them, counting what the filters leave: the same few queries and rows, however
    many statements there are."""
    shown = {theme.id: ThemeOnBoard(theme, number) for number, theme in enumerate(themes, start=1)}
    here = (Statement.board_id == board.id, *USED, *conditions(filters, board))
    for row in _counts(here):
        if row.theme_id in shown:
            shown[row.theme_id].count(row)
    for theme_id, channel, number in _speakers(here):
        if theme_id in shown:
            shown[theme_id].count_speakers(channel, number)
    if quotes:
        chosen = _speaking([view.theme for view in shown.values() if view.statements], here, quotes)
        ids = [i for chosen_ids in chosen.values() for i in chosen_ids]
        query = select(Statement).where(Statement.id.in_(ids)).options(joinedload(Statement.event))
        loaded = {statement.id: statement for statement in db.session.scalars(query)}
        for theme_id, statement_ids in chosen.items():
            shown[theme_id].quotes = [loaded[i] for i in statement_ids]
    return list(shown.values())


def _counts(here: Sequence[ColumnElement[bool]]) -> Sequence[Row[Any]]:
    alike = (Placement.theme_id, Statement.event_id, FACET.label("facet"), Statement.sentiment, Placement.by_person)
    query = select(
        *alike,
        func.count().label("number"),
        func.sum(Placement.confidence).label("sureness"),
        func.count(Placement.confidence).label("sure"),
    ).join(Placement, Placement.statement_id == Statement.id)
    return db.session.execute(
        query.where(*here).group_by(*alike).order_by(Placement.theme_id, Statement.event_id)
    ).all()


def _speakers(here: Sequence[ColumnElement[bool]]) -> Sequence[Row[Any]]:
    query = select(Placement.theme_id, Statement.channel, func.count(distinct(Statement.speaker_key)))
    query = query.join(Placement, Placement.statement_id == Statement.id).where(*here)
    return db.session.execute(query.group_by(Placement.theme_id, Statement.channel)).all()


def _speaking(themes: Sequence[Theme], here: Sequence[ColumnElement[bool]], most: int) -> Mapping[int, Sequence[int]]:
    """The statements that speak for each theme: the central ones that are still in it, then the surest."""
    if not themes:
        return {}
    central = {i: theme.id for theme in themes for i in theme.suggested.get("central", [])}
    members = select(Statement.id, Placement.theme_id).join(Placement, Placement.statement_id == Statement.id)
    members = members.where(*here)
    there = dict(db.session.execute(members.where(Statement.id.in_(central))).tuples().all())
    best = (func.coalesce(Placement.confidence, 0).desc(), Statement.id)
    rank = func.row_number().over(partition_by=Placement.theme_id, order_by=best).label("rank")
    ranked = members.add_columns(rank).where(Placement.theme_id.in_([theme.id for theme in themes])).subquery()
    surest = select(ranked.c.id, ranked.c.theme_id).where(ranked.c.rank <= most)
    by_theme: dict[int, list[int]] = defaultdict(list)
    for statement_id, theme_id in db.session.execute(surest.order_by(ranked.c.theme_id, ranked.c.rank)):
        by_theme[theme_id].append(statement_id)
    chosen = {}
    for theme in themes:
        still = [i for i in theme.suggested.get("central", []) if there.get(i) == theme.id]
        chosen[theme.id] = list(dict.fromkeys([*still, *by_theme[theme.id]]))[:most]
    return chosen
