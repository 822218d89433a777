"""Responses that programs send in: the same checks as the form's, once each, and the same answer again."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy
from flask import Flask

from tests.factories import join_series, make_event, make_question, make_response, make_series, make_user
from webapp.collect.models import CHANNELS, Answer, Response
from webapp.collect.queries import response_by_code
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.wording import now

Programs = Callable[..., Any]
KEY = {"Idempotency-Key": "sent-from-a-kiosk-1"}


@pytest.fixture
def editor() -> Any:
    return make_user()


@pytest.fixture
def event(editor: Any) -> Event:
    series = make_series()
    join_series(editor, series, "editor")
    return make_event(series, opens_at=now() - timedelta(hours=1))


def faults(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error.get("pointer", error.get("parameter")) for error in answer.get_json(force=True)["errors"]]


def test_a_response_is_stored_as_the_form_would(program_of: Programs, editor: Any, event: Event) -> None:
    words, rating = make_question(event), make_question(event, "rating")
    several = make_question(event, "several_or_other", choices=["A", "B"])
    ranking = make_question(event, "ranking", choices=["A", "B"])
    body = {
        "answers": [
            {"question_id": words.id, "text": " Too many targets.\u0000 ", "facet": "problem", "consent": "use"},
            {"question_id": rating.id, "value": 4},
            {"question_id": several.id, "value": {"choices": ["B"], "other": "C"}},
            {"question_id": ranking.id, "value": ["B", "A"]},
        ],
        "organisation_type": "County council",
        "consent": "quote",
    }
    answer = program_of(editor).ask(f"events/{event.id}/responses", "POST", KEY, json=body)

    assert answer.status_code == 201
    stored = response_by_code(answer.json["receipt_code"])
    assert (stored.id, stored.event_id) == (answer.json["id"], event.id)
    assert (stored.organisation_type, stored.consent, stored.channel) == ("County council", "quote", "program")
    by_phone = make_response(event, {rating: 3})
    asked = f"series/{event.series_id}/responses?channel="
    found = {name: [one["id"] for one in program_of(editor).read(asked + name)["items"]] for name in CHANNELS}
    assert found == {"phone": [by_phone.id], "paper": [], "file": [], "program": [stored.id]}
    assert answer.json["receipt_address"] == f"http://localhost/r/{stored.receipt_code}"
    said = {each.question_id: (each.text, each.value, each.facet, each.consent) for each in stored.answers}
    assert said == {
        words.id: ("Too many targets.", None, "problem", "use"),
        rating.id: (None, 4, None, None),
        several.id: (None, {"choices": ["B"], "other": "C"}, None, None),
        ranking.id: (None, ["B", "A"], None, None),
    }


def test_a_program_needs_no_token_against_forgery(
    app: Flask, program_of: Programs, editor: Any, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    body = {"answers": [{"question_id": make_question(event).id, "text": "Said."}]}
    assert program_of(editor).ask(f"events/{event.id}/responses", "POST", KEY, json=body).status_code == 201


def test_the_same_request_again_is_answered_the_same_and_stored_once(
    program_of: Programs, editor: Any, event: Event
) -> None:
    question = make_question(event)
    body = {"answers": [{"question_id": question.id, "text": "Once."}]}
    program = program_of(editor)
    first = program.ask(f"events/{event.id}/responses", "POST", KEY, json=body)
    question.retired_at, event.closes_at = now(), now()
    db.session.commit()
    again = program.ask(f"events/{event.id}/responses", "POST", KEY, json=body)

    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert db.session.query(Response).count() == 1


def test_a_key_that_came_with_something_else_is_refused(program_of: Programs, editor: Any, event: Event) -> None:
    question = make_question(event)
    program = program_of(editor)
    path = f"events/{event.id}/responses"
    program.ask(path, "POST", KEY, json={"answers": [{"question_id": question.id, "text": "One thing."}]})
    for changed in (
        {"answers": [{"question_id": question.id, "text": "Another."}]},
        {"answers": [{"question_id": question.id, "text": "One thing.", "facet": "problem"}]},
        {"answers": [{"question_id": question.id, "text": "One thing."}], "consent": "none"},
        {"answers": [{"question_id": question.id + 1, "text": "One thing."}]},
    ):
        answer = program.ask(path, "POST", KEY, json=changed)
        assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert db.session.query(Response).count() == 1


@contextmanager
def overtaken(app: Flask, sending: Callable[[], Any]) -> Iterator[list[Any]]:
    """Just before the next response is stored, another request comes and is done; yields what it is answered."""
    answers: list[Any] = []

    def elsewhere() -> None:
        with app.app_context():
            answers.append(sending())

    thread = threading.Thread(target=elsewhere)

    def overtake(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO response ") and thread.ident is None:
            thread.start()
            thread.join()

    sqlalchemy.event.listen(db.engine, "before_cursor_execute", overtake)
    yield answers
    sqlalchemy.event.remove(db.engine, "before_cursor_execute", overtake)


def test_of_two_at_the_same_moment_the_second_is_told_what_became_of_its_own(
    app: Flask, program_of: Programs, editor: Any, event: Event
) -> None:
    question_id, program = make_question(event).id, program_of(editor)
    path = f"events/{event.id}/responses"

    def sending(key: str, text: str) -> Callable[[], Any]:
        body = {"answers": [{"question_id": question_id, "text": text}]}
        return lambda: program.ask(path, "POST", {"Idempotency-Key": key}, json=body)

    with overtaken(app, sending("the-same-key", "The winner's words.")) as first:
        second = sending("the-same-key", "The loser's words.")()
    with overtaken(app, sending("another-key", "Said twice.")) as once:
        twice = sending("another-key", "Said twice.")()
    assert (first[0].status_code, second.status_code) == (201, 409)
    assert (once[0].status_code, once[0].json) == (twice.status_code, twice.json)
    assert [answer.text for answer in db.session.query(Answer).order_by(Answer.id)] == [
        "The winner's words.",
        "Said twice.",
    ]


def test_a_key_is_a_programs_own_at_each_event(program_of: Programs, editor: Any, event: Event) -> None:
    other = make_event(event.series, opens_at=event.opens_at)
    program = program_of(editor)
    for one in (event, other):
        question = make_question(one)
        body = {"answers": [{"question_id": question.id, "text": "Here."}]}
        assert program.ask(f"events/{one.id}/responses", "POST", KEY, json=body).status_code == 201
    assert db.session.query(Response).count() == 2


def test_a_key_is_its_senders_own(program_of: Programs, editor: Any, event: Event) -> None:
    question, other = make_question(event), make_user()
    join_series(other, event.series, "editor")
    path = f"events/{event.id}/responses"
    same = {"answers": [{"question_id": question.id, "text": "The same at both."}]}
    receipts = []
    for user, text in ((editor, "From kiosk one."), (other, "From kiosk two.")):
        program = program_of(user)
        body = {"answers": [{"question_id": question.id, "text": text}]}
        for key, sent in (("kiosk-00000001", body), ("kiosk-00000002", same)):
            answer = program.ask(path, "POST", {"Idempotency-Key": key}, json=sent)
            assert answer.status_code == 201
            receipts.append(answer.json["receipt_code"])
    assert len(set(receipts)) == 4


def test_a_new_token_of_the_same_sender_finds_what_the_old_one_sent(
    program_of: Programs, editor: Any, event: Event
) -> None:
    path = f"events/{event.id}/responses"
    body = {"answers": [{"question_id": make_question(event).id, "text": "Once."}]}
    first, again = (program_of(editor).ask(path, "POST", KEY, json=body).json for _ in range(2))
    assert first == again


def test_no_form_meets_a_programs_response(app: Flask, program_of: Programs, editor: Any, event: Event) -> None:
    """Whoever guesses the key, or knows how it was once stored or even how it is, is not shown the receipt."""
    question = make_question(event)
    key = KEY["Idempotency-Key"]
    body = {"answers": [{"question_id": question.id, "text": "Said at a kiosk."}]}
    sent = program_of(editor).ask(f"events/{event.id}/responses", "POST", KEY, json=body).json
    stored = response_by_code(sent["receipt_code"]).client_key
    guessed = hashlib.sha256(f"api {event.id} {key}".encode()).hexdigest()
    for client_key in (key, guessed, stored):
        typed = {"client_key": client_key, f"q{question.id}": "x", "consent": "quote", "organisation_type": ""}
        answer = app.test_client().post(f"/e/{event.code}", data=typed)
        assert answer.status_code == 303
        assert sent["receipt_code"] not in answer.location
    assert db.session.query(Response).count() == 4


def test_without_a_key_that_will_do_nothing_is_stored(program_of: Programs, editor: Any, event: Event) -> None:
    body = {"answers": [{"question_id": make_question(event).id, "text": "No key."}]}
    program = program_of(editor)
    for headers in ({}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "with a space in it"}):
        assert faults(program.ask(f"events/{event.id}/responses", "POST", headers, json=body)) == ["Idempotency-Key"]
    assert db.session.query(Response).count() == 0


def test_what_the_form_would_not_take_is_named_by_its_place(program_of: Programs, editor: Any, event: Event) -> None:
    words, rating = make_question(event, required=True), make_question(event, "rating")
    one = make_question(event, "one_choice", choices=["A", "B"])
    project = make_question(event, about_project=True)
    elsewhere = make_question(make_event())
    said = {"question_id": words.id, "text": "Said."}
    cases = {
        "/answers/1/question_id": {"question_id": elsewhere.id, "text": "There."},
        "/answers/1/value": {"question_id": rating.id, "value": 6},
        "/answers/1/text": {"question_id": rating.id, "text": "6"},
    }
    program = program_of(editor)

    def sent(*answers: Any, **more: Any) -> list[str]:
        return faults(program.ask(f"events/{event.id}/responses", "POST", KEY, json={"answers": answers, **more}))

    for place, answer in cases.items():
        assert sent(said, answer) == [place]
    assert sent(said, said) == ["/answers/1/question_id"]
    assert sent(said, {"question_id": one.id, "value": "C"}) == ["/answers/1/value"]
    assert sent(said, {"question_id": one.id, "value": {"choices": ["A"]}}) == ["/answers/1/value"]
    assert sent(said, {"question_id": one.id, "value": True}) == ["/answers/1/value"]
    assert sent(said, {"question_id": project.id, "text": "Good.", "facet": "problem"}) == ["/answers/1/facet"]
    assert sent(said, {"question_id": rating.id, "value": 3, "consent": "use"}) == ["/answers/1/consent"]
    assert sent({"question_id": rating.id, "value": 3}) == ["/answers"]
    assert sent({"question_id": words.id, "text": " \u200b "}) == ["/answers"]
    assert sent(said, organisation_type="Circus") == ["/organisation_type"]
    assert sent(said, consent="perhaps") == ["/consent"]
    assert sent(said, colour="red") == ["/colour"]
    assert sent({"question_id": words.id, "text": "x" * 20_001}) == ["/answers/0/text"]
    assert sent() == ["/answers"]
    assert sent({"question_id": words.id, "\ud800": 1}) == ["/answers/0/\ud800"]
    assert db.session.query(Response).count() == 0


def test_an_event_that_does_not_ask_for_consent_takes_none(program_of: Programs, editor: Any, event: Event) -> None:
    event.ask_consent = False
    db.session.commit()
    body = {"answers": [{"question_id": make_question(event).id, "text": "Said."}], "consent": "quote"}
    assert faults(program_of(editor).ask(f"events/{event.id}/responses", "POST", KEY, json=body)) == ["/consent"]


def test_nothing_comes_in_before_and_after(program_of: Programs, editor: Any, event: Event) -> None:
    body = {"answers": [{"question_id": make_question(event).id, "text": "Too late."}]}
    event.closes_at = now() - timedelta(minutes=1)
    db.session.commit()
    answer = program_of(editor).ask(f"events/{event.id}/responses", "POST", KEY, json=body)
    assert answer.status_code == 409
    assert answer.get_json(force=True)["detail"].startswith("The event closed at ")


def test_sending_takes_an_editor_and_the_scope(program_of: Programs, editor: Any, event: Event) -> None:
    viewer = make_user()
    join_series(viewer, event.series, "viewer")
    body = {"answers": [{"question_id": make_question(event).id, "text": "Said."}]}
    path = f"events/{event.id}/responses"
    assert program_of(viewer).ask(path, "POST", KEY, json=body).status_code == 403
    assert program_of(editor, "read", "responses:read").ask(path, "POST", KEY, json=body).status_code == 403
    assert program_of(make_user()).ask(path, "POST", KEY, json=body).status_code == 404
    assert db.session.query(Response).count() == 0


def test_only_json_of_a_bounded_size_is_read(program_of: Programs, editor: Any, event: Event) -> None:
    program = program_of(editor)
    path = f"events/{event.id}/responses"
    sent = {**KEY, "Content-Type": "application/json"}
    assert program.ask(path, "POST", KEY, data={"answers": "1"}).status_code == 415
    assert program.ask(path, "POST", KEY).status_code == 415
    assert program.ask(path, "POST", sent, data=b"{").status_code == 400
    assert program.ask(path, "POST", sent, data=b"\xff\xfe").status_code == 400
    number = b'{"answers": [{"question_id": 1, "value": %s}]}' % (b"9" * 5000)
    for endless in (b"[" * 200_000, b'{"a":' * 100_000, number):
        answer = program.ask(path, "POST", sent, data=endless)
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert answer.get_json(force=True)["detail"].startswith("The request could not be read.")
    assert program.ask(path, "POST", sent, data=b" " * (4 * 1024 * 1024 + 1)).status_code == 413
    for body in (b"[]", b"null", b"3", b"{}"):
        assert program.ask(path, "POST", sent, data=body).status_code == 422, body
