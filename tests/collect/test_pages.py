"""The delegates' pages, from outside."""

import re
import time
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories import NOON, make_event, make_question, make_response, make_series, make_session
from webapp.collect.actions import submit_response, withdraw_response
from webapp.collect.models import Answer, FloorBacking, FloorQuestion, NewsSubscriber, Response
from webapp.extensions import db
from webapp.wording import now

HOUR = timedelta(hours=1)


def key_in(page: str) -> str:
    return re.search(r'name="client_key" value="([0-9a-f]{32})"', page).group(1)


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Response))


def test_a_form_is_answered_and_its_receipt_shows_it(client: FlaskClient) -> None:
    event = make_event(code="HALL")
    text = make_question(event, help="A line or two.")
    rating = make_question(event, "rating", text="How useful was it?")
    several = make_question(event, "several_choices", text="Which parts?", choices=["Morning", "After, noon"])
    page = client.get("/e/hall").text
    assert "What gets in the way?" in page and "A line or two." in page
    sent = client.post(
        "/e/HALL",
        data={
            "client_key": key_in(page),
            f"q{text.id}": "Targets <b>& more",
            f"f{text.id}": "problem",
            f"q{rating.id}": "5",
            f"q{several.id}": ["Morning", "After, noon"],
            "organisation_type": "County council",
            "consent": "use",
        },
    )
    response = db.session.scalar(select(Response))
    assert (sent.status_code, sent.location) == (303, f"/r/{response.receipt_code}")
    receipt = client.get(sent.location).text
    assert "Targets &lt;b&gt;&amp; more" in receipt and "5 of 5" in receipt and "After, noon" in receipt
    assert "County council" in receipt and "Use it, but do not quote me" in receipt
    assert "-".join(response.receipt_code[i : i + 4] for i in (0, 4, 8)) in receipt
    assert [answer.facet for answer in response.answers] == ["problem", None, None]


def test_the_same_form_sent_twice_is_received_once(client: FlaskClient) -> None:
    event = make_event()
    question = make_question(event)
    data = {"client_key": "a" * 32, f"q{question.id}": "Once", "organisation_type": "", "consent": "quote"}
    first = client.post(f"/e/{event.code}", data=data)
    second = client.post(f"/e/{event.code}", data=data)
    assert (first.location, stored()) == (second.location, 1)


def test_a_form_changed_and_sent_again_is_offered_as_a_correction(client: FlaskClient) -> None:
    event = make_event()
    question = make_question(event)
    data = {"client_key": "a" * 32, f"q{question.id}": "First", "consent": "quote", "organisation_type": ""}
    client.post(f"/e/{event.code}", data=data)
    again = client.post(f"/e/{event.code}", data={**data, f"q{question.id}": "Second"})
    code = db.session.scalar(select(Response.receipt_code))
    assert again.status_code == 200
    assert "This form was received before" in again.text and "Second" in again.text
    assert f"/r/{code}/correct" in again.text
    assert db.session.scalars(select(Answer.text)).all() == ["First"]
    less = client.post(f"/e/{event.code}", data={**data, "consent": "none"})
    assert "This form was received before" in less.text


def test_a_change_to_what_was_received_is_shown_and_not_lost_where_the_event_closed_meanwhile(
    client: FlaskClient,
) -> None:
    event = make_event()
    question = make_question(event)
    data = {"client_key": "a" * 32, f"q{question.id}": "First", "consent": "quote", "organisation_type": ""}
    receipt = client.post(f"/e/{event.code}", data=data).location
    event.closes_at = NOON
    db.session.commit()
    changed = client.post(f"/e/{event.code}", data={**data, f"q{question.id}": "Second"})
    assert changed.status_code == 409
    assert "An earlier wording of it was received" in changed.text and "Second" in changed.text
    assert receipt in changed.text
    assert client.post(f"/e/{event.code}", data=data).location == receipt


def test_mistakes_come_back_with_everything_that_was_typed(client: FlaskClient) -> None:
    event = make_event()
    text = make_question(event)
    make_question(event, "rating", text="How useful was it?", required=True)
    one = make_question(event, "one_choice", text="Which?", choices=["A", "B"])
    long = "word " * 20_000
    page = client.post(
        f"/e/{event.code}",
        data={f"q{text.id}": long, f"q{one.id}": "Z", "client_key": "b" * 32, "consent": "none"},
    )
    words = unescape(page.text)
    assert page.status_code == 400
    assert "This text has 99,999 characters; at most 20,000 can be sent." in words
    assert "How useful was it? This question needs an answer." in words
    assert "One of the choices sent is not offered by this question." in words
    assert long in words and "b" * 32 in words
    assert re.search(r'value="none" checked', words)
    assert stored() == 0


