"""A report in Welsh: its own sentences, words of quantity, forms of number and dates; an edition keeps its language."""

import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.programme.actions import update_series
from webapp.programme.models import Event, Series
from webapp.report import publishing
from webapp.report.document import Paragraph, Report
from webapp.report.files import FILES
from webapp.report.language import listed, the, written_in
from webapp.report.quantity import counted
from webapp.report.queries import report_for
from webapp.themes.models import Theme

PROBLEM = "Mae'r targedau a osodir i ni byth yn gweddu i'n hardal."


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Cyfrif yn iawn", report_language="cy", organisers="Rhwydwaith Wayfield")


@pytest.fixture
def events(series: Series) -> list[Event]:
    days = {"Caerdydd": date(2003, 7, 8), "Abertawe": date(2003, 7, 15)}
    return [make_event(series, place=place, starts_on=day, ends_on=None) for place, day in days.items()]


@pytest.fixture
def theme(series: Series, events: list[Event]) -> Theme:
    theme = make_theme(make_board(series), "Targedau", "Rhaid i dargedau fod yn brin")
    make_statement(events[0], PROBLEM, theme, facet_guess="problem")
    make_statement(events[0], "Gofynnir am yr un ffigurau deirgwaith.", theme, facet_guess="problem")
    make_statement(events[1], "Llai o dargedau, a gwell.", theme, channel="table", facet_guess="problem")
    return theme


def paragraph(report: Report, key: str) -> Paragraph:
    return next(one for one in report.all_paragraphs() if one.key == key)


def test_a_welsh_series_is_reported_in_welsh(series: Series, theme: Theme) -> None:
    report = report_for(series, None, NOON)
    assert report.language == "cy"
    assert report.dates == "8 hyd 15 Gorffennaf 2003"
    assert paragraph(report, "events-held").text == (
        "Ym mis Gorffennaf 2003, cynhaliodd Rhwydwaith Wayfield 2 ddigwyddiad: Caerdydd ar 8 Gorffennaf 2003 ac"
        " Abertawe ar 15 Gorffennaf 2003."
    )
    assert paragraph(report, f"theme-{theme.id}").text == (
        "Rhaid i dargedau fod yn brin. Ysgrifennodd 2 gynrychiolydd am hyn (2 o 2, neu 100 y cant). Cododd hefyd wrth"
        " yr unig fwrdd. Mae'r thema'n seiliedig ar 3 datganiad, a glywyd yn y ddau ddigwyddiad."
    )
    problem = paragraph(report, f"theme-{theme.id}-problem")
    assert problem.text == "Cododd 2 gynrychiolydd ac 1 bwrdd broblemau."
    assert problem.quotes[0].text == PROBLEM and problem.quotes[0].attribution == "cynrychiolydd, Caerdydd"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "1 cynrychiolydd"),
        (2, "2 gynrychiolydd"),
        (3, "3 chynrychiolydd"),
        (4, "4 cynrychiolydd"),
        (6, "6 chynrychiolydd"),
        (1204, "1,204 cynrychiolydd"),
    ],
)
def test_welsh_counts_mutate_as_they_are_read(number: int, expected: str) -> None:
    with written_in("cy"):
        assert counted(number, "delegate") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Caerdydd", "Llandudno"], "Caerdydd a Llandudno"),
        (["Caerdydd", "Bangor", "Abertawe"], "Caerdydd, Bangor ac Abertawe"),
        (["2 fwrdd", "1 cwestiwn"], "2 fwrdd ac 1 cwestiwn"),
        (["sylwadau", "problemau"], "sylwadau a phroblemau"),
        (["Caerdydd", "Wrecsam"], "Caerdydd a Wrecsam"),
    ],
)
def test_welsh_lists_join_by_the_sound_that_follows(words: list[str], expected: str) -> None:
    with written_in("cy"):
        assert listed(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2 ddigwyddiad", "y 2 ddigwyddiad"),
        ("8 digwyddiad", "yr 8 digwyddiad"),
        ("1 digwyddiad", "yr 1 digwyddiad"),
        ("11 digwyddiad", "yr 11 digwyddiad"),
        ("10 digwyddiad", "y 10 digwyddiad"),
        ("18 digwyddiad", "yr 18 digwyddiad"),
        ("80 digwyddiad", "yr 80 digwyddiad"),
        ("108 digwyddiad", "y 108 digwyddiad"),
        ("1,204 datganiad", "y 1,204 datganiad"),
        ("8,000 datganiad", "yr 8,000 datganiad"),
        ("11,000 datganiad", "yr 11,000 datganiad"),
    ],
)
def test_the_welsh_article_goes_by_the_sound_that_follows(words: str, expected: str) -> None:
    with written_in("cy"):
        assert the(words) == expected


