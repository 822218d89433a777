"""The report as one HTML file, for e-mail and for reading offline: its style, its charts and all evidence are in it."""

import re
from functools import cache

from flask import render_template

from config import ROOT

from .charts import charts_of
from .document import Report
from .summary import summary_of

STYLES = ("app.css", "facets.css", "report.css", "charts.css")


def render_summary(report: Report) -> bytes:
    """The two pages for those who will not read more."""
    return render(summary_of(report), compact=True)


def render(report: Report, compact: bool = False) -> bytes:
    """UTF-8 HTML that asks for nothing from anywhere and runs nothing; light and dark as the reader's screen is."""
    look = f"{style()}\n{report.brand.style}" if report.brand else style()
    charts = charts_of(report)
    page = render_template(
        "report/alone.html", report=report, charts=charts, style=look, standing=report.stage, compact=compact
    )
    return re.sub(r"\n\s*\n+", "\n", page).strip().encode("utf-8", "replace")


@cache
def style() -> str:
    """The pages' own style sheets, one after the other."""
    return "\n".join((ROOT / "webapp" / "static" / name).read_text(encoding="utf-8") for name in STYLES)
