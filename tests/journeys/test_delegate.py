"""A delegate in the hall, with a phone."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.factories import make_event, make_question, make_series
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.wording import now

Check = Callable[[Page], None]


@pytest.fixture
def code(live_app: Flask) -> Iterator[str]:
    """An open event that asks one question of each kind."""
    with live_app.app_context():
        event = make_event(make_series(title="Managing performance"), opens_at=now())
        make_question(event, text="What gets in the way of managing performance?", required=True)
        make_question(event, kind="rating", text="How useful was the day?")
        make_question(event, kind="one_choice", text="How far along are you?", choices=["Well along", "Just begun"])
        make_question(event, kind="several_choices", text="Which parts helped?", choices=["Tables", "Talks", "Lunch"])
        code = event.code
    yield code


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en-GB"}


def stored(live_app: Flask, code: str) -> list[list[object]]:
    with live_app.app_context():
        responses = db.session.scalars(
            db.select(Response).where(Response.event.has(code=code), Response.withdrawn_at.is_(None))
        )
        return [
            [a.text if a.text is not None else a.value for a in sorted(r.current_answers, key=lambda a: a.question_id)]
            for r in responses
        ]


def test_a_delegate_answers_corrects_and_withdraws(
    page: Page, site: str, code: str, live_app: Flask, accessible: Check, no_third_party: None
) -> None:
    page.goto(site)
    accessible(page)
    page.get_by_label(re.compile("code")).fill(code.lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/e/{code}")
    accessible(page)

    page.get_by_label("What gets in the way of managing performance?").fill("Targets that <arrive> in May & \U0001f44d")
    page.locator("#organisation_type").select_option("District council")
    page.get_by_label("Just begun").check()
    page.get_by_label("Lunch").check()
    page.get_by_role("button", name="Send").click()

    expect(page).to_have_url(re.compile(r"/r/"))
    expect(page.get_by_text("Targets that <arrive> in May & \U0001f44d")).to_be_visible()
    accessible(page)
    assert stored(live_app, code) == [["Targets that <arrive> in May & \U0001f44d", "Just begun", ["Lunch"]]]

    page.get_by_role("link", name=re.compile("Correct", re.I)).click()
    accessible(page)
    page.get_by_label("What gets in the way of managing performance?").fill("Targets that arrive in June")
    page.get_by_role("button", name=re.compile("Send|Save")).click()
    expect(page.get_by_text("Targets that arrive in June")).to_be_visible()
    assert stored(live_app, code) == [["Targets that arrive in June", "Just begun", ["Lunch"]]]

    page.get_by_role("link", name=re.compile("Withdraw", re.I)).click()
    accessible(page)
    page.get_by_role("button", name=re.compile("Withdraw", re.I)).click()
    assert stored(live_app, code) == []


def test_nothing_typed_is_lost_when_an_answer_is_missing(page: Page, site: str, code: str, accessible: Check) -> None:
    page.goto(f"{site}/e/{code}")
    page.get_by_label("Talks").check()
    # As a browser without the attribute would send it.
    page.evaluate("document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required'))")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Talks")).to_be_checked()
    accessible(page)


def test_an_unknown_code_is_answered_in_plain_words(page: Page, site: str, accessible: Check) -> None:
    page.goto(f"{site}/e/NOSUCH")
    expect(page.get_by_text("No event has the code")).to_be_visible()
    accessible(page)


def test_a_form_in_pages_is_one_form_and_one_sending(
    page: Page, site: str, live_app: Flask, accessible: Check, browser: Browser
) -> None:
    with live_app.app_context():
        event = make_event(make_series(title="In pages"), opens_at=now())
        make_question(event, text="What did you notice?", required=True)
        make_question(event, text="What gets in the way?", begins_page=True)
        make_question(event, kind="rating", text="How useful was the day?", begins_page=True)
        code = event.code
    page.goto(f"{site}/e/{code}")
    send, forward = page.get_by_role("button", name="Send", exact=True), page.get_by_role("button", name="Next")
    expect(page.locator("#page")).to_have_text("Page 1 of 3")
    expect(send).to_be_hidden()
    expect(page.get_by_role("button", name="Back")).to_be_hidden()
    accessible(page)
    forward.click()
    expect(page.locator("#page")).to_be_focused()
    page.get_by_label("What gets in the way?").fill("Too many targets")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("What did you notice?")).to_be_visible()
    forward.click()
    expect(page.get_by_label("What gets in the way?")).to_have_value("Too many targets")
    forward.click()
    expect(page.locator("#page")).to_have_text("Page 3 of 3")
    expect(forward).to_be_hidden()
    accessible(page)
    send.click()
    # What is missing is on the first page, and the form opens there.
    expect(page.locator("#problems")).to_be_visible()
    expect(page.locator("#page")).to_have_text("Page 1 of 3")
    page.get_by_label("What did you notice?").fill("People want fewer figures")
    for _ in range(2):
        forward.click()
    send.click()
    expect(page).to_have_url(re.compile("/r/"))
    assert stored(live_app, code) == [["People want fewer figures", "Too many targets"]]

    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto(f"{site}/e/{code}")
    expect(without.get_by_label("What gets in the way?")).to_be_visible()
    expect(without.get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(without.locator("#pages")).to_be_hidden()
