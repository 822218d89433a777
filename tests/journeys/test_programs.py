"""An owner lets programs in: a token that works, and a webhook that is tested, in a real browser."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.api.receiver import Receiver
from tests.journeys.conftest import PASSWORD
from webapp.accounts.actions import create_organiser
from webapp.programme.actions import create_series
from webapp.wording import now


@pytest.fixture
def receiver(live_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setitem(live_app.config, "WEBHOOKS_TO_PRIVATE_NETWORKS", True)
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def series_id(live_app: Flask) -> int:
    with live_app.app_context():
        owner = create_organiser("programs@example.org", "Ada Organiser", PASSWORD, now())
        return create_series(owner, "Told to programs", now()).id


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail address").fill("programs@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_token_and_a_webhook(
    page: Page, site: str, series_id: int, receiver: Receiver, accessible: Callable[[Page], None]
) -> None:
    sign_in(page, site)
    page.goto(f"{site}/account")
    page.get_by_role("link", name="tokens").click()
    page.get_by_label("What it is for").fill("Nightly copy")
    page.get_by_role("button", name="Make the token").click()
    token = page.get_by_label("Token").input_value()
    assert re.fullmatch("rap_[0-9a-f]{12}_[0-9a-f]{48}", token)
    accessible(page)
    asked = urllib.request.Request(f"{site}/api/v1/series", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(asked) as answer:
        assert [each["title"] for each in json.load(answer)["items"]] == ["Told to programs"]

    page.goto(f"{site}/series/{series_id}/people")
    page.get_by_role("link", name="webhooks").click()
    accessible(page)
    page.get_by_label("Address").fill(receiver.address)
    page.get_by_label("An analysis finished").uncheck()
    page.get_by_role("button", name="Add the webhook").click()
    secret = page.get_by_label("Secret").input_value()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("200 OK")).to_be_visible()
    accessible(page)
    assert receiver.messages[0].signed_with(secret)
    page.goto(f"{site}/api/docs")
    accessible(page)
