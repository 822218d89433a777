"""Every page for delegates and facilitators speaks every language that has a catalogue."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask.testing import FlaskClient
from flask_babel import force_locale

from tests.factories import NOON, make_event, make_question, make_session, make_table
from webapp.collect.actions import ask_question, back_question
from webapp.collect.models import FloorQuestion
from webapp.languages import CATALOGUES, compile_catalogues
from webapp.translating import catalogue_at, in_step, words_in_source
from webapp.wording import day, days, moment

PATHS = sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
WELSH = {"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.8"}


def code_of(path: Path) -> str:
    return path.parts[-3]


def forms_of(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("path", PATHS, ids=code_of)
def test_every_message_is_translated_and_its_placeholders_stay(path: Path) -> None:
    catalogue, source = catalogue_at(path), words_in_source()
    assert {message.id for message in source} == {message.id for message in catalogue}
    for message in catalogue:
        if not message.id:
            continue
        plain = message.id if isinstance(message.id, str) else message.id[1]
        if plain.startswith("["):
            # By its bracket a text is known to hold a mark.
            assert all(form.startswith("[") and form.endswith("]") for form in forms_of(message))
        expected = sorted(PLACEHOLDER.findall(plain))
        assert len(forms_of(message)) == (catalogue.num_plurals if message.pluralizable else 1)
        for form in forms_of(message):
            assert form.strip() and sorted(PLACEHOLDER.findall(form)) == expected, message.id


@pytest.mark.parametrize("path", PATHS, ids=code_of)
def test_the_catalogue_is_in_step_with_the_pages(path: Path) -> None:
    assert in_step(catalogue_at(path), words_in_source()) == path.read_text(encoding="utf-8")


def test_another_language_is_one_more_file(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    for code in ("cy", "fr"):
        (source / code / "LC_MESSAGES").mkdir(parents=True)
        (source / code / "LC_MESSAGES" / "messages.po").write_bytes(PATHS[0].read_bytes())
    assert compile_catalogues(source, target) == ["cy", "fr"]
    assert (target / "fr" / "LC_MESSAGES" / "messages.mo").stat().st_size > 10_000


def test_a_catalogue_comes_to_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        compile_catalogues(target=tmp_path / name)
    one, two = (sorted((tmp_path / name).rglob("*.mo")) for name in ("one", "two"))
    assert one and [each.read_bytes() for each in one] == [each.read_bytes() for each in two]
    assert b"Creation-Date: 1970" in one[0].read_bytes()


def test_the_browser_asks_for_a_language_and_the_reader_may_choose_another(client: FlaskClient) -> None:
    make_question(make_event(code="HALL"))
    welsh = client.get("/e/HALL", headers=WELSH).text
    assert '<html lang="cy">' in welsh and ">Anfon</button>" in welsh and ">Send</button>" not in welsh
    assert '<a href="/e/HALL?language=en" lang="en" hreflang="en">English</a>' in welsh
    english = client.get("/e/HALL").text
    assert '<a href="/e/HALL?language=cy" lang="cy" hreflang="cy">Cymraeg</a>' in english
    chosen = client.get("/e/HALL?language=cy")
    assert (chosen.status_code, chosen.location) == (303, "/e/HALL")
    assert ">Anfon</button>" in client.get("/e/HALL").text
    client.get("/e/HALL?language=en")
    assert ">Send</button>" in client.get("/e/HALL", headers=WELSH).text


def test_a_choice_keeps_the_rest_of_the_address_and_stays_on_this_site(client: FlaskClient) -> None:
    assert client.get("/go?code=A%26B&language=cy").location == "/go?code=A%26B"
    elsewhere = client.get("/?language=cy", environ_overrides={"PATH_INFO": "//example.org/"})
    assert elsewhere.location == "/example.org/"
    assert client.get("/?language=xx").status_code == 200


def test_organisers_pages_stay_in_english(signed_in: FlaskClient) -> None:
    page = signed_in.get("/series", headers=WELSH).text
    assert '<html lang="en">' in page


def test_mistakes_and_refusals_are_told_in_welsh(client: FlaskClient) -> None:
    rating = make_question(make_event(code="HALL"), "rating")
    make_event(code="PAST", closes_at=NOON)
    sent = client.post("/e/HALL", data={f"q{rating.id}": "11"}, headers=WELSH)
    assert "Rhif cyfan o 1 i 5 yw sgôr." in sent.text and "?language=" not in sent.text
    assert "Nid oes digwyddiad â'r cod “NOSUCH”." in unescape(client.get("/e/NOSUCH", headers=WELSH).text)
    assert "Does dim byd yn y cyfeiriad hwn" in client.get("/nowhere", headers=WELSH).text
    past = client.get("/e/PAST", headers=WELSH).text
    assert "Caeodd ar 8 Gorffennaf 2003, 13:00 (Europe/London)." in past
    table = make_table(make_session())
    assert 'placeholder="Un pwynt"' in client.get(f"/t/{table.token}", headers=WELSH).text


@pytest.mark.parametrize(
    ("backers", "words"),
    [(1, "Mae 1 person"), (2, "Mae 2 berson"), (3, "Mae 3 pherson"), (4, "Mae 4 person"), (6, "Mae 6 pherson")],
)
def test_welsh_has_a_form_for_each_number(client: FlaskClient, backers: int, words: str) -> None:
    event = make_event(code="HALL")
    session = make_session(event, "qa")
    question: FloorQuestion = ask_question(session, "Why?", "key", NOON)
    for number in range(backers):
        back_question(question, f"phone{number}")
    assert f"{words} yn cefnogi hwn" in client.get(f"/e/HALL/questions/{session.id}", headers=WELSH).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("8 July 2003", "8 July 2003 to 9 July 2003", "8 July 2003, 13:00")),
        ("cy", ("8 Gorffennaf 2003", "8 Gorffennaf 2003 hyd 9 Gorffennaf 2003", "8 Gorffennaf 2003, 13:00")),
    ],
)
def test_dates_are_written_in_words_of_the_pages_language(language: str, words: tuple[str, ...]) -> None:
    first = date(2003, 7, 8)
    with force_locale(language):
        assert (day(first), days(first, first + timedelta(days=1)), moment(NOON, "Europe/London")) == words
