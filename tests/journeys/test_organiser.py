"""An organiser at a desk: from what was said to the three files of the report."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.factories import NOON
from tests.journeys.conftest import PASSWORD
from webapp.accounts.actions import create_organiser
from webapp.demo.loading import content_of, load_event
from webapp.extensions import db
from webapp.programme.actions import create_series
from webapp.themes.models import Board, Statement
from webapp.themes.reading import read_statements

Check = Callable[[Page], None]
EMAIL = "organiser@example.org"


@pytest.fixture
def series_id(live_app: Flask) -> Iterator[int]:
    """The demo's first event, read but not analysed."""
    with live_app.app_context():
        owner = create_organiser(EMAIL, "Ada Organiser", PASSWORD, NOON)
        content = content_of("series.json")
        series = create_series(
            owner, "Making it count", NOON, purpose=content["purpose"], organisation_types=content["organisation_types"]
        )
        event = load_event(series, content_of("event-1.json"), {})
        read_statements(event, NOON)
        number = series.id
    yield number


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "accept_downloads": True}


def quoted(texts: list[str]) -> list[str]:
    """What stands between the quotation marks of the report."""
    return [quote for text in texts for quote in re.findall(r"“([^“”]{25,})”", text)]


def test_from_statements_to_the_published_files(
    page: Page, site: str, series_id: int, live_app: Flask, accessible: Check, no_third_party: None, downloads: Path
) -> None:
    page.goto(f"{site}/sign-in")
    accessible(page)
    page.get_by_label(re.compile("e-?mail", re.I)).fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    accessible(page)
    page.get_by_role("link", name="Making it count").first.click()
    accessible(page)

    for station in ("Programme", "Collect", "Themes"):
        page.get_by_role("navigation", name="Making it count").get_by_role("link", name=station).click()
        accessible(page)
    page.get_by_role("button", name="Find themes").click(timeout=120_000)
    titles = page.locator(".contents h2 a")
    expect(titles.first).to_be_visible(timeout=60_000)
    accessible(page)
    before = titles.all_inner_texts()
    assert len(before) >= 3

    page.locator(".contents input[type=checkbox]").nth(0).check()
    page.locator(".contents input[type=checkbox]").nth(2).check()
    page.get_by_role("button", name="Merge 2 themes").click()
    expect(page.get_by_text(f"Merged “{before[0]}” and “{before[2]}”.")).to_be_visible()
    expect(titles).to_have_text([before[0], before[1], *before[3:]])

    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(titles).to_have_text(before)

    titles.first.click()
    accessible(page)
    page.get_by_label("In one sentence").fill("needs councillors who ask for the figures")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Split this theme").click()
    accessible(page)
    for address in (f"/series/{series_id}/statements", f"/series/{series_id}/themes/log"):
        page.goto(site + address)
        accessible(page)

    page.get_by_role("navigation", name="Making it count").get_by_role("link", name="Report").click()
    accessible(page)
    expect(page.get_by_text("needs councillors who ask for the figures").first).to_be_visible()
    files = {}
    page.get_by_text("Other files").click()
    for ext in ("pdf", "docx", "csv"):
        with page.expect_download() as download:
            page.locator(f'a[href*="report.{ext}"]').first.click()
        files[ext] = downloads / f"report.{ext}"
        download.value.save_as(files[ext])
    check_files(files, live_app, series_id)


def body_of(pdf: Path) -> str:
    """The text of a PDF without running heads and feet, which cut a quote in two at the turn of a page."""
    margin, height = 70.0, 842.0
    parts: list[str] = []

    def keep(text: str, user: list[float], matrix: list[float], *_font: object) -> None:
        if margin < user[5] + user[3] * matrix[5] < height - margin:
            parts.append(text)

    for page in PdfReader(pdf).pages:
        page.extract_text(visitor_text=keep)
    return "".join(parts)


def check_files(files: dict[str, Path], live_app: Flask, series_id: int) -> None:
    """Every quote in the files is found letter for letter in what was said."""
    with live_app.app_context():
        said = list(db.session.scalars(db.select(Statement.text).join(Board).where(Board.series_id == series_id)))
    everything = "\n".join(said)
    word = [paragraph.text for paragraph in docx.Document(str(files["docx"])).paragraphs]
    quotes = quoted(word)
    assert len(quotes) >= 10
    assert [quote for quote in quotes if quote not in everything] == []

    def unbroken(text: str) -> str:
        # A PDF breaks its lines, and may hyphenate, wherever they are full.
        return re.sub(r"[\s\u00ad\u2010\u2060-]+", "", text)

    pdf = unbroken(body_of(files["pdf"]))
    assert [quote for quote in quotes if unbroken(quote) not in pdf] == []
    assert "needscouncillorswhoaskforthefigures" in pdf.casefold()

    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(said)
    texts = {row["text"].lstrip("'") for row in rows if row["text"]}
    assert texts <= {text.lstrip("'") for text in said}
