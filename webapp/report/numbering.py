"""The report's paragraph numbers: 1 to n through all its sections, as in the model."""

from dataclasses import dataclass

from .document import Evidence, Figures, Item, Paragraph, Quote, Run


@dataclass
class Numbering:
    """Hands out numbers in the order in which paragraphs are written."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last

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
