"""The texts that organisers write once a series: plain text with **emphasis**, lists, addresses and links."""

import re

from .document import Item, Paragraph
from .markup import runs_of

BULLET = re.compile(r"\s*[-•*]\s+(?=\S)")


def fixed_paragraph(block: str, key: str, number: str | None = None, lines: bool = False) -> Paragraph:
    """One block as a paragraph; with `lines` its line breaks are kept, lines that begin with a dash become a list."""
    rows = block.split("\n")
    first_bullet = next((place for place, row in enumerate(rows) if BULLET.match(row)), None)
    if lines:
        items = tuple(Item(runs_of(row.strip())) for row in rows[1:])
        return Paragraph(number, key, "lines", runs_of(rows[0].strip()), items)
    if first_bullet is not None and all(BULLET.match(row) for row in rows[first_bullet:]):
        items = tuple(Item(runs_of(BULLET.sub("", row, count=1).strip())) for row in rows[first_bullet:])
        return Paragraph(number, key, "list", runs_of(" ".join(rows[:first_bullet]).strip()), items)
    return Paragraph(number, key, "text", runs_of(" ".join(row.strip() for row in rows)))
