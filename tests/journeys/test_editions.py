"""From edition 1 to edition 2, because a delegate took their words back in between."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.factories import NOON, make_event, make_series
from tests.journeys.conftest import PASSWORD
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.actions import create_organiser
from webapp.collect.models import Answer
from webapp.extensions import db

Check = Callable[[Page], None]
EMAIL = "editor@example.org"
SAID = "The targets we are set never fit what our district does."
STAYS = "Inspectors ask for the same figures three times in one year."


@pytest.fixture
def published(live_app: Flask) -> Iterator[tuple[int, str]]:
    """A series with two statements in a theme: its id, and the receipt code of the first."""
    with live_app.app_context():
        series = make_series(create_organiser(EMAIL, "Ada Editor", PASSWORD, NOON), title="Editions", purpose="We met.")
        event = make_event(series, code="EDITIONS")
        theme = make_theme(make_board(series), "Targets", "Targets must be few")
        said = make_statement(event, SAID, theme, facet_guess="problem")
        make_statement(event, STAYS, theme, facet_guess="problem")
        receipt = db.session.get_one(Answer, said.answer_id).response.receipt_code
        number = series.id
    yield number, receipt


def test_a_withdrawal_leads_to_an_edition_that_tells_what_changed(
    page: Page, site: str, published: tuple[int, str], accessible: Check, no_third_party: None
) -> None:
    number, receipt = published
    page.goto(f"{site}/sign-in")
    page.get_by_label(re.compile("e-?mail", re.I)).first.fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{site}/series/{number}/branding")
    accessible(page)
    page.goto(f"{site}/series/{number}/report")
    page.get_by_role("link", name="Publish edition 1").click()
    accessible(page)
    page.get_by_role("button", name="Publish edition 1").click()
    expect(page.get_by_text("Edition 1 is public.")).to_be_visible()

    page.goto(f"{site}/reports/editions")
    expect(page.get_by_text(f"“{SAID}”")).to_be_visible()
    page.get_by_text("2 statements behind paragraph").first.click()
    expect(page.locator("details.evidence q").filter(has_text=STAYS).first).to_be_visible()
    accessible(page)
    page.emulate_media(color_scheme="dark")
    accessible(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 1280, "height": 900})

    page.goto(f"{site}/r/{receipt}/withdraw")
    page.get_by_role("button", name="Withdraw").click()
    page.goto(f"{site}/reports/editions")
    expect(page.get_by_text(SAID)).to_have_count(0)

    page.goto(f"{site}/series/{number}/report/publish")
    expect(page.get_by_role("button", name="Publish edition 2")).to_have_count(0)
    page.get_by_role("listitem").filter(has_text="quoted here and has been withdrawn").get_by_role("link").click()
    accessible(page)
    page.get_by_role("button", name="Take the new draft of 2 paragraphs that nobody has written in").click()
    page.locator("summary", has_text="Add a paragraph to this section").first.click()
    page.get_by_label("Your own paragraph").first.fill("We thank everybody who came.")
    page.get_by_role("button", name="Save").locator("visible=true").click()
    expect(page.get_by_text("Added, and marked as the organisers' words.")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Publish", exact=True).click()
    accessible(page)
    page.get_by_role("button", name="Publish edition 2").click()

    page.goto(f"{site}/reports/editions")
    changes = page.locator("#changes-section")
    expect(changes).to_contain_text("Changes since edition 1")
    expect(changes).to_contain_text("We thank everybody who came.")
    accessible(page)
