"""A card typed in: numbers for what was ticked, words for what was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from ..errors import DomainError, Refused
from ..programme.models import CONSENTS, FACETS, Event, Question
from .answers import RATINGS, CheckedAnswer, checked


@dataclass
class Entry:
    """One line of the page: `options` are what the numbers stand for; `typed` is kept when something is wrong."""

    name: str
    label: str
    hint: str = ""
    options: Sequence[str] = ()
    long: bool = False
    typed: str = ""
    error: str = ""


@dataclass
class TypedCard:
    """The entries of one question, by its id, and those about the whole card."""

    serial: Entry
    questions: dict[int, dict[str, Entry]]
    kind: Entry | None
    consent: Entry | None
    wrong: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        of_questions = [entry for entries in self.questions.values() for entry in entries.values()]
        return [self.serial, *of_questions, *(each for each in (self.kind, self.consent) if each is not None)]


def entries_for(question: Question, taps: Mapping[str, str]) -> dict[str, Entry]:
    name, text = f"q{question.id}", question.text
    if question.kind == "free_text":
        entries = {"answer": Entry(name, text, long=True)}
        if not question.about_project:
            entries["facet"] = Entry(f"f{question.id}", "Which kind was ticked?", options=list(taps.values()))
        return entries
    if question.kind in RATINGS:
        offered = RATINGS[question.kind]
        return {"answer": Entry(name, text, f"{offered[0]} to {offered[-1]}")}
    if question.kind == "ranking":
        hint = "The number written beside each choice, from top to bottom; 0 where there is none"
        return {"answer": Entry(name, text, hint, question.choices)}
    if question.kind == "session_ratings":
        hint = "For each session its rating, 0 where it was ticked alone, - where it was not, with spaces between them"
        return {"answer": Entry(name, text, hint, question.choices)}
    hint = "The number of the choice" if question.kind == "one_choice" else "The numbers of all that were ticked"
    entries = {"answer": Entry(name, text, hint, question.choices)}
    if question.kind == "several_or_other":
        entries["other"] = Entry(f"o{question.id}", "What was written at “Other”")
    return entries


def card_for(
    event: Event, questions: Iterable[Question], taps: Mapping[str, str], consents: Mapping[str, str]
) -> TypedCard:
    """The page's entries, with what came in, if anything did."""
    types = event.series.organisation_types
    card = TypedCard(
        Entry("serial", "Number of the card"),
        {question.id: entries_for(question, taps) for question in questions},
        Entry("kind", "What kind of organisation?", "The number of the one that was ticked", types) if types else None,
        Entry("consent", "May it be quoted?", "", [consents[each] for each in CONSENTS]) if event.ask_consent else None,
    )
    for entry in card.entries:
        entry.typed = request.form.get(entry.name, "") if request.method == "POST" else ""
    return card


def numbers_in(typed: str) -> list[int]:
    """The numbers that were typed, with spaces or commas between them."""
    parts = typed.replace(",", " ").replace(";", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
        raise Refused("Type numbers here, with spaces between them.")
    return [int(part) for part in parts]


def chosen(entry: Entry) -> list[str]:
    """What the typed numbers stand for."""
    numbers = numbers_in(entry.typed)
    if any(not 1 <= number <= len(entry.options) for number in numbers):
        raise Refused(f"Type a number from 1 to {len(entry.options)}.")
    return [entry.options[number - 1] for number in numbers]


def one_of(entry: Entry | None) -> str:
    picked = chosen(entry) if entry is not None else []
    if len(picked) > 1:
        raise Refused("Type one number only.")
    return picked[0] if picked else ""


def ranked(entry: Entry) -> list[str]:
    """The choices in the order of the ranks written beside them."""
    ranks = numbers_in(entry.typed)
    if ranks and len(ranks) != len(entry.options):
        raise Refused(f"Type {len(entry.options)} numbers, one for each choice, and 0 where nothing was written.")
    given = [rank for rank in ranks if rank]
    if len(set(given)) < len(given):
        raise Refused("Two choices have the same rank.")
    pairs = zip(ranks, entry.options, strict=False)
    return [option for rank, option in sorted((pair for pair in pairs if pair[0]), key=lambda pair: pair[0])]


def rated(entry: Entry) -> dict[str, int | None]:
    """The sessions attended with the ratings written beside them."""
    parts = entry.typed.replace(",", " ").replace(";", " ").split()
    if parts and len(parts) != len(entry.options):
        raise Refused(f"Type {len(entry.options)} of them, one for each session: a rating, 0 or -.")
    ratings = [None if part == "-" else numbers_in(part)[0] for part in parts]
    return {
        session: rating or None for session, rating in zip(entry.options, ratings, strict=False) if rating is not None
    }


def value_of(question: Question, entries: Mapping[str, Entry]) -> Any:
    entry = entries["answer"]
    if question.kind == "free_text" or question.kind in RATINGS:
        return entry.typed.strip()
    if question.kind == "ranking":
        return ranked(entry)
    if question.kind == "session_ratings":
        return rated(entry)
    if question.kind == "one_choice":
        return one_of(entry)
    if question.kind == "several_or_other":
        return {"choices": chosen(entry), "other": entries["other"].typed}
    return chosen(entry)


@dataclass
class Read:
    """What a card says."""

    serial: int = 0
    answers: dict[int, CheckedAnswer] = field(default_factory=dict)
    kind: str = ""
    consent: str = ""


def read_card(card: TypedCard, questions: Iterable[Question]) -> Read | None:
    """What was typed; None where something is wrong, which is then said at its entry."""
    read = Read()
    serial = card.serial.typed.strip()
    if serial.isascii() and serial.isdigit() and len(serial) < 10 and int(serial) > 0:
        read.serial = int(serial)
    else:
        note(card, card.serial, "Type the number at the top of the card.")
    for question in questions:
        entries = card.questions[question.id]
        try:
            facet = one_of(entries.get("facet"))
        except DomainError as error:
            note(card, entries["facet"], str(error))
            facet = ""
        key = FACETS[entries["facet"].options.index(facet)] if facet else None
        try:
            answer = checked(question, value_of(question, entries), key)
        except DomainError as error:
            note(card, entries["answer"], str(error))
            continue
        if answer is not None:
            read.answers[question.id] = answer
    read.kind, read.consent = about(card)
    if not card.wrong and not read.answers:
        note(card, card.serial, "Nothing of the card is typed in yet.")
    return None if card.wrong else read


def about(card: TypedCard) -> tuple[str, str]:
    """The kind of organisation, and the consent's key."""
    said = ["", ""]
    for at, entry in enumerate((card.kind, card.consent)):
        try:
            said[at] = one_of(entry)
        except DomainError as error:
            assert entry is not None
            note(card, entry, str(error))
    if said[1] and card.consent is not None:
        said[1] = list(CONSENTS)[list(card.consent.options).index(said[1])]
    return said[0], said[1]


def note(card: TypedCard, entry: Entry, error: str) -> None:
    entry.error = error
    card.wrong.append(entry)