def test_an_empty_form_and_a_forged_rating_are_answered_in_words(client: FlaskClient) -> None:
    event = make_event()
    rating = make_question(event, "rating")
    empty = client.post(f"/e/{event.code}", data={"consent": "quote"})
    assert (empty.status_code, "Nothing was answered yet." in empty.text) == (400, True)
    forged = client.post(f"/e/{event.code}", data={f"q{rating.id}": "11", "q99999": "Forged"})
    assert (forged.status_code, "A rating is a whole number from 1 to 5." in forged.text) == (400, True)
    assert stored() == 0


def test_words_to_a_question_that_is_not_asked_are_shown_and_not_silently_dropped(client: FlaskClient) -> None:
    event = make_event()
    asked, elsewhere = make_question(event), make_question()
    data = {f"q{asked.id}": "Asked here", f"q{elsewhere.id}": "Asked elsewhere", "q99999": "", "consent": "quote"}
    page = client.post(f"/e/{event.code}", data=data)
    assert page.status_code == 400
    assert "not stored: “Asked elsewhere”" in unescape(page.text) and "Asked here" in page.text
    assert stored() == 0


def test_a_choice_that_does_not_exist_is_answered_in_words(client: FlaskClient) -> None:
    event = make_event()
    text, one = make_question(event), make_question(event, "one_choice", choices=["A", "B"])
    page = client.post(f"/e/{event.code}", data={f"q{text.id}": "Kept", f"q{one.id}": "Z"})
    assert (page.status_code, "is not offered by this question" in page.text) == (400, True)
    assert ("Kept" in page.text, stored()) == (True, 0)


def test_twenty_megabytes_are_answered_in_words_and_given_back(client: FlaskClient) -> None:
    event = make_event()
    page = client.post(f"/e/{event.code}", data={f"q{make_question(event).id}": "word " * 4_000_000})
    assert (page.status_code, page.text.count("word ") > 3_900_000) == (400, True)
    assert "This text has 19,999,999 characters; at most 20,000 can be sent." in page.text
    assert stored() == 0


def test_an_unknown_code_is_answered_in_words(client: FlaskClient) -> None:
    page = client.get("/e/NOSUCH")
    assert (page.status_code, "No event has the code" in unescape(page.text)) == (404, True)
    assert client.get("/r/2222-3333-4444").status_code == 404


def test_before_opening_and_after_closing_the_page_says_when(client: FlaskClient) -> None:
    at = now()
    make_event(code="NEVER", opens_at=None)
    make_event(code="SOON", opens_at=at + HOUR, time_zone="Europe/London")
    make_event(code="PAST", closes_at=NOON, time_zone="Europe/London")
    assert "The organiser has not opened this form yet." in client.get("/e/NEVER").text
    assert "This form opens on" in client.get("/e/SOON").text
    assert "It closed on 8 July 2003, 13:00 (Europe/London)." in client.get("/e/PAST").text


def test_what_was_typed_while_the_event_closed_is_shown_again(client: FlaskClient) -> None:
    event = make_event(closes_at=NOON)
    question = make_question(event)
    page = client.post(f"/e/{event.code}", data={f"q{question.id}": "My long answer", "client_key": "c" * 32})
    assert page.status_code == 409
    assert "The event closed at 13:00, while you were writing." in page.text
    assert page.text.count("My long answer") == 2 and "c" * 32 in page.text
    event.closes_at = None
    db.session.commit()
    again = client.post(f"/e/{event.code}", data={f"q{question.id}": "My long answer", "client_key": "c" * 32})
    assert (again.status_code, stored()) == (303, 1)


def test_a_page_that_was_open_too_long_is_sent_again_with_one_press(app: Flask, client: FlaskClient) -> None:
    event = make_event()
    question = make_question(event)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        stale = {f"q{question.id}": "Kept", "client_key": "d" * 32, "csrf_token": "stale", "consent": "quote"}
        page = client.post(f"/e/{event.code}", data=stale)
        assert (page.status_code, "Kept" in page.text) == (400, True)
        assert "This page was open for a long time." in page.text
        fresh = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text).group(1)
        sent = client.post(f"/e/{event.code}", data={**stale, "csrf_token": fresh})
        assert (sent.status_code, stored()) == (303, 1)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_a_receipt_corrects_and_withdraws_until_the_event_closes(client: FlaskClient) -> None:
    event = make_event()
    question = make_question(event)
    rating = make_question(event, "rating")
    response = submit_response(event, {question.id: "Before", rating.id: 2}, "key", NOON, consent="use")
    code = response.receipt_code
    form = client.get(f"/r/{code.lower()}/correct").text
    assert "Before" in form and re.search(r'value="2" checked', form) and re.search(r'value="use" checked', form)
    sent = client.post(f"/r/{code}/correct", data={f"q{question.id}": "After", "consent": "none"})
    assert sent.status_code == 303
    assert {(a.text, a.value) for a in response.current_answers} == {("After", None)}
    assert response.consent == "none"
    assert "Withdraw your response?" in client.get(f"/r/{code}/withdraw").text
    event.closes_at = NOON
    db.session.commit()
    assert "can be read but not changed" in client.get(f"/r/{code}").text
    assert client.post(f"/r/{code}/withdraw").status_code == 409
    late = client.post(f"/r/{code}/correct", data={f"q{question.id}": "Too late", "consent": "none"})
    assert (late.status_code, "Too late" in late.text) == (409, True)
    event.closes_at = None
    db.session.commit()
    client.post(f"/r/{code}/withdraw")
    gone = client.get(f"/r/{code}").text
    assert "This response was withdrawn on" in gone and "After" not in gone


