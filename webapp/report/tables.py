"""The report's data as tables with typed columns: the workbook and the CSV files are made from these alone."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from .codebook import TABLES, Column
from .document import Report


class Table(NamedTuple):
    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]


def tables_of(report: Report) -> list[Table]:
    """Themes, statements, placements, responses, breakdowns, events and codebook. Cells are strings, numbers, dates,
    booleans or None; a text that may not be printed is empty."""
    data = report.data
    sources: dict[str, Iterable[Any]] = {
        "themes": data.themes,
        "statements": report.statements,
        "placements": data.placements,
        "responses": data.responses,
        "breakdowns": data.breakdowns,
        "events": data.events,
    }
    tables = []
    for name, (title, about, columns) in TABLES.items():
        if name == "codebook":
            rows: list[tuple[Any, ...]] = [
                (table, column.name, column.kind, column.meaning)
                for table, (_title, _about, listed) in TABLES.items()
                for column in listed
            ]
        else:
            readers = [reader(column) for column in columns]
            rows = [tuple(read(row) for read in readers) for row in sources[name]]
        tables.append(Table(name, title, about, columns, rows))
    return tables


def reader(column: Column) -> Callable[[Any], Any]:
    """Takes the column's value out of a row; days come as dates."""
    name = column.name
    if column.kind == "date":
        return lambda row: date.fromisoformat(getattr(row, name))
    return lambda row: getattr(row, name)
