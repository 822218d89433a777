"""JSON where a page's form is expected: refused, whatever is in it and whoever sends it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_event, make_series
from webapp.accounts.models import User

BODIES = (
    b'{"email": 5, "password": 5}',
    b'{"email": ["a"], "password": {"a": 1}}',
    b'{"email": null}',
    b"{}",
    b"[1]",
    b"5",
    b"null",
    b'{"email": "a@example.org", "password": %s}' % (b"9" * 5000),
    b"[" * 200_000,
    b"{",
)
SENT = {"Content-Type": "application/json"}


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:40].decode())
def test_signing_in_takes_none(client: FlaskClient, body: bytes) -> None:
    for method in ("POST", "GET"):
        answer = client.open("/sign-in", method=method, data=body, headers=SENT)
        assert (answer.status_code, answer.mimetype) == (400, "text/html")
        assert "Something in the request was not as expected." in answer.text


def test_no_page_takes_any(app: Flask, client: FlaskClient, signed_in: FlaskClient, organiser: User) -> None:
    make_event(make_series(organiser), code="DEMO")
    posted = {
        re.sub(r"<.*?>", "1", rule.rule.replace("<code>", "DEMO"))
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and not rule.rule.startswith("/api/")
    }
    assert {"/sign-in", "/e/DEMO", "/e/DEMO/news", "/series/new"} <= posted
    for browser in (client, signed_in):
        answers = {browser.post(address, data=body, headers=SENT).status_code for address in posted for body in BODIES}
        assert answers == {400}


def test_a_request_that_only_says_so_is_answered(client: FlaskClient) -> None:
    assert client.get("/sign-in", headers=SENT).status_code == 200
