"""The columns of a table as an organiser thinks of them: a question whose options have a column each is one field."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

from .export_tools import Heading

# How options with a column each are marked as chosen, or not.
CHOSEN = {"yes", "y", "1", "true", "x", "✓", "checked", "selected", "ydy", "oes"}
NOT_CHOSEN = {"", "no", "n", "0", "false", "unchecked", "not selected", "n/a", "-"}
OTHER = re.compile(r"^(other|arall)\b|\(please specify\)", re.IGNORECASE)
RANK = re.compile(r"^(?:rank\s*|ranking\s*)?(\d{1,2})\.?$", re.IGNORECASE)
SHORTEST_EXAMPLE = 60

Rows = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True)
class Field:
    """One or several columns with one meaning.

    `form` is "one" (a column by itself), "options" (a column an option, marked where chosen), "ranks" (a column a
    rank, the option in it), or "places" (a column an option, its rank in it). `other` is the column of words beside
    the options.
    """

    heading: str
    places: list[int]
    form: str = "one"
    options: list[str] = field(default_factory=list)
    other: int | None = None
    examples: list[str] = field(default_factory=list)
    filled: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Field":
        return cls(**stored)


def fingerprint_of(tool: str, headings: Sequence[Heading]) -> str:
    """The same for every file of one shape, whatever is in it."""
    words = "\x1f".join(f"{heading.question}\x1e{heading.option}" for heading in headings)
    return hashlib.sha256(f"{tool}\x1f{words}".encode()).hexdigest()


def fields_of(headings: Sequence[Heading], rows: Rows) -> list[Field]:
    """The table's fields, in the order of its columns; a column without heading and content is none."""
    fields: list[Field] = []
    for (question, _several), group in groupby(enumerate(headings), lambda pair: (pair[1].question, True)):
        places = [place for place, _heading in group]
        options = [headings[place].option for place in places]
        if question and len(places) > 1 and (form := form_of(places, options, rows)):
            fields.append(together(question, places, options, form))
        else:
            fields += [Field(headings[place].words or f"Column {place + 1}", [place]) for place in places]
    known = [with_examples(each, rows) for each in fields]
    return [each for each in known if each.filled or headings[each.places[0]].question]


def form_of(places: list[int], options: list[str], rows: Rows) -> str:
    """How the columns of one question go together; empty where they do not."""
    if not all(options):
        return ""
    if all(RANK.match(option) for option in options):
        return "ranks"
    plain = [(place, option) for place, option in zip(places, options, strict=True) if not OTHER.search(option)]
    if len(plain) < 2:
        return ""
    if all(marks(cells[place], option) for _line, cells in rows for place, option in plain):
        return "options"
    return "places" if all_ranks([place for place, _option in plain], rows) else ""


def marks(cell: str, option: str) -> bool:
    """Whether a cell says no more than that its option was chosen, or not."""
    said = cell.strip().casefold()
    return said in CHOSEN or said in NOT_CHOSEN or said == option.casefold()


def all_ranks(places: list[int], rows: Rows) -> bool:
    """Whether each row gives different ranks from 1 up, and some row gives more than one."""
    several = False
    for _line, cells in rows:
        given = [cells[place].strip() for place in places if cells[place].strip()]
        if not all(each.isascii() and each.isdigit() and 1 <= int(each) <= len(places) for each in given):
            return False
        if len(set(given)) < len(given):
            return False
        several = several or len(given) > 1
    return several


def together(question: str, places: list[int], options: list[str], form: str) -> Field:
    """The field of several columns: the options in the file's order, ranks in theirs, “other” apart."""
    pairs = list(zip(places, options, strict=True))
    if form == "ranks":
        pairs.sort(key=lambda pair: int(RANK.match(pair[1])[1]))  # type: ignore[index]
        return Field(question, [place for place, _option in pairs], form)
    beside = next((place for place, option in pairs if OTHER.search(option)), None)
    plain = [(place, option) for place, option in pairs if place != beside]
    return Field(question, [p for p, _ in plain], form, [o for _, o in plain], beside)


def with_examples(one: Field, rows: Rows) -> Field:
    """The field with its first three different contents, and how many rows have any."""
    examples: list[str] = []
    filled = 0
    for text in shown(one, rows):
        filled += 1
        if len(examples) < 3 and (short := shortened(text)) not in examples:
            examples.append(short)
    return Field(one.heading, one.places, one.form, one.options, one.other, examples, filled)


def shown(one: Field, rows: Rows) -> Iterator[str]:
    """What each row that says something at the field says, as one would read it."""
    for _line, cells in rows:
        said = "; ".join(chosen_in(one, cells)) if one.form != "one" else cells[one.places[0]].strip()
        if said:
            yield said


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORTEST_EXAMPLE else text[: SHORTEST_EXAMPLE - 1] + "…"


def chosen_in(one: Field, cells: list[str]) -> list[str]:
    """What a row chose in a field of several columns, in its order; the words at “other” last."""
    said = [cells[place].strip() for place in one.places]
    if one.form == "ranks":
        return [each for each in said if each]
    if one.form == "places":
        ranked = [(int(rank), option) for rank, option in zip(said, one.options, strict=True) if rank.isdigit()]
        return [option for _rank, option in sorted(ranked)]
    picked = [option for mark, option in zip(said, one.options, strict=True) if mark.casefold() not in NOT_CHOSEN]
    other = other_in(one, cells)
    return picked + ([other] if other else [])


def other_in(one: Field, cells: list[str]) -> str:
    """The words at “other”; a mark alone says nothing."""
    said = cells[one.other].strip() if one.other is not None else ""
    return "" if said.casefold() in NOT_CHOSEN else said
