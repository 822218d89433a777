"""What a cell says in answer to a question: ratings, choices and rankings as the tools write them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..programme.models import Question
from ..text_input import clean_line, clean_text
from .answers import RATINGS, BadAnswer, CheckedAnswer, checked
from .columns import Field, chosen_in, other_in

# "5 - Very useful", "4.0", "3/5", "★★★"
STARS = re.compile(r"[★⭐]+")
LEADING_NUMBER = re.compile(r"(\d{1,2})(?:\.0+)?(?=$|[^\d.,])")


def answer_in(question: Question, one: Field, cells: list[str]) -> CheckedAnswer | None:
    """The row's answer, checked as if a delegate had sent it; None for none. Raises a DomainError."""
    said = cells[one.places[0]] if one.form == "one" else "; ".join(chosen_in(one, cells))
    if question.kind == "free_text":
        return checked(question, said)
    said = said.strip()
    if not said:
        return None
    if question.kind in RATINGS:
        return checked(question, rating_in(said, question.kind))
    parts = [clean_line(part) for part in chosen_in(one, cells)] if one.form != "one" else None
    if question.kind == "one_choice":
        return checked(question, offered_as(question.choices, parts[0] if parts and len(parts) == 1 else said))
    if question.kind == "several_or_other":
        return checked(question, several_or_other(question.choices, one, cells, parts, said))
    given = parts if parts is not None else split(said, question.choices)
    return checked(question, [offered_as(question.choices, part) for part in given])


def rating_in(said: str, kind: str) -> str:
    stars = STARS.fullmatch(said)
    if stars:
        return str(len(said))
    found = LEADING_NUMBER.match(said)
    if found is None:
        low, high = RATINGS[kind][0], RATINGS[kind][-1]
        raise BadAnswer(f"“{clean_text(said)[:60]}” is no rating from {low} to {high}.")
    return found[1]


def same(words: str) -> str:
    """Two ways of writing one choice come to the same."""
    return " ".join(clean_text(words).casefold().replace("’", "'").split()).rstrip(".")


def known_as(offered: Iterable[str], said: str) -> str | None:
    """The offered choice that the words mean."""
    wanted = same(said)
    return next((choice for choice in offered if same(choice) == wanted), None)


def offered_as(offered: Iterable[str], said: str) -> str:
    """The offered choice that the words mean; BadAnswer, naming them, where there is none."""
    found = known_as(offered, said)
    if found is None:
        raise BadAnswer(f"“{clean_line(said)[:60]}” is not among the question's choices.")
    return found


def split(said: str, offered: Sequence[str] = ()) -> list[str]:
    """The parts of a cell that joins several choices by semicolons, new lines or commas.

    A choice that holds a comma itself is kept whole where it is offered: the longest one that fits comes first.
    """
    for mark in (";", "\n"):
        if mark in said:
            return each_once(said.split(mark))
    parts: list[str] = []
    rest = said.strip()
    while rest:
        fits = [choice for choice in offered if begins_with(rest, choice)]
        part = rest[: len(max(fits, key=len))] if fits else rest.split(",", 1)[0]
        parts.append(part)
        rest = rest[len(part) :].lstrip(" ,")
    return each_once(parts)


def begins_with(text: str, choice: str) -> bool:
    return text.casefold().startswith(choice.casefold()) and text[len(choice) :].lstrip()[:1] in ("", ",")


def each_once(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(part for part in map(clean_line, parts) if part))


def several_or_other(
    offered: Sequence[str], one: Field, cells: list[str], parts: list[str] | None, said: str
) -> dict[str, Any]:
    """The choices that are offered; whatever else was said is the other, in the person's words."""
    other = other_in(one, cells) if one.form != "one" else ""
    given = [part for part in parts or [] if part != clean_line(other)] if parts is not None else split(said, offered)
    meant = [(known_as(offered, part), part) for part in given]
    beside = [part for choice, part in meant if choice is None] + ([other] if other else [])
    return {"choices": [choice for choice, _part in meant if choice is not None], "other": ", ".join(beside)}
