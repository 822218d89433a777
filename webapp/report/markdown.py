"""The report as Markdown. What people wrote is escaped, so that it reads as it was written."""

import re

from flask_babel import gettext as _

from .attribution import told_below
from .document import Figures, Item, Paragraph, Quote, Report, Run, Section

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
AT_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def render(report: Report) -> bytes:
    """UTF-8 Markdown (CommonMark with tables)."""
    lines = [f"# {plain(report.title)}", plain(report.subtitle)]
    lines += [plain(text) for text in (report.places, report.dates, report.organisers, report.stage) if text]
    for section in report.sections:
        lines += section_lines(section, 2)
    return ("\n\n".join(lines) + "\n").encode("utf-8", "replace")


def plain(text: str) -> str:
    """The text with every sign escaped that Markdown would read as its own; on one line."""
    return AT_LINE_START.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", " ".join(text.split())))


def section_lines(section: Section, level: int) -> list[str]:
    lines = [f"{'#' * level} {plain(section.title)}"]
    for paragraph in section.paragraphs:
        lines += paragraph_lines(paragraph)
    for inner in section.sections:
        lines += section_lines(inner, level + 1)
    return lines


def paragraph_lines(paragraph: Paragraph) -> list[str]:
    text = run_text(paragraph.runs)
    lines = [
        f"**{paragraph.number}** {text}" if paragraph.number else f"*{text}*" if paragraph.kind == "missing" else text
    ]
    if paragraph.kind == "lines":
        lines = ["  \n".join([text, *(run_text(item.runs) for item in paragraph.items)])]
    elif paragraph.items:
        mark = "{}." if paragraph.kind == "ranked" else "-"
        lines.append("\n".join(item_line(item, mark.format(place)) for place, item in enumerate(paragraph.items, 1)))
    lines += [f"*{plain(_('The organisers’ own words'))}*"] if paragraph.own else []
    lines += [f"> {quote_text(quote)}" for quote in paragraph.quotes]
    if paragraph.figures:
        lines += [f"**{plain(paragraph.figures.caption)}**", table(paragraph.figures)]
        lines += [plain(paragraph.figures.note)] if paragraph.figures.note else []
    return lines


def run_text(runs: tuple[Run, ...]) -> str:
    return "".join(
        f"<{run.href}>"
        if run.href and run.href == run.text
        else f"**{plain(run.text)}**"
        if run.strong
        else f"*{plain(run.text)}*"
        if run.emphasis
        else spaced(run.text)
        for run in runs
    )


def spaced(text: str) -> str:
    """Escaped, with the space at either end kept, for the next run follows on."""
    lead = " " if text[:1].isspace() else ""
    return lead + plain(text) + (" " if text.strip() and text[-1:].isspace() else "")


def quote_text(quote: Quote) -> str:
    cut = " \\[…\\]" if quote.cut_after else ""
    return f"“{plain(quote.text)}{cut}” — {plain(told_below(quote))}"


def item_line(item: Item, mark: str) -> str:
    note = f" ({plain(item.note)})" if item.note else ""
    quotes = "".join(f" {quote_text(quote)}" for quote in item.quotes)
    return f"{mark} {run_text(item.runs)}{note}{quotes}"


def table(figures: Figures) -> str:
    rows = [figures.head, tuple("---" for _ in figures.head), *figures.rows]
    return "\n".join(
        f"| {' | '.join(cell if place == 1 else plain(cell) for cell in row)} |" for place, row in enumerate(rows)
    )
