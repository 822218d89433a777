"""A table of comments, one a row, read by what its columns are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from ..text_input import clean_text
from ..wording import listed
from .tables import Table, UnreadableFile, csv_records, table_from

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


@dataclass(frozen=True)
class Row:
    """One row: the number of the line it ends on, its cells by our column names, and why it cannot be used, if so.

    `said` is (heading, cell) of every cell that holds something, whatever its column.
    """

    line: int
    cells: dict[str, str]
    fault: str = ""
    said: tuple[tuple[str, str], ...] = ()


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
    table = table_from(csv_records(content))
    return _rows(table, columns_of(table.headings, text_column))


def fault_of_width(cells: list[str], width: int) -> str:
    """What is wrong with more cells than headings: a comma without quotes cut the text, and half a sentence must not
    be quoted."""
    surplus = [cell for cell in cells[width:] if cell.strip()]
    return (
        _("it has %(cells)s cells under %(width)s headings", cells=width + len(surplus), width=width) if surplus else ""
    )


def _rows(table: Table, places: dict[str, int]) -> Iterator[Row]:
    width = len(table.headings)
    for line, cells in table.rows:
        filled = cells + [""] * (width - len(cells))
        named = {name: clean_text(filled[place]).strip() for name, place in places.items()}
        said = tuple(pair for pair in zip(table.headings, filled, strict=False) if pair[1].strip())
        yield Row(line, named, fault_of_width(cells, width), said)
