"""The board in a real browser: every verb by mouse and by keyboard alone, two people at once, and what it costs."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.journeys.boards import TOPICS, make_journey_board, sign_in

Check = Callable[[Page], None]
COUNTER = """
for (const type of ["pointerdown", "keydown"]) addEventListener(type, (event) => {
  const typing = type === "keydown" && event.target.matches("input:not([type=checkbox])") && event.key.length === 1;
  const name = typing ? "letters" : type === "keydown" ? "keys" : "clicks";
  if (event.isTrusted) sessionStorage[name] = Number(sessionStorage[name] || 0) + 1;
}, true);
"""


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


@pytest.fixture
def board(request: pytest.FixtureRequest, live_app: Flask, site: str, page: Page) -> str:
    """The address of a new board, and the page signed in as its owner."""
    name = request.node.name.split("[")[0].replace("_", "-")[:40].lower()
    with live_app.app_context():
        series_id = make_journey_board(name).series_id
    sign_in(page, site, f"{name}@example.org")
    page.goto(f"{site}/series/{series_id}/themes")
    return f"{site}/series/{series_id}/themes"


def titles(page: Page) -> list[str]:
    return page.locator(".contents h2 a").all_inner_texts()


def told(page: Page, words: str) -> None:
    expect(page.locator("#news")).to_contain_text(words)


def unplaced(page: Page, text: str) -> None:
    page.locator("#list-in_no_theme .item", has_text=text).locator("input[type=checkbox]").check()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_every_verb_by_mouse(page: Page, board: str, accessible: Check) -> None:
    accessible(page)
    # Tall enough to drag from the foot of the board to its head.
    page.set_viewport_size({"width": 1280, "height": 3000})
    bar = page.locator("#verbs")
    page.get_by_label("Tick theme 1").check()
    page.get_by_label("Tick theme 2").check()
    accessible(page)
    bar.get_by_label("Why").fill("one subject")
    bar.get_by_role("button", name="Merge 2 themes").click()
    told(page, "Merged “Parking” and “Cars”.")
    page.get_by_role("button", name="Undo: Merged").click()
    told(page, "Undid no. 1")
    page.get_by_role("button", name="Redo: ").click()
    told(page, "Redid no. 1")
    expect(page.locator(".contents h2 a")).to_have_text(["Parking", "Lunch", "Figures", "Members"])

    page.get_by_role("button", name="Down “Parking”").click()
    told(page, "Moved “Parking” down to place 2.")
    page.locator("#contents > li", has_text="Members").locator(".box").drag_to(page.locator("#contents > li").first)
    told(page, "Moved “Members” up to place 1.")
    page.get_by_text("Rename “Lunch”").click()
    page.get_by_label("Title", exact=True).locator("visible=true").fill("Food and drink")
    page.get_by_label("In one sentence").locator("visible=true").fill("comes late")
    page.get_by_role("button", name="Save").locator("visible=true").click()
    told(page, "Renamed “Lunch” to “Food and drink” and wrote its statement.")

    unplaced(page, "lunch came too late")
    bar.get_by_label("Theme to move to").select_option(label="2 Food and drink")
    bar.get_by_role("button", name="Move 1 there").click()
    told(page, "Moved 1 statement to “Food and drink”.")
    page.locator(".item", has_text="the soup was good").locator(".box").drag_to(page.locator("#contents > li").nth(1))
    told(page, "Moved 1 statement to “Food and drink”.")
    expect(page.locator("#count-in_no_theme")).to_contain_text("8")
    for text in ("members should set", "councillors need"):
        unplaced(page, text)
    bar.get_by_label("Title of the new theme").fill("What members do")
    bar.get_by_role("button", name="Make a theme of 2").click()
    told(page, "Made “What members do” from 2 statements.")
    for label, value, button, words in (
        ("Facet", "suggestion", "Set facet", "Marked 1 statement as suggestion."),
        ("Who vouches", "Exeter", "Mark as practice example", "Marked 1 statement as practice, vouched for by Exeter."),
        ("Reason", "off_topic", "Withhold from the report", "Withheld 1 statement: not about the event."),
    ):
        unplaced(page, "more fruit at lunch")
        if label == "Facet":
            bar.get_by_text("More: facet").click()
        field = bar.get_by_label(label)
        field.fill(value) if label.startswith("Who") else field.select_option(value)
        bar.get_by_role("button", name=button).click()
        told(page, words)
    withheld = page.locator("#list-withheld .item")
    expect(withheld).to_have_count(1)
    withheld.locator("input").check()
    bar.get_by_role("button", name="Restore to the report").click()
    told(page, "Restored 1 statement.")

    page.get_by_label("Tick theme 1").check()
    bar.get_by_role("button", name="Delete: statements go to In no theme").click()
    told(page, "Deleted “Members”; 4 statements went to In no theme.")
    page.set_viewport_size({"width": 768, "height": 900})
    accessible(page)
    page.get_by_role("link", name="Food and drink").first.click()
    page.locator("#statements input[type=checkbox]").first.check()
    accessible(page)
    page.locator("#verbs").get_by_label("Title of the new theme").fill("By hand")
    page.get_by_role("button", name="Split off 1").click()
    told(page, "Split “By hand” from “Food and drink”.")
    page.goto(f"{board}/log")
    accessible(page)
    expect(page.get_by_text("Why: one subject")).to_be_visible()
    page.get_by_role("link", name="Board then after no. 2", exact=True).click()
    expect(page.locator(".contents h2")).to_have_text([f"{n} {title}" for n, title in enumerate(TOPICS, start=1)])
    accessible(page)


def test_every_verb_by_keyboard_alone(page: Page, board: str, accessible: Check) -> None:
    press(page, "?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    accessible(page)
    press(page, "Escape", "j", "J", "x", "g")
    told(page, "Merged “Parking” and “Cars”.")
    press(page, "u")
    told(page, "Undid no. 1")
    press(page, "U")
    told(page, "Redid no. 1")
    press(page, "k", "k", "]")
    told(page, "Moved “Parking” down to place 2.")
    expect(page.locator("#contents > li:focus h2 a")).to_have_text("Parking")
    press(page, "o", "1", "Enter")
    told(page, "Moved “Parking” up to place 1.")
    expect(page.locator("#contents > li:focus h2 a")).to_have_text("Parking")
    press(page, "j", "r")
    page.keyboard.type("Food and drink")
    press(page, "Enter")
    told(page, "Renamed “Lunch” to “Food and drink”.")
    press(page, "i", "m", "2", "Enter")
    told(page, "Moved 1 statement to “Food and drink”.")
    press(page, "y")
    expect(page.locator("#count-in_no_theme")).to_contain_text("8")
    press(page, "J", "x", "n")
    page.keyboard.type("New")
    press(page, "Enter")
    told(page, "Made “New” from 2 statements.")
    press(page, "f", "s", "Enter")
    told(page, "Marked 1 statement as suggestion.")
    press(page, "p")
    page.keyboard.type("Exeter")
    press(page, "Enter")
    told(page, "Marked 1 statement as practice, vouched for by Exeter.")
    press(page, "w", "N", "o", "t", "Enter")
    told(page, "Withheld 1 statement: not about the event.")
    press(page, "u")
    told(page, "Undid no. ")
    press(page, "i", "a", "0")
    told(page, "Moved 6 statements to In no theme.")
    press(page, "k", "k", "d")
    told(page, "Deleted “")
    press(page, "/")
    page.keyboard.type("lunch")
    press(page, "Enter")
    expect(page.get_by_text("statements found:")).to_be_visible()


def test_two_people_at_once(page: Page, board: str, browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    bo = context.new_page()
    sign_in(bo, site, "bo-test-two-people-at-once@example.org")
    bo.goto(board)

    page.get_by_label("Tick theme 3").check()
    page.get_by_text("Rename “Cars”").click()
    mine = page.get_by_label("Title", exact=True).locator("visible=true")
    mine.fill("Cars and buses")
    bo.get_by_text("Rename “Cars”").click()
    bo.get_by_label("Title", exact=True).locator("visible=true").fill("Traffic")
    bo.keyboard.press("Enter")
    expect(bo.locator("#news")).to_contain_text("Renamed “Cars” to “Traffic”")

    # Within three seconds Ada sees it; what she writes, her tick and her focus stay.
    expect(page.locator("#news")).to_contain_text("Bo Editor: Renamed “Cars” to “Traffic”", timeout=3000)
    expect(mine).to_be_focused()
    expect(mine).to_have_value("Cars and buses")
    expect(page.get_by_label("Tick theme 3")).to_be_checked()
    page.keyboard.press("Enter")
    told(page, "Bo Editor changed this while you had it open (Renamed “Cars” to “Traffic”)")
    expect(mine).to_have_value("Cars and buses")
    page.keyboard.press("Enter")
    told(page, "Renamed “Traffic” to “Cars and buses”.")

    # Bo's page follows, and Bo takes Ada's decision back.
    expect(bo.locator(".contents h2 a").nth(1)).to_have_text("Cars and buses", timeout=3000)
    bo.get_by_role("button", name="Undo: Renamed “Traffic”").click()
    expect(page.locator(".contents h2 a").nth(1)).to_have_text("Traffic", timeout=3000)
    context.close()


def cost(page: Page) -> dict[str, int]:
    found = page.evaluate("({clicks: sessionStorage.clicks, keys: sessionStorage.keys})")
    return {name: int(number or 0) for name, number in found.items()}


def rename(page: Page, title: str) -> None:
    expect(page.locator("input[name=title]:focus")).to_be_visible()
    page.keyboard.type(title)
    press(page, "Enter")
    told(page, f"to “{title}”.")


def test_what_a_ready_board_costs_by_mouse(page: Page, board: str) -> None:
    """Merge two, split one, rename three, place ten: the figures stand in docs/curation.md."""
    page.add_init_script(COUNTER)
    page.reload()
    page.get_by_label("Tick theme 1").click()
    page.get_by_label("Tick theme 2").click()
    page.get_by_role("button", name="Merge 2 themes").click()
    told(page, "Merged")
    page.get_by_role("link", name="Split “Parking”").click()
    page.get_by_role("button", name="Split into").click()
    expect(page.locator(".flash")).to_contain_text("Split")
    for number in range(3):
        page.locator("summary", has_text="Rename").nth(number).click()
        rename(page, f"Title {number}")
    page.get_by_text("Tick these 10").click()
    page.get_by_role("button", name="Place 10 where suggested").click()
    told(page, "Placed 10 statements where suggested")
    assert cost(page) == {"clicks": 10, "keys": 3}


def test_what_a_ready_board_costs_by_keyboard(page: Page, board: str) -> None:
    page.add_init_script(COUNTER)
    page.reload()
    press(page, "j", "J", "x", "g")
    told(page, "Merged")
    press(page, "k", "s")
    page.wait_for_url("**/split")
    press(page, "s")
    expect(page.locator("#contents > li:focus")).to_be_visible()
    for number in range(3):
        press(page, *(["j"] if number else []), "r")
        rename(page, f"Title {number}")
    press(page, "i", "a", "Y")
    told(page, "Placed 10 statements where suggested")
    assert cost(page) == {"clicks": 0, "keys": 18}
