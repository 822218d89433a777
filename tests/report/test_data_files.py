"""The data files: one set of ids, typed cells, no formula, and never a word that may not be printed."""

import csv
import io
import json
import zipfile
from datetime import datetime

import jsonschema
import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.factories import make_event, make_question, make_response, make_series
from tests.report.conftest import SECRETS
from tests.report.factories import make_board, make_statement, make_theme
from webapp.programme.models import Event, Series
from webapp.report import csv_file, json_file, xlsx
from webapp.report.codebook import TABLES
from webapp.report.data import BreakdownRow
from webapp.report.document import Report
from webapp.report.queries import report_for
from webapp.report.schema import schema


def book_of(full_report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(full_report)))


def rows_of(body: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_workbook_has_a_sheet_a_table_each_filtered_with_its_head_in_view(full_report: Report) -> None:
    book = book_of(full_report)
    assert book.sheetnames == ["Read me", *(title for title, _about, _columns in TABLES.values())]
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        assert all(cell.font.bold for cell in page[1])


def test_the_workbook_keeps_types(full_report: Report) -> None:
    book = book_of(full_report)
    row = dict(zip([cell.value for cell in book["Responses"][1]], book["Responses"][2], strict=True))
    assert row["received_on"].value == datetime(2003, 7, 8)
    assert row["received_on"].number_format == "d mmm yyyy"
    assert isinstance(row["id"].value, int)
    assert book["Themes"]["E2"].value == "Targets must be #few"
    assert book["Themes"]["F2"].value == 4


@pytest.mark.parametrize(
    "said", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://example.org/", "\t=1", "a\x07\ufffeb"]
)
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(said: str) -> None:
    series = make_series(title="=2+2")
    make_statement(make_event(series, title=said, place=""), f"{said} words", make_theme(make_board(series), said))
    book = book_of(report_for(series))
    cells = [cell for page in book.worksheets for line in page.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    shown = said.replace("\x07", "").replace("\ufffe", "").strip()
    assert book["Statements"]["B2"].value.strip() == f"{shown} words"


def test_the_same_ids_in_every_data_file(full_report: Report) -> None:
    body = csv_file.render_all(full_report)
    contents = json.loads(json_file.render(full_report))
    book = book_of(full_report)
    for name in ("themes", "statements", "responses", "events"):
        in_json = [row["id"] for row in (contents["statements"] if name == "statements" else contents["data"][name])]
        column = [cell.value for cell in book[TABLES[name][0]]["A"]][1:]
        assert [int(row["id"]) for row in rows_of(body, name)] == in_json == column
        assert in_json
    themes = {row["id"] for row in rows_of(body, "themes")}
    statements = {row["id"] for row in rows_of(body, "statements")}
    placed = rows_of(body, "placements")
    assert {row["theme_id"] for row in placed} <= themes
    assert {row["statement_id"] for row in placed} <= statements
    speakers = {row["speaker"] for row in rows_of(body, "statements") if row["channel"] == "written"}
    assert speakers <= {f"r{row['id']}" for row in rows_of(body, "responses")}


def test_every_column_is_in_the_codebook(full_report: Report) -> None:
    body = csv_file.render_all(full_report)
    listed = {(row["table"], row["column"]) for row in rows_of(body, "codebook")}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            head = archive.read(name).decode("utf-8-sig").split("\r\n", 1)[0].split(",")
            assert {(name.removesuffix(".csv"), column) for column in head} <= listed


def test_what_may_not_be_quoted_is_in_no_data_file(full_report: Report) -> None:
    for body in (xlsx.render(full_report), csv_file.render_all(full_report)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        assert "fewer" in text
        assert [secret for secret in SECRETS if secret in text] == []


def test_the_json_follows_the_published_schema(client: FlaskClient, full_report: Report) -> None:
    answer = client.get("/schemas/rapporteur-report-1.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    published = json.loads(answer.data)
    jsonschema.Draft202012Validator.check_schema(published)
    contents = json.loads(json_file.render(full_report))
    jsonschema.validate(contents, published, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**contents, "statements": [{}]}, published, jsonschema.Draft202012Validator)
    jsonschema.validate(json.loads(json_file.render(report_for(make_series()))), schema())


def test_a_small_group_is_in_no_table() -> None:
    series = make_series(small_group=3)
    event, theme = make_event(series), make_theme(make_board(series), "Targets")
    kinds = ["County council"] * 4 + ["District council"] * 3 + ["Parish", "Police", "Police"]
    for place, kind in enumerate(kinds):
        make_statement(event, f"Point number {place} of them", theme, source={"organisation_type": kind})
    report = report_for(series)
    cells = {(row.column, row.people) for row in report.data.cells("theme_by_organisation")}
    assert cells == {
        ("County council", 4),
        ("District council", 3),
        ("Smaller groups, together", 3),
        ("Not told", 0),
    }
    for body in (csv_file.render_all(report), xlsx.render(report)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert not any(b"Police" in archive.read(name) for name in archive.namelist())
    assert b"Police" not in json_file.render(report)


def test_breakdowns_add_up_to_the_themes(full_report: Report) -> None:
    total = sum(theme.statements for theme in full_report.data.themes)
    for breakdown in ("theme_by_facet", "theme_by_event", "theme_by_channel"):
        assert sum(row.statements or 0 for row in full_report.data.cells(breakdown)) == total == 8
    assert total == full_report.balance.used == len(full_report.data.placements)


@pytest.fixture
def asked() -> Event:
    return make_event(make_series(small_group=2))


def test_set_answers_are_counted_and_never_another_answers_words(asked: Event) -> None:
    rating = make_question(asked, "rating", text="How useful?")
    other = make_question(asked, "several_or_other", text="Which?", choices=["A", "B"])
    ranking = make_question(asked, "ranking", text="In which order?", choices=["X", "Y"])
    for value, which, order in (
        (4, {"choices": ["A"], "other": "my own words"}, ["Y", "X"]),
        (4, {"choices": ["A"]}, ["Y"]),
    ):
        make_response(asked, {rating: value, other: which, ranking: order})
    make_response(asked, {rating: 1}, consent="none")
    cells = report_for(asked.series).data.cells("answers")
    expected = [("How useful?", str(number), 2 if number == 4 else 0) for number in range(1, 6)]
    expected += [("Which?", "A", 2), ("Which?", "B", 0), ("Which?", "Other", 1)]
    expected += [("In which order? (ranked first)", "X", 0), ("In which order? (ranked first)", "Y", 2)]
    assert cells == tuple(BreakdownRow("answers", None, row, column, None, people) for row, column, people in expected)


def test_a_question_that_hardly_anybody_answered_is_left_out(asked: Event) -> None:
    make_response(asked, {make_question(asked, "rating"): 3})
    assert report_for(asked.series).data.cells("answers") == ()


def test_a_response_that_keeps_out_of_reports_is_a_row_and_nothing_more(asked: Event) -> None:
    for consent in ("quote", "none"):
        make_response(asked, consent=consent)
    rows = report_for(asked.series).data.responses
    assert [(row.consent, row.organisation_type) for row in rows] == [("quote", "District council"), ("none", "")]


def test_the_workbook_of_nothing_opens() -> None:
    book = book_of(report_for(make_series()))
    assert book["Statements"].max_row == 1


def test_equal_reports_give_equal_files(full_series: Series) -> None:
    assert csv_file.render_all(report_for(full_series)) == csv_file.render_all(report_for(full_series))
    assert xlsx.render(report_for(full_series)) == xlsx.render(report_for(full_series))
