"""Which words speak for a paragraph, and where a long one may be cut. A quote is a slice or it is not a quote."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from .heard import Heard

SHORT, LONG, LIMIT = 6, 40, 45
SAME = 0.6
WEIGHT_STRENGTH = {"table": 3.0, "several": 2.0, "split": 1.0}
POINTS_BACK = frozenset("he she it they this that these those such so and but because which".split())
SENTENCE_END = re.compile(r"[.!?…]+[\"'’”)\]]*(?=\s)")
CLAUSE_END = re.compile(r"[;:,](?=\s)|(?=\s[–—-]\s)")
# "+1", "+14", "+1+1": how those who read it in a shared document agreed. It is a count and no word of the author's.
AGREEING = re.compile(r"(?:\s*\+\s*\d+)+\s*$")
COURTESY = re.compile(
    r"\b(?:thank(?:s|ful| you| u)?|cheers|appreciate|well done|(?:great|good) (?:job|work)|diolch)\b", re.I
)
COURTESY_COSTS, SURE_OF_FACET = 3.0, 3.0
# Words so common that sharing them says nothing of likeness.
COMMON = frozenset(
    "a an and are as at be been but by can do for from had has have if in is it its not of on or our so that the their"
    " them there they this to us was we were what when which who will with would you your".split()
)


def words_of(text: str) -> frozenset[str]:
    """The words that carry a text's meaning, in lower case; all its words where none do."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(word for word in words if word not in COMMON) or frozenset(words)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts share so many of their words that a reader would hear the same thing twice."""
    union = len(one | other)
    return union > 0 and len(one & other) / union >= SAME


def slice_of(text: str, limit: int = LIMIT) -> tuple[int, int]:
    """The part of a text to quote, as [start, end): all of it without the space around it, or, where it has more than
    `limit` words, up to the last end of a sentence (else of a clause) within them; all of it where there is none.
    Marks of agreement at its end, such as "+14", are no part of it."""
    text = without_agreeing(text)
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    words = list(re.finditer(r"\S+", text))
    if len(words) <= limit:
        return min(start, end), end
    window = text[: words[limit].start()]
    enough = words[SHORT - 1].end()
    for pattern in (SENTENCE_END, CLAUSE_END):
        ends = [match.end() for match in pattern.finditer(window) if match.end() >= enough]
        if ends:
            last = ends[-1]
            # A cut at a comma leaves the comma out; a full stop belongs to its sentence.
            return start, last - 1 if text[last - 1] in ";:," else last
    return start, end


def without_agreeing(text: str) -> str:
    """The text up to the marks of agreement at its end; all of it where it is nothing else."""
    before = text[: marks.start()] if (marks := AGREEING.search(text)) else text
    return before if re.search(r"\w", before) else text


def strength(one: Heard, repeats: int, central: frozenset[int]) -> float:
    """How good a statement is as evidence: how many stand behind it, how central and how readable it is, and how sure
    it is that it stands under the right heading. Thanks speak for nothing but themselves."""
    readable = readability(without_agreeing(one.text)) - (COURTESY_COSTS if COURTESY.search(one.text) else 0.0)
    sure = 1.0 if one.facet_guessed is None else one.facet_guessed
    behind = WEIGHT_STRENGTH.get(one.weight, 0.0) if one.channel == "table" else 0.0
    return (
        readable
        + behind
        + math.log2(1 + repeats)
        + min(2.0, one.backings / 4)
        + (1.5 if one.id in central else 0.0)
        + 2.0 * one.confidence
        + SURE_OF_FACET * sure
    )


def readability(text: str) -> float:
    """How well a text stands alone: a whole sentence of 10 to 30 words does, a fragment or "It does that" does not."""
    words = text.split()
    length = len(words)
    whole = 2.0 if 10 <= length <= 30 else 1.0 if SHORT <= length <= LONG else 0.0 if length > LONG else -2.0
    points_back = bool(words) and words[0].strip("\"'“‘").casefold() in POINTS_BACK
    return whole - (1.0 if points_back else 0.0)


def choose(
    heard: Sequence[Heard], repeats: Mapping[int, frozenset[str]], central: frozenset[int], most: int = 3
) -> list[Heard]:
    """Up to `most` quotable statements, strongest first, by different speakers, from as many events and channels as
    there are, no two of them alike."""
    scores = {one.id: strength(one, len(repeats.get(one.id, ())), central) for one in heard if one.quotable}
    left = [one for one in heard if one.id in scores]
    # A few words say little to a reader; they speak only where nobody wrote more.
    left = [one for one in left if len(one.text.split()) >= SHORT] or left
    chosen: list[Heard] = []
    said: list[frozenset[str]] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda one: (scores[one.id] - sameness(one, chosen), -one.id))
        chosen.append(best)
        said.append(words_of(best.text))
        left = [one for one in left if one.speaker_key != best.speaker_key and not alike(words_of(one.text), said[-1])]
    return sorted(chosen, key=lambda one: (-scores[one.id], one.id))


def sameness(one: Heard, chosen: Iterable[Heard]) -> float:
    """What it costs a statement that the chosen ones already speak from its event, its channel and its kind of body."""
    return sum(
        1.5 * (one.event_id == other.event_id)
        + 1.0 * (one.channel == other.channel)
        + 0.7 * (one.organisation_type == other.organisation_type)
        for other in chosen
    )


def others_alike(one: Heard, heard: Iterable[Heard]) -> frozenset[str]:
    """The other speakers who said nearly the same."""
    words = words_of(one.text)
    return frozenset(
        other.speaker_key
        for other in heard
        if other.speaker_key != one.speaker_key and alike(words_of(other.text), words)
    )
