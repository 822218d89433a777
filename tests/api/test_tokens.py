"""Tokens: made and revoked on their owner's page, and what opens the API and what does not."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import join_series, make_event, make_series, make_user
from webapp.accounts.models import User
from webapp.accounts.models_audit import AuditEntry
from webapp.api.models import ApiToken
from webapp.api.tokens import make_token
from webapp.errors import DomainError, Refused
from webapp.extensions import db, limiter
from webapp.wording import now

WHOLE = re.compile(r"rap_[0-9a-f]{12}_[0-9a-f]{48}")


def asked_with(app: Flask, authorization: str, path: str = "/api/v1/series") -> Any:
    return app.test_client().get(path, headers={"Authorization": authorization} if authorization else {})


def test_a_token_is_made_shown_once_and_opens_the_api(app: Flask, signed_in: FlaskClient, organiser: User) -> None:
    page = signed_in.post(
        "/account/tokens", data={"name": "Intranet", "scopes": ["read"], "lives": "30"}, follow_redirects=True
    )
    text = WHOLE.search(page.text)
    assert text is not None

    assert asked_with(app, f"Bearer {text[0]}").status_code == 200
    assert WHOLE.search(signed_in.get("/account/tokens").text) is None
    token = db.session.query(ApiToken).one()
    assert (token.name, token.scopes, token.user_id) == ("Intranet", ["read"], organiser.id)
    assert token.used_at is not None
    assert text[0].rpartition("_")[2] not in str(vars(token))
    entry = db.session.query(AuditEntry).filter_by(kind="token").one()
    assert (entry.actor, entry.detail[:10]) == (organiser.email, "API token ")
    assert text[0] not in entry.detail


def test_a_revoked_token_opens_nothing_and_the_log_says_who_revoked_it(
    app: Flask, signed_in: FlaskClient, organiser: User
) -> None:
    token, text = make_token(organiser, "Old", ["read"], now() + timedelta(days=1), now())
    signed_in.post(f"/account/tokens/{token.id}/revoke")
    signed_in.post(f"/account/tokens/{token.id}/revoke")

    assert asked_with(app, f"Bearer {text}").status_code == 401
    entries = [entry.detail for entry in db.session.query(AuditEntry).filter_by(kind="token")]
    assert entries[1:] == [f"API token {token.key} “Old” revoked"]


def test_nobody_revokes_anothers_token(signed_in: FlaskClient) -> None:
    token, _ = make_token(make_user(), "Theirs", ["read"], now() + timedelta(days=1), now())
    assert signed_in.post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert db.session.get_one(ApiToken, token.id).revoked_at is None


def test_what_is_wrong_with_a_new_token_is_said_and_the_rest_is_kept(signed_in: FlaskClient) -> None:
    page = signed_in.post("/account/tokens", data={"name": "Kept name", "lives": "30"})
    assert page.status_code == 400
    assert "Choose at least one." in page.text and "Kept name" in page.text
    assert db.session.query(ApiToken).count() == 0


def test_a_token_lives_a_year_at_most_and_nobody_has_more_than_fifty(organiser: User) -> None:
    with pytest.raises(DomainError, match="a year at most"):
        make_token(organiser, "Long", ["read"], now() + timedelta(days=400), now())
    with pytest.raises(DomainError, match="at least one thing"):
        make_token(organiser, "Nothing", ["everything"], now() + timedelta(days=1), now())
    for number in range(50):
        make_token(organiser, f"Token {number}", ["read"], now() + timedelta(days=1), now())
    with pytest.raises(Refused, match="You have 50 tokens"):
        make_token(organiser, "One more", ["read"], now() + timedelta(days=1), now())


def test_a_token_past_its_day_opens_nothing(app: Flask, organiser: User) -> None:
    then = now() - timedelta(days=2)
    _, text = make_token(organiser, "Short", ["read"], then + timedelta(days=1), then)
    assert asked_with(app, f"Bearer {text}").status_code == 401


def test_the_token_of_a_disabled_account_opens_nothing(app: Flask, organiser: User) -> None:
    _, text = make_token(organiser, "Disabled", ["read"], now() + timedelta(days=1), now())
    organiser.active = False
    db.session.commit()
    assert asked_with(app, f"Bearer {text}").status_code == 401


def test_only_a_whole_token_in_the_header_opens_the_api(app: Flask, organiser: User, signed_in: FlaskClient) -> None:
    token, text = make_token(organiser, "Whole", ["read"], now() + timedelta(days=1), now())
    for authorization in ("", text, f"Basic {text}", f"Bearer {text[:-1]}0x", f"Bearer rap_{token.key}_{'0' * 48}"):
        answer = asked_with(app, authorization)
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert asked_with(app, "", f"/api/v1/series?token={text}").status_code == 401
    # The cookie of somebody who is signed in opens no more than no cookie does.
    assert signed_in.get("/api/v1/series").status_code == 401
    assert asked_with(app, f"bearer {text}").status_code == 200


def test_a_token_is_good_for_its_scopes_alone(program_of: Callable[..., Any], organiser: User) -> None:
    series = make_series(organiser)
    reads, hears = program_of(organiser, "read"), program_of(organiser, "responses:read")
    assert reads.ask(f"series/{series.id}").status_code == 200
    assert reads.ask(f"series/{series.id}/responses").status_code == 403
    assert hears.ask(f"series/{series.id}/responses").status_code == 200
    refused = hears.ask(f"series/{series.id}")
    assert refused.status_code == 403
    assert refused.get_json(force=True)["detail"] == "This token is not for that: it lacks the scope read."


def test_a_token_sees_no_series_but_its_owners(program_of: Callable[..., Any]) -> None:
    ours, theirs = make_series(title="Ours"), make_series(make_user(), title="Theirs")
    viewer = make_user()
    join_series(viewer, ours, "viewer")
    event = make_event(theirs)
    program = program_of(viewer)
    assert [(each["title"], each["role"]) for each in program.read("series")["items"]] == [("Ours", "viewer")]
    assert program.ask(f"series/{theirs.id}").status_code == 404
    assert program.ask(f"events/{event.id}").status_code == 404


def test_a_person_who_left_the_series_has_left_it_for_programs_too(program_of: Callable[..., Any]) -> None:
    user = make_user()
    series = make_series()
    membership = join_series(user, series, "owner")
    program = program_of(user)
    assert program.ask(f"series/{series.id}").status_code == 200
    db.session.delete(membership)
    db.session.commit()
    assert program.ask(f"series/{series.id}").status_code == 404


def test_a_token_that_asks_too_much_is_told_when_to_come_again(
    program_of: Callable[..., Any], organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    program, other = program_of(organiser), program_of(organiser)
    answers = [program.ask("series").status_code for _ in range(601)]
    assert answers == [200] * 600 + [429]
    turned_away = program.ask("series")
    assert (turned_away.status_code, turned_away.headers["Retry-After"]) == (429, "60")
    assert turned_away.mimetype == "application/problem+json"
    assert other.ask("series").status_code == 200
    limiter.reset()


def test_guesses_from_one_address_are_limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    statuses = [asked_with(app, f"Bearer rap_{number:012x}_{'0' * 48}").status_code for number in range(61)]
    assert statuses == [401] * 60 + [429]
    limiter.reset()


def test_a_sign_in_that_is_an_hour_old_is_asked_again_before_tokens_are_made(app: Flask, organiser: User) -> None:
    browser = browser_of(app, organiser)
    with browser.session_transaction() as session:
        session["fs_paa"] = session["fs_paa"] - 3600
    answer = browser.get("/account/tokens")
    assert answer.status_code == 302
    assert answer.location.startswith("/verify")
