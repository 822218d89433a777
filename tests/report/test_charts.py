import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import docx as python_docx
import pikepdf
import pypdf
import pytest

from tests.factories import make_event, make_series
from tests.report.conftest import SECRETS
from tests.report.factories import make_board, make_statement, make_theme
from webapp.programme.models import Series
from webapp.report import docx, html_file, pdf
from webapp.report.charts import Chart, charts_of
from webapp.report.document import Report
from webapp.report.queries import report_for

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def charts(full_report: Report) -> dict[str, Chart]:
    return {chart.key: chart for chart in charts_of(full_report)}


def test_each_chart_is_well_formed_and_says_what_it_shows(charts: dict[str, Chart]) -> None:
    assert list(charts) == ["took-part", "themes-by-facet", "themes-by-event"]
    for chart in charts.values():
        drawing = ElementTree.fromstring(chart.svg)
        assert drawing.findtext(f"{SVG}title") == chart.title
        assert drawing.findtext(f"{SVG}desc") == chart.alternative
        assert drawing.get("role") == "img"
        assert "style=" not in chart.svg and "<script" not in chart.svg


def test_every_number_of_a_chart_is_in_its_table(charts: dict[str, Chart]) -> None:
    table = charts["themes-by-facet"].table
    assert table.head == ("Theme", "Statements", "Observations", "Problems", "Approaches", "Suggestions")
    assert table.rows == (
        ("1. Targets & <measures>", "4", "2", "0", "1", "1"),
        ("2. Politics", "3", "2", "1", "0", "0"),
        ("Together", "7", "4", "1", "1", "1"),
    )
    assert charts["themes-by-event"].table.rows[-1] == ("Together", "4", "3", "7")
    numbers = {text.text for text in ElementTree.fromstring(charts["themes-by-facet"].svg).iter(f"{SVG}text")}
    assert {"4", "3", "2", "1", "–"} <= numbers


def test_the_alternative_tells_the_largest_and_what_was_heard_once(charts: dict[str, Chart]) -> None:
    told = charts["themes-by-event"].alternative
    assert "The largest is “Targets & <measures>” at London (4). No themes were heard at every event." in told
    assert "At one event only: “Targets & <measures>” and “Politics”." in told


def test_nothing_is_drawn_where_there_is_nothing_to_compare() -> None:
    series = make_series()
    assert charts_of(report_for(series)) == ()
    make_statement(make_event(series), "Only one theme here.", make_theme(make_board(series)))
    assert charts_of(report_for(series)) == ()


@pytest.mark.parametrize("title", ["w" * 300, "\x07 \ufffe", "", "👩‍👧 漢字 ไ", "a " * 150])
def test_no_title_breaks_a_chart(full_report: Report, title: str) -> None:
    themes = tuple(replace(theme, title=title) for theme in full_report.data.themes)
    events = tuple(replace(event, name=title) for event in full_report.data.events)
    drawn = charts_of(replace(full_report, data=replace(full_report.data, themes=themes, events=events)))
    assert [ElementTree.fromstring(chart.svg).tag.split("}")[-1] for chart in drawn] == ["svg"] * len(drawn)
    assert len(drawn) == len(charts_of(full_report))


def test_the_files_hold_the_charts_with_their_alternatives(full_report: Report, charts: dict[str, Chart]) -> None:
    alternatives = {chart.alternative for chart in charts.values()}
    page = html_file.render(full_report).decode()
    assert page.count("<svg") == len(charts)
    document = python_docx.Document(io.BytesIO(docx.render(full_report)))
    assert {shape._inline.docPr.get("descr") for shape in document.inline_shapes} == alternatives
    assert set(alternatives_in(pdf.render(full_report))) == alternatives


def alternatives_in(body: bytes) -> set[str]:
    """The alternative texts of the PDF's figures, in its structure tree."""
    found: set[str] = set()

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for each in element:
                walk(each)
        elif isinstance(element, pikepdf.Dictionary):
            if str(element.get("/S", "")) == "/Figure":
                found.add(str(element["/Alt"]))
            if "/K" in element:
                walk(element["/K"])

    with pikepdf.open(io.BytesIO(body)) as document:
        walk(document.Root.StructTreeRoot)
    return found


def test_the_pdf_has_no_invisible_signs_between_its_letters(full_report: Report) -> None:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.render(full_report))).pages)
    assert "\u2060" not in text
    assert "Page 2 of" in text


def test_the_archive_file_is_pdf_a_and_pdf_ua(full_report: Report) -> None:
    with pikepdf.open(io.BytesIO(pdf.render_archive(full_report))) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == full_report.title
        assert str(document.Root.Lang) == "en-GB"


def test_the_html_file_needs_nothing_and_runs_nothing(full_series: Series, full_report: Report) -> None:
    page = html_file.render(full_report).decode()
    addresses = set(re.findall(r'(?:href|src|action)="([^"]+)"', page))
    assert {address for address in addresses if not address.startswith("#")} == {"mailto:ros@example.org"}
    assert not re.search(r"<(script|link|iframe|form)\b|url\(http|@import", page)
    assert "<title>Managing &lt;performance&gt;</title>" in page
    assert "Publish fewer numbers and explain them well." in page
    assert [secret for secret in SECRETS if secret in page] == []
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in addresses if address.startswith("#")} <= set(ids)
