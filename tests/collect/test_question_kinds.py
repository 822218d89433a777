"""Ratings to ten, several choices with one's own, and rankings: from the form to the receipt and the organiser."""

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories import NOON, make_event, make_question, make_series
from webapp.accounts.models import User
from webapp.collect.actions import submit_response
from webapp.collect.answers import BadAnswer
from webapp.collect.models import Answer, Response
from webapp.extensions import db

PARTS = ["Talks", "Tables", "Lunch"]


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("rating_10", "0", 0),
        ("rating_10", 10, 10),
        ("ranking", ["Lunch", "Talks"], ["Lunch", "Talks"]),
        ("ranking", "Lunch", ["Lunch"]),
        ("several_or_other", {"choices": ["Lunch", "Talks"]}, {"choices": ["Talks", "Lunch"], "other": ""}),
        ("several_or_other", {"other": " The  garden\x00 "}, {"choices": [], "other": "The garden"}),
    ],
)
def test_what_is_stored_of_an_answer(kind: str, value: Any, stored: Any) -> None:
    event = make_event()
    question = make_question(event, kind, choices=PARTS)
    submit_response(event, {question.id: value}, "key", NOON)
    assert db.session.scalar(select(Answer.value)) == stored


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("rating_10", "11"),
        ("rating_10", "-1"),
        ("rating", "0"),
        ("ranking", ["Lunch", "Lunch"]),
        ("ranking", ["Dinner"]),
        ("several_or_other", {"choices": ["Dinner"], "other": ""}),
        ("several_or_other", ["Talks"]),
        ("several_or_other", {"other": "x" * 301}),
    ],
)
def test_what_a_question_does_not_accept(kind: str, value: Any) -> None:
    event = make_event()
    question = make_question(event, kind, choices=PARTS)
    with pytest.raises(BadAnswer):
        submit_response(event, {question.id: value}, "key", NOON)
    assert db.session.scalar(select(Response)) is None


def test_every_kind_is_answered_corrected_and_read_without_a_script(
    client: FlaskClient, signed_in: FlaskClient, organiser: User
) -> None:
    event = make_event(make_series(organiser), code="HALL")
    rating = make_question(event, "rating_10", text="How likely?")
    ranking = make_question(event, "ranking", text="What matters?", choices=PARTS)
    several = make_question(event, "several_or_other", text="Which?", choices=PARTS)
    page = client.get("/e/HALL").text
    assert page.count(f'name="q{rating.id}"') == 11 and "0 is lowest" in page and "10 is highest" in page
    assert page.count(f'<select name="q{ranking.id}-') == 3
    sent = client.post(
        "/e/HALL",
        data={
            "client_key": "a" * 32,
            f"q{rating.id}": "10",
            f"q{ranking.id}-0": "2",
            f"q{ranking.id}-2": "1",
            f"q{several.id}": ["Tables"],
            f"q{several.id}-other": "The <garden>",
            "consent": "quote",
        },
    )
    said = {answer.question_id: answer.value for answer in db.session.scalars(select(Answer))}
    assert said == {
        rating.id: 10,
        ranking.id: ["Lunch", "Talks"],
        several.id: {"choices": ["Tables"], "other": "The <garden>"},
    }
    response = db.session.scalar(select(Response))
    for reader, address in [
        (client, sent.location),
        (signed_in, f"/series/{event.series_id}/collect/responses/{response.id}"),
    ]:
        read = reader.get(address).text
        assert "10 of 10" in read and re.search(r"<ol><li>Lunch</li><li>Talks</li></ol>", read)
        assert "<li>Tables</li>" in read and "The &lt;garden&gt;" in read
    form = client.get(f"{sent.location}/correct").text
    assert re.search(rf'name="q{ranking.id}-0".*?<option selected>2</option>', form)
    assert 'value="The &lt;garden&gt;"' in form and 'value="Tables" checked' in form


def test_a_rank_given_twice_comes_back_with_what_was_chosen(client: FlaskClient) -> None:
    event = make_event(code="HALL")
    ranking = make_question(event, "ranking", text="What matters?", choices=PARTS)
    page = client.post("/e/HALL", data={f"q{ranking.id}-0": "1", f"q{ranking.id}-1": "1", "consent": "quote"})
    words = unescape(page.text)
    assert page.status_code == 400
    assert "What matters? Two choices have the rank 1. Give each a rank of its own." in words
    assert words.count("<option selected>1</option>") == 2
    forged = client.post("/e/HALL", data={f"q{ranking.id}-0": "9", "consent": "quote"})
    assert (forged.status_code, "One of the ranks sent is not offered" in forged.text) == (400, True)
    assert db.session.scalar(select(Response)) is None


def test_kinds_sent_after_closing_are_shown_again(client: FlaskClient) -> None:
    event = make_event(code="HALL", closes_at=NOON)
    several = make_question(event, "several_or_other", text="Which?", choices=PARTS)
    ranking = make_question(event, "ranking", text="What matters?", choices=PARTS)
    blank = make_question(event, "several_or_other", text="Not answered", choices=PARTS)
    sent = {f"q{several.id}": ["Talks"], f"q{several.id}-other": "Garden", f"q{ranking.id}-1": "1"}
    page = client.post("/e/HALL", data=sent).text
    assert "Talks; Garden" in page and ">Tables</p>" in page and blank.text not in page
