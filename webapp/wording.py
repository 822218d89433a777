"""How numbers, dates and counts are written. The words follow the house style: 1,204; 8 July 2003; 14:02."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _

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
    """8 July 2003, in the page's language."""
    return "" if value is None else format_date(value, "d MMMM y", locale=get_locale() or "en")


def days(first: date, last: date | None) -> str:
    """One day, or the first and last of several."""
    return day(first) if last is None or last == first else _("%(first)s to %(last)s", first=day(first), last=day(last))


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


def capital(text: str) -> str:
    """The text as it begins a sentence: names within it keep their capitals."""
    return text[:1].upper() + text[1:]


def paragraphs(text: str) -> list[str]:
    """A plain text's paragraphs, separated by blank lines."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [block.strip() for block in blocks if block.strip()]


def now() -> datetime:
    """The clock, for views and commands; actions take the time as an argument."""
    return datetime.now(UTC)


def join(app: Flask) -> None:
    """Give the templates these words."""
    for filter_ in (number, count, day, days, clock, moment, listed, capital, paragraphs):
        app.jinja_env.filters[filter_.__name__] = filter_
    app.jinja_env.globals["get_locale"] = get_locale
