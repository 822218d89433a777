"""Dates and times as people's programs write them, in the order and the zone of their place."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil import parser

# LimeSurvey's date for an answer that was not dated.
UNDATED = datetime(1980, 1, 1)
NUMBERS_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")
OFFSET = re.compile(r"\b(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?$")


class NoTime(ValueError):
    """The text is no date."""


def day_first(texts: Iterable[str], otherwise: bool = True) -> bool:
    """Whether 3/4/2003 is the 3 April in these texts: a number above 12 tells; `otherwise` where none does."""
    for text in texts:
        found = NUMBERS_FIRST.match(text)
        if found and int(found[1]) > 12:
            return True
        if found and int(found[2]) > 12:
            return False
    return otherwise


def moment_of(text: str, zone: str, day_comes_first: bool) -> datetime | None:
    """The moment that a cell names, at the zone's place where it says no other; None for an empty or undated one.

    Raises NoTime for a text that is no date with its year.
    """
    text = text.strip()
    if not text:
        return None
    if len(text) > 60 or not re.search(r"\d", text):
        raise NoTime(text)
    # "GMT+1" is an hour before Greenwich to POSIX, and to nobody else.
    text = OFFSET.sub(lambda found: f"{found[1]}{int(found[2]):02}:{found[3] or '00'}", text)
    year_first = re.match(r"\d{4}", text) is not None
    try:
        found = parser.parse(text, dayfirst=day_comes_first and not year_first, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError):
        raise NoTime(text) from None
    if found.replace(tzinfo=None) == UNDATED:
        return None
    if not 1900 <= found.year <= 2200:
        raise NoTime(text)
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
