"""The database may not be written to: plain words, and what was typed stays."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, text

from tests.factories import make_event, make_question
from webapp import extensions
from webapp.collect.models import Response
from webapp.extensions import db


def read_only(connection: Any, _record: object, _proxy: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def test_a_response_that_cannot_be_stored_is_kept_on_the_page(app: Flask, client: FlaskClient) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only: PostgreSQL is stopped and started in benchmarks/killed.py")
    asked = make_event(code="FULL")
    question = make_question(asked)
    sent = {f"q{question.id}": 'Targets "arrive" late.', "consent": "quote", "client_key": "0" * 32}
    db.session.remove()
    event.listen(db.engine, "checkout", read_only)
    try:
        refused = client.post("/e/FULL", data=sent)
    finally:
        event.remove(db.engine, "checkout", read_only)
        db.session.remove()
        # Pooled connections were made read-only; new ones are not.
        db.engine.dispose()
    page = refused.text
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "5"
    assert "Nothing that was received before is lost." in page
    assert f'name="q{question.id}" value="Targets &#34;arrive&#34; late."' in page
    assert db.session.query(Response).count() == 0
    assert client.post("/e/FULL", data=sent).status_code == 303
    assert db.session.query(Response).count() == 1


def test_a_connection_that_was_cut_while_nobody_used_it_is_replaced(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL only: SQLite's connections are not cut")
    make_event(code="CUT")
    db.session.remove()
    assert client.get("/e/CUT").status_code == 200
    other = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        )
    other.dispose()
    # As if a second had passed since its last use.
    monkeypatch.setattr(extensions, "UNASKED", 0.0)
    assert client.get("/e/CUT").status_code == 200