def test_every_file_says_that_it_is_welsh(series: Series, theme: Theme) -> None:
    report = report_for(series, None, NOON)
    assert pypdf.PdfReader(io.BytesIO(FILES["pdf"].render(report))).trailer["/Root"]["/Lang"].startswith("cy")
    with zipfile.ZipFile(io.BytesIO(FILES["docx"].render(report))) as archive:
        assert b'w:lang w:val="cy"' in archive.read("word/styles.xml")
    page = FILES["html"].render(report).decode()
    assert '<html lang="cy">' in page and ">Cynnwys</h2>" in page and ">Contents</h2>" not in page


def test_an_edition_keeps_its_language(series: Series, theme: Theme, organiser: User, client: FlaskClient) -> None:
    publishing.publish(series, None, organiser, NOON)
    update_series(series, report_language="en")
    page = client.get("/reports/cyfrif-yn-iawn").text
    assert '<html lang="cy">' in page and ">Y themâu allweddol</h2>" in page and ">The key themes</h2>" not in page
    assert report_for(series, None, NOON + timedelta(days=1)).language == "en-GB"
    evidence = client.get("/reports/cyfrif-yn-iawn/1/evidence/1")
    assert '<html lang="cy">' in evidence.text


def test_every_page_for_readers_speaks_the_report_s_language(
    series: Series, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    edition = publishing.publish(series, None, organiser, NOON)
    news = client.get("/reports/cyfrif-yn-iawn/news").text
    assert '<html lang="cy">' in news and ">Eich cyfeiriad e-bost</label>" in news
    wrong = client.post("/reports/cyfrif-yn-iawn/news", data={"email": "ros"})
    assert wrong.status_code == 400 and "Nid cyfeiriad e-bost yw hwn" in wrong.text
    missing = client.get("/reports/cyfrif-yn-iawn/9", headers={"Accept-Language": "cy"})
    assert "Nid oes argraffiad o'r fath o'r adroddiad hwn." in missing.text.replace("&#39;", "'")
    publishing.unpublish(edition.draft, 1, "Gwall yn y ffigurau", organiser, NOON)
    gone = client.get("/reports/cyfrif-yn-iawn")
    assert gone.status_code == 410 and '<html lang="cy">' in gone.text
    assert "Tynnwyd argraffiad 1 yn ôl" in gone.text and "taken back" not in gone.text


def test_no_message_stands_where_the_catalogue_cannot_find_it() -> None:
    """What is translated within an f-string is not extracted, and stays English."""
    sources = Path("webapp").rglob("*.py")
    assert [str(path) for path in sources if re.search(r"\{(_|ngettext)\(", path.read_text("utf-8"))] == []


def test_where_a_part_of_a_theme_was_heard_is_told_in_welsh(series: Series, events: list[Event], theme: Theme) -> None:
    make_statement(events[0], "Mwy o hyfforddiant i bawb.", theme, facet_guess="suggestion")
    make_statement(events[0], "Pwy sy'n talu am hyn?", theme, "floor", facet_guess="suggestion")
    told = paragraph(report_for(series, None, NOON), f"theme-{theme.id}-suggestion").text
    assert told == (
        "Gwnaeth 1 cynrychiolydd awgrymiadau; cododd rhagor mewn 1 cwestiwn o'r llawr. Clywyd pob un ohonynt yn"
        " nigwyddiad Caerdydd yn unig."
    )
