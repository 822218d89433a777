"""The small markup of the editor: **strong**, *emphasis*, lines that begin with a dash or with 1. make a list."""

import re
from collections.abc import Iterable
from dataclasses import replace

from .document import Item, Paragraph, Run

PIECES = re.compile(
    r"\\(?P<plain>[*\\])"
    r"|\*\*(?P<strong>(?=\S)(?:\\.|[^*\n\\])+?)\*\*"
    r"|\*(?P<emphasis>(?=\S)(?:\\.|[^*\n\\])+?)\*"
    r"|(?P<url>https?://[^\s<>\"*]+[^\s<>\".,;:!?)*])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
BULLET = re.compile(r"\s*[-•]\s+(?=\S)")
RANK = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")


def runs_of(text: str) -> tuple[Run, ...]:
    """A line of the markup as runs. Addresses lead somewhere; a backslash makes a star a star."""
    runs: list[Run] = []

    def add(run: Run) -> None:
        if runs and (runs[-1].strong, runs[-1].emphasis, runs[-1].href) == (run.strong, run.emphasis, run.href) == (
            False,
            False,
            "",
        ):
            runs[-1] = Run(runs[-1].text + run.text)
        elif run.text:
            runs.append(run)

    done = 0
    for match in PIECES.finditer(text):
        add(Run(text[done : match.start()]))
        kind = match.lastgroup or "plain"
        words = re.sub(r"\\([*\\])", r"\1", match[kind])
        if kind in ("strong", "emphasis"):
            add(Run(words, strong=kind == "strong", emphasis=kind == "emphasis"))
        elif kind == "plain":
            add(Run(words))
        else:
            add(Run(match[kind], href=match[kind] if kind == "url" else f"mailto:{match[kind]}"))
        done = match.end()
    add(Run(text[done:]))
    return tuple(runs)


def escaped(text: str) -> str:
    return re.sub(r"([*\\])", r"\\\1", text)


def markup_of(paragraph: Paragraph) -> str:
    """The words of a paragraph and its list in the markup; `with_markup` reads it back to the same."""
    lines = [_line(paragraph.runs)]
    mark = "{}. " if paragraph.kind == "ranked" else "- "
    lines += [mark.format(place) + _line(item.runs) for place, item in enumerate(paragraph.items, 1)]
    return "\n".join(lines)


def _line(runs: Iterable[Run]) -> str:
    return "".join(
        f"**{escaped(run.text)}**"
        if run.strong
        else f"*{escaped(run.text)}*"
        if run.emphasis
        else run.text
        if run.href
        else escaped(run.text)
        for run in runs
    ).replace("\n", " ")


def with_markup(paragraph: Paragraph, text: str) -> Paragraph:
    """The paragraph with the words of `text`. An item keeps the note, link and quotes of the drafted item whose words
    it has, or, where as many items stand, of the one in its place."""
    head, lines, kind = _taken_apart(text)
    items = tuple(Item(runs_of(line)) for line in lines)
    drafted = {item.text: item for item in paragraph.items}
    kept = []
    for place, item in enumerate(items):
        like = drafted.get(item.text) or (paragraph.items[place] if len(items) == len(paragraph.items) else None)
        kept.append(replace(like, runs=item.runs) if like else item)
    if not items:
        kind = "text" if paragraph.kind in ("list", "ranked") else paragraph.kind
    return replace(paragraph, runs=runs_of(head), items=tuple(kept), kind=kind)


def _taken_apart(text: str) -> tuple[str, list[str], str]:
    """The words before the list, the list's lines without their marks, and its kind."""
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    for kind, mark in (("list", BULLET), ("ranked", RANK)):
        first = next((place for place, row in enumerate(rows) if mark.match(row)), None)
        if first is not None and all(mark.match(row) for row in rows[first:]):
            return " ".join(rows[:first]), [mark.sub("", row, count=1) for row in rows[first:]], kind
    return " ".join(rows), [], "text"


def plain(text: str) -> str:
    """The words without their markup, for comparing and for counting."""
    head, lines, _kind = _taken_apart(text)
    return "\n".join("".join(run.text for run in runs_of(line)) for line in (head, *lines))
