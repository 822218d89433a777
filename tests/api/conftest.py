"""Programs that ask the API, and the check that each answer is what the description says."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from tests.api.receiver import Receiver
from tests.factories import make_series
from webapp.accounts.models import User
from webapp.api.models import SCOPES
from webapp.api.openapi import document
from webapp.api.tokens import make_token
from webapp.programme.models import Series
from webapp.wording import now


class Program:
    """A client with a token and no cookies. Each answer is held to the OpenAPI description."""

    def __init__(self, app: Flask, token: str) -> None:
        self.app, self.token = app, token

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None, **more: Any) -> Any:
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        address = path if path.startswith("/") else f"/api/v1/{path}"
        answer = self.app.test_client().open(address, method=method, headers=sent, **more)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        check(self.app, address.partition("?")[0], method, answer)
        return answer

    def read(self, path: str) -> Any:
        answer = self.ask(path)
        assert answer.status_code == 200, answer.get_json(force=True)
        return answer.json


def check(app: Flask, path: str, method: str, answer: Any) -> None:
    """Whether the description knows the status, and the body has the shape that it gives."""
    spec = document()
    rule, _values = app.url_map.bind("localhost").match(path, method=method, return_rule=True)
    known = spec["paths"][openapi_path(rule.rule)][method.lower()]["responses"]
    assert str(answer.status_code) in known, f"{method} {path} answers {answer.status_code}"
    found = known[str(answer.status_code)]
    if "$ref" in found:
        found = spec["components"]["responses"][found["$ref"].rpartition("/")[2]]
    assert answer.mimetype in found["content"]
    schema = {**found["content"][answer.mimetype]["schema"], "components": spec["components"]}
    Draft202012Validator(schema).validate(answer.get_json(force=True))


def openapi_path(rule: str) -> str:
    return rule.replace("<int:", "{").replace(">", "}")


@pytest.fixture
def program_of(app: Flask) -> Callable[..., Program]:
    """A program with a token of the person's, good for everything unless scopes are named."""

    def made(user: User, *scopes: str) -> Program:
        _token, text = make_token(user, "Tests", scopes or tuple(SCOPES), now() + timedelta(days=1), now())
        return Program(app, text)

    return made


@pytest.fixture
def private_networks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WEBHOOKS_TO_PRIVATE_NETWORKS", True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser)
