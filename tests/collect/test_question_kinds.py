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
from webapp.programme.actions import add_session
from webapp.programme.models import Question
from webapp.report.answers_given import closed_answers_at

PARTS = ["Talks", "Tables", "Lunch"]


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("rating_10", "0", 0),
        ("rating_10", 10, 10),
        ("ranking", ["Lunch", "Talks"], ["Lunch", "Talks"]),
        ("ranking", "Lunch", ["Lunch"]),
        ("several_or_other", {"choices": ["Lunch", "Talks"]}, {"choices": ["Talks", "Lunch"], "other": ""}),
        ("session_ratings", {"Tables": "4", "Talks": None}, {"Talks": None, "Tables": 4}),
        ("session_ratings", {"Lunch": ""}, {"Lunch": None}),
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
        ("session_ratings", {"Talks": "11"}),
        ("session_ratings", {"Another event's": "3"}),
        ("session_ratings", ["Talks"]),
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


def test_sessions_that_were_ticked_are_rated_read_corrected_and_counted(client: FlaskClient, organiser: User) -> None:
    event = make_event(make_series(organiser), opens_at=NOON)
    question = make_question(event, "session_ratings", text="How were they?", choices=PARTS)
    name = f"q{question.id}"
    # Rated without a tick, ticked without a rating, both, and a session that there is not.
    sent = {f"{name}-0": "5", f"{name}-1-there": "1", f"{name}-9": "3", "consent": "quote"}
    receipt = client.post(f"/e/{event.code}", data=sent).headers["Location"]
    assert db.session.scalar(select(Answer.value)) == {"Talks": 5, "Tables": None}
    page = client.get(receipt).text
    assert "Talks: 5 of 5" in page and "Tables: not rated" in page and "Lunch:" not in page
    form = client.get(f"{receipt}/correct").text
    assert f'name="{name}-0-there" value="1" checked' in form
    assert f'name="{name}-0" value="5" checked' in form
    assert f'name="{name}-1-there" value="1" checked' in form
    assert f'name="{name}-2-there" value="1" checked' not in form
    wrong = client.post(f"/e/{event.code}", data={f"{name}-2": "11", f"{name}-1-there": "1", "consent": "quote"})
    assert wrong.status_code == 400
    assert f'name="{name}-1-there" value="1" checked' in wrong.text
    facts = closed_answers_at([event])
    assert [(fact.text, fact.responses, dict(fact.answers)) for fact in facts] == [
        ("How were they? Talks", 1, {"5": 1})
    ]


def test_an_empty_list_asks_about_every_session_of_the_event(signed_in: FlaskClient, organiser: User) -> None:
    event = make_event(make_series(organiser))
    for title in ("Opening", "Closing"):
        add_session(event, title, "presentation")
    sent = {"text": "How were they?", "kind": "session_ratings", "choices": "", "session": "0"}
    assert signed_in.post(f"/events/{event.id}/questions/new", data=sent).status_code == 303
    assert db.session.scalar(select(Question.choices)) == ["Opening", "Closing"]


def test_a_part_of_a_form_without_a_name_is_not_stumbled_over(client: FlaskClient) -> None:
    event = make_event(code="PARTS")
    question = make_question(event)
    parts = (b"", f'; name="q{question.id}"'.encode())
    body = b"".join(b"--frontier\r\nContent-Disposition: form-data%s\r\n\r\nTargets\r\n" % part for part in parts)
    kind = "multipart/form-data; boundary=frontier"
    sent = client.post("/e/PARTS", data=body + b"--frontier--\r\n", content_type=kind)
    assert sent.status_code == 303
