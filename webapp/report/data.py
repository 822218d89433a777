"""The rows behind a report, for the data files and the charts: who took part, the themes, what stands where, and the
breakdowns. Built when a report is drafted and frozen with it; plain values throughout, so that JSON can hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class EventRow:
    """One event; days as ISO 8601, numbers None where nobody recorded them."""

    id: int
    name: str
    title: str
    place: str
    starts_on: str
    ends_on: str
    invited: int | None
    attended: int | None
    responses: int
    tables: int
    notes: int
    floor_questions: int
    presentations: int
    key_points: int


@dataclass(frozen=True)
class ThemeRow:
    """One theme that was heard. `number` is its place among the key themes, or in the ranked list on the project."""

    id: int
    number: int
    about_project: bool
    title: str
    statement: str
    statements: int
    people: int
    tables: int
    floor_questions: int
    presentations: int
    events: int


@dataclass(frozen=True)
class PlacementRow:
    """A used statement in its theme; `confidence` from 0 to 1 where the software placed it."""

    statement_id: int
    theme_id: int
    placed_by: str  # person, software
    confidence: float | None


@dataclass(frozen=True)
class ResponseRow:
    """One sending by one delegate, without a word of it. The kind of organisation only where it points at nobody."""

    id: int
    event_id: int
    event: str
    received_on: str
    organisation_type: str
    consent: str
    statements: int


@dataclass(frozen=True)
class BreakdownRow:
    """One cell of a breakdown: `statements` and `people` None where that is not what was counted."""

    breakdown: str
    theme_id: int | None
    row: str
    column: str
    statements: int | None
    people: int | None


@dataclass(frozen=True)
class Data:
    """Everything that the data files hold beside the statements."""

    events: tuple[EventRow, ...] = ()
    themes: tuple[ThemeRow, ...] = ()
    placements: tuple[PlacementRow, ...] = ()
    responses: tuple[ResponseRow, ...] = ()
    breakdowns: tuple[BreakdownRow, ...] = ()

    @classmethod
    def thawed(cls, contents: Mapping[str, Any]) -> "Data":
        """An equal `Data` from what `dataclasses.asdict` made of one."""
        kinds = (EventRow, ThemeRow, PlacementRow, ResponseRow, BreakdownRow)
        names = ("events", "themes", "placements", "responses", "breakdowns")
        return cls(
            **{name: tuple(kind(**row) for row in contents[name]) for name, kind in zip(names, kinds, strict=True)}
        )

    def cells(self, breakdown: str) -> tuple[BreakdownRow, ...]:
        return tuple(row for row in self.breakdowns if row.breakdown == breakdown)
