"""Every page of delegates and facilitators in both languages, light and dark, as narrow as WCAG's reflow asks."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.factories import (
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
)
from webapp.wording import now

Check = Callable[[Page], None]
CHOICES = ["Presentations", "Group discussions", "A choice in so many words that it takes a second line on a phone"]


@pytest.fixture
def addresses(live_app: Flask) -> Iterator[list[str]]:
    """Of an open event with every kind of question, a floor, a table with lines, and of a closed and a later one."""
    with live_app.app_context():
        series = make_series(organisation_types=["District council", "County council"])
        event = make_event(series, opens_at=now(), code=f"P{int(now().timestamp() * 1000) % 10**9}")
        text = make_question(event, text="What gets in the way?", help="A line or two.")
        make_question(event, text="What helps?")
        for kind in ("rating", "rating_10"):
            make_question(event, kind)
        for kind in ("one_choice", "several_choices", "several_or_other", "ranking", "session_ratings"):
            make_question(event, kind, choices=CHOICES)
        receipt = make_response(event, {text: "Targets are late."}).receipt_code
        held = make_session(event, kind="qa", title="Ask the panel")
        make_floor_question(held, "Who pays?")
        table = make_table(make_session(event), facilitator="Iain")
        make_note(table, "Nobody reads the plans", facet="problem", question_id=text.id)
        closed = make_event(series, closes_at=now(), code=event.code + "C")
        form, own, tables = f"/e/{event.code}", f"/r/{receipt}", f"/t/{table.token}"
        floor = f"{form}/questions/{held.id}"
        found = [form, f"{form}/privacy", floor, f"{floor}/screen", own, f"{own}/correct", f"{own}/withdraw"]
        found += [tables, f"{tables}/read", f"{tables}/handover", f"/e/{closed.code}", "/"]
    yield found


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_every_page_is_accessible_light_and_dark_and_never_scrolls_sideways(
    page: Page, site: str, addresses: list[str], accessible: Check, language: str
) -> None:
    page.set_extra_http_headers({"Accept-Language": language})
    page.set_viewport_size({"width": 320, "height": 640})
    for address in addresses:
        answer = page.goto(site + address)
        assert (address, answer.status) == (address, 200)
        assert page.locator("html").get_attribute("lang") == language[:2]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            accessible(page)
        assert (address, page.evaluate("document.documentElement.scrollWidth")) == (address, 320)
