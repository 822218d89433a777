"""Sign-ins are ended on the server: a copied cookie opens nothing afterwards."""

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import browser_of
from tests.factories import NOON, make_user
from webapp.accounts.actions import create_organiser
from webapp.accounts.actions_sign_ins import hashed, start_sign_in
from webapp.accounts.browsers import browser
from webapp.accounts.models import SignIn, User
from webapp.extensions import db

PASSWORD = "correct horse battery"


@pytest.fixture
def ada() -> User:
    return create_organiser("ada@example.org", "Ada", PASSWORD, NOON)


def sign_in(client: FlaskClient, **more: str) -> str:
    """Sign in by the page; the session cookie that it gave."""
    client.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD, **more})
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("session", value)
    return client


def opens(client: FlaskClient) -> bool:
    return client.get("/series").status_code == 200


def test_a_copied_cookie_works_until_its_owner_signs_out(app: Flask, client: FlaskClient, ada: User) -> None:
    copy = sign_in(client)
    assert opens(with_cookie(app, copy))
    client.post("/sign-out")
    assert not opens(with_cookie(app, copy))
    assert not opens(client)


def test_a_new_sign_in_gives_a_new_key_and_ends_the_browsers_old_one(
    app: Flask, client: FlaskClient, ada: User
) -> None:
    first = sign_in(client)
    client.post("/sign-out")
    second = sign_in(client)
    assert first != second
    assert [opens(with_cookie(app, each)) for each in (first, second)] == [False, True]


def test_the_key_is_stored_as_a_hash_alone(client: FlaskClient, ada: User) -> None:
    sign_in(client)
    with client.session_transaction() as session:
        key = session["sign_in"]
    assert db.session.scalars(select(SignIn.key_hash)).all() == [hashed(key)]


def test_a_session_without_its_sign_in_opens_nothing(app: Flask, ada: User) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = ada.fs_uniquifier
        session["_fresh"] = True
    assert not opens(client)


def test_somebody_elses_key_opens_nothing(app: Flask, ada: User) -> None:
    other = make_user()
    client = browser_of(app, other)
    with client.session_transaction() as session:
        session["_user_id"] = ada.fs_uniquifier
    assert not opens(client)


def test_a_sign_in_is_over_after_twelve_hours_and_after_a_month_for_who_stays(app: Flask, ada: User) -> None:
    keys = [start_sign_in(ada, NOON, stay, "192.0.2.1", "Firefox") for stay in (False, True)]
    rows = {row.key_hash: row.ends_at - row.started_at for row in db.session.scalars(select(SignIn))}
    assert [rows[hashed(key)] for key in keys] == [timedelta(hours=12), timedelta(days=30)]


def test_what_has_run_out_opens_nothing(app: Flask, client: FlaskClient, ada: User) -> None:
    sign_in(client)
    db.session.execute(update(SignIn).values(ends_at=NOON))
    db.session.commit()
    assert not opens(client)


def test_staying_signed_in_is_a_longer_session_and_no_second_cookie(client: FlaskClient, ada: User) -> None:
    sign_in(client, remember="y")
    assert client.get_cookie("remember_token") is None
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is not None
    assert db.session.scalars(select(SignIn.stay)).all() == [True]


def test_a_disabled_account_is_out_at_once(client: FlaskClient, ada: User) -> None:
    sign_in(client)
    ada.active = False
    db.session.commit()
    assert not opens(client)


def test_other_browsers_are_listed_and_ended(app: Flask, client: FlaskClient, ada: User) -> None:
    sign_in(client)
    other = app.test_client()
    sign_in(other)
    page = client.get("/account").text
    assert page.count("this browser") == 1
    (address,) = re.findall(r'action="(/account/sign-ins/\d+/end)"', page)
    assert client.post(address).status_code == 303
    assert (opens(client), opens(other)) == (True, False)


def test_nobody_ends_the_sign_in_of_another(app: Flask, client: FlaskClient, ada: User) -> None:
    sign_in(client)
    theirs = db.session.scalar(select(SignIn.id))
    stranger = browser_of(app, make_user())
    stranger.post(f"/account/sign-ins/{theirs}/end")
    assert opens(client)


def test_signing_out_everywhere_else_leaves_this_browser(app: Flask, client: FlaskClient, ada: User) -> None:
    sign_in(client)
    others = [app.test_client() for _ in range(2)]
    for other in others:
        sign_in(other)
    client.post("/account/sign-ins/end-others")
    assert [opens(each) for each in (client, *others)] == [True, False, False]


def test_a_new_password_ends_every_other_sign_in(app: Flask, client: FlaskClient, ada: User) -> None:
    sign_in(client)
    copy = sign_in(app.test_client())
    change = {"password": PASSWORD, "new_password": "another long one", "new_password_confirm": "another long one"}
    assert client.post("/account/password", data=change).location == "/account"
    assert (opens(client), opens(with_cookie(app, copy))) == (True, False)


def test_a_token_in_a_header_opens_no_page(client: FlaskClient, ada: User) -> None:
    token = ada.get_auth_token()
    assert client.get("/series", headers={"Authentication-Token": token}).status_code == 302
    assert client.get(f"/series?auth_token={token}").status_code == 302


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.9", "A browser"),
    ],
)
def test_a_browser_is_called_as_people_call_it(name: str, words: str) -> None:
    assert browser(name) == words


def test_a_fresh_installation_says_how_the_first_account_is_made(client: FlaskClient) -> None:
    page = html.unescape(client.get("/sign-in").text)
    assert "make organiser EMAIL=you@example.org" in page
    assert 'name="password"' not in page
    make_user()
    assert 'name="password"' in client.get("/sign-in").text
