"""What kind of word a word is, read off the company it keeps in the statements themselves."""

from collections import Counter
from collections.abc import Iterable

from analysis.words import ADJECTIVES, LINKING, NOUN_MARKERS, STOP_WORDS, VERB_MARKERS, VERBS

_NOT_LAST = ("ly", "al", "ic", "ful", "ous", "ive", "able", "ible", "ed")


class WordClasses:
    """Learns from runs of words: one after "to" or "we" is taken for a verb, after "the" for a noun."""

    def __init__(self, segments: Iterable[list[str]]) -> None:
        self.verb: Counter[str] = Counter()
        self.noun: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.forms: dict[str, Counter[str]] = {}
        for words in segments:
            shouted = len(words) > 2 and 2 * sum(word.isupper() for word in words) > len(words)
            for i, word in enumerate(words):
                lower = plain(word)
                before = plain(words[i - 1]) if i else ""
                self.verb[lower] += before in VERB_MARKERS
                self.noun[lower] += before in NOUN_MARKERS
                after = plain(words[i + 1]) if i + 1 < len(words) else ""
                ends = not after or after in STOP_WORDS or after in LINKING or after in VERBS
                (self.last if ends else self.inside)[lower] += 1
                # A capital where all is capitals, or at the start, says nothing about the word.
                form = lower if shouted or (i == 0 and word[1:].lower() == word[1:]) else word
                self.forms.setdefault(lower, Counter())[form] += 2 if i else 1

    def is_verb(self, word: str) -> bool:
        """Whether a word is used as a verb here more often than as a noun."""
        lower = plain(word)
        if lower in VERBS:
            return self.noun[lower] <= 2 * self.verb[lower] + 1
        return self.verb[lower] > 0 and self.verb[lower] >= self.noun[lower]

    def may_open(self, word: str) -> bool:
        """Whether a heading may begin with the word."""
        lower = plain(word)
        return len(word) > 1 and lower not in STOP_WORDS and not self.is_verb(word) and not lower.endswith("ly")

    def may_close(self, word: str) -> bool:
        """Whether a heading may end with the word."""
        lower = plain(word)
        if len(word) < 2 or lower in STOP_WORDS or lower in LINKING or lower in ADJECTIVES or self.is_verb(word):
            return False
        # What mostly has another word after it describes that word ("electoral system").
        if 2 * self.last[lower] < self.inside[lower]:
            return False
        return self.noun[lower] > 0 or not lower.endswith(_NOT_LAST)

    def shown(self, word: str) -> str:
        """The word as it is mostly written inside a sentence."""
        forms = self.forms.get(plain(word))
        if not forms:
            return word
        return min(forms.items(), key=lambda item: (-item[1], item[0].lower() != item[0], item[0]))[0]


def plain(word: str) -> str:
    """Lower case, with a straight apostrophe."""
    return word.lower().replace("’", "'")
