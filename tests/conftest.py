"""One app and one database for the whole run; every test starts with empty tables."""

import os
import tempfile
import time
from collections.abc import Iterator

import pytest

os.environ["RAPPORTEUR_INSTANCE"] = tempfile.mkdtemp(prefix="rapporteur-tests-")
os.environ.pop("DATABASE_URL", None)

from typing import Any

from flask import Flask, g
from flask.testing import FlaskClient

from tests import databases
from webapp import create_app
from webapp.accounts.actions_sign_ins import start_sign_in
from webapp.accounts.models import User
from webapp.extensions import db, limiter
from webapp.report import states
from webapp.wording import now


class Browser(FlaskClient):
    """A client whose requests share the test's app context, and nothing that an earlier request left in it."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        for name in list(g):
            g.pop(name)
        return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    with databases.for_tests() as url:
        app = create_app(
            {
                "TESTING": True,
                "SQLALCHEMY_DATABASE_URI": url,
                "TASKS_IMMEDIATE": True,
                "WTF_CSRF_ENABLED": False,
                "SECURITY_PASSWORD_HASH": "plaintext",
                "SECURITY_PASSWORD_SCHEMES": ["plaintext"],
                "SERVER_NAME": "localhost",
            }
        )
        app.test_client_class = Browser
        # Bound, so that a test can switch it on.
        limiter.enabled = False
        with app.app_context():
            db.create_all()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(autouse=True)
def app_context(app: Flask) -> Iterator[None]:
    """An app context for each test, and empty tables after it."""
    with app.app_context():
        yield
        db.session.rollback()
        db.session.remove()
        databases.empty(db)
        # Ids begin anew with each test, so that what was counted for one would be taken for another's.
        states._counted.cache_clear()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def organiser() -> User:
    from tests.factories import make_user

    return make_user()


def browser_of(app: Flask, user: User) -> FlaskClient:
    """A browser in which the person has signed in."""
    client = app.test_client()
    key = start_sign_in(user, now(), stay=False, address="127.0.0.1", browser="Tests")
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = user.fs_uniquifier
        session["sign_in"] = key
        session["_fresh"] = True
        session["fs_cc"] = "set"
        session["fs_paa"] = time.time()
    return client


@pytest.fixture
def signed_in(app: Flask, organiser: User) -> FlaskClient:
    """A browser in which the organiser has signed in."""
    return browser_of(app, organiser)
