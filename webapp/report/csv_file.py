"""All statements as one CSV file that spreadsheets open as it is, and from which no formula can run."""

import csv
import io

from ..spreadsheet_cells import harmless
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


def render(report: Report) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads every letter right. A text that may not be printed is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report.statements:
        writer.writerow(harmless(str(getattr(row, column)).replace("\x00", "")) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig")
