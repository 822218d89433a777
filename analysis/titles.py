"""Headings for groups of statements, made of words that stand side by side in them.

A candidate is a run of words of one statement that reads as a noun phrase. It is worth what its words and
the run itself are more frequent in the group than in the other groups.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.lexical import stem
from analysis.word_classes import WordClasses, plain
from analysis.words import ALSO_WORDS, FIRST_NAMES, LINKING, STOP_WORDS, SWEARING, WEAK

LONGEST = 6
LONGEST_WORD = 30
SHORTEST_SAYING = 3
SAYING = 0.62  # what a whole short statement is worth as a heading beside a noun phrase of the same words
# Who says "I" or "you" speaks for one person; a heading speaks for many.
PERSONAL = frozenset("i i'm i've i'd i'll me my mine myself you your yours he him his she her they them yes no".split())
JOINING = frozenset("and but or so because also then yet plus maybe perhaps just very really too".split())
SHORTLIST = 20  # candidates by words that are then compared by meaning

Likeness = Callable[[list[str]], npt.NDArray[np.floating]]
_UNPRINTABLE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\+?\d[\d\s()./-]{6,}\d", re.IGNORECASE)
_SEGMENT = re.compile(r"[^\w\s'’\-/+&]+|\s[-–—/+&]\s|\n")
_WORD = re.compile(r"[^\W\d_][\w]*(?:\+\+|#)?(?:['’\-&][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b(?!\s+(?:a|an|the|not|been|all|so|very|just)\b)")
_HONORIFIC = re.compile(r"\b(?:mr|mrs|ms|dr|prof|sir|professor|doctor|nurse|sister)\b\.?\s+[A-Z]\w+", re.IGNORECASE)


@dataclass
class _Phrases:
    """What one group of texts offers: in how many texts each stem and each candidate occurs, and its shape."""

    texts: int = 0
    stems: Counter[str] = field(default_factory=Counter)
    runs: Counter[tuple[str, ...]] = field(default_factory=Counter)
    shown: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    sayings: dict[str, tuple[str, ...]] = field(default_factory=dict)


def segments(text: str) -> list[list[str]]:
    """The words of a text in runs without punctuation, contact details and addressed persons."""
    text = _POSSESSIVE.sub("", text)
    clean = _HONORIFIC.sub(" . ", _UNPRINTABLE.sub(" . ", text))
    return [words for part in _SEGMENT.split(clean) if (words := _WORD.findall(part))]


def group_titles(
    groups: Sequence[Sequence[str]],
    closeness: Sequence[npt.NDArray[np.floating]] | None = None,
    taken: Iterable[str] = (),
    likeness: Likeness | None = None,
) -> list[str]:
    """A title of two to six words for each group of texts, no two alike, none in ``taken``.

    ``closeness`` weighs each text of a group by how close it is to the group's middle. ``likeness`` gives the
    cosines of phrases with all groups' middles, (phrases, groups): of the best candidates by words, it picks
    the one that means what the group means and the other groups do not.
    """
    parsed = [[segments(text) for text in texts] for texts in groups]
    grammar = WordClasses(segment for texts in parsed for text in texts for segment in text)
    weights = closeness or [np.ones(len(texts)) for texts in groups]
    offers = [_offer(texts, grammar, w) for texts, w in zip(parsed, weights, strict=True)]
    total = Counter[str]()
    runs = Counter[tuple[str, ...]]()
    for offer in offers:
        total.update(offer.stems)
        runs.update(offer.runs)
    used = {_key(title) for title in taken}
    everything = sum(offer.texts for offer in offers)
    ranked = [_ranked(offer, total, runs, everything, grammar) for offer in offers]
    if likeness is not None:
        ranked = _by_meaning(ranked, likeness)
    titles = []
    for candidates in ranked:
        title = next((t for _, t in candidates if _key(t) not in used), _numbered_rest(used))
        used.add(_key(title))
        titles.append(title)
    return titles


def _by_meaning(ranked: list[list[tuple[float, str]]], likeness: Likeness) -> list[list[tuple[float, str]]]:
    phrases = sorted({title for candidates in ranked for _, title in candidates[:SHORTLIST]})
    if not phrases:
        return ranked
    cosines = dict(zip(phrases, likeness(phrases), strict=True))
    again = []
    for group, candidates in enumerate(ranked):
        scored = []
        for value, title in candidates[:SHORTLIST]:
            others = np.delete(cosines[title], group)
            margin = float(cosines[title][group]) - max(0.0, float(others.max()) if len(others) else 0.0) / 2
            scored.append((value * max(0.1, 0.4 + 2 * margin), title))
        again.append(sorted(scored, key=lambda item: (-item[0], item[1])) + candidates[SHORTLIST:])
    return again


def _key(title: str) -> frozenset[str]:
    return frozenset(stem(word) for word in title.split() if word.lower() not in STOP_WORDS) or frozenset([title])


def _numbered_rest(used: set[frozenset[str]]) -> str:
    title, number = "Other statements", 1
    while _key(title) in used:
        number += 1
        title = f"Other statements {number}"
    return title


def _offer(texts: list[list[list[str]]], grammar: WordClasses, weights: npt.NDArray[np.floating]) -> _Phrases:
    offer = _Phrases(len(texts))
    scale = np.clip(weights, 0.05, None)
    scale = scale / scale.mean() if len(scale) else scale
    for text, weight in zip(texts, scale.tolist(), strict=True):
        seen: dict[tuple[str, ...], str] = {}
        stems: set[str] = set()
        for words in text:
            stems.update(stem(word) for word in words if _tells(word))
            for run in _runs(words, grammar):
                seen.setdefault(tuple(stem(word) for word in run), " ".join(grammar.shown(word) for word in run))
        for each in stems:
            offer.stems[each] += weight
        for key, shown in seen.items():
            offer.runs[key] += weight
            offer.shown.setdefault(key, Counter())[shown] += 1
        if (saying := _saying(text, grammar)) is not None:
            offer.sayings.setdefault(*saying)
    return offer


def _saying(text: list[list[str]], grammar: WordClasses) -> tuple[str, tuple[str, ...]] | None:
    """A whole text short enough to head a theme in its own words ("Data quality is poor"), with its stems."""
    if len(text) != 1 or not SHORTEST_SAYING <= len(text[0]) <= LONGEST:
        return None
    words = text[0]
    lower = [plain(word) for word in words]
    if (
        lower[0] in JOINING
        or any(word in PERSONAL or word in SWEARING for word in lower)
        or not all(len(w) <= LONGEST_WORD for w in words)
    ):
        return None
    if any(word in FIRST_NAMES and word not in ALSO_WORDS for word in lower):
        return None
    shown = " ".join(grammar.shown(word) for word in words)
    return shown, tuple(stem(word) for word in words if _tells(word))


def _tells(word: str) -> bool:
    lower = plain(word)
    named = lower in FIRST_NAMES and (word[0].isupper() or lower not in ALSO_WORDS)
    return 1 < len(word) <= LONGEST_WORD and lower not in STOP_WORDS and lower not in SWEARING and not named


def _runs(words: list[str], grammar: WordClasses) -> Iterable[list[str]]:
    """Runs of one to six words that may stand as a heading."""
    for start, first in enumerate(words):
        if not grammar.may_open(first) or not _tells(first) or stem(first) in WEAK:
            continue
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            last = words[end - 1]
            if not _tells(last) and last.lower() not in LINKING:
                break
            if end - start > 1 and grammar.is_verb(last):
                break
            if grammar.may_close(last) and stem(last) not in WEAK:
                run = words[start:end]
                content = [stem(word) for word in run if word.lower() not in LINKING]
                if len(run) - len(content) <= 2 and len(set(content)) == len(content):
                    yield run


def _ranked(
    offer: _Phrases, total: Counter[str], runs: Counter[tuple[str, ...]], everything: int, grammar: WordClasses
) -> list[tuple[float, str]]:
    """Titles for one group with what they are worth, best first."""
    others = everything - offer.texts

    def gain(inside: float, overall: float) -> float:
        here = inside / max(1, offer.texts)
        there = (overall - inside) / max(1, others)
        return max(0.0, here * math.log((here + 0.02) / (there + 0.02)))

    telling = {s: gain(c, total[s]) * (0.2 if s in WEAK else 1) for s, c in offer.stems.items()}
    scored: list[tuple[float, str]] = []
    for key, count in offer.runs.items():
        content = {s for s in key if s in telling}
        if not content or all(s in WEAK for s in content):
            continue
        shown = min(offer.shown[key].items(), key=lambda item: (-item[1], item[0]))[0]
        if len(key) == 1:
            shown = f"About {shown}"
        value = sum(telling[s] for s in content) / (0.6 + len(content)) ** 0.75
        value += 1.2 * gain(count, runs[key]) * (len(key) > 1)
        known = sum(offer.stems[s] >= 1.8 for s in content) / len(content)
        repeated = (1.0 if count >= 1.8 else 0.8) * (0.4 + 0.6 * known)
        links = sum(word in LINKING for word in shown.lower().split())
        scored.append((value * repeated * (0.35 if len(key) == 1 else 1) * 0.9**links, shown))
    for shown, stems in offer.sayings.items():
        content = {s for s in stems if s in telling and s not in WEAK}
        known = sum(offer.stems[s] >= 1.8 for s in content)
        if content and known:
            value = sum(telling[s] for s in content) / (0.6 + len(content)) ** 0.75
            scored.append((SAYING * value * (0.4 + 0.6 * known / len(content)), shown))
    scored += _pairs(offer, telling, grammar)
    return [(value, _capital(title)) for value, title in sorted(scored, key=lambda item: (-item[0], item[1]))]


def _pairs(offer: _Phrases, telling: dict[str, float], grammar: WordClasses) -> list[tuple[float, str]]:
    """Two telling nouns that need not stand together: "Parking and transport"."""
    # A word of one statement alone speaks for nobody else, unless there are hardly any.
    least = 1.8 if offer.texts >= 4 else 0.0
    singles = [key[0] for key in offer.runs if len(key) == 1 and key[0] in telling and key[0] not in WEAK]
    nouns = [each for each in singles if offer.stems[each] >= least]
    best = sorted(nouns, key=lambda s: (-telling[s], s))[:4]
    pairs = []
    for i, one in enumerate(best):
        for other in best[i + 1 :]:
            names = [min(offer.shown[(s,)].items(), key=lambda item: (-item[1], item[0]))[0] for s in (one, other)]
            if not grammar.is_verb(names[0]) and not grammar.is_verb(names[1]):
                pairs.append((0.62 * (telling[one] + telling[other]) / 2.6**0.75, f"{names[0]} and {names[1]}"))
    return pairs


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
