"""Files that are no good tables: each is told in plain words, and nothing of it is stored."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.collect.test_imports import brought_in, counts, stored, uploaded
from tests.factories import join_series, make_event
from webapp.accounts.models import User
from webapp.collect import tables, tables_xlsx
from webapp.collect.models import FREE_TEXT_LIMIT
from webapp.collect.models_imports import FileImport
from webapp.collect.tables import UnreadableFile, packed, unpacked
from webapp.collect.tables_xlsx import table_of
from webapp.extensions import db

EXPORTS = Path(__file__).parent / "exports"


def workbook(*rows: list[object], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in names.items():
            written.writestr(name, content)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with one of its parts exchanged."""
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return archive({each: part if each == name else whole.read(each) for each in whole.namelist()})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", "The file is empty."),
        (b"\x00" * 50, "The file is empty."),
        (workbook(), "The file is empty."),
        (b"What?,Why?\n", "headings and no row below"),
        (workbook(["What?", "Why?"]), "headings and no row below"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "Excel file of the old kind"),
        (b"%PDF-1.7", "This is a PDF."),
        (b"\x89PNG\r\n" + bytes(range(256)), "This file holds no text."),
        (b"PK\x03\x04 and no more", "The file is damaged"),
        (workbook(["What?"], ["Tea"])[:-40], "The file is damaged"),
        (archive({"mimetype": b"application/zip"}), "no Excel workbook"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "cannot be read"),
        (
            with_part(workbook(["What?"], ["Tea"]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c"),
            "cannot be read",
        ),
        (b'What?\n"Tea\n' + b"x" * (tables.LARGEST_CELL + 1), "never closed"),
    ],
)
def test_a_file_without_a_table_is_told_in_plain_words(
    content: bytes, words: str, signed_in: FlaskClient, organiser: User
) -> None:
    event = make_event()
    join_series(organiser, event.series, "editor")
    page = signed_in.post(
        f"/series/{event.series_id}/collect/import",
        data={"file": (io.BytesIO(content), "odd.csv"), "event": str(event.id)},
    )
    assert (page.status_code, words in page.text) == (400, True)
    assert db.session.scalar(select(func.count()).select_from(FileImport)) == 0


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 5_000_000})
    assert len(bomb) < 10_000
    monkeypatch.setattr(tables_xlsx, "LARGEST_UNPACKED", 4_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        table_of(bomb)


def test_entities_in_a_workbook_are_not_expanded() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet><sheetData>&a;</sheetData></worksheet>'
    with pytest.raises(UnreadableFile, match="cannot be read"):
        table_of(with_part(workbook(["What?"], ["Tea"]), "xl/worksheets/sheet1.xml", laughs))


@pytest.mark.parametrize(
    ("limit", "words"), [("MOST_ROWS", "rows"), ("MOST_COLUMNS", "columns"), ("MOST_CELLS", "cells")]
)
def test_more_than_can_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, words: str) -> None:
    monkeypatch.setattr(tables, limit, 2)
    with pytest.raises(UnreadableFile, match=words):
        table_of(b"a,b,c\n" + b"1,2,3\n" * 5)


def test_a_cell_far_away_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active.append(["What?"])
    book.active.append(["Tea"])
    book.active.cell(90_000, 1, "Far away")
    out = io.BytesIO()
    book.save(out)
    # A thousand blank rows end the sheet.
    assert table_of(out.getvalue()).rows == [(2, ["Tea"])]


def test_cells_of_a_workbook_are_read_as_they_are_shown() -> None:
    content = workbook(
        ["What?", "When?", "How many?"],
        ["=1+1", datetime(2003, 7, 8, 16, 2), 4.0],
        [True, date(2003, 7, 8), 0.5],
        [None, None, None],
        ["Tea", None, 12],
    )
    # A formula without a stored result says nothing.
    assert table_of(content).rows == [
        (2, ["", "2003-07-08 16:02:00", "4"]),
        (3, ["Yes", "2003-07-08 00:00:00", "0.5"]),
        (5, ["Tea", "", "12"]),
    ]


def test_words_that_look_like_formulas_are_words() -> None:
    brought_in(uploaded(make_event(), "f.csv", content=b'What?\n"=HYPERLINK(""x"")"\n+1 from me\n'))
    assert stored() == [{"What?": '=HYPERLINK("x")'}, {"What?": "+1 from me"}]


def test_ragged_rows_and_monstrous_cells_are_problems_of_their_own() -> None:
    content = "What?,Why?\nTea\nCut, by a comma,here\n" + "x" * (10 * 1024 * 1024) + ",Long\nFine,\x00Good\n"
    imported = brought_in(uploaded(make_event(), "ragged.csv", content=content.encode()))
    assert counts(imported) == (2, 0, 2)
    assert imported.problems == [
        [3, "it has 3 cells under 2 headings"],
        [
            4,
            f"What?: This text has 10,485,760 characters; at most {FREE_TEXT_LIMIT:,} can be sent. Shorten it, or "
            "split it over several answers",
        ],
    ]
    assert stored() == [{"What?": "Tea"}, {"What?": "Fine", "Why?": "Good"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_encoding_and_delimiter_is_read(encoding: str, delimiter: str) -> None:
    words = "L’été à Llandrindod, c’est déjà ça ; à côté, près de là, où l’on se plaît “très” bien été hélas déjà âgé"
    text = f'"Où?"{delimiter}"What, exactly; and why?"\r\n"{words}"{delimiter}"a, b; c"\r\n'
    table = table_of(text.encode(encoding))
    assert table.headings == ["Où?", "What, exactly; and why?"]
    assert table.rows == [(2, [words, "a, b; c"])]


def test_a_title_above_the_table_is_no_heading() -> None:
    assert table_of(b"Answers of July\n\nWhat?,Why?,How?\nTea,Rain,Well\n").headings == ["What?", "Why?", "How?"]


def test_a_waiting_table_is_packed_whole() -> None:
    table = table_of((EXPORTS / "slido-questions.xlsx").read_bytes())
    assert unpacked(packed(table)) == table
    assert table.other_sheets == ["Statistics"]
