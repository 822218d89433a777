"""A delegate who reads Welsh, with every kind of question, by keyboard, light and dark."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.factories import make_event, make_question, make_series, make_session, make_table
from webapp.collect.models import Answer
from webapp.extensions import db
from webapp.wording import now

Check = Callable[[Page], None]
PARTS = ["Sgyrsiau", "Byrddau", "Cinio"]


@pytest.fixture
def code_and_token(live_app: Flask) -> Iterator[tuple[str, str]]:
    """An open event that asks one question of each kind, in Welsh, and the link of its table."""
    with live_app.app_context():
        event = make_event(make_series(title="Rheoli perfformiad"), title="Cynhadledd Caerdydd", opens_at=now())
        make_question(event, text="Beth sy'n rhwystr?")
        make_question(event, "rating_10", text="Pa mor debygol?")
        make_question(event, "ranking", text="Beth sydd bwysicaf?", choices=PARTS)
        make_question(event, "several_or_other", text="Pa rannau?", choices=PARTS)
        found = event.code, make_table(make_session(event, title="Rhwystrau"), "Bwrdd 1").token
    yield found


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en-GB"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_delegate_answers_in_welsh(
    page: Page,
    site: str,
    code_and_token: tuple[str, str],
    live_app: Flask,
    accessible: Check,
    no_third_party: None,
    scheme: str,
) -> None:
    code, token = code_and_token
    page.emulate_media(color_scheme=scheme)
    page.goto(site)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    accessible(page)
    page.get_by_label("Cod eich digwyddiad").fill(code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/e/{code}")
    accessible(page)
    page.get_by_label("Beth sy'n rhwystr?").fill("Targedau hwyr")
    page.get_by_role("group", name="Pa mor debygol?").get_by_text("10", exact=True).click()
    lunch = page.get_by_label("Safle: Cinio")
    lunch.focus()
    page.keyboard.press("1")
    page.get_by_label("Safle: Sgyrsiau").focus()
    page.keyboard.press("1")
    # Lunch had no rank before that, so that it has none again.
    expect(lunch).to_have_value("")
    lunch.focus()
    page.keyboard.press("2")
    page.get_by_label("Byrddau", exact=True).check()
    page.get_by_label("Arall, yn eich geiriau chi").fill("Yr ardd")
    expect(page.locator("#state")).to_have_text("Cadwyd ar y ffôn hwn")
    page.reload()
    expect(lunch).to_have_value("2")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Anfon").click()
    expect(page.get_by_role("heading", name=re.compile("Daeth i law"))).to_be_visible()
    accessible(page)
    with live_app.app_context():
        said = db.session.scalars(db.select(Answer).order_by(Answer.question_id.desc()).limit(4)).all()
        assert [answer.text or answer.value for answer in reversed(said)] == [
            "Targedau hwyr",
            10,
            ["Sgyrsiau", "Cinio"],
            {"choices": ["Byrddau"], "other": "Yr ardd"},
        ]
    receipt = page.url
    for address in ("correct", "withdraw"):
        page.goto(f"{receipt}/{address}")
        accessible(page)
    page.goto(f"{site}/e/{code}/privacy")
    accessible(page)
    page.goto(f"{site}/t/{token}")
    expect(page.get_by_placeholder("Un pwynt")).to_be_visible()
    accessible(page)
