"""In the hall: the organiser's board, the floor, and a table that agrees to its lines."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.factories import make_event, make_note, make_question, make_series, make_session, make_table
from tests.journeys.conftest import PASSWORD
from webapp.accounts.actions import create_organiser
from webapp.wording import now

Check = Callable[[Page], None]


@pytest.fixture
def hall(live_app: Flask) -> Iterator[dict[str, Any]]:
    """An open event with a Q&A, and two tables of which one has written two lines."""
    with live_app.app_context():
        owner = create_organiser(f"hall{now().timestamp()}@example.org", "Ada Organiser", PASSWORD, now())
        series = make_series(owner)
        event = make_event(series, opens_at=now(), code=f"H{int(now().timestamp() * 1000) % 10**9}")
        make_question(event)
        table = make_table(make_session(event), facilitator="Iain")
        make_table(table.session, "Table 2")
        make_note(table, "Nobody reads the plans", noted_at=now())
        make_note(table, "Targets come in May", noted_at=now())
        floor = make_session(event, kind="qa", title="Ask the panel")
        collect = f"/series/{series.id}/collect"
        yield {
            "email": owner.email,
            "board": f"{collect}/board/{event.id}",
            "moderating": f"{collect}/floor/{floor.id}",
            "floor": f"/e/{event.code}/questions/{floor.id}",
            "table": f"/t/{table.token}",
        }


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label(re.compile("e-?mail", re.I)).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/series*")


def phone(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB").new_page()


def test_the_board_shows_a_new_line_and_a_tables_agreement_without_reloading(
    page: Page, browser: Browser, site: str, hall: dict[str, str], accessible: Check, no_third_party: None
) -> None:
    sign_in(page, site, hall["email"])
    page.goto(site + hall["board"])
    row = page.get_by_role("row", name=re.compile("Table 1"))
    expect(row).to_contain_text("not yet")
    expect(page.get_by_text("Nothing yet from Table 2")).to_be_visible()
    accessible(page)

    table = phone(browser)
    table.goto(site + hall["table"])
    table.get_by_label("Next point").fill("A third")
    table.keyboard.press("Alt+2")
    table.keyboard.press("Enter")
    expect(table.locator("#lines")).to_contain_text("problem")
    expect(row.get_by_role("cell").nth(2)).to_have_text("3")

    table.get_by_role("link", name="Read back").click()
    accessible(table)
    expect(table.locator("[aria-current]")).to_contain_text("Nobody reads the plans")
    for _ in range(3):
        table.keyboard.press("Enter")
    expect(table.get_by_label("Who presses this?")).to_be_focused()
    table.keyboard.press("Enter")
    expect(table.get_by_text("The table agreed these lines at")).to_be_visible()
    expect(row).to_contain_text(re.compile(r"agreed \d\d:\d\d"))
    table.context.close()


def test_a_question_waits_is_shown_to_the_hall_and_a_second_like_it_is_noticed(
    page: Page, browser: Browser, site: str, hall: dict[str, str], accessible: Check
) -> None:
    sign_in(page, site, hall["email"])
    page.goto(site + hall["moderating"])
    page.get_by_label("Before they are shown").check()
    page.get_by_role("button", name="Save the rules").click()

    asker = phone(browser)
    asker.goto(site + hall["floor"])
    asker.get_by_label("What do you want to ask?").fill("Who pays for the training?")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.get_by_text("Waits to be read by the organiser.")).to_be_visible()
    screen = phone(browser)
    screen.goto(f"{site}{hall['floor']}/screen")

    page.get_by_role("button", name="There is something new").click()
    accessible(page)
    page.get_by_role("button", name="Show it", exact=True).click()
    expect(screen.get_by_text("Who pays for the training?")).to_be_visible()
    accessible(screen)

    other = phone(browser)
    other.goto(site + hall["floor"])
    other.get_by_label("What do you want to ask?").fill("Who will pay for training?")
    expect(other.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    accessible(other)
    other.locator("#alike").get_by_role("button").click()
    expect(screen.get_by_text("1 person backs this")).to_be_visible()
    for each in (asker, screen, other):
        each.context.close()
