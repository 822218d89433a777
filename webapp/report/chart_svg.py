"""Charts drawn as plain SVG: no script, no style sheet of its own, texts as texts, and every number beside its mark.

Ink is `currentColor`, so that a chart follows the page into the dark; marks carry a class (for the page's palette) and
the light palette's colour (for print, where there is none). A pattern over each colour shows in print."""

import textwrap
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH = 700
LABELS = 216
ROW = 28
COLOURS = {
    "observation": "#4a6fa5",
    "problem": "#a8442a",
    "approach": "#6b7d2c",
    "suggestion": "#7a4e9c",
    "accent": "#0b5c5a",
    "quiet": "#5c5c66",
}
# How each colour is hatched in print: the path of one 6 by 6 tile.
HATCHES = {
    "observation": "M0 3H6",
    "problem": "M0 6L6 0",
    "approach": "M0 0L6 6",
    "suggestion": "M3 0V6",
}


class Bars(NamedTuple):
    """A column of bars: its heading, its colour, and a value a row."""

    head: str
    colour: str
    values: Sequence[int]


def svg(key: str, title: str, alternative: str, height: float, body: str, width: float = WIDTH) -> str:
    """The whole drawing with its name and its description for those who do not see it."""
    hatches = "".join(
        f'<pattern id="{key}-{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="{path}" stroke="#fff" stroke-width="1.2" stroke-opacity=".55"/></pattern>'
        for name, path in HATCHES.items()
        if f"#{key}-{name})" in body
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" role="img" aria-labelledby="{key}-title {key}-alternative" class="chart"'
        f' fill="currentColor" font-family="system-ui, Libertinus Serif, sans-serif" font-size="14">'
        f'<title id="{key}-title">{shown(title)}</title><desc id="{key}-alternative">{shown(alternative)}</desc>'
        f"{f'<defs>{hatches}</defs>' if hatches else ''}{body}</svg>"
    )


def shown(text: str) -> str:
    """The text as XML can hold it."""
    kept = "".join(letter for letter in text if letter >= " " and not "\ud800" <= letter <= "\udfff")
    return escape(kept.replace("\ufffe", "").replace("\uffff", ""))


def words(x: float, y: float, text: str, anchor: str = "start", **more: str) -> str:
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:g}" y="{y:g}"{side}{extra}>{shown(text)}</text>'


def label(y: float, text: str, letters: int = 27) -> str:
    """A row's name left of it, on one line or two; what is longer is told in full by the table."""
    lines = textwrap.wrap(" ".join(text.split()), letters, max_lines=2, placeholder=" …") or [""]
    top = y + 5 - 7 * (len(lines) - 1)
    return "".join(words(0, top + 14 * place, line, font_size="13") for place, line in enumerate(lines))


def shortened(text: str, letters: int) -> str:
    return textwrap.shorten(text, letters, placeholder="…").removeprefix("…") or f"{text[: letters - 1]}…"


def wrapped(text: str, letters: int) -> list[str]:
    """A column's name on one line or two, broken after a hyphen too, so that names which begin alike can be told
    apart."""
    lines = textwrap.wrap(text.replace("-", "- "), letters + 1, max_lines=2, placeholder="…") or [""]
    return [shortened(line.replace("- ", "-"), letters) for line in lines]


def bar(key: str, x: float, y: float, length: float, colour: str, thick: float = 14) -> str:
    """A bar whose middle is at `y`, with its pattern for print."""
    place = f'x="{x:g}" y="{y - thick / 2:g}" width="{max(length, 1.5):.1f}" height="{thick:g}"'
    drawn = f'<rect class="{colour}" fill="{COLOURS[colour]}" {place}/>'
    return drawn + (f'<rect class="hatch" fill="url(#{key}-{colour})" {place}/>' if colour in HATCHES else "")


def rule(y: float, width: float = WIDTH) -> str:
    return f'<path d="M0 {y:g}H{width:g}" stroke="currentColor" stroke-opacity=".18"/>'


def columns_of_bars(key: str, rows: Sequence[str], total: Bars, parts: Sequence[Bars]) -> tuple[float, str]:
    """A row a name; a column for the whole and one a part, the parts on one scale. Returns height and drawing."""
    wide, part = 104, (WIDTH - LABELS - 104) / max(1, len(parts))
    starts = [LABELS, *(LABELS + wide + part * place for place in range(len(parts)))]
    drawn = []
    most_of_parts = max((value for each in parts for value in each.values), default=1)
    for column, x in zip((total, *parts), starts, strict=True):
        whole = column is total
        room, most = (wide, max(total.values, default=1)) if whole else (part, most_of_parts)
        head = shortened(column.head, 13)
        drawn.append(words(x, 14, head, font_size="12", font_weight="600"))
        for place, value in enumerate(column.values):
            y = 41 + ROW * place
            length = (room - 44) * value / max(1, most)
            if value:
                drawn.append(bar(key, x, y, length, column.colour))
            drawn.append(words(x + (length + 6 if value else 0), y + 5, f"{value:,}" if value else "–", font_size="13"))
    for place, name in enumerate(rows):
        drawn += [rule(27 + ROW * place), label(41 + ROW * place, name)]
    return 30 + ROW * len(rows), "".join(drawn)


def dots(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]]) -> tuple[float, float, str]:
    """A dot a cell, its area as its number, which stands beside it. Returns width, height and drawing."""
    room = max(56.0, (WIDTH - LABELS) / len(columns))
    width = LABELS + room * len(columns)
    most = max((value for row in values for value in row), default=1)
    drawn = []
    heads = [wrapped(name, int(room / 8.5)) for name in columns]
    lower = 15 * (max(map(len, heads), default=1) - 1)
    for place, lines in enumerate(heads):
        for down, text in enumerate(lines):
            drawn.append(words(LABELS + room * place, 14 + 15 * down, text, font_size="13", font_weight="600"))
    for line, (name, row) in enumerate(zip(rows, values, strict=True)):
        y = 41 + lower + ROW * line
        drawn += [rule(27 + lower + ROW * line, width), label(y, name)]
        for place, value in enumerate(row):
            radius = 12 * (value / max(1, most)) ** 0.5
            x = LABELS + room * place + 14
            if value:
                drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{max(radius, 1.5):.1f}" {attributes("accent")}/>')
            drawn.append(words(x + (20 if value else -14), y + 5, f"{value:,}" if value else "–", font_size="13"))
    return width, 30 + lower + ROW * len(rows), "".join(drawn)


def attributes(colour: str) -> str:
    return f'class="{colour}" fill="{COLOURS[colour]}"'


def groups_of_bars(key: str, groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> tuple[float, str]:
    """Bars under a name, each with its own words at its end. Returns height and drawing."""
    most = max((value for _, bars in groups for _, value in bars), default=1)
    drawn, y = [], 6.0
    for name, bars in groups:
        drawn.append(label(y + 9, name))
        for place, (noun, value) in enumerate(bars):
            length = (WIDTH - LABELS - 190) * value / max(1, most)
            colour = "quiet" if len(bars) > 1 and place == 0 else "accent"
            drawn.append(bar(key, LABELS, y + 10, length, colour, 14))
            drawn.append(words(LABELS + length + 8, y + 15, f"{value:,} {noun}".strip(), font_size="13"))
            y += 22
        y += 12 if len(bars) > 1 else 6
    return y, "".join(drawn)
