"""What an administrator may do, and what stays with the owners of a series."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import join_series, make_series, make_user
from webapp.accounts.audit import first_fault
from webapp.accounts.models import User
from webapp.accounts.queries import role_in_series, user_by_email
from webapp.extensions import db


@pytest.fixture
def admin() -> User:
    return make_user("admin@example.org", "Admin", administrator=True)


@pytest.fixture
def desk(app: Flask, admin: User) -> FlaskClient:
    return browser_of(app, admin)


def test_an_account_is_invited_disabled_and_enabled(app: Flask, desk: FlaskClient) -> None:
    desk.post("/administration/accounts", data={"email": "zoe@example.org"})
    page = desk.get("/administration/accounts").text
    (link,) = re.findall(r'id="fresh-link"[^>]*value="http://localhost([^"]+)"', page)
    joining = {"name": "Zoe", "password": "a long password", "again": "a long password"}
    zoe = app.test_client()
    assert zoe.post(link, data=joining).location == "/series"
    user = user_by_email("zoe@example.org")
    assert user is not None
    assert not user.is_administrator
    desk.post(f"/administration/accounts/{user.id}/disable")
    assert zoe.get("/series").status_code == 302
    desk.post(f"/administration/accounts/{user.id}/enable")
    assert zoe.post("/sign-in", data={"email": user.email, "password": "a long password"}).location == "/series"


def test_the_only_owner_of_a_series_is_not_disabled(desk: FlaskClient, admin: User) -> None:
    owner, heir = make_user(), make_user("heir@example.org")
    series = make_series(owner)
    refused = desk.post(f"/administration/accounts/{owner.id}/disable")
    assert refused.status_code == 409
    assert "the only owner of 1 series" in refused.text
    desk.post(f"/administration/series/{series.id}/owner", data={"email": "heir@example.org"})
    assert role_in_series(heir, series.id) == "owner"
    assert desk.post(f"/administration/accounts/{owner.id}/disable").status_code == 303
    assert owner.active is False


def test_the_last_administrator_stays_one(desk: FlaskClient, admin: User) -> None:
    assert desk.post(f"/administration/accounts/{admin.id}/stop-administrator").status_code == 409
    other = make_user()
    desk.post(f"/administration/accounts/{other.id}/make-administrator")
    assert other.is_administrator
    assert desk.post(f"/administration/accounts/{admin.id}/stop-administrator").status_code in (303, 404)
    db.session.expire_all()
    assert not admin.is_administrator
    assert desk.get("/administration/accounts").status_code == 404


def test_an_administrator_sees_no_series_of_others_unless_the_policy_says_so(
    app: Flask, desk: FlaskClient, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = make_series(make_user(), title="Not for you")
    assert desk.get(f"/series/{series.id}").status_code == 404
    assert "Not for you" not in desk.get("/series").text
    monkeypatch.setitem(app.config, "ADMINISTRATORS_SEE_ALL_SERIES", True)
    assert desk.get(f"/series/{series.id}").status_code == 200
    assert "Not for you" in desk.get("/series").text
    assert desk.post(f"/series/{series.id}/edit").status_code == 403
    stranger = browser_of(app, make_user())
    assert stranger.get(f"/series/{series.id}").status_code == 404


def test_a_link_for_a_new_password_is_shown_once(app: Flask, desk: FlaskClient) -> None:
    user = make_user("ada@example.org")
    desk.post(f"/administration/accounts/{user.id}/password-link")
    page = desk.get(f"/administration/accounts/{user.id}").text
    (link,) = re.findall(r'id="fresh-link"[^>]*value="http://localhost([^"]+)"', page)
    assert link not in desk.get(f"/administration/accounts/{user.id}").text
    new = {"password": "another long one", "password_confirm": "another long one"}
    assert app.test_client().post(link, data=new).location == "/sign-in"


def test_a_lost_second_factor_is_taken_away(desk: FlaskClient) -> None:
    user = make_user()
    user.tf_primary_method, user.tf_totp_secret, user.mf_recovery_codes = "authenticator", "{}", ["a"]
    db.session.commit()
    desk.post(f"/administration/accounts/{user.id}/take-second-factor")
    assert (user.tf_primary_method, user.tf_totp_secret, user.mf_recovery_codes) == (None, None, [])


def test_the_log_comes_as_a_file_whose_chain_can_be_followed(desk: FlaskClient) -> None:
    join_series(make_user(), make_series(make_user()), "viewer")
    desk.post(f"/administration/accounts/{make_user().id}/disable")
    answer = desk.post("/administration/audit.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [(row["kind"], row["actor"]) for row in rows] == [
        ("account", "admin@example.org"),
        ("export", "admin@example.org"),
    ]
    assert [row["previous"] for row in rows] == ["0" * 64, rows[0]["hash"]]
    assert first_fault() is None
    assert "The chain holds, all 2 of it." in desk.get("/administration/audit?check=yes").text


def test_accounts_are_found_by_name_or_address(desk: FlaskClient) -> None:
    make_user("zoe@example.org", "Zoe 100%")
    make_user("bob@example.org", "Bob")
    page = desk.get("/administration/accounts?q=100%25").text
    assert "zoe@example.org" in page
    assert "bob@example.org" not in page


def test_an_address_is_found_whatever_the_case_of_its_letters() -> None:
    made = make_user("Änne@example.org")
    assert [user_by_email(email) for email in ("ÄNNE@example.org", " änne@EXAMPLE.org ")] == [made, made]
