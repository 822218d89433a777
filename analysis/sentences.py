"""Where one sentence or clause ends and the next begins, read from punctuation and capitals.

An end is reported only where it is sure: abbreviations, initials, decimals, addresses, ellipses in
mid-sentence and short bracketed asides are left whole.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from analysis.wording import ABBREVIATIONS, MAY_END, OPENERS, SHORT_WORDS

# Scripts written without spaces count a word a character.
WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+(?:['’.\-]\w+)*+")
_END = re.compile(r"[.!?…‼⁇⁈⁉]++[\"'”’»)\]]*+|[。！？｡।؟۔։።]++[」』”’）]*+")
_SEMICOLON = re.compile(r";(?=\s)")
_ENTITY = re.compile(r"&#?\w{1,8}$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_ADDRESS = re.compile(r"[/@\\_.:]")
_OPENING = "\"'“‘«([¿¡"
_CLOSING = "\"'”’»)]"
_LOOK = 40
_LONGEST_ASIDE = 200


def cut_points(text: str, start: int, end: int) -> list[int]:
    """Offsets strictly inside [start, end) where a new sentence or semicolon clause begins, ascending."""
    asides = _asides(text, start, end)
    sentences = [cut for cut in _sentence_ends(text, start, end) if not _within(cut, asides)]
    clauses = [cut for cut in _clause_ends(text, (start, *sentences, end)) if not _within(cut, asides)]
    return sorted({*sentences, *clauses})


def word_count(text: str, start: int, end: int) -> int:
    """How many words [start, end) holds, counted no further than its first 200 characters."""
    return len(WORD.findall(text, start, min(end, start + 200)))


def _asides(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost bracketed asides short enough to be one, as (opening, closing) offsets in order."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in re.finditer(r"[()\[\]]", text[start:end]):
        place = start + found.start()
        if found[0] in "([":
            opened.append(place)
        elif opened and place - (opening := opened.pop()) <= _LONGEST_ASIDE:
            while pairs and pairs[-1][0] > opening:
                pairs.pop()
            pairs.append((opening, place))
    return pairs


def _within(cut: int, pairs: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(pairs, (cut, 0)) - 1
    return at >= 0 and pairs[at][0] < cut <= pairs[at][1]


def _clause_ends(text: str, edges: Sequence[int]) -> Iterator[int]:
    """Semicolons between clauses long enough to stand alone; a list of single words stays whole."""
    for start, end in itertools.pairwise(edges):
        places = [
            found.end()
            for found in _SEMICOLON.finditer(text, start, end)
            if not _ENTITY.search(text, max(start, found.start() - 10), found.start())
        ]
        counts = [word_count(text, a, b) for a, b in itertools.pairwise((start, *places, end))]
        if min(counts) >= (3 if len(places) == 1 else 2):
            yield from places


def _sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    for found in _END.finditer(text, start, end):
        if found.end() < end and _ends_sentence(text, found, start, end):
            start = found.end()
            yield start


def _ends_sentence(text: str, found: re.Match[str], start: int, end: int) -> bool:
    mark = found[0]
    if mark[0] in "。！？｡।؟۔։።":
        return True
    before = text[max(start, found.start() - _LOOK) : found.start()]
    rest = text[found.end() : min(end, found.end() + _LOOK)]
    if not rest[0].isspace():
        return _runs_on(before, mark, rest)
    following = rest.lstrip().lstrip(_OPENING)
    lower, quoted = following[:1].islower(), mark[-1] in _CLOSING
    stops = mark.rstrip(_CLOSING)
    if not set(stops) <= {".", "…"}:
        return not (lower and quoted) and not before.endswith("Yahoo")
    if len(stops) > 1 or stops == "…":
        return not lower and not re.match(r"I\b", following)
    if start == found.start() - len(before) and re.fullmatch(r"\d{1,2}|[A-Za-z]", before.strip()):
        return False
    return _full_stop(before, following, lower, quoted)


def _full_stop(before: str, following: str, lower: bool, quoted: bool) -> bool:
    """Whether a single "." ends the sentence, from the word before it and the word after it."""
    if not before.strip() or before[-1:].isspace():
        return bool(before.strip()) and following[:1].isupper()
    token = before.split()[-1].lstrip(_OPENING)
    folded = token.casefold()
    if folded == "no":
        return not lower and not following[:1].isdigit()
    if folded in ABBREVIATIONS:
        return False
    if folded in MAY_END:
        return not lower and not following[:1].isdigit()
    if _DOTTED.search(token) or (len(token) == 1 and token.isalpha()):
        return _opens(following)
    if lower:
        return not quoted and (len(folded) >= 3 or folded in SHORT_WORDS) and folded[-1:].isalnum()
    return True


def _opens(following: str) -> bool:
    word = re.match(r"\w+", following)
    return word is not None and following[:1].isupper() and word[0].casefold() in OPENERS


def _runs_on(before: str, mark: str, rest: str) -> bool:
    """Whether "good.The food" is two sentences run together, and not a file name or an address."""
    token = before.split()[-1] if before.split() else ""
    after = rest.split()[0].rstrip(".,!?;:")
    if not after[:1].isupper() or not token[-1:].isalpha() or _ADDRESS.search(token + after):
        return False
    if len(token) < 3 and token.casefold() not in SHORT_WORDS:
        return False
    return "." not in mark or (len(mark) == 1 and token.isalpha() and (_opens(rest) or token.islower()))
