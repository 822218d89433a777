"""The phrases of statements that may stand as a heading: noun phrases, and what is done to a thing.

Command line            two nouns
Affordable housing      an adjective that says which, and a noun
Freedom of speech       two noun phrases with a preposition between them
Moving the airport      a gerund and its object
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.grammar import ADJECTIVE, DETERMINER, GERUND, NOUN, PARTICIPLE, kinds, plain
from analysis.lexical import stem
from analysis.words import ALSO_WORDS, CLOSING, FIRST_NAMES, LIGHT_VERBS, LINKING, STOP_WORDS, SWEARING, VAGUE, WEAK

LONGEST = 6
LONGEST_WORD = 30
_UNPRINTABLE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\+?\d[\d\s()./-]{6,}\d", re.IGNORECASE)
_SEGMENT = re.compile(r"[^\w\s'’\-+&]+|\s[-–—+&]\s|\n")
_WORD = re.compile(r"(?:New|Great) [A-Z][a-z]+|[^\W\d_][\w]*(?:\+\+|#)?(?:['’\-&][^\W\d_]+)*|\d+")
_POSSESSIVE = re.compile(r"['’]s\b(?!\s+(?:a|an|the|not|been|all|so|very|just)\b)")
_HONORIFIC = re.compile(r"\b(?:mr|mrs|ms|dr|prof|sir|professor|doctor|nurse|sister)\b\.?\s+[A-Z]\w+", re.IGNORECASE)
# A noun phrase; with another behind a preposition; or a gerund with its object. Letters as in ``grammar``.
_SHAPE = re.compile(r"G?[ANPG]{0,3}N(?:ID?[ANP]{0,2}N)?|GD?[ANP]{0,2}N")


class Run(NamedTuple):
    """Words of one statement that may be a heading; ``whole`` if no noun follows that they belong to."""

    words: tuple[str, ...]
    whole: bool


def segments(text: str) -> list[list[str]]:
    """The words of a text in runs without punctuation, contact details and addressed persons."""
    text = _POSSESSIVE.sub("", text)
    clean = _HONORIFIC.sub(" . ", _UNPRINTABLE.sub(" . ", text))
    return [words for part in _SEGMENT.split(clean) if (words := _WORD.findall(part))]


@lru_cache(maxsize=50_000)
def tells(word: str) -> bool:
    """Whether a word says something about the matter, and may be printed."""
    lower = plain(word)
    named = lower in FIRST_NAMES and (word[0].isupper() or lower not in ALSO_WORDS)
    printable = 1 < len(word) <= LONGEST_WORD and not word[0].isdigit() and "'" not in lower[1:]
    return printable and lower not in STOP_WORDS and lower not in SWEARING and not named


@lru_cache(maxsize=20_000)
def read(text: str) -> list[tuple[list[str], str]]:
    """The segments of a text with the kinds of their words."""
    return [(words, kinds(words)) for words in segments(text)]


def runs(words: list[str], tags: str) -> Iterator[Run]:
    """Runs of one to six words that may stand as a heading."""
    for start in range(len(words)):
        if tags[start] not in NOUN + ADJECTIVE + PARTICIPLE + GERUND or not _may_open(words, tags, start):
            continue
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            last = words[end - 1]
            if not tells(last) and plain(last) not in LINKING:
                break
            if tags[end - 1] != NOUN or not tells(last):
                continue
            if end - start > 1 and not _may_close(stem(last), tags[end - 2]):
                continue
            if _SHAPE.fullmatch(tags[start:end]) and _distinct(words[start:end]):
                yield Run(tuple(words[start:end]), end == len(words) or not _runs_on(last, words[end], tags[end]))


def _runs_on(last: str, following: str, kind: str) -> bool:
    """Whether the next word belongs to the same noun or name: "Bowling" alone is not Bowling Green."""
    named = last[0].isupper() and following[0].isupper() and not (last.isupper() or following.isupper())
    return kind == NOUN or (named and plain(following) not in STOP_WORDS)


def _may_open(words: list[str], tags: str, start: int) -> bool:
    word, kind = words[start], tags[start]
    lower = plain(word)
    if not tells(word) or lower in VAGUE or stem(word) in WEAK or (lower.endswith("ly") and kind != NOUN):
        return False
    if kind == GERUND:
        return lower not in LIGHT_VERBS and start + 1 < len(words)
    # "people asked questions" and "I shared notes" have a verb there; "the shared notes" has none.
    before = tags[start - 1] if start else ""
    return kind != PARTICIPLE or before in (DETERMINER, ADJECTIVE)


def _may_close(last: str, before: str) -> bool:
    return last not in WEAK or (last in CLOSING and before in NOUN + GERUND + ADJECTIVE)


def _distinct(words: list[str]) -> bool:
    content = [stem(word) for word in words if plain(word) not in LINKING]
    return len(set(content)) == len(content) and len(words) - len(content) <= 2


def noun_use(segment: list[str], tags: str) -> Iterator[tuple[str, bool]]:
    """Each telling noun, and whether it heads its phrase there (no noun follows)."""
    for i, word in enumerate(segment):
        if tags[i] == NOUN and tells(word):
            yield word, i + 1 == len(segment) or tags[i + 1] not in NOUN + GERUND
