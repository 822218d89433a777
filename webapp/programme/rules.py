"""What a programme must be like, said where it can be said next to the field that is wrong."""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select

from ..errors import DomainError
from ..extensions import db
from ..text_input import clean_line
from .models import QUESTION_KINDS, SESSION_KINDS, Event

# Consonants only: no letter that looks like a digit, and no word can come of it.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 6
MOST_CHOICES = 50
LONGEST_CHOICE = 300
KINDS_WITH_CHOICES = ("one_choice", "several_choices", "several_or_other", "ranking", "session_ratings")


class NotValid(DomainError):
    """One value will not do; `field` names it as the action's argument is named."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@cache
def time_zones() -> tuple[str, ...]:
    """The zones that are named for a place, and UTC."""
    no_place = ("Etc/", "SystemV/", "US/")
    places = (name for name in available_timezones() if "/" in name and not name.startswith(no_place))
    return ("UTC", *sorted(places))


def checked_zone(name: str) -> str:
    if name not in time_zones():
        raise NotValid("time_zone", f"There is no time zone {name[:64]!r}. Choose one from the list.")
    return name


def checked_title(title: str, field: str = "title") -> str:
    title = clean_line(title)
    if not title:
        raise NotValid(field, "Write a title.")
    if len(title) > 300:
        raise NotValid(field, f"A title has at most 300 characters, and this one has {len(title)}.")
    return title


def new_code() -> str:
    """A join code that no event has."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if db.session.scalar(select(Event.id).where(Event.code == code)) is None:
            return code


def checked_code(code: str, event: Event | None = None) -> str:
    """The code in capitals without spaces; NotValid where another event has it."""
    code = re.sub(r"[\s-]", "", code).upper()
    if not re.fullmatch("[A-Z0-9]{3,12}", code):
        raise NotValid("code", "A code has 3 to 12 letters A to Z and digits, nothing else.")
    taken = db.session.scalar(select(Event.id).where(Event.code == code))
    if taken is not None and (event is None or taken != event.id):
        raise NotValid("code", f"Another event has the code {code}. Choose a different one.")
    return code


def check_days(starts_on: date, ends_on: date | None) -> None:
    for field, value in (("starts_on", starts_on), ("ends_on", ends_on)):
        if value is not None and not 1900 <= value.year <= 2200:
            raise NotValid(field, f"The year {value.year} cannot be right.")
    if ends_on is not None and ends_on < starts_on:
        raise NotValid("ends_on", "The last day is before the first.")


def check_opening(opens_at: datetime | None, closes_at: datetime | None) -> None:
    if closes_at is not None and opens_at is None:
        raise NotValid("opens_at", "An event that closes has to open first. Say when, or leave both empty.")
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise NotValid("closes_at", "The event would close before it opens.")


def moment_there(local: datetime | None, zone: str, field: str) -> datetime | None:
    """A clock time at the event's place as a moment. NotValid in the hour that the clocks skip in spring."""
    if local is None:
        return None
    if not 1900 <= local.year <= 2200:
        raise NotValid(field, f"The year {local.year} cannot be right.")
    there = local.replace(tzinfo=ZoneInfo(zone))
    moment = there.astimezone(ZoneInfo("UTC"))
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise NotValid(field, f"There is no {local:%H:%M} on that day: the clocks go forward. Choose another time.")
    return moment


def clock_there(moment: datetime | None, zone: str) -> datetime | None:
    """What a clock at the event's place shows at the moment, without a zone, as forms have it."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def checked_session_kind(kind: str) -> str:
    if kind not in SESSION_KINDS:
        raise NotValid("kind", f"There is no kind of session {kind[:40]!r}.")
    return kind


def checked_choices(kind: str, choices: Iterable[str]) -> list[str]:
    """The choices as they are shown; none for a kind that has no choices."""
    if kind not in QUESTION_KINDS:
        raise NotValid("kind", f"There is no kind of question {kind[:40]!r}.")
    if kind not in KINDS_WITH_CHOICES:
        return []
    lines = [line for line in map(clean_line, choices) if line]
    check_choice_lines(lines)
    return lines


def check_choice_lines(lines: Sequence[str]) -> None:
    twice = next((line for index, line in enumerate(lines) if line in lines[:index]), None)
    if len(lines) < 2:
        raise NotValid("choices", "Write at least two choices, one a line.")
    if twice is not None:
        raise NotValid("choices", f"The choice “{twice[:60]}” stands here twice.")
    if len(lines) > MOST_CHOICES:
        raise NotValid("choices", f"A question has at most {MOST_CHOICES} choices, and these are {len(lines)}.")
    if any(len(line) > LONGEST_CHOICE for line in lines):
        raise NotValid("choices", f"A choice has at most {LONGEST_CHOICE} characters.")
