"""The themes as the board shows them: counted, each with the statements that speak for it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from ..extensions import db
from .models import Board, Placement, Statement, Theme
from .queries import USED
from .statement_lists import FACET, Filters, conditions

NO_FILTERS = Filters()
QUOTES = 3
COLUMNS = (
    Statement.id,
    Statement.channel,
    Statement.speaker_key,
    Statement.event_id,
    FACET.label("facet"),
    Statement.sentiment,
    Placement.theme_id,
    Placement.by_person,
    Placement.confidence,
)


@dataclass
class ThemeOnBoard:
    """A theme with the counts that the board shows. People, tables and questions are counted apart."""

    theme: Theme
    number: int
    statements: int = 0
    people: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    floor: set[str] = field(default_factory=set)
    presenters: set[str] = field(default_factory=set)
    events: set[int] = field(default_factory=set)
    facets: Counter[str] = field(default_factory=Counter)
    sentiments: Counter[str] = field(default_factory=Counter)
    by_event: Counter[int] = field(default_factory=Counter)
    by_person: int = 0
    sureness: list[float] = field(default_factory=list)
    quotes: list[Statement] = field(default_factory=list)

    def count(self, rows: Sequence[Row]) -> None:
        """Count the statements of the theme (rows of ``COLUMNS``), whole columns at a time: there are thousands."""
        _ids, channels, keys, events, facets, sentiments, _themes, by_person, sureness = zip(*rows, strict=True)
        speakers = set(zip(channels, keys, strict=True))
        for channel, names in self._speakers().items():
            names.update(speaker for where, speaker in speakers if where == channel)
        self.statements = len(rows)
        self.by_event.update(events)
        self.events = set(self.by_event)
        self.facets.update(facets)
        self.sentiments.update(sentiment or "neutral" for sentiment in sentiments)
        self.by_person = sum(map(bool, by_person))
        self.sureness = [
            sure for sure, person in zip(sureness, by_person, strict=True) if sure is not None and not person
        ]

    def _speakers(self) -> dict[str, set[str]]:
        return {"written": self.people, "table": self.tables, "floor": self.floor, "presentation": self.presenters}

    @property
    def confidence(self) -> int | None:
        """How sure the analysis is of what it placed itself, on average, in per cent; None where it placed nothing."""
        return round(100 * sum(self.sureness) / len(self.sureness)) if self.sureness else None

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
    """The themes of a board as it shows them, counting what the filters leave: two queries, however many there are."""
    shown = {theme.id: ThemeOnBoard(theme, number) for number, theme in enumerate(themes, start=1)}
    members: dict[int, list[Row]] = defaultdict(list)
    query = select(*COLUMNS).join(Placement, Placement.statement_id == Statement.id)
    for row in db.session.execute(query.where(Statement.board_id == board.id, *USED, *conditions(filters, board))):
        if row.theme_id in shown:
            members[row.theme_id].append(row)
    for theme_id, rows in members.items():
        shown[theme_id].count(rows)
    chosen = {theme_id: _speaking(shown[theme_id].theme, rows, quotes) for theme_id, rows in members.items()}
    ids = [i for ids in chosen.values() for i in ids]
    loaded = {
        statement.id: statement
        for statement in db.session.scalars(
            select(Statement).where(Statement.id.in_(ids)).options(joinedload(Statement.event))
        )
    }
    for theme_id, statement_ids in chosen.items():
        shown[theme_id].quotes = [loaded[i] for i in statement_ids]
    return list(shown.values())


def _speaking(theme: Theme, rows: list[Row], most: int) -> list[int]:
    """The statements that speak for a theme: the central ones that are still in it, then the surest."""
    here = {row.id for row in rows}
    central = [i for i in theme.suggested.get("central", []) if i in here]
    surest = nsmallest(most, rows, key=lambda row: (-(row.confidence or 0), row.id))
    return list(dict.fromkeys([*central, *(row.id for row in surest)]))[:most]
