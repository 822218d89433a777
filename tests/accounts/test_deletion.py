"""An account that is deleted: what goes, what stays, and who may not go yet."""

import html
import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_event, make_series, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.actions import create_organiser
from webapp.accounts.actions_deletion import delete_account
from webapp.accounts.actions_invitations import invite
from webapp.accounts.audit import first_fault
from webapp.accounts.models import Invitation, Membership, SignIn, User, WebAuthn
from webapp.accounts.models_audit import AuditEntry
from webapp.accounts.queries import nobody_has_an_account, role_in_series, user_by_email
from webapp.accounts.sign_in import WRONG
from webapp.api.models import SCOPES, ApiToken
from webapp.api.tokens import make_token
from webapp.errors import Refused
from webapp.extensions import db
from webapp.themes.actions import rename_theme
from webapp.wording import now

PASSWORD = "correct horse battery"
TYPED = {"typed_email": "ada@example.org"}


@pytest.fixture
def ada() -> User:
    return create_organiser("ada@example.org", "Ada", PASSWORD, NOON)


@pytest.fixture
def hers(app: Flask, ada: User) -> FlaskClient:
    return browser_of(app, ada)


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    return browser_of(app, make_user("admin@example.org", "Admin", administrator=True))


def words_of(answer: Any) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.text)).split())


def rows_of(model: Any) -> int:
    db.session.expire_all()
    return len(db.session.scalars(select(model)).all())


def test_the_page_says_what_goes_and_what_stays_before_anything_does(hers: FlaskClient, ada: User) -> None:
    assert 'href="/account/delete"' in hers.get("/account").text
    page = words_of(hers.get("/account/delete"))
    assert "ada@example.org goes for good. This cannot be undone." in page
    assert "In place of the name they say “a former organiser”." in page
    assert "The audit log, with the e-mail address in each line as it was written." in page
    assert ada.active


def test_another_address_deletes_nothing(hers: FlaskClient, ada: User) -> None:
    page = words_of(hers.post("/account/delete", data={"typed_email": "ad@example.org"}))
    assert "That is not the address of this account. Nothing was deleted." in page
    assert "Type the address to confirm." in words_of(hers.post("/account/delete"))
    assert (ada.active, ada.gone) == (True, False)


