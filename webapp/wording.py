"""How numbers, dates and counts are written. The words follow the house style: 1,204; 8 July 2003; 14:02."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import get_locale

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number(value: int | None) -> str:
    return "not known" if value is None else f"{value:,}"


def count(value: int, singular: str, plural: str | None = None) -> str:
    """1 response, 2 responses, no responses."""
    word = singular if value == 1 else (plural or singular + "s")
    return f"{value:,} {word}" if value else f"no {word}"


def day(value: date | None) -> str:
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(first: date, last: date | None) -> str:
    """One day, or the first and last of several."""
    return day(first) if last is None or last == first else f"{day(first)} to {day(last)}"


def clock(value: datetime | None, zone: str = "UTC") -> str:
    return "" if value is None else value.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def moment(value: datetime | None, zone: str = "UTC") -> str:
    """8 July 2003, 14:02, at the place that the zone names."""
    if value is None:
        return ""
    there = value.astimezone(ZoneInfo(zone))
    return f"{day(there.date())}, {there:%H:%M}"


def listed(words: Iterable[str]) -> str:
    """a; a and b; a, b and c."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def paragraphs(text: str) -> list[str]:
    """A plain text's paragraphs, separated by blank lines."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]


def now() -> datetime:
    """The clock, for views and commands; actions take the time as an argument."""
    return datetime.now(UTC)


def join(app: Flask) -> None:
    """Give the templates these words."""
    for filter_ in (number, count, day, days, clock, moment, listed, paragraphs):
        app.jinja_env.filters[filter_.__name__] = filter_
    app.jinja_env.globals["get_locale"] = get_locale
