"""One row as a line of JSON, and back, exactly."""

import base64
import binascii
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Text
from sqlalchemy.types import String

from ..errors import DomainError
from ..extensions import UtcDateTime


class SeriesFileError(DomainError):
    """The series was not exported or imported; what was there before is there still."""


def line_of(values: dict[str, Any]) -> bytes:
    """The row in one line, in the order of the table's columns."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def written(column: Column[Any], value: Any) -> Any:
    """A stored value as JSON holds it: moments in UTC and dates by ISO 8601, bytes in Base64."""
    if value is None or isinstance(column.type, JSON):
        return value
    if isinstance(column.type, UtcDateTime):
        return value.isoformat(timespec="microseconds")
    if isinstance(column.type, Date):
        return value.isoformat()
    if isinstance(column.type, LargeBinary):
        return base64.b64encode(value).decode()
    return value


def read(column: Column[Any], value: Any) -> Any:
    """The value to store; SeriesFileError where the column cannot hold it."""
    if value is None:
        if not column.nullable:
            raise SeriesFileError(f"{column.table.name}.{column.name} is empty, and may not be.")
        return None
    try:
        return read_as(column, value)
    except (ValueError, TypeError, binascii.Error) as error:
        raise SeriesFileError(f"{column.table.name}.{column.name} holds {str(value)[:40]!r}.") from error


def read_as(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return value
    if isinstance(column.type, UtcDateTime):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return moment
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value, validate=True)
    return plain(column, value)


def plain(column: Column[Any], value: Any) -> Any:
    """Numbers, yes and no, and texts no longer than the column: SQLite would store anything else as well."""
    kind = column.type
    if isinstance(kind, Boolean):
        fits = isinstance(value, bool)
    elif isinstance(kind, Integer):
        fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    elif isinstance(kind, Float):
        fits = isinstance(value, float | int) and not isinstance(value, bool)
    elif isinstance(kind, String | Text):
        fits = isinstance(value, str) and "\0" not in value and len(value) <= (kind.length or len(value))
    else:
        raise TypeError(f"no series file holds a {kind}")
    if not fits:
        raise ValueError("not of the column's kind")
    return value
