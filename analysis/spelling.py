"""Misspelt words set right by how the other statements spell them: "exersices" where most write "exercises"."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

SHORTEST = 6  # letters of a word that may be a misspelling; shorter ones have too many neighbours
OFTEN = 3  # how many times as often the other form must stand


def respellings(counts: Mapping[str, int], known: Callable[[str], bool]) -> dict[str, str]:
    """From words that nobody knows to a form near to them that stands at least three times as often.

    ``counts`` are words in lower case with how often they stand. Near is one letter more, less, other or
    swapped with its neighbour, two of these in words of nine letters or more; the first letter is the same.
    """
    frequent: dict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= OFTEN and len(word) >= SHORTEST - 1:
            frequent[word[0]].append(word)
    found = {}
    for word, count in counts.items():
        if len(word) < SHORTEST or not word.isalpha() or known(word):
            continue
        reach = 1 if len(word) < 9 else 2
        near = [
            other
            for other in frequent[word[0]]
            if counts[other] >= OFTEN * count and other != word and _apart(word, other, reach) <= reach
        ]
        if near:
            found[word] = min(near, key=lambda other: (_apart(word, other, reach), -counts[other], other))
    return found


def count_words(texts: list[list[tuple[list[str], str]]]) -> Counter[str]:
    """How often each word stands in the read texts, in lower case."""
    return Counter(word.lower() for text in texts for words, _ in text for word in words)


def _apart(one: str, other: str, most: int) -> int:
    """Letters added, dropped, changed or swapped with a neighbour between two words, if ``most`` or fewer."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = list(range(len(other) + 1)), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, match in enumerate(other, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]
