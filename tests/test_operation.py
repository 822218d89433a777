"""What those who run it look at: health, metrics, logs, settings."""

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

import config
from webapp import health
from webapp.request_log import JsonLines

GOOD = {"SECRET_KEY": "s" * 32, "SECURITY_PASSWORD_SALT": "p" * 32, "SECOND_FACTOR_KEY": "f" * 32}


def test_the_process_says_that_it_lives_without_asking_anything_else(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_it_is_ready_where_everything_it_needs_is_there(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests' tables are made without migrations.
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: "ok")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "queue": "ok", "model": "ok"},
    }


def test_a_database_without_the_migrations_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["migrations"] == "failed"  # type: ignore[index]


def test_an_outage_is_told_without_its_details(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise OSError("connection to 10.0.0.7 with password hunter2 refused")

    monkeypatch.setitem(health.CHECKS, "queue", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["queue"] == "failed"  # type: ignore[index]
    assert "hunter2" not in answer.text


def test_every_answer_carries_the_requests_id(client: FlaskClient) -> None:
    assert len(client.get("/").headers["X-Request-ID"]) == 32
    given = client.get("/", headers={"X-Request-ID": "from-the-proxy.1"})
    assert given.headers["X-Request-ID"] == "from-the-proxy.1"
    forged = client.get("/", headers={"X-Request-ID": 'x" injected'})
    assert len(forged.headers["X-Request-ID"]) == 32


@pytest.fixture
def log(app: Flask) -> Any:
    """What JSON_LOGS=yes would write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("rapporteur.tests")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)


def test_an_error_is_logged_without_anybodys_words(app: Flask, log: Any) -> None:
    logger, stream = log
    words = "My manager is a bully"
    with app.test_request_context("/r/RECEIPT-CODE?q=secret"):
        app.preprocess_request()
        try:
            try:
                raise ValueError(words)
            except ValueError as inner:
                raise IntegrityError(f"INSERT {words}", {"text": words}, inner) from inner
        except IntegrityError:
            logger.exception("unexpected error")
    line = json.loads(stream.getvalue())
    assert line["error"] == ["sqlalchemy.exc.IntegrityError", "builtins.ValueError"]
    assert line["endpoint"] == "collect.receipt"
    assert len(line["request_id"]) == 32
    assert "test_operation.py" in line["trace"][-1]
    for kept_out in (words, "RECEIPT-CODE", "secret"):
        assert kept_out not in stream.getvalue()


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short to be a secret (5 characters; at least 32)."),
        ({"RAPPORTEUR_ENV": "production"}, "SECRET_KEY is not set, and in production it has to be."),
        ({"HTTPS": "yes"}, "SECURITY_PASSWORD_SALT is not set, and in production it has to be."),
        ({"DATABASE_URL": "mysql://root:pw@host/db"}, "DATABASE_URL begins with 'mysql'; it has to begin with one of"),
        ({"DATABASE_URL": "postgresql://me:p/w@host/db"}, "DATABASE_URL cannot be read as an address. In a password,"),
        ({"DATABASE_URL": "postgresql://me:p@w@host/db"}, "DATABASE_URL cannot be read as an address."),
        ({"TASKS_URL": "redis://:p#w@host:6379/0"}, "TASKS_URL cannot be read as an address."),
        ({"TASKS_URL": "redis://host:none/0"}, "TASKS_URL cannot be read as an address."),
        ({"TASKS_URL": "amqp://host"}, "TASKS_URL begins with 'amqp'"),
        ({"RATELIMIT_STORAGE_URI": "memcached://x"}, "RATELIMIT_STORAGE_URI begins with 'memcached'"),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES is 'one'; write a number from 0 to 10."),
        ({"HTTPS": "maybe"}, "HTTPS is 'maybe'; write yes or no."),
        ({"DEFAULT_TIME_ZONE": "Mars"}, "DEFAULT_TIME_ZONE is 'Mars', which is no time zone."),
        ({"SQLITE_SYNCHRONOUS": "SOME"}, "SQLITE_SYNCHRONOUS is 'SOME'; it is OFF, NORMAL, FULL or EXTRA."),
        ({"RAPPORTEUR_ENV": "prod"}, "RAPPORTEUR_ENV is 'prod'; it is development or production."),
        (
            {"SECOND_FACTOR_REQUIRED": "yes"},
            "SECOND_FACTOR_REQUIRED is 'yes'; it is nobody, administrators or everybody.",
        ),
        ({"MAIL_SERVER": "mail"}, "MAIL_SERVER is set, and TRUSTED_HOSTS is not: the host names of this site."),
        ({"METRICS_TOKEN": "abc"}, "METRICS_TOKEN is too short to be a secret (at least 16 characters)."),
        (
            {"PUBLIC_ADDRESS": "feedback.example.org"},
            "PUBLIC_ADDRESS is 'feedback.example.org'; write it with https://",
        ),
    ],
)
def test_each_wrong_setting_has_its_sentence(setting: dict[str, str], words: str) -> None:
    assert any(sentence.startswith(words) for sentence in config.wrong_settings(setting))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (None, "that cannot be read: {path} (No such file or directory)."),
        ([], "whose lines are not HASH:COUNT with SHA-1 hashes: {path}."),
        (["letmein", "password"], "whose lines are not HASH:COUNT with SHA-1 hashes: {path}."),
        # The download for Windows' own hashes.
        (["0" * 32 + ":5"], "whose lines are not HASH:COUNT with SHA-1 hashes: {path}."),
        # The download in order of how often.
        (["F" * 40 + ":9", "0" * 40 + ":5"], "whose lines are not in the order of their hashes: {path}."),
        (["0" * 40 + ":5", "F" * 40 + ":9"], None),
        (["0" * 40 + ":5\r"], None),
    ],
)
def test_the_file_of_stolen_passwords_is_looked_at(tmp_path: Path, lines: list[str] | None, words: str | None) -> None:
    path = tmp_path / "pwnedpasswords.txt"
    if lines is not None:
        path.write_text("".join(f"{line}\n" for line in lines))
    expected = [f"BREACHED_PASSWORDS names a file {words.format(path=path)}"] if words else []
    assert config.wrong_settings({"BREACHED_PASSWORDS": str(path)}) == expected


def test_a_wrong_address_is_named_without_its_password() -> None:
    (sentence,) = config.wrong_settings({"DATABASE_URL": "mysql://root:hunter2@host/db"})
    assert "hunter2" not in sentence


@pytest.mark.parametrize("environ", [{}, {"RAPPORTEUR_ENV": "production", **GOOD}, {"HTTPS": "yes", **GOOD}])
def test_sound_settings_have_none(environ: dict[str, str]) -> None:
    assert config.wrong_settings(environ) == []


def test_postgresql_is_reached_by_the_driver_that_is_installed() -> None:
    assert config.database_url({"DATABASE_URL": "postgresql://host/db"}) == "postgresql+psycopg://host/db"


def test_nothing_starts_with_wrong_settings_and_all_are_said_at_once(tmp_path: Path) -> None:
    wrong = {"RAPPORTEUR_INSTANCE": str(tmp_path), "HTTPS": "maybe", "TRUSTED_PROXIES": "x"}
    done = subprocess.run(
        [sys.executable, "-c", "import config; config.Config()"],
        env={**os.environ, **wrong},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "These settings will not do:",
        "- HTTPS is 'maybe'; write yes or no.",
        "- TRUSTED_PROXIES is 'x'; write a number from 0 to 10.",
    ]


METRICS = """
import json
from webapp import create_app
app = create_app({"TESTING": True})
client = app.test_client()
client.get("/nothing/NOBODY-KNOWS-IT")
def ask(token, **headers):
    app.config["METRICS_TOKEN"] = token
    return client.get("/metrics", headers=headers)
secret = "t" * 16
print(json.dumps({
    "here": ask("").status_code,
    "by a proxy": ask("", **{"X-Forwarded-For": "192.0.2.1"}).status_code,
    "without the token": ask(secret).status_code,
    "with it": ask(secret, Authorization="Bearer " + secret).status_code,
    "counted": "rapporteur_requests_total" in ask("").text,
    "address": "NOBODY-KNOWS-IT" in ask("").text,
}))
"""


def test_metrics_are_for_this_computer_or_whoever_holds_the_token(tmp_path: Path) -> None:
    # In a process of its own: how the library counts is decided when it is imported.
    environment = {**os.environ, "METRICS": "yes", "RAPPORTEUR_INSTANCE": str(tmp_path)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/empty.db"
    run = [sys.executable, "-c", METRICS]
    done = subprocess.run(run, env=environment, cwd=config.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "here": 200,
        "by a proxy": 404,
        "without the token": 404,
        "with it": 200,
        "counted": True,
        "address": False,
    }


def test_metrics_are_off_by_default(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404
