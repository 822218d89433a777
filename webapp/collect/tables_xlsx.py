"""The first sheet of an Excel file that holds something, without trusting the file."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .tables import MOST_COLUMNS, MOST_ROWS, Table, UnreadableFile, csv_records, padded, table_from

# An honest spreadsheet of 32 MB unpacks to a few times its size.
LARGEST_UNPACKED = 300 * 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
MOST_BLANK_ROWS = 1000


def table_of(content: bytes) -> Table:
    """The table in a CSV or XLSX file, told apart by what is in it, whatever its name."""
    if content.startswith(OLD_EXCEL):
        raise UnreadableFile(
            "This is an Excel file of the old kind (.xls), or one with a password. Open it in Excel, save it as "
            "“Excel workbook (.xlsx)” without a password, and choose that file."
        )
    if content.startswith(b"%PDF"):
        raise UnreadableFile("This is a PDF. Export the answers as CSV or Excel instead. Nothing was read.")
    return padded(xlsx_table(content) if content.startswith(b"PK") else table_from(csv_records(content)))


def check_archive(content: bytes) -> None:
    """UnreadableFile for an archive that is damaged, is no workbook, or unpacks to more than anybody typed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnreadableFile("The file is damaged: it begins like an Excel file and does not end like one.") from None
    if "xl/workbook.xml" not in names:
        raise UnreadableFile("This archive is no Excel workbook. Unpack it, and choose the CSV or XLSX file inside.")
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFile("The file unpacks to more than 300 MB. Split it, or save it as CSV. Nothing was read.")


def xlsx_table(content: bytes) -> Table:
    check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        tables = [(sheet.title, sheet) for sheet in book.worksheets]
        held = [(title, sheet) for title, sheet in tables if next(sheet_records(sheet), None) is not None]
        if not held:
            raise UnreadableFile("The file is empty. Nothing was read.")
        table = table_from(sheet_records(held[0][1]))
    except UnreadableFile:
        raise
    # What a broken workbook raises, openpyxl says nowhere: from its parts, its XML or its numbers.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError, EOFError):
        raise UnreadableFile("The Excel file cannot be read. Open it, save it anew or as CSV, and try that.") from None
    table.other_sheets = [title for title, _ in held[1:]]
    return table


def sheet_records(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of each row that is not blank; a long stretch of blank rows ends the sheet."""
    sheet.reset_dimensions()
    blank = 0
    rows = sheet.iter_rows(max_row=MOST_ROWS * 2, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, values in enumerate(rows, start=1):
        cells = [text_of(value) for value in values]
        if any(cell.strip() for cell in cells):
            blank = 0
            yield number, cells
        else:
            blank += 1
            if blank > MOST_BLANK_ROWS:
                return


def text_of(value: Any) -> str:
    """A cell's value as text: whole numbers without a point, dates as 2023-03-21 10:05:00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
