"""The report and its statements for programs: the same sections, numbers, keys and ids as in every other file."""

import json
from dataclasses import asdict

from .document import Report

FORMAT = "rapporteur-report/1"


def render(report: Report) -> bytes:
    """UTF-8 JSON of the whole `Report`, with `format` naming its shape. A text that may not be printed is empty."""
    contents = asdict(report)
    contents["drafted_at"] = report.drafted_at.isoformat() if report.drafted_at else None
    return json.dumps({"format": FORMAT, **contents}, ensure_ascii=False, indent=1).encode("utf-8", "replace")
