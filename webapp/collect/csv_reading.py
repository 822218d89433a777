"""A CSV as people have it (any of three delimiters, any of the usual encodings, ragged) read into rows by column."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ..errors import DomainError
from ..text_input import clean_line, clean_text
from ..wording import listed

DELIMITERS = (",", ";", "\t")
# Our name for a column -> the headings that mean it, in lower case; the first that is there counts.
HEADINGS = {
    "text": ("text", "comment", "comments", "feedback", "answer", "response", "verbatim"),
    "event": ("event", "workshop", "meeting"),
    "session": ("session", "day"),
    "question": ("question", "label", "prompt"),
    "votes": ("votes", "likes", "upvotes"),
    "organisation_type": ("organisation_type", "organisation type", "organization_type", "organization type"),
    "date": ("date", "time", "timestamp", "submitted at"),
    "id": ("id", "response id", "respondent id"),
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableFile(DomainError):
    """The file holds no table with a column of texts."""


@dataclass(frozen=True)
class Row:
    """One row: the number of the line it ends on, its cells by our column names, and why it cannot be used, if so."""

    line: int
    cells: dict[str, str]
    fault: str = ""


def decoded(content: bytes) -> str:
    """The text by its byte order mark, else as UTF-8, else as Windows-1252, which reads every file."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """The delimiter that finds most columns in the heading; a comma where all find one."""
    first_line = io.StringIO(text).readline()

    def columns(delimiter: str) -> int:
        return len(next(csv.reader([first_line], delimiter=delimiter), []))

    return max(DELIMITERS, key=columns)


def columns_of(headings: list[str], text_column: str | None) -> dict[str, int]:
    """Where each of our columns stands in the file; UnreadableFile names the headings where no text is among them."""
    lowered = [heading.lower() for heading in headings]
    wanted = {**HEADINGS, "text": (text_column.strip().lower(),)} if text_column else HEADINGS
    places: dict[str, int] = {}
    for name, meanings in wanted.items():
        found = next((lowered.index(meaning) for meaning in meanings if meaning in lowered), None)
        if found is not None and found not in places.values():
            places[name] = found
    if "text" not in places:
        raise UnreadableFile(
            _(
                "No column is named %(wanted)s. The columns found are: %(found)s. Nothing was read; say which column "
                "holds the texts.",
                wanted=" or ".join(f'"{meaning}"' for meaning in wanted["text"][:3]),
                found=listed(f'"{heading}"' for heading in headings if heading) or _("none"),
            )
        )
    return places


def rows_of(content: bytes, text_column: str | None = None) -> Iterator[Row]:
    """Each row of a CSV that is not blank. Raises UnreadableFile before the first row where the file cannot be read."""
    csv.field_size_limit(16 * 1024 * 1024)
    text = decoded(content).replace("\x00", "")
    text = text[len(text) - len(text.lstrip("\r\n")) :]
    if not text.strip():
        raise UnreadableFile(_("The file is empty. Nothing was read."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    headings = [clean_line(heading) for heading in next(reader)]
    places = columns_of(headings, text_column)
    return _rows(reader, places, len(headings))


def _rows(reader: Any, places: dict[str, int], width: int) -> Iterator[Row]:
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        surplus = [cell for cell in cells[width:] if cell.strip()]
        cells += [""] * (width - len(cells))
        named = {name: clean_text(cells[place]).strip() for name, place in places.items()}
        # More cells than headings: a comma without quotes cut the text, and half a sentence must not be quoted.
        fault = (
            _("it has %(cells)s cells under %(width)s headings", cells=width + len(surplus), width=width)
            if surplus
            else ""
        )
        yield Row(reader.line_num, named, fault)
