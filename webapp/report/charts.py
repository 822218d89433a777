"""The report's charts, for those who would rather look than read: each with its table and its text alternative."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from ..programme.models import FACETS
from ..wording import capital
from . import chart_svg
from .chart_svg import Bars
from .data import BreakdownRow, ThemeRow
from .document import Figures, Report
from .language import listed
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
    title = _("The themes by weight and heading")
    totals = [theme.statements for theme in themes]
    parts = [
        Bars(name, facet, [row[place] for row in cells])
        for place, (facet, name) in enumerate(zip(FACETS, names, strict=True))
    ]
    rows = [named(theme) for theme in themes]
    ranked = sorted(themes, key=lambda theme: (-theme.statements, theme.number))
    sums = sorted(((sum(part.values), part.head) for part in parts), reverse=True)
    alternative = _(
        "Bar chart of %(themes)s by the number of statements in each. The most stand in “%(most)s” (%(most_number)s),"
        " the fewest in “%(fewest)s” (%(fewest_number)s). All statements, %(all)s of them, by heading: %(headings)s.",
        themes=counted(len(themes), "theme"),
        most=ranked[0].title,
        most_number=f"{ranked[0].statements:,}",
        fewest=ranked[-1].title,
        fewest_number=f"{ranked[-1].statements:,}",
        all=f"{sum(totals):,}",
        headings=listed(f"{head} {number:,}" for number, head in sums),
    )
    height, body = chart_svg.columns_of_bars("themes-by-facet", rows, Bars(_("Statements"), "accent", totals), parts)
    table = summed(
        title, (_("Theme"), _("Statements"), *names), rows, [[t, *c] for t, c in zip(totals, cells, strict=True)]
    )
    drawn = chart_svg.svg("themes-by-facet", title, alternative, height, body)
    return Chart("themes-by-facet", title, drawn, alternative, table, "key-themes-list")


def by_event(report: Report) -> Chart | None:
    themes = themes_of(report)
    names, cells = grid(report.data.cells("theme_by_event"), themes)
    if len(themes) < 2 or len(report.data.events) < 2:
        return None
    title = _("Where each theme was heard")
    rows = [named(theme) for theme in themes]
    only = [theme for theme in themes if theme.events == 1]
    everywhere = sum(theme.events == len(names) for theme in themes)
    once = " " + _("At one event only: %(themes)s.", themes=listed(f"“{one.title}”" for one in only)) if only else ""
    most = [(max(row), theme, names[row.index(max(row))]) for theme, row in zip(themes, cells, strict=True)]
    number, theme, where = max(most, key=lambda each: each[0])
    heard_everywhere = ngettext(
        "%(themes)s was heard at every event.",
        "%(themes)s were heard at every event.",
        everywhere,
        themes=counted(everywhere, "theme"),
    )
    drawn_as = _(
        "Chart of dots: a row for each of %(themes)s and a column for each of %(events)s; the larger the dot, the more"
        " statements. The largest is “%(theme)s” at %(event)s (%(number)s).",
        themes=counted(len(themes), "theme"),
        events=counted(len(names), "event"),
        theme=theme.title,
        event=where,
        number=f"{number:,}",
    )
    alternative = f"{drawn_as} {capital(heard_everywhere)}{once}"
    width, height, body = chart_svg.dots(rows, names, cells)
    totals = [[*row, sum(row)] for row in cells]
    table = summed(title, (_("Theme"), *names, _("All events")), rows, totals)
    drawn = chart_svg.svg("themes-by-event", title, alternative, height, body, width)
    return Chart("themes-by-event", title, drawn, alternative, table, "key-themes-list")


def took_part(report: Report) -> Chart | None:
    """Invited, attended and responded, event by event."""
    events = report.data.events
    kinds = (
        ("invited", _("invited"), _("Invited")),
        ("attended", _("attended"), _("Attended")),
        ("responses", _("sent written feedback"), _("Written responses")),
    )
    known = [kind for kind in kinds if any(getattr(event, kind[0]) for event in events)]
    if len(events) * len(known) < 2:
        return None
    title = _("Who took part")
    groups = [
        (
            event.name,
            [(words, getattr(event, name)) for name, words, _head in known if getattr(event, name) is not None],
        )
        for event in events
    ]
    told = "; ".join(f"{name}: {listed(f'{value:,} {words}' for words, value in bars)}" for name, bars in groups)
    height, body = chart_svg.groups_of_bars("took-part", groups)
    alternative = _("Bar chart by event. %(told)s.", told=told)
    cells = [[getattr(event, name) for name, _words, _head in known] for event in events]
    heads = (_("Event"), *(head for _name, _words, head in known))
    table = summed(title, heads, [event.name for event in events], cells)
    drawn = chart_svg.svg("took-part", title, alternative, height, body)
    return Chart("took-part", title, drawn, alternative, table, "events-figures", tabled=True)


def organisations(report: Report) -> Chart | None:
    """Responses by kind of organisation, small groups together."""
    rows = report.data.cells("responses_by_organisation")
    if len(rows) < 2:
        return None
    title = _("Written responses by kind of organisation")
    groups = [(row.column, [("", row.people or 0)]) for row in rows]
    told = listed(f"{row.column}, {row.people:,}" for row in rows)
    alternative = _("Bar chart of written responses by kind of organisation: %(told)s.", told=told)
    height, body = chart_svg.groups_of_bars("organisations", groups)
    cells = [[row.people] for row in rows]
    table = summed(title, (_("Kind"), _("Responses")), [row.column for row in rows], cells)
    drawn = chart_svg.svg("organisations", title, alternative, height, body)
    return Chart("organisations", title, drawn, alternative, table, "events-organisations", tabled=True)


def summed(title: str, head: tuple[str, ...], names: Sequence[str], cells: Sequence[Sequence[int | None]]) -> Figures:
    """A table of the numbers with their sums; what nobody recorded is said to be so, in the sum too."""
    sums = [None if None in column else sum(value or 0 for value in column) for column in zip(*cells, strict=True)]
    rows = [(name, *map(amount, row)) for name, row in zip(names, cells, strict=True)]
    if len(rows) > 1:
        rows.append((_("Together"), *map(amount, sums)))
    return Figures(title, head, tuple(rows), total=len(rows) > 1)


def amount(value: int | None) -> str:
    return _("not recorded") if value is None else f"{value:,}"
