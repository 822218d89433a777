"""The data as a workbook: a sheet a table, typed, filtered and with its head in view; texts are never formulas."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..wording import moment
from .document import Paragraph, Report, Section
from .tables import Table, tables_of

ACCENT, QUIET, HAIRLINE, HEAD = "#0B5C5A", "#5C5C66", "#DCD9D0", "#EEF4F3"
# What XML cannot hold; XlsxWriter itself escapes the control characters that Excel can show.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Excel holds no longer text in a cell.
CELL = 32_767
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": ACCENT, "text_wrap": True},
    "subtitle": {"font_size": 12, "text_wrap": True},
    "heading": {"bold": True, "font_size": 12, "font_color": ACCENT, "text_wrap": True},
    "prose": {"text_wrap": True, "valign": "top"},
    "quiet": {"text_wrap": True, "valign": "top", "font_color": QUIET},
    "head": {
        "bold": True,
        "font_color": ACCENT,
        "bg_color": HEAD,
        "bottom": 2,
        "bottom_color": ACCENT,
        "text_wrap": True,
        "valign": "top",
    },
    "text": {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": HAIRLINE},
    "integer": {"num_format": "#,##0", "valign": "top", "bottom": 1, "bottom_color": HAIRLINE},
    "id": {"num_format": "0", "valign": "top", "align": "left", "bottom": 1, "bottom_color": HAIRLINE},
    "number": {"num_format": "0.000", "valign": "top", "bottom": 1, "bottom_color": HAIRLINE},
    "date": {"num_format": "d mmm yyyy", "valign": "top", "align": "left", "bottom": 1, "bottom_color": HAIRLINE},
}
STYLES["yes or no"] = STYLES["text"]


def render(report: Report) -> bytes:
    """The XLSX's bytes. Every text is written as a text, whatever it begins with; days are real days."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = report.drafted_at or datetime(2000, 1, 1, tzinfo=UTC)
    book.set_properties(
        {
            "title": clean(report.title)[:255],
            "subject": clean(report.subtitle)[:255],
            "author": clean(report.organisers)[:255] or "Rapporteur",
            "created": made.replace(tzinfo=None),
        }
    )
    styles = {name: book.add_format({"font_name": "Calibri", **style}) for name, style in STYLES.items()}
    tables = tables_of(report)
    read_me(book.add_worksheet("Read me"), report, tables, styles)
    for table in tables:
        sheet(book.add_worksheet(table.title), table, styles)
    book.close()
    return out.getvalue()


def clean(text: str) -> str:
    return ILLEGAL.sub("", text)[:CELL]


def read_me(page: Worksheet, report: Report, tables: list[Table], styles: dict[str, Format]) -> None:
    """What the workbook holds, the accounts, and how the report was made."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 100)
    page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    balance = report.balance
    accounts = (
        f"{balance.received:,} received = {balance.used:,} used + {balance.duplicate:,} duplicate"
        f" + {balance.withheld:,} withheld + {balance.in_no_theme:,} in no theme"
    )
    lines: list[tuple[str, str, str]] = [("title", clean(report.title), ""), ("subtitle", clean(report.subtitle), "")]
    facts = (("Places", report.places), ("Dates", report.dates), ("Organisers", report.organisers))
    lines += [("prose", name, text) for name, text in facts if text]
    if report.drafted_at:
        lines.append(("prose", "Made", f"{moment(report.drafted_at)} UTC"))
    lines += [("prose", "Statements", accounts), ("heading", "Sheets", "")]
    lines += [("prose", table.title, f"{table.about} Rows: {len(table.rows):,}.") for table in tables]
    lines += [("heading", "How this report was made", "")]
    lines += [("prose", f"Paragraph {number}", text) for number, text in method_lines(report)]
    for place, (style, first, second) in enumerate(lines):
        if second:
            page.write_string(place, 0, first, styles["quiet"])
            page.write_string(place, 1, clean(second), styles[style])
        else:
            page.merge_range(place, 0, place, 1, "", styles[style])
            page.write_string(place, 0, first, styles[style])
            page.set_row(place, 30 if style == "title" else 24 if style == "heading" else 20)


def method_lines(report: Report) -> Iterator[tuple[str, str]]:
    """The method box's paragraphs as plain lines, with their numbers."""

    def below(section: Section) -> Iterator[Paragraph]:
        return section.all_paragraphs() if section.key == "method" else iter(())

    for section in report.sections:
        for paragraph in below(section):
            items = "".join(f"\n– {item.text}" for item in paragraph.items)
            yield str(paragraph.number or ""), f"{paragraph.text}{items}"


def sheet(page: Worksheet, table: Table, styles: dict[str, Format]) -> None:
    """One table: its head stays in view, each column can be filtered, and it prints one page wide with its head."""
    for place, column in enumerate(table.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.name, styles["head"])
        page.write_comment(0, place, column.meaning, {"x_scale": 2})
    kinds = [column.kind for column in table.columns]
    for line, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            write(page, line, place, value, styles[kinds[place]])
    last = max(1, len(table.rows))
    page.autofilter(0, 0, last, len(table.columns) - 1)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")


def write(page: Worksheet, line: int, place: int, value: Any, style: Format) -> None:
    """A cell of the value's own type."""
    if value is None or value == "":
        page.write_blank(line, place, None, style)
    elif isinstance(value, bool):
        page.write_string(line, place, "yes" if value else "no", style)
    elif isinstance(value, str):
        page.write_string(line, place, clean(value), style)
    elif isinstance(value, date):
        page.write_datetime(line, place, datetime(value.year, value.month, value.day), style)
    else:
        page.write_number(line, place, value, style)
