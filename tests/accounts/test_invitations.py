"""Invitations by link, and new passwords by link."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import verify_password
from sqlalchemy import select, update

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_series, make_user
from webapp.accounts.actions import create_organiser
from webapp.accounts.actions_invitations import LIVES, accept_as, invitation_by_token, invite
from webapp.accounts.models import Invitation, User
from webapp.accounts.models_audit import AuditEntry
from webapp.accounts.queries import members_of, role_in_series, user_by_email
from webapp.errors import NotFound
from webapp.extensions import db
from webapp.programme.models import Series
from webapp.wording import now

PASSWORD = "correct horse battery"
JOINING = {"name": "Zoe", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser)


def link_in(page: str) -> str:
    (link,) = re.findall(r'id="fresh-link"[^>]*value="http://localhost([^"]+)"', page)
    return str(link)


def invited(signed_in: FlaskClient, series: Series, role: str = "editor") -> str:
    """Invite Zoe by the page; the path of the link that it shows."""
    signed_in.post(f"/series/{series.id}/people", data={"email": "zoe@example.org", "role": role})
    return link_in(signed_in.get(f"/series/{series.id}/people").text)


def test_accepting_makes_the_account_and_lets_it_in(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series)
    zoe = app.test_client()
    assert "zoe@example.org" in zoe.get(link).text
    assert zoe.post(link, data=JOINING).location == f"/series/{series.id}"
    user = user_by_email("zoe@example.org")
    assert user is not None
    assert (user.name, role_in_series(user, series.id)) == ("Zoe", "editor")
    assert zoe.get(f"/series/{series.id}").status_code == 200


def test_the_link_is_shown_once_and_stored_nowhere(signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series)
    assert link not in signed_in.get(f"/series/{series.id}/people").text
    (stored,) = db.session.scalars(select(Invitation.token_hash))
    assert stored not in link
    assert len(link.rsplit("/", 1)[1]) == 32


def test_a_link_works_once(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series)
    app.test_client().post(link, data=JOINING)
    again = app.test_client()
    assert again.get(link).status_code == 404
    assert again.post(link, data={**JOINING, "name": "Eve"}).status_code == 404
    assert len(members_of(series.id)) == 2


def test_an_invitation_that_was_taken_back_opens_nothing(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series)
    (address,) = re.findall(
        rf'action="(/series/{series.id}/people/invitations/\d+/revoke)"',
        signed_in.get(f"/series/{series.id}/people").text,
    )
    assert signed_in.post(address).status_code == 303
    assert app.test_client().post(link, data=JOINING).status_code == 404
    assert user_by_email("zoe@example.org") is None


def test_a_second_invitation_takes_the_first_back(signed_in: FlaskClient, series: Series, app: Flask) -> None:
    first, second = invited(signed_in, series, "owner"), invited(signed_in, series, "viewer")
    assert [app.test_client().get(each).status_code for each in (first, second)] == [404, 200]


def test_an_invitation_is_good_for_a_week(organiser: User) -> None:
    _, token = invite("zoe@example.org", organiser, NOON)
    assert invitation_by_token(token, NOON + LIVES - timedelta(seconds=1)).email == "zoe@example.org"
    with pytest.raises(NotFound):
        invitation_by_token(token, NOON + LIVES)
    assert timedelta(days=7) == LIVES


def test_what_will_not_do_is_said_and_the_link_still_works(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series)
    zoe = app.test_client()
    short = zoe.post(link, data={**JOINING, "password": "short", "again": "short"}).text
    assert "The password needs at least 12 characters." in short
    assert 'value="Zoe"' in short
    differs = zoe.post(link, data={**JOINING, "again": "something else"}).text
    assert "The two passwords are not the same." in differs
    assert zoe.post(link, data=JOINING).status_code == 303


def test_somebody_with_an_account_joins_with_it(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series, "viewer")
    zoe = make_user("zoe@example.org", "Zoe")
    assert "Make your account" not in app.test_client().get(link).text
    assert browser_of(app, zoe).post(f"{link}/accept").location == f"/series/{series.id}"
    assert role_in_series(zoe, series.id) == "viewer"


def test_nobody_else_accepts_it(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series)
    eve = make_user("eve@example.org")
    assert browser_of(app, eve).post(f"{link}/accept").status_code == 400
    assert role_in_series(eve, series.id) is None


def test_a_role_that_somebody_got_meanwhile_stays(app: Flask, signed_in: FlaskClient, series: Series) -> None:
    link = invited(signed_in, series, "owner")
    zoe = make_user("zoe@example.org")
    join_series(zoe, series, "viewer")
    browser_of(app, zoe).post(f"{link}/accept")
    assert role_in_series(zoe, series.id) == "viewer"


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_owners_invite_and_see_who_is_invited(
    app: Flask, signed_in: FlaskClient, series: Series, role: str
) -> None:
    invited(signed_in, series)
    member = make_user()
    join_series(member, series, role)
    browser = browser_of(app, member)
    assert "zoe@example.org" not in browser.get(f"/series/{series.id}/people").text
    data = {"email": "yan@example.org", "role": "owner"}
    assert browser.post(f"/series/{series.id}/people", data=data).status_code == 403


def test_a_letter_is_sent_where_there_is_a_mail_server(
    app: Flask, signed_in: FlaskClient, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    outbox = app.extensions["mailman"].outbox = []
    link = invited(signed_in, series)
    (letter,) = outbox
    assert (letter.to, letter.subject) == (["zoe@example.org"], "Invitation to “Managing performance”")
    assert f"http://localhost{link}" in letter.body


def test_a_forgotten_password_is_answered_alike_for_everybody(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    outbox = app.extensions["mailman"].outbox = []
    create_organiser("ada@example.org", "Ada", PASSWORD, NOON)
    pages = [client.post("/reset-password", data={"email": each}) for each in ("ada@example.org", "no@example.org")]
    assert len({(page.status_code, re.sub(r'value="[^"]*"', "", page.text)) for page in pages}) == 1
    (letter,) = outbox
    assert letter.to == ["ada@example.org"]
    (link,) = re.findall(r"http://localhost(/reset-password/\S+)", letter.body)
    new = {"password": "another long one", "password_confirm": "another long one"}
    assert client.post(link, data=new).location == "/sign-in"
    assert verify_password("another long one", user_by_email("ada@example.org").password)  # type: ignore[union-attr]
    # It works once.
    assert client.get(link).location == "/reset-password"


def test_without_a_mail_server_the_page_sends_one_to_an_administrator(client: FlaskClient) -> None:
    assert "Ask an administrator" in client.get("/reset-password").text


def test_the_command_line_makes_a_link_for_a_new_password(app: Flask, client: FlaskClient) -> None:
    create_organiser("ada@example.org", "Ada", PASSWORD, NOON)
    output = app.test_cli_runner().invoke(args=["password-link", "ada@example.org"]).output
    link = output.splitlines()[-1]
    new = {"password": "another long one", "password_confirm": "another long one"}
    assert client.post(link, data=new).location == "/sign-in"
    unknown = app.test_cli_runner().invoke(args=["password-link", "no@example.org"])
    assert unknown.exit_code == 1


def test_of_two_who_accept_at_once_one_is_let_in(organiser: User, app: Flask) -> None:
    invitation, token = invite("zoe@example.org", organiser, now())
    db.session.execute(update(Invitation).where(Invitation.id == invitation.id).values(used_at=now()))
    db.session.commit()
    assert app.test_client().post(f"/invitations/{token}", data=JOINING).status_code == 404


def test_an_invitation_as_administrator_holds_for_an_account_made_meanwhile() -> None:
    root = make_user(administrator=True)
    _, token = invite("zoe@example.org", root, NOON, administrator=True)
    zoe = make_user("zoe@example.org")
    accept_as(invitation_by_token(token, NOON), zoe, NOON)
    assert zoe.is_administrator
    told = db.session.scalars(select(AuditEntry.detail).where(AuditEntry.kind == "role"))
    assert list(told) == ["zoe@example.org made an administrator, by invitation"]