def test_guessing_receipt_codes_is_stopped_but_reading_ones_own_is_not(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.extensions import limiter

    code = make_response(make_event()).receipt_code
    # A minute that ends between two guesses would begin the count anew.
    started = time.time()
    monkeypatch.setattr(time, "time", lambda: started)
    limiter.reset()
    limiter.enabled = True
    try:
        assert [client.get(f"/r/{code}").status_code for _ in range(25)] == [200] * 25
        assert [client.get(f"/r/GUESS{n}").status_code for n in range(22)] == [404] * 20 + [429] * 2
    finally:
        limiter.reset()
        limiter.enabled = False


def test_news_is_asked_apart_from_the_response(client: FlaskClient) -> None:
    event = make_event()
    wrong = client.post(f"/e/{event.code}/news", data={"email": "ada"})
    assert (wrong.status_code, "This is not an e-mail address." in wrong.text) == (400, True)
    done = client.post(f"/e/{event.code}/news", data={"email": " Ada@example.org "})
    assert "You are on the list" in done.text
    assert db.session.scalars(select(NewsSubscriber.email)).all() == ["Ada@example.org"]


def test_session_questions_stand_under_their_session_and_choices_follow_the_event(client: FlaskClient) -> None:
    event = make_event(make_series(organisation_types=[]), ask_consent=False)
    held = make_session(event, title="Morning tables")
    make_question(event, text="First")
    make_question(event, text="In the morning", session_id=held.id)
    make_question(event, text="On the project", about_project=True)
    make_question(event, text="Also in the morning", session_id=held.id)
    make_question(event, text="Withdrawn", retired_at=NOON)
    page = client.get(f"/e/{event.code}").text
    order = ["First", "Morning tables", "In the morning", "Also in the morning", "On the project"]
    places = [page.index(f">{words}") for words in order]
    assert places == sorted(places)
    assert "Withdrawn" not in page and "organisation" not in page and "consent" not in page
    assert page.count("What kind of point is this?") == 3


def test_questions_are_asked_and_backed_once_a_phone(app: Flask, client: FlaskClient) -> None:
    event = make_event()
    held = make_session(event, kind="qa")
    address = f"/e/{event.code}/questions/{held.id}"
    data = {"client_key": key_in(client.get(address).text), "text": "Who pays?"}
    assert [client.post(address, data=data).status_code for _ in range(2)] == [303, 303]
    question = db.session.scalars(select(FloorQuestion)).one()
    for phone in (client, client, app.test_client()):
        assert phone.post(f"{address}/{question.id}/back").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(FloorBacking)) == 2
    page = client.get(address).text
    assert "2 people back this" in page and "You back this" in page
    empty = client.post(address, data={"text": " "})
    assert (empty.status_code, "The question is empty." in empty.text) == (400, True)
    elsewhere = make_session(make_event(), kind="qa")
    assert client.get(f"/e/{event.code}/questions/{elsewhere.id}").status_code == 404


def test_a_withdrawn_response_is_not_received_a_second_time(client: FlaskClient) -> None:
    event = make_event()
    question = make_question(event)
    withdraw_response(submit_response(event, {question.id: "Said"}, "e" * 32, NOON), NOON)
    sent = client.post(f"/e/{event.code}", data={f"q{question.id}": "Said", "client_key": "e" * 32, "consent": "quote"})
    assert (sent.status_code, stored()) == (303, 1)
    assert "This response was withdrawn" in client.get(sent.location).text


def test_each_of_several_texts_may_be_quoted_otherwise(client: FlaskClient) -> None:
    event = make_event()
    kept, told = make_question(event), make_question(event)
    page = client.get(f"/e/{event.code}").text
    assert page.count("<summary>May we quote this answer?</summary>") == 2
    sent = client.post(
        f"/e/{event.code}",
        data={f"q{kept.id}": "Between us", f"c{kept.id}": "none", f"q{told.id}": "For all", "consent": "quote"},
        follow_redirects=True,
    )
    assert "Keep it out of reports" in sent.text
    answers = {answer.text: answer.allowed for answer in db.session.scalars(select(Answer))}
    assert answers == {"Between us": "none", "For all": "quote"}


def test_one_text_alone_has_no_rule_beside_the_forms(client: FlaskClient) -> None:
    event = make_event()
    make_question(event)
    assert "May we quote this answer?" not in client.get(f"/e/{event.code}").text
