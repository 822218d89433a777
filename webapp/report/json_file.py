"""The report and its data for programs: the same sections, numbers, keys and ids as in every other file."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .document import Report
from .schema import FORMAT


def render(report: Report) -> bytes:
    """UTF-8 JSON of the whole `Report`, as `schema.schema()` describes it; `format` names that shape."""
    contents = {"format": FORMAT, **asdict(report)}
    return json.dumps(contents, ensure_ascii=False, indent=1, default=moment_as_text).encode("utf-8", "replace")


def moment_as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")
