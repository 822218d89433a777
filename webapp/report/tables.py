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
    booleans or None; a text that may not be printed is empty. In what everybody may have, no speaker is told from
    another, and there is neither the column nor the table."""
    data = report.data
    named = {name: (title, about, shown(name, columns, report)) for name, (title, about, columns) in TABLES.items()}
    sources: dict[str, Iterable[Any]] = {
        "themes": data.themes,
        "statements": report.statements,
        "placements": data.placements,
        "responses": data.responses,
        "breakdowns": data.breakdowns,
        "events": data.events,
    }
    tables = []
    for name, (title, about, columns) in named.items():
        if not columns:
            continue
        if name == "codebook":
            rows: list[tuple[Any, ...]] = [
                (table, column.name, column.kind, column.meaning)
                for table, (_title, _about, listed) in named.items()
                for column in listed
            ]
        else:
            readers = [reader(column) for column in columns]
            rows = [tuple(read(row) for read in readers) for row in sources[name]]
        tables.append(Table(name, title, about, columns, rows))
    return tables


def shown(table: str, columns: tuple[Column, ...], report: Report) -> tuple[Column, ...]:
    """The table's columns that this report fills."""
    if table == "responses" and not report.data.responses:
        return ()
    if table == "statements" and not any(row.speaker for row in report.statements):
        return tuple(column for column in columns if column.name != "speaker")
    return columns


def reader(column: Column) -> Callable[[Any], Any]:
    """Takes the column's value out of a row; days come as dates."""
    name = column.name
    if column.kind == "date":
        return lambda row: date.fromisoformat(getattr(row, name))
    return lambda row: getattr(row, name)
