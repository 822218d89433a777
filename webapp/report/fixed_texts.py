"""The texts that organisers write once a series: plain text with **emphasis**, lists, addresses and links."""

import re

from .document import Item, Paragraph, Run

PIECES = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
BULLET = re.compile(r"\s*[-•*]\s+(?=\S)")


def runs_of(text: str) -> tuple[Run, ...]:
    """A line of plain text as runs: **so** is strong, addresses and links lead somewhere."""
    runs: list[Run] = []
    done = 0
    for match in PIECES.finditer(text):
        if match.start() > done:
            runs.append(Run(text[done : match.start()]))
        if match["strong"]:
            runs.append(Run(match["strong"], strong=True))
        elif match["url"]:
            runs.append(Run(match["url"], href=match["url"]))
        else:
            runs.append(Run(match["email"], href=f"mailto:{match['email']}"))
        done = match.end()
    if text[done:]:
        runs.append(Run(text[done:]))
    return tuple(runs)


def fixed_paragraph(block: str, key: str, number: int | None = None, lines: bool = False) -> Paragraph:
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
