"""Errors as problems, the description, and its page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from webapp.accounts.models import User
from webapp.api import views_programme
from webapp.api.openapi import document


def test_nothing_at_an_address_is_a_problem_in_plain_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing", headers={"X-Request-ID": "asked-1"})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "request_id": "asked-1",
    }


def test_a_method_that_an_address_does_not_take(client: FlaskClient) -> None:
    answer = client.delete("/api/v1/series")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_number_that_no_row_can_have_names_nothing(program_of: Callable[..., Any], organiser: User) -> None:
    assert program_of(organiser).app.test_client().get("/api/v1/series/99999999999").status_code == 404
    assert program_of(organiser).ask("series/2147483647").status_code == 404


def test_the_database_being_away_is_a_problem_that_says_to_come_again(
    program_of: Callable[..., Any], organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    program = program_of(organiser)
    monkeypatch.setattr(views_programme, "page", away)
    answer = program.ask("series")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.mimetype == "application/problem+json"


def test_a_failure_on_our_side_says_nothing_inner(
    app: Flask, program_of: Callable[..., Any], organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a delegate's words")

    program = program_of(organiser)
    monkeypatch.setattr(views_programme, "page", fails)
    monkeypatch.setattr(app, "testing", False)
    answer = program.ask("series")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "delegate" not in answer.text


def test_the_language_of_pages_sets_no_cookie_here(client: FlaskClient) -> None:
    answer = client.get("/api/v1/series?language=cy")
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers


def test_the_description_is_openapi_3_1_and_names_every_address_of_the_api(app: Flask, client: FlaskClient) -> None:
    spec = client.get("/api/openapi.json").json
    assert spec["openapi"] == "3.1.0"
    rules = {
        (rule.rule.replace("<int:", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, methods in spec["paths"].items() for method in methods} == rules


def test_every_reference_of_the_description_leads_somewhere() -> None:
    spec = document()

    def references(part: Any) -> list[str]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
        own = [part["$ref"]] if isinstance(part, dict) and isinstance(part.get("$ref"), str) else []
        return own + [found for each in inner for found in references(each)]

    for reference in references(spec):
        target: Any = spec
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]
        assert target


def test_the_page_tells_every_call_without_a_script_or_another_site(client: FlaskClient) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    for path, methods in document()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.text.replace("<wbr>", "")
    assert "<script" not in page.text and "style=" not in page.text
    assert "https://" not in page.text


def test_the_page_is_open_to_everybody_and_to_who_is_signed_in(signed_in: FlaskClient) -> None:
    assert signed_in.get("/api/docs").status_code == 200
