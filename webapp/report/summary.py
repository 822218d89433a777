"""The report on two pages: the same facts, sentences and quotations, fewer of them. It is a `Report` too, so that the
same renderers set it."""

import math
from collections.abc import Iterable
from dataclasses import replace

from flask_babel import gettext as _

from .data import Data
from .document import Item, Paragraph, Quote, Report, Run, Section

# Lines of text on two pages as the renderers set them, and letters on a line.
LINES, LETTERS = 104, 105


def summary_of(report: Report) -> Report:
    """What fits on two pages: quotations go first, the last theme's before the first's, then the last themes."""
    themes = [section for section in report.sections if section.key.startswith("theme-")]
    for kept, quoted in attempts(len(themes)):
        sections = tuple(part for part in parts_of(report, themes[:kept], quoted, len(themes) - kept) if part)
        if sum(lines_of(section) for section in sections) <= LINES:
            break
    return replace(
        report, title=_("%(title)s: summary", title=report.title), sections=sections, statements=(), data=Data()
    )


def attempts(themes: int) -> Iterable[tuple[int, int]]:
    """How many themes to keep, and of how many of them a quotation: the most first."""
    yield from ((themes, quoted) for quoted in range(themes, -1, -1))
    yield from ((kept, 0) for kept in range(themes - 1, -1, -1))


def parts_of(report: Report, themes: list[Section], quoted: int, left_out: int) -> Iterable[Section | None]:
    yield glance(report)
    yield key_themes(themes, quoted, left_out)
    yield project(report)
    yield shortened(report, "what-next")
    yield closing(report)


def plain(key: str, text: str) -> Paragraph:
    return Paragraph(None, f"summary-{key}", "text", (Run(text),))


def found(report: Report, key: str) -> Paragraph | None:
    return next((one for one in report.all_paragraphs() if one.key == key), None)


def glance(report: Report) -> Section | None:
    """Where, when, who and how, in the report's own sentences."""
    wanted = [found(report, key) for key in ("events-held", "events-figures")]
    paragraphs = tuple(replace(one, number=None, figures=None, kind="text") for one in wanted if one)
    return Section("summary-events", _("At a glance"), paragraphs) if paragraphs else None


def key_themes(themes: list[Section], quoted: int, left_out: int) -> Section | None:
    """Each theme's opening paragraph, the numbers of its paragraphs, and the first of its quotations."""
    if not themes:
        return None
    items = tuple(theme_item(theme, place < quoted) for place, theme in enumerate(themes))
    paragraphs = [Paragraph(None, "summary-themes", "ranked", (), items)]
    if left_out:
        paragraphs.append(plain("left-out", _("Further themes are in the full report: %(number)s.", number=left_out)))
    return Section("summary-themes-section", _("The key themes"), tuple(paragraphs))


def theme_item(theme: Section, with_quote: bool) -> Item:
    paragraphs = list(theme.all_paragraphs())
    opening = next((one for one in paragraphs if one.kind == "opening"), None)
    numbers = [str(one.number) for one in paragraphs if one.number is not None]
    where = _("paragraph %(number)s", number="".join(numbers[:1]))
    if len(numbers) > 1:
        where = _("paragraphs %(first)s to %(last)s", first=numbers[0], last=numbers[-1])
    _before, _colon, title = theme.title.partition(": ")
    quotes = [quote for one in paragraphs for quote in one.quotes]
    return Item(
        runs=titled(title or theme.title, opening.runs if opening else ()),
        note=where if numbers else "",
        quotes=shortest_first(quotes)[:1] if with_quote else (),
    )


def titled(title: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The title in bold before the opening; where the opening's first sentence begins with it, it stands once."""
    if runs and runs[0].text.startswith(f"{title} "):
        first = runs[0]
        return Run(title, strong=True), replace(first, text=first.text[len(title) :]), *runs[1:]
    return Run(f"{title}. ", strong=True), *runs


def shortest_first(quotes: list[Quote]) -> tuple[Quote, ...]:
    """The report's first quotation of a theme, unless it is long and another is not."""
    return tuple(sorted(quotes, key=lambda quote: len(quote.text) > 200))


def project(report: Report) -> Section | None:
    """The ranked list on the project, without its quotations."""
    one = found(report, "project-list")
    if one is None:
        return None
    items = tuple(replace(item, quotes=()) for item in one.items)
    title = next(section.title for section in report.sections if section.key == "project")
    return Section("summary-project", title, (replace(one, number=None, items=items, evidence=()),))


def shortened(report: Report, key: str) -> Section | None:
    """What the organisers wrote, without numbers."""
    section = next((section for section in report.sections if section.key == key), None)
    if section is None or all(one.kind == "missing" for one in section.paragraphs):
        return None
    paragraphs = tuple(replace(one, number=None) for one in section.paragraphs)
    return Section(f"summary-{key}", section.title, paragraphs)


def closing(report: Report) -> Section:
    """The accounts, and where the rest is."""
    accounts = found(report, "method-accounts")
    full = _("The full report has every theme with its evidence, and says how it was made.")
    words = f"{accounts.text} {full}" if accounts else full
    return Section("summary-method", _("What this rests on"), (plain("method", words),))


def lines_of(section: Section) -> float:
    """About how many lines a section takes."""
    lines = 2.5
    for one in section.paragraphs:
        lines += 0.6 + math.ceil(len(one.text) / LETTERS)
        for item in one.items:
            lines += 0.5 + math.ceil((len(item.text) + len(item.note)) / (LETTERS - 5))
            lines += sum(1.4 + math.ceil(len(quote.text) / (LETTERS - 14)) for quote in item.quotes)
    return lines
