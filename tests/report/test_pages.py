import io

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.programme.models import Event, Series

SAID = "The <b>targets</b> we are set never fit what our district does."


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Making it count")


@pytest.fixture
def event(series: Series) -> Event:
    event = make_event(series)
    make_statement(event, SAID, make_theme(make_board(series), "Targets"), facet_guess="problem")
    return event


def test_the_page_shows_numbered_paragraphs_with_their_evidence(signed_in: FlaskClient, event: Event) -> None:
    page = signed_in.get(f"/series/{event.series_id}/report").text
    assert "“The &lt;b&gt;targets&lt;/b&gt; we are set never fit what our district does.”" in page
    assert "<summary>1 statement behind this paragraph</summary>" in page
    assert 'aria-label="Paragraph 1"' in page
    assert "One delegate raised one problem." in page


@pytest.mark.parametrize(
    ("ext", "mimetype", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("csv", "text/csv", b"\xef\xbb\xbfid,"),
        ("json", "application/json", b"{"),
        ("md", "text/markdown", b"# Making it count"),
    ],
)
def test_each_file_comes_with_its_type_and_a_name(
    signed_in: FlaskClient, event: Event, ext: str, mimetype: str, begins: bytes
) -> None:
    answer = signed_in.get(f"/series/{event.series_id}/report.{ext}")
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="making-it-count-report.{ext}"'
    assert answer.data.startswith(begins)


def test_the_report_of_one_event_is_named_for_it(signed_in: FlaskClient, event: Event) -> None:
    answer = signed_in.get(f"/series/{event.series_id}/report.pdf?event={event.id}")
    assert 'filename="making-it-count-london-report.pdf"' in answer.headers["Content-Disposition"]
    assert "London conference" in pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_another_series_event_is_not_found_in_this_one(signed_in: FlaskClient, organiser: User, event: Event) -> None:
    other = make_event(make_series(organiser, title="Another"))
    assert signed_in.get(f"/series/{event.series_id}/report?event={other.id}").status_code == 404
    for nonsense in ("0", "x", "²", "99999"):
        assert signed_in.get(f"/series/{event.series_id}/report?event={nonsense}").status_code == 404


def test_an_unknown_kind_of_file_is_refused_in_plain_words(signed_in: FlaskClient, event: Event) -> None:
    answer = signed_in.get(f"/series/{event.series_id}/report.exe")
    assert answer.status_code == 404
    assert "It comes as pdf, " in answer.text


@pytest.mark.parametrize("address", ["/series/{}/report", "/series/{}/report.pdf", "/series/{}/report.csv"])
def test_a_stranger_finds_nothing(app: Flask, signed_in: FlaskClient, address: str) -> None:
    theirs = make_event(make_series(title="Not yours"))
    assert signed_in.get(address.format(theirs.series_id)).status_code == 404
    assert app.test_client().get(address.format(theirs.series_id)).status_code == 302


def test_an_empty_series_has_a_page(signed_in: FlaskClient, series: Series) -> None:
    page = signed_in.get(f"/series/{series.id}/report")
    assert page.status_code == 200
    assert "No theme has been found in what was said yet." in page.text
