"""Where a second factor is required, nothing opens before there is one but what sets it up."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from tests.conftest import browser_of
from tests.factories import NOON, make_user
from tests.security import route_decisions as decided
from tests.security.test_routes import address_of, routes_of
from tests.security.world import make_place, open_the_event
from webapp.accounts.actions import create_organiser
from webapp.accounts.actions_invitations import invite
from webapp.accounts.models import User, WebAuthn
from webapp.api.models import SCOPES, ApiToken
from webapp.api.tokens import make_token
from webapp.extensions import db
from webapp.wording import now

PASSWORD = "correct horse battery"
FIRST = "/account/second-factor-first"
SETTING_UP = {
    "accounts.second_factor_first",
    "security.verify",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.wan_register",
    "security.wan_register_response",
}


@pytest.fixture
def everybody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SECOND_FACTOR_REQUIRED", "everybody")


@pytest.fixture
def ada() -> User:
    return create_organiser("ada@example.org", "Ada", PASSWORD, NOON)


def sign_in(client: FlaskClient) -> Any:
    return client.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})


def give_passkey(user: User, usage: str) -> None:
    key = {"name": "Phone", "public_key": b"k", "backup_state": False, "device_type": "one", "usage": usage}
    db.session.add(WebAuthn(credential_id=b"c", user_id=user.id, lastuse_datetime=NOON, **key))
    db.session.commit()


def code_for(page: str) -> tuple[str, str]:
    """Of the page with the key: where its code is sent, and the code."""
    (address,) = re.findall(r'action="(/account/second-factor/[^"]+)"', page)
    (key,) = re.findall(r'<code class="fingerprint">([^<]+)</code>', page)
    return html.unescape(address), TOTP(key=key.replace("-", "").replace(" ", "")).generate().token


def set_up_app(client: FlaskClient) -> Any:
    address, code = code_for(client.post("/account/second-factor", data={"setup": "authenticator"}).text)
    return client.post(address, data={"code": code})


def test_nobody_is_asked_unless_the_setting_says_so(client: FlaskClient, ada: User) -> None:
    sign_in(client)
    assert client.get("/series").status_code == 200
    assert client.get(FIRST).location == "/account"


def test_who_has_none_sets_one_up_and_is_then_let_in(client: FlaskClient, everybody: None, ada: User) -> None:
    assert sign_in(client).location == "/series"
    led = client.get("/series")
    assert (led.status_code, led.location) == (303, FIRST)
    page = client.get(FIRST).text
    assert "This site asks everybody for more than a password." in page
    assert 'href="/account/second-factor"' in page
    assert 'href="/account/passkeys"' in page
    assert client.get("/account/passkeys").status_code == 200
    assert set_up_app(client).location == "/account"
    assert client.get("/series").status_code == 200
    assert client.get(FIRST).location == "/account"
    client.post("/sign-out")
    # From then on the code is asked for, before anything.
    assert sign_in(client).location.startswith("/sign-in/code?")
    assert client.get("/series").location.startswith("/sign-in")


def test_nothing_else_opens_and_public_pages_answer_as_to_anybody(
    app: Flask, everybody: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place()
    open_the_event(place)
    browser, nobody = browser_of(app, place["owner"]), app.test_client()
    wrong = []
    closed = 0
    for route in routes_of(app):
        decision = decided.decision(route.endpoint, route.address, route.method)
        if decision in (None, decided.ADDRESS_ONLY, decided.BY_TOKEN, decided.TOKEN_VIEWER, decided.TOKEN_EDITOR):
            continue
        if route.endpoint in SETTING_UP or route.endpoint in ("security.login", "security.logout"):
            continue
        # What changes something for anybody is not sent twice.
        if decision in (decided.ANYBODY, decided.LINK, decided.NOBODY) and route.method != "GET":
            continue
        address = address_of(app, route, place)
        answer = browser.open(address, method=route.method)
        if decision in (decided.ANYBODY, decided.LINK, decided.NOBODY):
            expected = nobody.open(address, method=route.method)
            right = (answer.status_code, answer.location) == (expected.status_code, expected.location)
        else:
            closed += 1
            right = (answer.status_code, answer.location) == (303, FIRST)
        if not right:
            wrong.append(f"{route.method} {route.address} ({answer.status_code} {answer.location})")
    assert wrong == []
    assert closed > 150


def test_no_token_is_made_meanwhile(client: FlaskClient, everybody: None, ada: User) -> None:
    sign_in(client)
    form = {"name": "Programs", "scopes": ["read"], "days": "30"}
    assert client.post("/account/tokens", data=form).location == FIRST
    assert db.session.query(ApiToken).count() == 0


def test_a_token_that_was_made_before_goes_on(client: FlaskClient, everybody: None, ada: User) -> None:
    _token, text = make_token(ada, "Programs", list(SCOPES), now() + timedelta(days=1), now())
    assert client.get("/api/v1/series", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_one_can_sign_out_and_read_public_pages(client: FlaskClient, everybody: None, ada: User) -> None:
    sign_in(client)
    assert client.get("/").status_code == 200
    assert client.get("/data-protection").status_code == 200
    assert "Sign out" in client.get(FIRST).text
    client.post("/sign-out")
    assert client.get(FIRST).location.startswith("/sign-in")


def test_administrators_alone(app: Flask, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SECOND_FACTOR_REQUIRED", "administrators")
    admin, organiser = browser_of(app, make_user(administrator=True)), browser_of(app, ada)
    assert organiser.get("/series").status_code == 200
    assert [admin.get(each).location for each in ("/series", "/administration/accounts")] == [FIRST, FIRST]
    assert "This site asks every administrator for more than a password." in admin.get(FIRST).text


def test_who_becomes_an_administrator_is_held_back_at_once(
    app: Flask, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SECOND_FACTOR_REQUIRED", "administrators")
    hers = browser_of(app, ada)
    assert hers.get("/series").status_code == 200
    boss = make_user(administrator=True)
    give_passkey(boss, "secondary")
    browser_of(app, boss).post(f"/administration/accounts/{ada.id}/make-administrator")
    assert hers.get("/series").location == FIRST


def test_an_accepted_invitation_leads_there_too(app: Flask, everybody: None, organiser: User) -> None:
    _invitation, token = invite("zoe@example.org", organiser, now())
    zoe = app.test_client()
    joining = {"name": "Zoe", "password": PASSWORD, "again": PASSWORD}
    assert zoe.post(f"/invitations/{token}", data=joining).location == "/series"
    assert zoe.get("/series").location == FIRST


def test_the_app_cannot_be_switched_off_while_it_is_all_there_is(
    client: FlaskClient, everybody: None, ada: User
) -> None:
    sign_in(client)
    set_up_app(client)
    assert "Ask for no code any more" not in client.get("/account/second-factor").text
    refused = client.post("/account/second-factor", data={"setup": "disable"})
    assert "Choose one of the ways." in refused.text
    db.session.expire_all()
    assert ada.tf_primary_method == "authenticator"
    give_passkey(ada, "secondary")
    assert "Ask for no code any more" in client.get("/account/second-factor").text
    assert client.post("/account/second-factor", data={"setup": "disable"}).location == "/account"
    assert client.get("/account").status_code == 200


def test_a_password_alone_does_not_get_past_a_passkey(app: Flask, everybody: None, ada: User) -> None:
    """Nor may whoever has only the password set up a way in of their own."""
    give_passkey(ada, "first")
    client = app.test_client()
    sign_in(client)
    assert client.get("/series").location == FIRST
    assert "You have a passkey, and signed in without it." in client.get(FIRST).text
    assert [client.get(address).location for address in ("/account/passkeys", "/verify")] == [FIRST, FIRST]
    refused = client.post("/account/second-factor", data={"setup": "authenticator"})
    assert (refused.status_code, refused.location) == (302, "/sign-in")
    db.session.expire_all()
    assert ada.tf_primary_method is None


def test_one_who_is_signed_in_for_long_shows_first_who_it_is(app: Flask, everybody: None, ada: User) -> None:
    hers = browser_of(app, ada)
    with hers.session_transaction() as session:
        session["fs_paa"] -= 24 * 3600
    assert hers.get("/account/second-factor").location.startswith("/verify?next=")
    assert hers.post("/verify?next=/account/second-factor", data={"password": PASSWORD}).status_code == 302
    assert hers.get("/account/second-factor").status_code == 200
