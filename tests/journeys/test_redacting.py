"""A name in a real browser: flagged, cut, and brought back."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.journeys.boards import make_journey_board, sign_in
from tests.themes.factories import make_statements
from webapp.extensions import db

Check = Callable[[Page], None]
SAID = "Everybody waits for Siân Roberts, who never sends her figures."


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


@pytest.fixture
def flagged(request: pytest.FixtureRequest, live_app: Flask, site: str, page: Page) -> str:
    """The address of the flagged statements of a new board, and the page signed in as its owner."""
    name = request.node.name.split("[")[0].replace("_", "-")[-40:].lower()
    with live_app.app_context():
        board = make_journey_board(name)
        make_statements(board, [SAID])
        series_id = board.series_id
        db.session.remove()
    sign_in(page, site, f"{name}@example.org")
    return f"{site}/series/{series_id}/statements?personal=yes"


def test_a_name_is_flagged_cut_and_brought_back(page: Page, flagged: str, accessible: Check) -> None:
    page.goto(flagged)
    expect(page.locator("#found")).to_contain_text("1 statement")
    accessible(page)
    page.get_by_role("link", name="perhaps name").click()

    expect(page.get_by_label("Siân", exact=True)).to_be_checked()
    expect(page.get_by_label("Roberts,")).to_be_checked()
    expect(page.locator("#left")).to_have_text(SAID.replace("Siân Roberts,", "[name removed]"))
    accessible(page)
    # Words marked with the mouse are ticked too.
    page.get_by_label("her", exact=True).evaluate(
        "box => { const range = document.createRange(); range.selectNodeContents(box.closest('label'));"
        " getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    page.locator(".words").dispatch_event("mouseup")
    expect(page.get_by_label("her", exact=True)).to_be_checked()
    page.get_by_label("her", exact=True).uncheck()
    page.get_by_role("button", name="Cut the words").click()

    expect(page.locator(".source mark")).to_have_text(SAID.replace("Siân Roberts", "[name removed]"))
    expect(page.get_by_role("status").first).to_contain_text("Cut 1 passage in 1 statement: a name")
    accessible(page)
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Bring the words back").click()
    expect(page.locator(".source mark")).to_have_text(SAID)


def test_without_script_and_by_keyboard(browser: Browser, page: Page, flagged: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), viewport={"width": 360, "height": 700}
    )
    plain = context.new_page()
    plain.goto(flagged)
    plain.get_by_role("link", name="perhaps name").click()
    plain.get_by_label("Everybody").focus()
    plain.keyboard.press("Space")
    plain.get_by_role("button", name="Cut the words").press("Enter")
    expect(plain.locator(".source mark")).to_have_text(
        "[name removed] waits for [name removed], who never sends her figures."
    )
    context.close()
