"""Cards from the printer and back: they fit their paper, and are typed in without a mouse."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.factories import NOON, make_event, make_question, make_series
from tests.journeys.conftest import PASSWORD
from webapp.accounts.actions import create_organiser

EMAIL = "printer@example.org"
OVERFLOWING = """[...document.querySelectorAll('.card, .body')]
    .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1).length"""


@pytest.fixture
def event_id(live_app: Flask) -> int:
    with live_app.app_context():
        series = make_series(create_organiser(EMAIL, "Ada Organiser", PASSWORD, NOON))
        event = make_event(series, title="On paper")
        make_question(event, text="What gets in the way?")
        make_question(event, "rating", text="How useful was it?")
        make_question(event, "several_or_other", text="Which parts?", choices=["Talks", "Group discussions", "Breaks"])
        make_question(event, "ranking", text="What comes first?", choices=["Time", "Money", "Training", "Trust"])
        return event.id


def test_cards_fit_their_paper_and_are_typed_in_by_keyboard(
    page: Page, site: str, event_id: int, downloads: Path, no_third_party: None
) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).first.fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.goto(f"{site}/events/{event_id}/cards")
    page.get_by_label("How many cards").fill("3")
    page.get_by_role("button", name="Make the cards").click()
    expect(page.locator(".card").first).to_be_visible()
    assert page.evaluate(OVERFLOWING) == 0
    for layout, size in (("two", (297, 210)), ("one", (148, 210))):
        page.goto(page.url.split("?")[0] + f"?layout={layout}")
        sheets = page.locator(".sheet").count()
        page.pdf(path=downloads / "cards.pdf", prefer_css_page_size=True)
        printed = PdfReader(downloads / "cards.pdf").pages
        assert len(printed) == sheets
        millimetres = [float(side) * 25.4 / 72 for side in (printed[0].mediabox.width, printed[0].mediabox.height)]
        assert millimetres == pytest.approx(size, abs=1)

    page.goto(f"{site}/events/{event_id}/cards/type")
    for typed in ("2", "Targets change.", "2", "4", "1 3", "The lunch", "2 1 0 0", "1"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Card 2 is in.")).to_be_visible()
    expect(page.get_by_label("Number of the card")).to_be_focused()
    expect(page.get_by_label("Number of the card")).to_have_value("")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Card 2 was typed in before.")).to_be_visible()
