"""Redis cannot be reached: what people send is stored and acknowledged, and they can sign in."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import ConnectionError as RedisIsAway

from tests.factories import make_event, make_question, make_user
from webapp.collect.models import Response
from webapp.extensions import db, huey, limiter
from webapp.themes.missed import events_to_read

NOBODY_IS_THERE = "redis://127.0.0.1:1/0"


def away(*_: Any) -> None:
    raise RedisIsAway("refused")


def test_a_response_is_acknowledged_and_read_later(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_event(code="AWAY")
    question = make_question(event)
    monkeypatch.setattr(huey, "immediate", False)
    monkeypatch.setattr(huey, "put_if_empty", away)
    sent = client.post("/e/AWAY", data={f"q{question.id}": "It is late.", "consent": "quote", "client_key": "0" * 32})
    assert sent.status_code == 303
    assert "/r/" in sent.location
    assert db.session.query(Response).count() == 1
    assert list(events_to_read()) == [event.id]


def test_a_sign_in_is_counted_by_the_process_itself(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    make_user()
    storage = RedisStorage(NOBODY_IS_THERE)
    monkeypatch.setattr(limiter, "enabled", True)
    monkeypatch.setattr(limiter, "_storage", storage)
    monkeypatch.setattr(limiter, "_limiter", FixedWindowRateLimiter(storage))
    try:
        answers = [client.post("/sign-in", data={"email": "a@example.org", "password": "x"}) for _ in range(40)]
    finally:
        limiter._storage_dead = False
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
