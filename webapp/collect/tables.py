"""A file as people have it, CSV or XLSX, read into one table of texts."""

import codecs
import csv
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from charset_normalizer import from_bytes

from ..errors import DomainError
from ..text_input import clean_line

DELIMITERS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SPACES = "\t\n\v\f\r"
MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
LARGEST_CELL = 16 * 1024 * 1024
# Fewer letters beyond ASCII than this are no ground for guessing among the one-byte encodings.
ENOUGH_LETTERS = 20


class UnreadableFile(DomainError):
    """The file holds no table with a column of texts."""


@dataclass
class Table:
    """Headings, and the rows that are not blank: (the number that the file's program shows, the cells as texts).

    A row has at least as many cells as there are headings; a cell beyond them is the row's fault, and is kept.
    """

    headings: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    # Sheets of the same file that hold something and were not read.
    other_sheets: list[str] = field(default_factory=list)


def decoded(content: bytes) -> str:
    """The text by its byte order mark, else as UTF-8 or UTF-16, else as what Windows or an old Mac wrote."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    start = content[:4096]
    if len(start) > 3 and start.count(0) > len(start) / 4:
        # Latin letters in UTF-16: every second byte is NUL.
        return content.decode("utf-16-be" if start[0] == 0 else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(one_byte_encoding(content), errors="replace")


def one_byte_encoding(content: bytes) -> str:
    """Windows-1252, or Mac Roman where the letters of a longer text speak for it."""
    letters = bytes(byte for byte in content[:100_000] if byte > 127)
    if len(letters) < ENOUGH_LETTERS:
        return "cp1252"
    best = from_bytes(content[:100_000], cp_isolation=["cp1252", "mac_roman"]).best()
    return best.encoding if best is not None and best.encoding in ("cp1252", "mac_roman") else "cp1252"


def delimiter_of(text: str) -> str:
    """The delimiter under which the first records agree on the most columns; a comma where all find one."""

    def fit(delimiter: str) -> tuple[float, int, int]:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            records = [cells for cells, _ in zip(reader, range(20), strict=False) if cells]
        except csv.Error:
            return 0, 0, 0
        width, often = Counter(map(len, records)).most_common(1)[0] if records else (0, 0)
        # Quotation marks that are left in cells were cut off from their other half.
        stray = sum('"' in cell for cells in records for cell in cells)
        return (often / len(records) if width > 1 else 0, -stray, width)

    return max(DELIMITERS, key=fit)


def refuse_what_is_no_text(text: str) -> None:
    """Raise UnreadableFile for a picture or another file that was taken for a table by its name."""
    sample = text[:4096]
    if sum(letter < " " and letter not in SPACES for letter in sample) > len(sample) / 100:
        raise UnreadableFile("This file holds no text. Choose a CSV or XLSX file.")


def csv_records(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """(the line it ends on, cells) of each record that is not blank."""
    csv.field_size_limit(LARGEST_CELL)
    text = decoded(content).replace("\x00", "")
    refuse_what_is_no_text(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnreadableFile(
                f"Line {reader.line_num + 1:,} of the file is no row of a CSV: a quotation mark was probably opened "
                "there and never closed. Nothing was stored."
            ) from None
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def is_title(widths: list[int]) -> bool:
    """Whether the first of these rows is a title above the table: one or two cells, and most rows below have more."""
    below = [width >= widths[0] + 2 for width in widths[1:]]
    return widths[0] < 3 and 2 * sum(below) > len(below)


def table_from(records: Iterable[tuple[int, list[str]]]) -> Table:
    """The table of a file's records; UnreadableFile where there is none, or too much of it."""
    rows: list[tuple[int, list[str]]] = []
    cells_seen = 0
    for line, cells in records:
        while cells and not cells[-1].strip():
            cells.pop()
        cells_seen += len(cells)
        rows.append((line, cells))
        check_size(len(rows), len(cells), cells_seen)
    if not rows:
        raise UnreadableFile("The file is empty. Nothing was read.")
    widths = [sum(bool(cell.strip()) for cell in cells) for _line, cells in rows[:30]]
    first = next((at for at in range(min(10, len(widths))) if not is_title(widths[at:])), 0)
    headings = [clean_line(cell) for cell in rows[first][1]]
    return Table(headings, rows[first + 1 :])


def check_size(rows: int, columns: int, cells: int) -> None:
    if rows > MOST_ROWS + 3:
        raise UnreadableFile(f"The file has more than {MOST_ROWS:,} rows. Split it into several files; none was read.")
    if columns > MOST_COLUMNS:
        raise UnreadableFile(f"The file has more than {MOST_COLUMNS} columns. Delete those that are not needed first.")
    if cells > MOST_CELLS:
        raise UnreadableFile(f"The file has more than {MOST_CELLS:,} cells. Split it into several files.")


def padded(table: Table) -> Table:
    """The table with every row as long as its headings."""
    width = len(table.headings)
    table.rows = [(line, cells + [""] * (width - len(cells))) for line, cells in table.rows]
    return table


def packed(table: Table) -> bytes:
    """The table as it waits in the database."""
    whole: dict[str, Any] = {"headings": table.headings, "rows": table.rows, "others": table.other_sheets}
    return zlib.compress(json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace"), level=3)


def unpacked(content: bytes) -> Table:
    whole = json.loads(zlib.decompress(content))
    return Table(whole["headings"], [(line, cells) for line, cells in whole["rows"]], whole["others"])
