"""What the draft is made of: plain values read from the database, so that drafting needs none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _

from .brand import Brand
from .language import listed
from .quantity import counted, in_words


class Heard(NamedTuple):
    """One live statement."""

    id: int
    about_project: bool
    event_id: int
    session: str
    channel: str
    speaker_key: str
    organisation_type: str
    facet: str
    weight: str
    consent: str
    start: int
    text: str
    duplicate_of_id: int | None
    withheld: str | None
    practice_vouched_by: str
    theme_id: int | None
    confidence: float
    by_person: bool
    backings: int = 0
    # How sure the software was of the facet; None where a person said which it is.
    facet_guessed: float | None = None
    # What stands in it, in brackets, for words that were cut.
    marks: tuple[str, ...] = ()
    # Its words were removed at the end of their time: it is counted, and there is nothing to quote.
    words_removed: bool = False

    @property
    def fate(self) -> str:
        """Each statement has one: withheld before duplicate before used before in no theme."""
        if self.withheld is not None:
            return "withheld"
        if self.duplicate_of_id is not None:
            return "duplicate"
        return "used" if self.theme_id is not None else "in_no_theme"

    @property
    def quotable(self) -> bool:
        return self.consent == "quote" and self.withheld is None and not self.words_removed


class ThemeFacts(NamedTuple):
    id: int
    about_project: bool
    title: str
    statement: str
    central: frozenset[int] = frozenset()


class EventFacts(NamedTuple):
    """One event and what was received at it."""

    id: int
    title: str
    place: str
    starts_on: date
    ends_on: date | None
    invited: int | None
    attended: int | None
    session_kinds: tuple[str, ...] = ()
    organisation_types: Mapping[str, int] = {}
    responses: int = 0
    tables: int = 0
    notes: int = 0
    floor_questions: int = 0
    presentations: int = 0
    key_points: int = 0


class ResponseFacts(NamedTuple):
    """One response that stands, without its words; the day is that of its event's place."""

    id: int
    event_id: int
    received_on: date
    organisation_type: str
    consent: str


class ClosedFacts(NamedTuple):
    """A question with set answers, over all events at which it was asked; who keeps out of reports is not counted."""

    text: str
    choices: tuple[str, ...]
    responses: int
    answers: Mapping[str, int]
    # Whether the answers are points of a scale, so that they have a mean.
    rated: bool = False


class RunFacts(NamedTuple):
    finished_at: datetime | None
    versions: Mapping[str, str]
    # How many statements the themes were found in, where that was not all of them.
    sample: int | None = None


@dataclass(frozen=True)
class Material:
    """Everything that a draft needs, for the whole series or for one event of it."""

    title: str
    purpose: str
    organisers: str
    what_next: str
    about_bodies: str
    contacts: str
    facet_words: Mapping[str, str]
    small_group: int
    events: Sequence[EventFacts]
    themes: Sequence[ThemeFacts]
    heard: Sequence[Heard]
    runs: Sequence[RunFacts] = ()
    decisions: Mapping[str, int] = field(default_factory=dict)
    responses: Sequence[ResponseFacts] = ()
    closed: Sequence[ClosedFacts] = ()
    brand: Brand | None = None
    one_event: bool = False
    # How many events the whole series has, this one among them.
    events_in_series: int = 0
    language: str = "en-GB"
    now: datetime | None = None

    @property
    def organised_by(self) -> str:
        """The organisers as they stand within a sentence; nothing where they wrote sentences of their own."""
        lines = [line.strip().rstrip(".") for line in self.organisers.splitlines() if line.strip()]
        if any(". " in line for line in lines):
            return ""
        named = ", ".join(lines)
        return f"the {named[4:]}" if named.startswith("The ") else named

    def used(self, about_project: bool) -> list[Heard]:
        """The statements that stand in a theme of the one board or the other."""
        return [one for one in self.heard if one.fate == "used" and one.about_project == about_project]

    def themes_heard(self, about_project: bool) -> dict[ThemeFacts, list[Heard]]:
        """Each theme in which a statement stands, in the organiser's order, with its statements."""
        by_theme: dict[int, list[Heard]] = {}
        for one in self.used(about_project):
            by_theme.setdefault(one.theme_id or 0, []).append(one)
        return {theme: by_theme[theme.id] for theme in self.themes if theme.id in by_theme}


@dataclass(frozen=True)
class Counts:
    """Who said something: people, tables, questions from the floor and presentations, and at which events."""

    statements: int
    people: int
    tables: int
    floor: int
    presentations: int
    event_ids: frozenset[int]


def count_voices(heard: Iterable[Heard]) -> Counts:
    """Count each speaker once. A table is a table: its notes are never counted as people."""
    heard = list(heard)
    speakers = {(one.channel, one.speaker_key) for one in heard}

    def speaking(channel: str) -> int:
        return sum(name == channel for name, _ in speakers)

    return Counts(
        statements=len(heard),
        people=speaking("written"),
        tables=speaking("table"),
        floor=speaking("floor"),
        presentations=speaking("presentation"),
        event_ids=frozenset(one.event_id for one in heard),
    )


def event_names(events: Sequence[EventFacts]) -> dict[int, str]:
    """The name an event goes by in a sentence: its place, or its title where the place is shared or not known."""
    places = [event.place.strip() for event in events]
    return {
        event.id: event.place.strip() if event.place.strip() and places.count(event.place.strip()) == 1 else event.title
        for event in events
    }


def at_events(ids: Iterable[int], events: Sequence[EventFacts]) -> str:
    """Where it was heard: "at all three events", "at the London event only", "at four of the six events"."""
    ids = set(ids)
    names = [event_names(events)[event.id] for event in events if event.id in ids]
    if len(events) < 2 or not names:
        return ""
    if len(names) == len(events):
        return _("at both events") if len(events) == 2 else _("at all %(events)s", events=counted(len(events), "event"))
    if len(names) == 1:
        return _("at the %(event)s event only", event=names[0])
    if len(names) == 2:
        return _("at the %(events)s events", events=listed(names))
    number = in_words(len(names))
    return _("at %(number)s of the %(events)s", number=number, events=counted(len(events), "event"))
