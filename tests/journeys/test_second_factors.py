"""Signing in with more than a password, as a browser does it: codes from an app, recovery codes, passkeys."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from tests.factories import NOON
from tests.journeys.conftest import PASSWORD
from webapp.accounts.actions import create_organiser
from webapp.accounts.actions_deletion import delete_account
from webapp.accounts.queries import user_by_email

Check = Callable[[Page], None]
EMAIL = "two.factors@example.org"


@pytest.fixture
def account(live_app: Flask) -> Iterator[None]:
    with live_app.app_context():
        create_organiser(EMAIL, "Ada Organiser", PASSWORD, NOON)
    yield
    with live_app.app_context():
        user = user_by_email(EMAIL)
        assert user is not None
        delete_account(user, user, NOON)


@pytest.fixture
def by_name(site: str) -> str:
    """Passkeys belong to a name; a bare number will not do."""
    return site.replace("127.0.0.1", "localhost")


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def give_authenticator(page: Page) -> None:
    """As a phone or computer with a finger that it knows."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_codes_recovery_codes_and_passkeys(page: Page, by_name: str, account: None, accessible: Check) -> None:
    give_authenticator(page)
    sign_in(page, by_name)
    page.goto(f"{by_name}/account/passkeys")
    accessible(page)
    page.get_by_label("Its name").fill("Work laptop")
    page.get_by_role("button", name="Set up a passkey").click()
    expect(page.get_by_text("The passkey Work laptop is set up.")).to_be_visible()
    accessible(page)
    sign_out(page)

    page.goto(f"{by_name}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/series$"))

    page.goto(f"{by_name}/account/second-factor")
    page.get_by_role("button", name="Set it up").click()
    accessible(page)
    key = page.locator("code.fingerprint").inner_text()
    app = TOTP(key=key.replace("-", "").replace(" ", ""))
    used = app.generate().token
    page.get_by_label("Code").fill(used)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("The authenticator app is set up.")).to_be_visible()

    page.goto(f"{by_name}/account/recovery-codes")
    page.get_by_role("button", name="Make new codes").click()
    accessible(page)
    codes = page.locator("ul.codes code").all_inner_texts()
    assert len(codes) == 8
    sign_out(page)

    # The code that set it up is used up: it opens nothing a second time.
    sign_in(page, by_name)
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Code").fill(used)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("That code is not right, or was used already.").first).to_be_visible()
    page.get_by_role("link", name=re.compile("recovery code")).click()
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/series$"))
    page.goto(f"{by_name}/account")
    expect(page.get_by_text("7 codes left")).to_be_visible()


def test_where_it_is_required_a_passkey_is_set_up_first_and_then_asked_for(
    page: Page, live_app: Flask, by_name: str, account: None, accessible: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(live_app.config, "SECOND_FACTOR_REQUIRED", "everybody")
    give_authenticator(page)
    sign_in(page, by_name)
    expect(page.get_by_role("heading", name="Set up a second factor first")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Its name").fill("Phone")
    page.get_by_role("button", name="Set up a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    page.goto(f"{by_name}/series")
    expect(page).to_have_url(re.compile("/series$"))
    sign_out(page)

    sign_in(page, by_name)
    expect(page.get_by_role("heading", name="Sign in with your passkey")).to_be_visible()
    accessible(page)
    page.goto(f"{by_name}/series")
    expect(page.get_by_role("heading", name="Sign in with your passkey")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{by_name}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/series$"))