def test_everything_personal_goes(app: Flask, hers: FlaskClient, ada: User) -> None:
    other = make_user()
    series = make_series(other)
    join_series(ada, series, "editor")
    ada.tf_primary_method, ada.tf_totp_secret, ada.mf_recovery_codes = "authenticator", "{}", ["a"]
    ada.fs_webauthn_user_handle, ada.totp_counter = "h" * 64, 7
    key = {"name": "Phone", "usage": "first", "public_key": b"k", "backup_state": False, "device_type": "one"}
    db.session.add(WebAuthn(credential_id=b"c", user_id=ada.id, lastuse_datetime=NOON, **key))
    make_token(ada, "Programs", list(SCOPES), now() + timedelta(days=1), now())
    make_token(other, "Mine", list(SCOPES), now() + timedelta(days=1), now())
    invite("zoe@example.org", ada, now())
    kept, _ = invite("yan@example.org", ada, now())
    kept.used_at = now()
    invite("ADA@example.org", other, now(), series_id=series.id, role="owner")
    db.session.commit()
    uniquifier = ada.fs_uniquifier
    answer = hers.post("/account/delete", data={"typed_email": "Ada@example.org"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Your account is deleted, and you are signed out." in hers.get("/").text
    assert hers.get("/account").location.startswith("/sign-in")
    db.session.expire_all()
    assert (ada.email, ada.name, ada.called) == (f"a former organiser {ada.id}", "", "a former organiser")
    kept_columns = {"id", "email", "name", "active", "fs_uniquifier", "create_datetime", "update_datetime"}
    left = {column.key: getattr(ada, column.key) for column in User.__table__.columns}
    assert {name for name, value in left.items() if value not in (None, [])} == kept_columns
    assert (ada.active, ada.roles, ada.webauthn) == (False, [], [])
    assert ada.fs_uniquifier != uniquifier
    assert [rows_of(model) for model in (WebAuthn, SignIn)] == [0, 0]
    assert db.session.scalars(select(ApiToken.name)).all() == ["Mine"]
    assert db.session.scalars(select(Membership.user_id)).all() == [other.id]
    assert db.session.scalars(select(Invitation.email)).all() == ["yan@example.org"]


def test_what_was_decided_stays_as_somebodys(app: Flask, hers: FlaskClient, ada: User) -> None:
    owner = make_user()
    series = make_series(owner)
    join_series(ada, series, "editor")
    board = make_board(make_event(series))
    theme = make_theme(board, "Targets", make_statements(board, ["Too many targets."]))
    entry = rename_theme(theme, "Too many targets", ada, NOON)
    assert entry is not None
    hers.post("/account/delete", data=TYPED)
    db.session.expire_all()
    assert entry.actor_id == ada.id
    page = browser_of(app, owner).get(f"/series/{series.id}/themes/log").text
    assert ">a former organiser</td>" in page
    assert "ada@example.org" not in page


def test_the_audit_log_keeps_the_address_and_says_who_deleted_it(hers: FlaskClient, ada: User) -> None:
    hers.post("/account/delete", data=TYPED)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    said = (entry.kind, entry.actor_id, entry.actor, entry.detail)
    assert said == ("account", ada.id, "ada@example.org", "ada@example.org deleted by its owner")
    assert first_fault() is None


def test_nobody_signs_in_with_what_is_left(client: FlaskClient, hers: FlaskClient, ada: User) -> None:
    make_user()
    link = f"/reset-password/{generate_reset_password_token(ada)}"
    hers.post("/account/delete", data=TYPED)
    for email in ("ada@example.org", ada.email):
        answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert WRONG in html.unescape(answer.text)
    new = {"password": "another long one", "password_confirm": "another long one"}
    assert client.post(link, data=new).location == "/reset-password"
    db.session.expire_all()
    assert ada.password is None
    assert user_by_email(ada.email) is None


def test_an_invitation_to_the_address_makes_a_fresh_account(
    app: Flask, hers: FlaskClient, ada: User, organiser: User
) -> None:
    series = make_series(organiser)
    before = ada.id
    hers.post("/account/delete", data=TYPED)
    signed_in = browser_of(app, organiser)
    signed_in.post(f"/series/{series.id}/people", data={"email": "ada@example.org", "role": "viewer"})
    page = signed_in.get(f"/series/{series.id}/people").text
    (link,) = re.findall(r'id="fresh-link"[^>]*value="http://localhost([^"]+)"', page)
    joining = {"name": "Ada again", "password": PASSWORD, "again": PASSWORD}
    assert app.test_client().post(link, data=joining).location == f"/series/{series.id}"
    fresh = user_by_email("ada@example.org")
    assert fresh is not None
    assert fresh.id != before
    assert (fresh.called, role_in_series(fresh, series.id)) == ("Ada again", "viewer")


def test_the_only_owner_of_a_series_stays_and_is_told_of_which(hers: FlaskClient, ada: User) -> None:
    alone, shared = make_series(ada, "Spring workshops"), make_series(ada, "Shared")
    join_series(make_user(), shared, "owner")
    out = make_user()
    out.active = False
    join_series(out, alone, "owner")
    for answer in (hers.get("/account/delete"), hers.post("/account/delete", data=TYPED)):
        assert "You are the only owner of this series." in words_of(answer)
        assert f'<a href="/series/{alone.id}/people">Spring workshops</a>' in answer.text
        assert "Shared" not in answer.text
        assert "typed_email" not in answer.text
    assert answer.status_code == 409
    assert ada.active
    out.active = True
    db.session.commit()
    assert hers.post("/account/delete", data=TYPED).status_code == 303


def test_the_last_administrator_stays(app: Flask) -> None:
    admin = make_user("ada@example.org", administrator=True)
    desk = browser_of(app, admin)
    refused = desk.post("/account/delete", data=TYPED)
    assert refused.status_code == 409
    assert "You are the only administrator." in words_of(refused)
    make_user(administrator=True)
    assert desk.post("/account/delete", data=TYPED).status_code == 303


def test_an_administrator_deletes_an_account_that_is_disabled(desk: FlaskClient, ada: User) -> None:
    address = f"/administration/accounts/{ada.id}"
    assert desk.post(f"{address}/delete", data=TYPED).status_code == 409
    assert "Only an account that is disabled can be deleted by somebody else." in words_of(
        desk.get(f"{address}/delete")
    )
    desk.post(f"{address}/disable")
    assert f'href="{address}/delete"' in desk.get(address).text
    assert desk.post(f"{address}/delete", data=TYPED).location == "/administration/accounts"
    assert "The account ada@example.org is deleted." in desk.get("/administration/accounts").text
    assert "a former organiser" not in desk.get("/administration/accounts").text
    assert [desk.get(address).status_code, desk.get(f"{address}/delete").status_code] == [404, 404]
    detail = db.session.scalars(select(AuditEntry.detail).order_by(AuditEntry.number.desc())).first()
    assert detail == "ada@example.org deleted by an administrator"


def test_an_administrator_is_led_to_the_series_that_would_lose_its_owner(desk: FlaskClient, ada: User) -> None:
    make_series(ada, "Spring workshops")
    ada.active = False
    db.session.commit()
    answer = desk.post(f"/administration/accounts/{ada.id}/delete", data=TYPED)
    assert answer.status_code == 409
    assert '<a href="/administration/series">Spring workshops</a>' in answer.text


def test_who_signed_in_a_while_ago_shows_first_who_it_is(hers: FlaskClient, ada: User) -> None:
    with hers.session_transaction() as session:
        session["fs_paa"] -= 6 * 60
    for answer in (hers.get("/account/delete"), hers.post("/account/delete", data=TYPED)):
        assert answer.location.startswith("/verify?next=")
    assert ada.active
    assert hers.post("/verify?next=/account/delete", data={"password": PASSWORD}).location == "/account/delete"
    assert hers.post("/account/delete", data=TYPED).location == "/"


def test_a_letter_says_so(app: Flask, hers: FlaskClient, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    outbox = app.extensions["mailman"].outbox = []
    hers.post("/account/delete", data=TYPED)
    (letter,) = outbox
    assert (letter.to, letter.subject) == (["ada@example.org"], "Your account in Rapporteur is deleted")
    assert "The account ada@example.org in Rapporteur was just deleted, by yourself." in letter.body


def test_where_everybody_is_gone_the_next_account_is_the_first(ada: User) -> None:
    delete_account(ada, ada, NOON)
    assert nobody_has_an_account()


@pytest.mark.parametrize("what", ["owner", "administrator"])
def test_of_the_last_two_who_go_at_once_one_stays(app: Flask, what: str) -> None:
    people = [make_user(administrator=what == "administrator") for _ in range(2)]
    if what == "owner":
        series = make_series(people[0])
        join_series(people[1], series, "owner")
    ids = [user.id for user in people]
    db.session.commit()
    refused: list[str] = []
    start = threading.Barrier(2)

    def go(user_id: int) -> None:
        with app.app_context():
            user = db.session.get_one(User, user_id)
            start.wait()
            try:
                delete_account(user, user, NOON)
            except Refused as error:
                refused.append(str(error))
                db.session.rollback()

    threads = [threading.Thread(target=go, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert len(refused) == 1
    assert sorted(db.session.get_one(User, each).gone for each in ids) == [False, True]
