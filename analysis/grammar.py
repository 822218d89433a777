"""What kind of word each word of a statement is: noun, adjective, verb and so on.

TextBlob's tagger knows the common words of English; how a word is used in the statements at hand then
corrects it, since "a commit" and "the fork" are nouns at one event and verbs in the language at large.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from analysis.cues import is_order
from analysis.words import NOUN_MARKERS, STOP_WORDS, VERB_MARKERS

# One letter a kind, so that a phrase is a pattern over letters.
NOUN, ADJECTIVE, VERB, GERUND, PARTICIPLE, ADVERB, PREPOSITION, DETERMINER, OTHER = "NAVGPRIDO"
_KINDS = {
    **dict.fromkeys(("NN", "NNS", "NNP", "NNPS"), NOUN),
    **dict.fromkeys(("JJ", "JJR", "JJS"), ADJECTIVE),
    **dict.fromkeys(("VB", "VBD", "VBP", "VBZ", "MD"), VERB),
    **dict.fromkeys(("RB", "RBR", "RBS", "RP", "WRB"), ADVERB),
    **dict.fromkeys(("IN", "TO"), PREPOSITION),
    **dict.fromkeys(("DT", "PRP$", "PDT", "CD"), DETERMINER),
    "VBG": GERUND,
    "VBN": PARTICIPLE,
}
_ONE = frozenset("this that each every another".split())
CAPITALS = 5  # one in so many uses with capitals inside the word is enough for them
_BE = frozenset("is are was were isn't aren't wasn't weren't will can should could would must has".split())


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Lower case, with a straight apostrophe."""
    return word.lower().replace("’", "'")


def shouted(words: Sequence[str]) -> bool:
    """Whether capitals say nothing, because most words are all capitals."""
    return len(words) > 2 and 2 * sum(word.isupper() for word in words) > len(words)


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from textblob.en import parser

    return parser


def kinds(words: Sequence[str]) -> str:
    """The kind of each word of a run without punctuation, a letter a word."""
    tagger = _tagger()
    loud = shouted(words)
    known = [w if w.isupper() and not loud and len(w) > 1 else plain(w) for w in words]
    known = [low if low in tagger.lexicon else word for low, word in zip(known, words, strict=True)]
    found = [_KINDS.get(tag, OTHER) for _, tag in tagger.find_tags(known)]
    for i, kind in enumerate(found):
        before = found[i - 1] if i else ""
        after = found[i + 1] if i + 1 < len(found) else ""
        following = plain(words[i + 1]) if i + 1 < len(words) else ""
        described = bool(before) and before in DETERMINER + ADJECTIVE
        if kind == VERB:
            opens = not before and following in _BE and plain(words[i]) not in STOP_WORDS
            noun = opens or (described and plain(words[i - 1]) not in VERB_MARKERS)
        else:
            noun = kind == GERUND and (described or before == NOUN) and after in ("", VERB)
            noun = noun or (kind == GERUND and described and after not in (DETERMINER, NOUN, ADJECTIVE))
        if noun:
            found[i] = NOUN
        elif kind == NOUN and not before and is_order(plain(words[i])) and after in (DETERMINER, NOUN, ADJECTIVE):
            found[i] = VERB
    return "".join(found)


def in_lexicon(word: str) -> bool:
    """Whether the tagger's lexicon has the word."""
    return plain(word) in _tagger().lexicon


class Usage:
    """How words are used and written in some runs of words."""

    def __init__(self, runs: Iterable[tuple[list[str], str]]) -> None:
        self._noun: Counter[str] = Counter()
        self._verb: Counter[str] = Counter()
        self._forms: dict[str, Counter[str]] = {}
        for words, tags in runs:
            loud = shouted(words)
            for i, word in enumerate(words):
                lower = plain(word)
                before = plain(words[i - 1]) if i else ""
                described = i > 0 and tags[i - 1] == ADJECTIVE and before not in STOP_WORDS
                # "that looks", "this equalizes": no noun in the plural follows these.
                acts = before in _ONE and lower.endswith("s") and not lower.endswith("ss")
                self._noun[lower] += (described or before in NOUN_MARKERS) and not acts
                self._verb[lower] += before in VERB_MARKERS or acts
                # A capital where all is capitals, or at the start, says nothing about the word.
                form = lower if loud or (i == 0 and word[1:].lower() == word[1:]) else word
                self._forms.setdefault(lower, Counter())[form] += 2 if i else 1

    def corrected(self, words: Sequence[str], tags: str) -> str:
        """The kinds of a run's words, set right where these statements mostly use a word otherwise."""
        found = list(tags)
        for i, word in enumerate(words):
            lower = plain(word)
            noun, verb = self._noun[lower], self._verb[lower]
            led = i > 0 and plain(words[i - 1]) in VERB_MARKERS
            mostly_noun = noun >= 2 and noun > verb and not led and lower not in STOP_WORDS
            if tags[i] == VERB and mostly_noun and not lower.endswith("ed"):
                found[i] = NOUN
            elif tags[i] == NOUN and (led or (verb >= 2 and verb > 2 * noun)):
                found[i] = VERB
        return "".join(found)

    def is_noun(self, word: str) -> bool:
        """Whether a word is known to be a noun, in the language or in these statements."""
        known = _tagger().lexicon.get(plain(word)) or _tagger().lexicon.get(word)
        return _KINDS.get(known) == NOUN or self._noun[plain(word)] > self._verb[plain(word)]

    def is_noun_here(self, word: str) -> bool:
        """Whether these statements use a word as a noun: after a word that calls for one, or in the plural."""
        lower = plain(word)
        kind, noun, verb = _tagger().lexicon.get(lower), self._noun[lower], self._verb[lower]
        return (noun > verb and (noun > 1 or _KINDS.get(kind) == NOUN)) or (kind in ("NNS", "NNPS") and not verb)

    def shown(self, word: str) -> str:
        """The word as it is mostly written inside a sentence."""
        forms = self._forms.get(plain(word))
        if not forms:
            return word
        # Many are too lazy for the capitals of "GitHub": nobody puts them in by chance.
        inner = {form: count for form, count in forms.items() if form[1:] != form[1:].lower()}
        if CAPITALS * sum(inner.values()) >= sum(forms.values()):
            forms = Counter(inner)
        return min(forms.items(), key=lambda item: (-item[1], item[0].lower() != item[0], item[0]))[0]
