"""Comments out of files as people have them: any usual encoding, any delimiter, ragged rows."""

import csv
import io
import sys
from pathlib import Path


class NoText(Exception):
    """The file holds no comments that could be read; the message says why."""


def read_column(path: str, column: str | None = None) -> tuple[str, list[str]]:
    """The name and the non-empty cells of the column of comments.

    Without ``column`` it is the column with the most different words. Raises ``NoText`` if there is none,
    ``OSError`` if the file cannot be read.
    """
    raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    rows = [row for row in _rows(decode(raw)) if any(cell.strip() for cell in row)]
    if not rows:
        raise NoText("the file is empty")
    header, body = rows[0], rows[1:]
    if column is not None:
        names = [name.strip().casefold() for name in header]
        if column.strip().casefold() not in names:
            raise NoText(f'there is no column "{column}"; there are: {", ".join(header)}')
        at = names.index(column.strip().casefold())
        return header[at].strip(), _cells(body, at)
    if max(len(row) for row in rows) == 1 and len(header[0].split()) > 3:
        return "comments", _cells(rows, 0)  # a plain list without a heading
    at = max(range(max(map(len, rows))), key=lambda i: len({w for cell in _cells(body, i) for w in cell.split()}))
    if not (texts := _cells(body, at)):
        raise NoText("the file has a heading but no comments")
    return header[at].strip() if at < len(header) else f"column {at + 1}", texts


def decode(raw: bytes) -> str:
    """Text of bytes in UTF-8 or UTF-16 with a mark, plain UTF-8, or else Windows-1252. NULs are dropped."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    return text.replace("\0", "")


def _rows(text: str) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter if delimiter in first else "\t"))


def _cells(rows: list[list[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
