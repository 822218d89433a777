"""What is taken as a new password, at every place where one is set."""

import hashlib
import html
import random
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import verify_password
from flask_security.recoverable import generate_reset_password_token

from tests.factories import NOON
from webapp.accounts.actions import create_organiser
from webapp.accounts.actions_invitations import invite
from webapp.accounts.breached_passwords import stands_in
from webapp.accounts.models import User
from webapp.accounts.passwords import (
    HOLDS_ADDRESS,
    HOLDS_PRODUCT,
    HOLDS_REPEATED,
    HOLDS_RUN,
    NOT_LOOKED_UP,
    STOLEN,
    easily_guessed,
)
from webapp.accounts.queries import user_by_email
from webapp.extensions import db
from webapp.wording import now

GOOD, BAD = "correct horse battery", "stolen once before"


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def write_list(path: Path, hashes: list[str], end: str = "\n", last: str = "\n") -> str:
    lines = [f"{each}:{7 ** (number % 9)}" for number, each in enumerate(sorted(hashes))]
    path.write_bytes((end.join(lines) + last).encode())
    return str(path)


@pytest.fixture
def ada() -> User:
    return create_organiser("ada@example.org", "Ada", GOOD, NOON)


@pytest.fixture
def stolen(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list that holds BAD among others."""
    path = tmp_path / "pwnedpasswords.txt"
    write_list(path, [sha1(each) for each in (BAD, "password1", "caffè lungo doppio", *map(str, range(50)))])
    monkeypatch.setitem(app.config, "BREACHED_PASSWORDS", str(path))
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["\n", ""])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 200])
def test_every_line_of_a_list_is_found_and_nothing_between(tmp_path: Path, size: int, end: str, last: str) -> None:
    chance = random.Random(size)
    words = [f"{chance.random()}" for _ in range(size)]
    path = write_list(tmp_path / "list", [sha1(each) for each in words], end, last)
    assert all(stands_in(path, each) for each in words)
    assert not any(stands_in(path, f"{each} not") for each in words)


def test_a_list_in_small_letters_is_read_too(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list", [sha1(each).lower() for each in (BAD, "another", "third")])
    assert (stands_in(path, BAD), stands_in(path, GOOD)) == (True, False)


def test_an_empty_list_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "list").touch()
    assert not stands_in(str(tmp_path / "list"), BAD)


@pytest.mark.parametrize(
    ("password", "email", "problem"),
    [
        ("correct horse battery", "ada@example.org", None),
        ("LoveLace likes trains", "ada.lovelace@example.org", HOLDS_ADDRESS),
        ("ada.lovelace.2026", "ada.lovelace@example.org", HOLDS_ADDRESS),
        ("my-feedback-words", "feedback2026@example.org", HOLDS_ADDRESS),
        # Three letters stand in too many words.
        ("a canada goose flew", "ada@example.org", None),
        ("the example is good", "ada@example.org", None),
        ("my Rapporteur account", "ada@example.org", HOLDS_PRODUCT),
        ("aaaaaaaaaaaa", "ada@example.org", HOLDS_REPEATED),
        ("wonderful!!!!", "ada@example.org", HOLDS_REPEATED),
        ("wonderful!!! day", "ada@example.org", None),
        ("Qwertyuiop1+", "ada@example.org", HOLDS_RUN),
        ("blue sky 54321", "ada@example.org", HOLDS_RUN),
        ("abcdefghijkl", "ada@example.org", HOLDS_RUN),
        ("azertyuiop;;", "ada@example.org", HOLDS_RUN),
        # As it stands in property, strewn and 1234.
        ("property strewn 1234", "ada@example.org", None),
    ],
)
def test_what_is_tried_first_is_refused(password: str, email: str, problem: str | None) -> None:
    assert easily_guessed(password, email) == problem


def joining(client: FlaskClient, ada: User, password: str) -> Any:
    _invitation, token = invite("zoe@example.org", ada, now())
    return client.post(f"/invitations/{token}", data={"name": "Zoe Q", "password": password, "again": password})


def changing(client: FlaskClient, ada: User, password: str) -> Any:
    client.post("/sign-in", data={"email": ada.email, "password": GOOD})
    new = {"password": GOOD, "new_password": password, "new_password_confirm": password}
    return client.post("/account/password", data=new)


def resetting(client: FlaskClient, ada: User, password: str) -> Any:
    link = f"/reset-password/{generate_reset_password_token(ada)}"
    return client.post(link, data={"password": password, "password_confirm": password})


@pytest.mark.parametrize(
    ("password", "problem"), [(BAD, STOLEN), ("rapporteur rapporteur", HOLDS_PRODUCT), ("qwertyuiop[]", HOLDS_RUN)]
)
@pytest.mark.parametrize("setting", [joining, changing, resetting])
def test_each_page_refuses_it_and_says_why(
    client: FlaskClient, ada: User, stolen: Path, setting: Any, password: str, problem: str
) -> None:
    answer = setting(client, ada, password)
    assert answer.status_code == 200
    assert re.findall(r'<p class="error"[^>]*>([^<]+)</p>', html.unescape(answer.text)) == [problem]
    assert password not in html.unescape(answer.text)
    if setting is joining:
        assert 'value="Zoe Q"' in answer.text
        assert user_by_email("zoe@example.org") is None
    db.session.expire_all()
    assert verify_password(GOOD, ada.password)


@pytest.mark.parametrize("setting", [joining, changing, resetting])
def test_each_page_takes_another(client: FlaskClient, ada: User, stolen: Path, setting: Any) -> None:
    assert setting(client, ada, "another long one").status_code in (302, 303)
    user = user_by_email("zoe@example.org") if setting is joining else ada
    db.session.expire_all()
    assert user is not None
    assert verify_password("another long one", user.password)


def test_the_address_of_whose_it_is_counts(client: FlaskClient) -> None:
    grace = create_organiser("grace.hopper@example.org", "", GOOD, NOON)
    for setting in (changing, resetting):
        assert HOLDS_ADDRESS in html.unescape(setting(client, grace, "a grasshopper hopper").text)
        client.post("/sign-out")


@pytest.mark.parametrize(
    ("password", "problem"), [(BAD, STOLEN), ("bob.builder.1999", HOLDS_ADDRESS), ("111111111111", HOLDS_REPEATED)]
)
def test_the_command_refuses_it_too(app: Flask, stolen: Path, password: str, problem: str) -> None:
    arguments = ["create-organiser", "bob.builder@example.org", "--password", password]
    result = app.test_cli_runner().invoke(args=arguments)
    assert (result.exit_code, result.output) == (1, f"Error: {problem}\n")
    assert user_by_email("bob.builder@example.org") is None


def test_a_stolen_password_with_accents_is_known_however_it_was_typed(
    app: Flask, client: FlaskClient, ada: User, stolen: Path
) -> None:
    assert STOLEN in html.unescape(resetting(client, ada, "caffè lungo doppio").text)
    apart = ["create-organiser", "bob@example.org", "--password", "caffe\u0300 lungo doppio"]
    assert app.test_cli_runner().invoke(args=apart).output == f"Error: {STOLEN}\n"


def test_one_who_has_such_a_password_still_signs_in(client: FlaskClient, ada: User, stolen: Path) -> None:
    write_list(stolen, [sha1(GOOD)])
    assert client.post("/sign-in", data={"email": ada.email, "password": GOOD}).location == "/series"


def test_without_the_list_nothing_new_is_let_through(client: FlaskClient, ada: User, stolen: Path) -> None:
    stolen.unlink()
    assert NOT_LOOKED_UP in html.unescape(resetting(client, ada, "another long one").text)
    db.session.expire_all()
    assert verify_password(GOOD, ada.password)


def test_without_the_setting_no_list_is_looked_at(client: FlaskClient, ada: User) -> None:
    assert resetting(client, ada, BAD).location == "/sign-in"
