"""Headings for groups of statements, made of words that stand side by side in them.

A candidate is a phrase of one statement that may be a heading (``phrases``). It is worth what its words and
the phrase itself are more frequent in the group than in the other groups.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.grammar import Usage, in_lexicon, plain
from analysis.lexical import stem
from analysis.phrases import noun_use, read, runs, tells
from analysis.spelling import count_words, respellings
from analysis.words import LINKING, PRAISE, STOP_WORDS, THANKS, WEAK, WISHING

SHORTLIST = 20  # candidates by words that are then compared by meaning
REPEATED = 1.8  # weight of statements from which on a word is said by more than one
RECURS = 0.03  # share of the statements that a word or phrase must be in to be more than somebody's own
ONCE = 0.35  # what a phrase of hardly any statement is worth beside one that recurs
ALONE = 0.55  # what a noun by itself is worth beside a phrase
DOUBTFUL = 0.2  # the same of a word that the statements do not clearly use as a noun
PAIR = 0.66  # what two nouns that need not stand together are worth beside a phrase
PRAISED = 0.4  # share of statements of praise that makes praise the matter of a group
COMMON = 0.07  # share of the statements of a large group that a word of its title must stand in
LARGE = 20  # statements from which on that is asked
PAIR_SHARE = 0.12  # of the statements that each noun of a pair stands in

Likeness = Callable[[list[str]], npt.NDArray[np.floating]]
Read = list[tuple[list[str], str]]


@dataclass
class _Phrases:
    """What one group of texts offers: in how many texts each stem and each candidate occurs, and its shape."""

    texts: int = 0
    stems: Counter[str] = field(default_factory=Counter)
    praising: float = 0
    thanking: float = 0
    heads: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    runs: Counter[tuple[str, ...]] = field(default_factory=Counter)
    whole: Counter[tuple[str, ...]] = field(default_factory=Counter)
    shown: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)


def group_titles(
    groups: Sequence[Sequence[str]],
    closeness: Sequence[npt.NDArray[np.floating]] | None = None,
    taken: Iterable[str] = (),
    likeness: Likeness | None = None,
) -> list[str]:
    """A title of one to six words for each group of texts, no two alike, none in ``taken``.

    ``closeness`` weighs each text of a group by how close it is to the group's middle. ``likeness`` gives the
    cosines of phrases with all groups' middles, (phrases, groups): of the best candidates by words, it picks
    the one that means what the group means and the other groups do not.
    """
    parsed = _respelt([[read(text) for text in texts] for texts in groups])
    usage = Usage(run for texts in parsed for text in texts for run in text)
    weights = closeness or [np.ones(len(texts)) for texts in groups]
    offers = [_offer(texts, usage, w) for texts, w in zip(parsed, weights, strict=True)]
    total = Counter[str]()
    phrases = Counter[tuple[str, ...]]()
    for offer in offers:
        total.update(offer.stems)
        phrases.update(offer.runs)
    used = {_key(title) for title in taken}
    everything = sum(offer.texts for offer in offers)
    ranked = [_ranked(offer, total, phrases, everything) for offer in offers]
    if likeness is not None:
        ranked = _by_meaning(ranked, likeness)
    titles = []
    for candidates in ranked:
        title = next((t for _, t in candidates if _key(t) not in used), _numbered_rest(used))
        used.add(_key(title))
        titles.append(title)
    return titles


def _respelt(groups: list[list[Read]]) -> list[list[Read]]:
    texts = [text for group in groups for text in group]
    right = respellings(count_words(texts), in_lexicon)
    if not right:
        return groups

    def spelt(word: str) -> str:
        return right.get(word.lower(), word)

    return [[[([spelt(word) for word in words], tags) for words, tags in text] for text in group] for group in groups]


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
    title, number = "Mixed remarks", 1
    while _key(title) in used:
        number += 1
        title = f"Mixed remarks {number}"
    return title


def _offer(texts: list[Read], usage: Usage, weights: npt.NDArray[np.floating]) -> _Phrases:
    offer = _Phrases(len(texts))
    scale = np.clip(weights, 0.05, None)
    scale = scale / scale.mean() if len(scale) else scale
    for text, weight in zip(texts, scale.tolist(), strict=True):
        seen: dict[tuple[str, ...], str] = {}
        whole: set[tuple[str, ...]] = set()
        said = {plain(word) for words, _ in text for word in words}
        if said & (THANKS | PRAISE) and not said & WISHING:
            offer.praising += weight
            offer.thanking += weight * bool(said & THANKS)
        stems: set[str] = set()
        for words, first_guess in text:
            tags = usage.corrected(words, first_guess)
            stems.update(stem(word) for word in words if tells(word))
            for noun, heads in noun_use(words, tags):
                (offer.heads if heads else offer.parts)[stem(noun)] += 1
                if usage.is_noun(noun):
                    offer.known.add(stem(noun))
                if usage.is_noun_here(noun):
                    offer.named.add(stem(noun))
            for run in runs(words, tags):
                key = tuple(stem(word) for word in run.words)
                seen.setdefault(key, " ".join(usage.shown(word) for word in run.words))
                if run.whole:
                    whole.add(key)
        for each in stems:
            offer.stems[each] += weight
        for key, shown in seen.items():
            offer.runs[key] += weight
            offer.whole[key] += weight * (key in whole)
            offer.shown.setdefault(key, Counter())[shown] += 1
    return offer


def _ranked(
    offer: _Phrases, total: Counter[str], phrases: Counter[tuple[str, ...]], everything: int
) -> list[tuple[float, str]]:
    """Titles for one group with what they are worth, best first."""
    others = everything - offer.texts

    def gain(inside: float, overall: float) -> float:
        here = inside / max(1, offer.texts)
        there = (overall - inside) / max(1, others)
        return max(0.0, here * math.log((here + 0.02) / (there + 0.02)))

    telling = {s: gain(c, total[s]) * (0.2 if s in WEAK else 1) for s, c in offer.stems.items()}
    recurs = max(REPEATED, RECURS * offer.texts)
    scored: list[tuple[float, str]] = []
    for key, count in offer.runs.items():
        content = {s for s in key if s in telling}
        # What mostly has another noun after it is the beginning of a longer name.
        if all(s in WEAK for s in content) or 2 * offer.whole[key] < count:
            continue
        if offer.texts >= LARGE and max(offer.stems[s] for s in content) < COMMON * offer.texts:
            continue
        shown = _plural(offer.shown[key])
        value = sum(telling[s] for s in content) / (0.6 + len(content)) ** 0.75
        value += 1.2 * gain(count, phrases[key]) * (len(key) > 1)
        known = sum(offer.stems[s] >= recurs for s in content) / len(content)
        repeated = (1.0 if count >= recurs else ONCE if offer.texts >= 8 else 0.8) * (0.2 + 0.8 * known)
        rarest = min(offer.stems[s] for s in content) / max(1, offer.texts)
        repeated *= min(1.0, 0.7 + 3 * rarest)
        links = sum(word in LINKING for word in shown.lower().split())
        alone = ALONE if key[0] in offer.named else DOUBTFUL
        scored.append((value * repeated * (alone if len(key) == 1 else 1) * 0.9**links, shown))
    scored += _pairs(offer, telling)
    scored += _praise(offer, telling, max((value for value, _ in scored), default=1.0))
    return [(value, _capital(title)) for value, title in sorted(scored, key=lambda item: (-item[0], item[1]))]


def _pairs(offer: _Phrases, telling: dict[str, float]) -> list[tuple[float, str]]:
    """Two telling nouns that need not stand together: "Parking and transport"."""
    # A word of one statement alone speaks for nobody else, unless there are hardly any.
    least = max(REPEATED, PAIR_SHARE * offer.texts) if offer.texts >= 4 else 0.0
    nouns = [
        key[0]
        for key in offer.runs
        if len(key) == 1
        and key[0] in telling
        and key[0] not in WEAK
        and key[0] in offer.known & offer.named
        and 2 * offer.whole[key] >= offer.runs[key]
        and offer.stems[key[0]] >= least
        and 2 * offer.heads[key[0]] > offer.parts[key[0]] + 0.5 * offer.stems[key[0]]
    ]
    best = sorted(nouns, key=lambda s: (-telling[s], s))[:4]
    pairs = []
    for i, one in enumerate(best):
        for other in best[i + 1 :]:
            if (one, other) in offer.runs or (other, one) in offer.runs:
                continue
            names = [_plural(offer.shown[(s,)]) for s in (one, other)]
            pairs.append((PAIR * (telling[one] + telling[other]) / 2.6**0.75, f"{names[0]} and {names[1]}"))
    return pairs


def _praise(offer: _Phrases, telling: dict[str, float], best: float) -> list[tuple[float, str]]:
    """What to call a group that mostly praises or thanks: "Thanks for the workshop"."""
    share = offer.praising / max(1, offer.texts)
    if share < PRAISED or offer.texts < 4:
        return []
    word = "Thanks" if 2 * offer.thanking > offer.praising else "Praise"
    nouns = [
        key[0] for key, count in offer.runs.items() if len(key) == 1 and count >= max(REPEATED, 0.15 * offer.texts)
    ]
    named = [s for s in nouns if s in offer.known and telling.get(s, 0) > 0 and s not in WEAK]
    ranked = sorted(named, key=lambda s: (-telling[s], s))[:2]
    worth = best * (0.6 + 0.8 * share)
    found = [(worth * 0.9**i, f"{word} for the {_commonest(offer.shown[(s,)])}") for i, s in enumerate(ranked)]
    return [*found, (0.7 * worth, "Thanks and praise")]


def _commonest(forms: Counter[str]) -> str:
    return min(forms.items(), key=lambda item: (-item[1], item[0]))[0]


def _plural(forms: Counter[str]) -> str:
    """The plural if people use it, else what they mostly say: a heading is on votes, not on vote."""
    several = Counter({form: count for form, count in forms.items() if form.endswith("s")})
    return _commonest(several if 3 * several.total() >= forms.total() else forms)


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
