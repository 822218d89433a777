import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import verify_password

from tests.factories import NOON, make_user
from webapp.accounts.actions import create_organiser
from webapp.accounts.sign_in import WRONG
from webapp.extensions import db, limiter

PASSWORD = "correct horse battery"


@pytest.fixture
def ada() -> str:
    return create_organiser("ada@example.org", "Ada", PASSWORD, NOON).email


def errors_in(html: str) -> list[str]:
    return re.findall(r'class="error"[^>]*>([^<]+)<', html)


def sign_in(client: FlaskClient, email: str, password: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_signing_in_leads_to_the_series(client: FlaskClient, ada: str) -> None:
    answer = sign_in(client, ada, PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/series")
    assert "Ada" in client.get("/series").text


def test_the_address_may_be_typed_in_capitals(client: FlaskClient, ada: str) -> None:
    assert sign_in(client, "ADA@Example.org", PASSWORD).location == "/series"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        ("ada@example.org", ""),
        ("", ""),
        ("ada@example.org\x00", PASSWORD),
        ("ada@example.org", PASSWORD + "\x00"),
        ("ada@example.org", "x" * 5000),
    ],
)
def test_every_failure_reads_the_same_so_that_accounts_cannot_be_guessed(
    client: FlaskClient, ada: str, email: str, password: str
) -> None:
    answer = sign_in(client, email, password)
    assert set(errors_in(answer.text)) == {WRONG}
    assert client.get("/series").status_code == 302


def test_an_account_that_was_switched_off_cannot_sign_in(client: FlaskClient) -> None:
    user = create_organiser("old@example.org", "", PASSWORD, NOON)
    user.active = False
    db.session.commit()
    assert set(errors_in(sign_in(client, "old@example.org", PASSWORD).text)) == {WRONG}


def test_what_was_typed_stays_but_not_the_password(client: FlaskClient, ada: str) -> None:
    page = sign_in(client, ada, "wrong").text
    assert 'value="ada@example.org"' in page
    assert 'value="wrong"' not in page


def test_signing_in_does_not_lead_to_another_site(client: FlaskClient, ada: str) -> None:
    answer = client.post("/sign-in?next=https://evil.example/", data={"email": ada, "password": PASSWORD})
    assert answer.location is None or "evil.example" not in answer.location


def test_signing_out_needs_a_button_and_ends_the_session(signed_in: FlaskClient) -> None:
    assert signed_in.get("/sign-out").status_code == 405
    assert signed_in.post("/sign-out").status_code == 302
    assert signed_in.get("/series").status_code == 302


def test_an_organisers_page_asks_the_signed_out_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/series")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


def test_the_eleventh_guess_in_a_minute_is_turned_away(
    client: FlaskClient, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    statuses = [sign_in(client, ada, "wrong").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert client.get("/sign-in").status_code == 200
    limiter.reset()


def test_a_form_without_its_token_is_refused(
    client: FlaskClient, app: Flask, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = sign_in(client, ada, PASSWORD)
    assert answer.status_code == 400
    assert "This page was open too long" in answer.text


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient, ada: str) -> None:
    cookie = sign_in(client, ada, PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_session_cookie_stays_on_https_where_the_site_is_served_by_it(
    client: FlaskClient, app: Flask, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    assert "Secure" in sign_in(client, ada, PASSWORD).headers["Set-Cookie"]


def change(client: FlaskClient, present: str, new: str, again: str | None = None):  # type: ignore[no-untyped-def]
    data = {"password": present, "new_password": new, "new_password_confirm": new if again is None else again}
    return client.post("/account/password", data=data)


def test_a_password_is_changed(client: FlaskClient, ada: str) -> None:
    sign_in(client, ada, PASSWORD)
    assert change(client, PASSWORD, "another long one").status_code == 302
    client.post("/sign-out")
    assert set(errors_in(sign_in(client, ada, PASSWORD).text)) == {WRONG}
    assert sign_in(client, ada, "another long one").location == "/series"


@pytest.mark.parametrize(
    ("present", "new", "again", "error"),
    [
        ("wrong", "another long one", None, "That is not your present password."),
        ("", "another long one", None, "Write your password."),
        (PASSWORD, "short", None, "The password needs at least 12 characters."),
        (PASSWORD, PASSWORD, None, "The new password is the same as the present one."),
        (PASSWORD, "another long one", "another wrong one", "The two new passwords are not the same."),
    ],
)
def test_a_password_change_that_fails_says_why(
    client: FlaskClient, ada: str, present: str, new: str, again: str | None, error: str
) -> None:
    sign_in(client, ada, PASSWORD)
    answer = change(client, present, new, again)
    assert answer.status_code == 200
    assert errors_in(answer.text) == [error]


def test_the_password_is_stored_as_argon2(app: Flask) -> None:
    fresh = make_user("eve@example.org")
    assert fresh.password == "a long password"
    hashed = create_organiser("eva@example.org", "", PASSWORD, NOON)
    assert verify_password(PASSWORD, hashed.password)


def test_guesses_at_one_address_are_limited_wherever_they_come_from(
    client: FlaskClient, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    for guessed in (ada, "nobody@example.org"):
        limiter.reset()
        statuses = []
        for number in range(31):
            data = {"email": guessed, "password": "wrong"}
            elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
            statuses.append(client.post("/sign-in", data=data, environ_base=elsewhere).status_code)
        # The same for an address that has an account and one that has none.
        assert statuses == [200] * 30 + [429]
    limiter.reset()


@pytest.mark.parametrize("credential", ["[" * 200_000, '{"a":' * 80_000], ids=["lists", "objects"])
def test_a_passkeys_answer_that_nests_without_end_is_refused(
    client: FlaskClient, signed_in: FlaskClient, credential: str
) -> None:
    asked = (
        (client, "/sign-in/passkey", {"remember": ""}),
        (signed_in, "/account/passkeys", {"name": "Mine", "usage": "first"}),
    )
    for browser, page, typed in asked:
        [address] = re.findall(rf'action="({page}/[^"]+)"', browser.post(page, data=typed).text)
        assert browser.post(address, data={"credential": credential}).status_code == 400
        assert browser.post(address, data={"credential": "[]"}).status_code == 302
