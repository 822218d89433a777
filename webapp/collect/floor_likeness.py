"""Which questions from the floor ask nearly the same. By their words alone: a hint for the asker, who decides."""

import re
from collections.abc import Iterable

from .models import FloorQuestion

# Shares of each other's words, by Dice's coefficient, from which two questions are shown side by side.
ALIKE = 0.5
# Words of asking, in English and Welsh, which say nothing about what is asked.
ASKING = frozenset(
    "a about all am an and any are as at be been being but by can could did do does for from get had has have how i if"
    " in into is it its many me much my of on or our should so some than that the their them then there these they this"
    " those to us was we were what when where which who whom whose why will with would you your"
    " a ac allai am ar at beth ble bod chi chwi ddim ei eich ein er eu fe fi fod fydd ganddo gan gyda hyn hynny i'r mae"
    " maent na nhw ni o oes oedd o'r pa pam pan pryd pwy sut sydd sy'n un wedi y ydy yn yng ym yr yw".split()
)
# What two forms of one word share: target and targets, manage and managing.
STEM = 5


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that say what is asked; of all words, where no others are left."""
    words = re.findall(r"[\w'’]+", text.casefold().replace("’", "'"))
    telling = [word for word in words if word not in ASKING]
    return frozenset(word.removesuffix("s")[:STEM] for word in telling or words)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 for no word in common, 1 for the same words."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def alike(text: str, questions: Iterable[FloorQuestion], most: int = 3) -> list[FloorQuestion]:
    """The questions that ask nearly the same as the text, the likest first."""
    typed = stems(text)
    scored = [(likeness(typed, stems(question.text)), question) for question in questions]
    found = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].id))
    return [question for _likeness, question in found[:most]]
