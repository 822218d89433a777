"""The data as CSV that spreadsheets open as it is, and from which no formula can run: all statements as one file, or
every table in a ZIP file."""

import csv
import io
import zipfile
from typing import Any

from ..spreadsheet_cells import harmless
from .document import Report
from .tables import Table, tables_of


def render(report: Report) -> bytes:
    """All statements. UTF-8 with a byte order mark, so that Excel reads every letter right."""
    return written(next(table for table in tables_of(report) if table.name == "statements"))


def render_all(report: Report) -> bytes:
    """A ZIP file with one CSV a table; the same ids throughout, and the same bytes for the same report."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables_of(report):
            archive.writestr(zipfile.ZipInfo(f"{table.name}.csv"), written(table), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def written(table: Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def cell(value: Any) -> Any:
    """A day as 2003-07-08, yes or no in words, nothing as an empty cell, and text that no spreadsheet calculates."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return harmless(value.replace("\x00", "")) if isinstance(value, str) else value
