"""The report's paragraph numbers: 1 to n through all its sections, and what was published keeps its number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

from .document import Evidence, Figures, Item, Paragraph, Quote, Run


@dataclass
class Numbering:
    """Hands out numbers in the order in which paragraphs are written."""

    last: int = 0

    def next(self) -> str:
        self.last += 1
        return str(self.last)

    def paragraph(
        self,
        key: str,
        text: str,
        kind: str = "text",
        items: tuple[Item, ...] = (),
        quotes: tuple[Quote, ...] = (),
        figures: Figures | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> Paragraph:
        return Paragraph(self.next(), key, kind, (Run(text),), items, quotes, figures, evidence)


def missing(key: str, text: str) -> Paragraph:
    """What is not there yet, said plainly; not numbered, for nothing in it can be cited."""
    return Paragraph(None, key, "missing", (Run(text),))


def numbers_of(keys: Sequence[str], published: Mapping[str, str]) -> dict[str, str]:
    """Key -> number, for paragraphs in reading order. Before the first edition 1 to n; after it a published paragraph
    keeps its number and a new one takes that of the published one before it with the next free letter: 12a, 12b. One
    before all of them is 0a. No number is given twice, whatever became of the paragraph that had it."""
    if not published:
        return {key: str(place) for place, key in enumerate(keys, 1)}
    taken = set(published.values())
    numbers, before = {}, "0"
    for key in keys:
        if key in published:
            number = published[key]
            before = number.rstrip(ascii_lowercase)
        else:
            number = next(each for letters in _letters() if (each := f"{before}{letters}") not in taken)
            taken.add(number)
        numbers[key] = number
    return numbers


def _letters() -> Iterator[str]:
    """a to z, aa, ab ..."""
    for length in count(1):
        yield from ("".join(letters) for letters in product(ascii_lowercase, repeat=length))
