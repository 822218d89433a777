"""All statements as one CSV file that spreadsheets open as it is, and from which no formula can run."""

import csv
import io

from .document import Report

COLUMNS = (
    "id",
    "event",
    "session",
    "channel",
    "organisation_type",
    "facet",
    "theme",
    "fate",
    "reason",
    "weight",
    "consent",
    "text",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: str) -> str:
    """The value so that no spreadsheet takes it for a formula: an apostrophe stands before a sign that begins one."""
    return "'" + value if value.startswith(FORMULA) or value.lstrip().startswith(FORMULA) else value


def render(report: Report) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads every letter right. A text that may not be printed is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report.statements:
        writer.writerow(harmless(str(getattr(row, column)).replace("\x00", "")) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig")
