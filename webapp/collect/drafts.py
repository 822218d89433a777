"""A row of a file as the response that it will be, before anything is stored."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..errors import DomainError, Refused
from ..programme.models import Event, EventSession, Question, Series
from ..programme.rules import KINDS_WITH_CHOICES
from ..text_input import clean_line
from .answers import CheckedAnswer
from .column_kinds import choices_in, too_many
from .columns import Field, Rows
from .csv_reading import fault_of_width
from .imported_programme import ImportedProgramme
from .local_times import NoTime, day_first, moment_of
from .mapping import Mapping
from .row_values import answer_in


class BadRow(DomainError):
    """A row that cannot be stored; the message ends without a full stop."""


@dataclass(frozen=True)
class Said:
    """What the row answers to one question, and how many agreed."""

    question: Question
    answer: CheckedAnswer
    votes: int | None = None


@dataclass(frozen=True)
class Draft:
    """One response, not stored yet. `client_key` is the row's identity: the same at each import."""

    line: int
    client_key: str
    event: Event
    received_at: datetime
    organisation_type: str
    said: list[Said]


class RowKeys:
    """An identity for each row: the tool's id within the form, else what the row says and how often it was said above.

    An import into one event and another into a second event are different; so are two series.
    """

    def __init__(self, series: Series, event: Event | None = None, scope: str = "") -> None:
        self.place = f"{series.id}\x1e{event.id if event is not None else ''}"
        self.scope = scope
        self.seen: Counter[str] = Counter()

    def of_id(self, id_: str) -> str:
        return hashlib.sha256(f"{self.place}\x1e{self.scope}\x1eid\x1e{id_}".encode()).hexdigest()

    def of_words(self, said: Iterable[tuple[str, str]]) -> str:
        words = "\x1f".join(sorted(f"{name}={value.strip()}" for name, value in said if value.strip()))
        self.seen[words] += 1
        return hashlib.sha256(f"{self.place}\x1e{self.seen[words]}\x1e{words}".encode()).hexdigest()


def votes_in(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


class RowReader:
    """Reads rows by a mapping. `choices` has the choices that each field's question offers, by the field's place."""

    def __init__(
        self,
        programme: ImportedProgramme,
        event: Event | None,
        fields: Sequence[Field],
        mapping: Mapping,
        headings: Sequence[str],
        rows: Rows,
        scope: str,
        asked: str = "",
    ) -> None:
        self.programme, self.event, self.mapping, self.headings = programme, event, mapping, headings
        # What a comment answers where no column says it.
        self.asked_else = asked
        self.targeted = list(zip(fields, mapping.targets, strict=True))
        self.asked = {question.id: question for question in programme.questions.values()}
        self.choices = {at: self._choices(one, target, rows) for at, (one, target) in enumerate(self.targeted)}
        self.keys = RowKeys(programme.series, event, scope)
        ids = [cells[one.places[0]].strip() for one in self._with("id") for _line, cells in rows]
        # An id that comes twice is a person's, not a response's.
        self.has_ids = bool(ids) and all(ids) and len(set(ids)) == len(ids) and "comment" not in mapping.targets

    def _with(self, role: str) -> list[Field]:
        return [one for one, target in self.targeted if target == role]

    def _choices(self, one: Field, target: str, rows: Rows) -> list[str]:
        """The choices of a question to be made, or those of an asked one and what is to be added to them."""
        if target.startswith("new:") and target[4:] in KINDS_WITH_CHOICES:
            found = choices_in(one, rows, target[4:])
            fault = too_many(found)
        elif target.startswith("q:") and self.mapping.add_choices:
            question = self.asked[int(target[2:])]
            if question.kind not in KINDS_WITH_CHOICES or question.kind == "several_or_other":
                return list(question.choices)
            found = [*question.choices, *choices_in(one, rows, question.kind, question.choices)]
            fault = too_many(found)
        else:
            return list(self.asked[int(target[2:])].choices) if target.startswith("q:") else []
        if fault:
            raise Refused(
                f"“{one.heading[:80]}” cannot be a question with choices: {fault}. Choose another kind for it."
            )
        return found

    def first(self, role: str, cells: list[str]) -> str:
        """What the first field of that role says which says anything."""
        said = (cells[one.places[0]].strip() for one in self._with(role))
        return next((text for text in said if text), "")

    def draft(self, line: int, cells: list[str], key: str) -> Draft:
        """The row, whose identity is `key`, as a response. Raises BadRow."""
        fault = fault_of_width(cells, len(self.headings))
        if fault:
            raise BadRow(fault)
        title = self.first("event", cells)
        event = self.programme.event(title) if title or self.event is None else self.event
        session = self.programme.session(event, self.first("session", cells))
        received_at = self.moment(cells, event)
        said = self.said(cells, event, session)
        if not said:
            raise BadRow("it says nothing in the columns that are read")
        kind = clean_line(self.first("type", cells))[:200]
        return Draft(line, key, event, received_at, kind, said)

    def key(self, cells: list[str]) -> str:
        """The row's identity. Ask once for each row, in order: equal rows are counted."""
        if self.has_ids:
            return self.keys.of_id(self.first("id", cells))
        return self.keys.of_words(zip(self.headings, cells, strict=False))

    def moment(self, cells: list[str], event: Event) -> datetime:
        text = self.first("time", cells)
        try:
            return moment_of(text, event.time_zone, self.mapping.day_first) or self.programme.now
        except NoTime:
            raise BadRow(f"“{text[:40]}” is no date with a time that can be read") from None

    def said(self, cells: list[str], event: Event, session: EventSession | None) -> list[Said]:
        votes = votes_in(self.first("votes", cells))
        said: list[Said] = []
        for at, (one, target) in enumerate(self.targeted):
            if target != "comment" and not target.startswith(("q:", "new:")):
                continue
            question = self.question(at, one, target, cells, event, session)
            try:
                answer = answer_in(question, one, cells)
            except DomainError as error:
                raise BadRow(f"{clean_line(one.heading)[:60]}: {str(error).rstrip('.')}") from None
            if answer is not None:
                said.append(Said(question, answer, votes if target == "comment" else None))
        return said

    def question(
        self, at: int, one: Field, target: str, cells: list[str], event: Event, session: EventSession | None
    ) -> Question:
        """The question that the field answers at the row's event."""
        if target == "comment":
            return self.programme.question(event, session, self.first("asked", cells) or self.asked_else)
        if target.startswith("new:"):
            return self.programme.question(event, session, one.heading, target[4:], self.choices[at])
        question = self.asked[int(target[2:])]
        if question.event_id != event.id:
            return self.programme.question(event, None, question.text, question.kind, self.choices[at], like=question)
        if question.choices != self.choices[at]:
            question = self.with_choices(question, self.choices[at])
        return question

    def with_choices(self, question: Question, choices: list[str]) -> Question:
        """The question offering these too; in a trial a likeness of it does, and the question stays as it is."""
        if not self.programme.trial:
            question.choices = list(choices)
            return question
        likeness = Question(
            id=question.id, event_id=question.event_id, text=question.text, kind=question.kind, choices=list(choices)
        )
        self.asked[question.id] = likeness
        return likeness


def days_come_first(fields: Sequence[Field], targets: Sequence[str], rows: Rows, otherwise: bool) -> bool:
    """Whether the dates of the file have the day before the month."""
    times = [one for one, target in zip(fields, targets, strict=True) if target == "time"]
    return day_first((cells[one.places[0]] for one in times for _line, cells in rows), otherwise)
