"""Numbers from outside that name a row. One that no row can have names nothing, and no database is asked about it."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

# What PostgreSQL's INTEGER holds; it and SQLite raise at a number beyond their own.
LARGEST = 2**31 - 1


class RowIdConverter(IntegerConverter):
    """`<int:...>` in an address: 404 beyond the largest id."""

    def __init__(self, map: Map, **limits: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **limits})


def row_id(typed: str) -> int:
    """The id that a form's or an address's text names, for `type=row_id`; ValueError where it can be none."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 10 and int(typed) <= LARGEST):
        raise ValueError("no row has such an id")
    return int(typed)


def join(app: Flask) -> None:
    """Make every `<int:...>` of the rooms a row id; before they register their addresses."""
    app.url_map.converters["int"] = RowIdConverter
