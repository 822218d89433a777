"""The report's charts, for those who would rather look than read: each with its table and its text alternative."""

from collections.abc import Sequence
from typing import NamedTuple

from ..programme.models import FACETS
from ..wording import listed
from . import chart_svg
from .chart_svg import Bars
from .data import BreakdownRow, ThemeRow
from .document import Figures, Report
from .quantity import counted


class Chart(NamedTuple):
    """`svg` stands alone and follows the page's colours; `alternative` tells what it shows; `table` has every number.

    `after` is the key of the paragraph that it belongs under; `tabled` says that the table stands there already.
    """

    key: str
    title: str
    svg: str
    alternative: str
    table: Figures
    after: str
    tabled: bool = False


def charts_of(report: Report) -> tuple[Chart, ...]:
    """Who took part, by event and by kind of organisation; the themes by weight and heading, and by event. A chart of
    which there would be fewer than two things to compare is left out."""
    made = (took_part(report), organisations(report), by_facet(report), by_event(report))
    return tuple(chart for chart in made if chart is not None)


def themes_of(report: Report) -> list[ThemeRow]:
    """The themes on the subject, in the report's order."""
    return [theme for theme in report.data.themes if not theme.about_project]


def named(theme: ThemeRow) -> str:
    return f"{theme.number}. {theme.title}"


def grid(rows: Sequence[BreakdownRow], themes: Sequence[ThemeRow]) -> tuple[list[str], list[list[int]]]:
    """The columns' names, and a row of numbers a theme."""
    names = list(dict.fromkeys(row.column for row in rows))
    cells = {(row.theme_id, row.column): row.statements or 0 for row in rows}
    return names, [[cells.get((theme.id, name), 0) for name in names] for theme in themes]


def by_facet(report: Report) -> Chart | None:
    themes = themes_of(report)
    names, cells = grid(report.data.cells("theme_by_facet"), themes)
    if len(themes) < 2:
        return None
    title = "The themes by weight and heading"
    totals = [theme.statements for theme in themes]
    parts = [
        Bars(name, facet, [row[place] for row in cells])
        for place, (facet, name) in enumerate(zip(FACETS, names, strict=True))
    ]
    rows = [named(theme) for theme in themes]
    ranked = sorted(themes, key=lambda theme: (-theme.statements, theme.number))
    sums = sorted(((sum(part.values), part.head) for part in parts), reverse=True)
    alternative = (
        f"Bar chart of {counted(len(themes), 'theme')} by the number of statements in each. The most stand in"
        f" “{ranked[0].title}” ({ranked[0].statements:,}), the fewest in “{ranked[-1].title}”"
        f" ({ranked[-1].statements:,}). Of all {sum(totals):,} statements"
        f" {listed(f'{number:,} are under {head}' for number, head in sums)}."
    )
    height, body = chart_svg.columns_of_bars("themes-by-facet", rows, Bars("Statements", "accent", totals), parts)
    table = summed(title, ("Theme", "Statements", *names), rows, [[t, *c] for t, c in zip(totals, cells, strict=True)])
    drawn = chart_svg.svg("themes-by-facet", title, alternative, height, body)
    return Chart("themes-by-facet", title, drawn, alternative, table, "key-themes-list")


def by_event(report: Report) -> Chart | None:
    themes = themes_of(report)
    names, cells = grid(report.data.cells("theme_by_event"), themes)
    if len(themes) < 2 or len(report.data.events) < 2:
        return None
    title = "Where each theme was heard"
    rows = [named(theme) for theme in themes]
    only = [theme for theme in themes if theme.events == 1]
    everywhere = sum(theme.events == len(names) for theme in themes)
    once = f" At one event only: {listed(f'“{theme.title}”' for theme in only)}." if only else ""
    most = [(max(row), theme, names[row.index(max(row))]) for theme, row in zip(themes, cells, strict=True)]
    number, theme, where = max(most, key=lambda each: each[0])
    heard_everywhere = counted(everywhere, "theme") + (" was" if everywhere == 1 else " were")
    alternative = (
        f"Chart of dots: a row for each of {counted(len(themes), 'theme')} and a column for each of"
        f" {counted(len(names), 'event')}; the larger the dot, the more statements. The largest is “{theme.title}” at"
        f" {where} ({number:,}). {heard_everywhere[:1].upper()}{heard_everywhere[1:]} heard at every event.{once}"
    )
    width, height, body = chart_svg.dots(rows, names, cells)
    totals = [[*row, sum(row)] for row in cells]
    table = summed(title, ("Theme", *names, "All events"), rows, totals)
    drawn = chart_svg.svg("themes-by-event", title, alternative, height, body, width)
    return Chart("themes-by-event", title, drawn, alternative, table, "key-themes-list")


def took_part(report: Report) -> Chart | None:
    """Invited, attended and responded, event by event."""
    events = report.data.events
    kinds = (("invited", "invited"), ("attended", "attended"), ("responses", "sent written feedback"))
    known = [kind for kind in kinds if any(getattr(event, kind[0]) for event in events)]
    if len(events) * len(known) < 2:
        return None
    title = "Who took part"
    groups = [
        (event.name, [(words, getattr(event, name)) for name, words in known if getattr(event, name) is not None])
        for event in events
    ]
    told = "; ".join(f"{name}: {listed(f'{value:,} {words}' for words, value in bars)}" for name, bars in groups)
    height, body = chart_svg.groups_of_bars("took-part", groups)
    alternative = f"Bar chart by event. {told}."
    cells = [[getattr(event, name) for name, _ in known] for event in events]
    heads = ("Event", *(name.capitalize() if name != "responses" else "Written responses" for name, _ in known))
    table = summed(title, heads, [event.name for event in events], cells)
    drawn = chart_svg.svg("took-part", title, alternative, height, body)
    return Chart("took-part", title, drawn, alternative, table, "events-figures", tabled=True)


def organisations(report: Report) -> Chart | None:
    """Responses by kind of organisation, small groups together."""
    rows = report.data.cells("responses_by_organisation")
    if len(rows) < 2:
        return None
    title = "Written responses by kind of organisation"
    groups = [(row.column, [("", row.people or 0)]) for row in rows]
    told = listed(f"{row.column}, {row.people:,}" for row in rows)
    alternative = f"Bar chart of written responses by kind of organisation: {told}."
    height, body = chart_svg.groups_of_bars("organisations", groups)
    cells = [[row.people] for row in rows]
    table = summed(title, ("Kind", "Responses"), [row.column for row in rows], cells)
    drawn = chart_svg.svg("organisations", title, alternative, height, body)
    return Chart("organisations", title, drawn, alternative, table, "events-organisations", tabled=True)


def summed(title: str, head: tuple[str, ...], names: Sequence[str], cells: Sequence[Sequence[int | None]]) -> Figures:
    """A table of the numbers with their sums; what nobody recorded is said to be so, in the sum too."""
    sums = [None if None in column else sum(value or 0 for value in column) for column in zip(*cells, strict=True)]
    rows = [(name, *map(amount, row)) for name, row in zip(names, cells, strict=True)]
    if len(rows) > 1:
        rows.append(("Together", *map(amount, sums)))
    return Figures(title, head, tuple(rows), total=len(rows) > 1)


def amount(value: int | None) -> str:
    return "not recorded" if value is None else f"{value:,}"
