"""Which kind of question a column's content answers, and the choices that stand in it."""

from collections import Counter
from collections.abc import Sequence

from ..programme.rules import LONGEST_CHOICE, MOST_CHOICES
from .columns import Field, Rows, chosen_in, shown
from .row_values import each_once, known_as, split

# A choice is short, and is made again and again.
LONGEST_LIKELY_CHOICE = 80
MOST_LIKELY_CHOICES = 12
OFTEN = 3


def kind_of(one: Field, rows: Rows) -> str:
    """The kind of question that the field most likely answers."""
    if one.form in ("ranks", "places"):
        return "ranking"
    if one.form == "options":
        return "several_choices" if one.other is None else "several_or_other"
    said = list(shown(one, rows))
    if not said:
        return "free_text"
    if all(text.isascii() and text.isdigit() and len(text) <= 2 for text in said):
        numbers = [int(text) for text in said]
        if max(numbers) <= 10:
            return "rating" if min(numbers) >= 1 and max(numbers) <= 5 else "rating_10"
    joined = joined_kind(said)
    if joined:
        return joined
    distinct = set(said)
    few = len(distinct) <= MOST_LIKELY_CHOICES and len(said) >= max(4, 2 * len(distinct)) and len(distinct) > 1
    return "one_choice" if few and max(map(len, distinct)) <= LONGEST_LIKELY_CHOICE else "free_text"


def joined_kind(said: Sequence[str]) -> str:
    """Several choices or a ranking, where cells join the same few parts; else empty."""
    parts = [split(text) for text in said]
    counted = Counter(part for each in parts for part in each)
    if max(map(len, parts)) < 2 or max(map(len, counted)) > LONGEST_LIKELY_CHOICE:
        return ""
    # Microsoft Forms ends each choice with a semicolon; commas alone must prove that they part choices.
    by_semicolon = all(text.endswith(";") for text in said)
    if not by_semicolon and (len(counted) > MOST_LIKELY_CHOICES or counted.total() < OFTEN * len(counted)):
        return ""
    orders = {tuple(each) for each in parts}
    if len(counted) >= 3 and len(orders) > 1 and all(set(each) == set(counted) for each in parts):
        return "ranking"
    return "several_choices"


def choices_in(one: Field, rows: Rows, kind: str, offered: Sequence[str] = ()) -> list[str]:
    """The choices that the field holds beside those that are offered, in the order in which they are first met."""
    found: dict[str, None] = dict.fromkeys(each_once(one.options) if one.form in ("options", "places") else [])
    for _line, cells in rows:
        if one.form == "one":
            text = cells[one.places[0]].strip()
            parts = each_once([text]) if kind == "one_choice" else split(text, offered)
        elif one.form == "ranks":
            parts = each_once(chosen_in(one, cells))
        else:
            # What stands at "other" is in somebody's own words.
            parts = []
        found |= dict.fromkeys(parts)
    new = [choice for choice in found if known_as(offered, choice) is None]
    return each_once(one_of_each(new))


def one_of_each(choices: Sequence[str]) -> list[str]:
    """The choices without those that are another one in other capitals."""
    kept: list[str] = []
    for choice in choices:
        if known_as(kept, choice) is None:
            kept.append(choice)
    return kept


def too_many(choices: Sequence[str]) -> str:
    """Why these cannot be the choices of a question, or nothing."""
    if len(choices) < 2:
        return "fewer than two different choices are in the file"
    if len(choices) > MOST_CHOICES:
        return f"{len(choices):,} different choices are in the file, and a question has at most {MOST_CHOICES}"
    if max(map(len, choices)) > LONGEST_CHOICE:
        return f"a choice has at most {LONGEST_CHOICE} characters"
    return ""
