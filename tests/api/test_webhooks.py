"""Webhooks: what is told, once, signed, and without a word of anybody's."""

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.api.receiver import Receiver
from tests.api.telling import deliveries, told
from tests.factories import make_event, make_question, make_response
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.api import announcing, delivering
from webapp.api.announcing import announce
from webapp.api.delivering import deliver_due, forget_old
from webapp.api.tasks import tell_what_waits
from webapp.api.webhooks import send_test
from webapp.programme.actions import delete_event
from webapp.programme.models import Series
from webapp.report.publishing import publish
from webapp.themes.analysing import ask_for_themes
from webapp.themes.tasks import analyse, read_event
from webapp.wording import now

pytestmark = pytest.mark.usefixtures("private_networks")


def test_a_response_is_told_when_it_was_read_without_a_word_of_it(series: Series, receiver: Receiver) -> None:
    webhook, secret = told(series, receiver)
    event = make_event(series)
    response = make_response(event, {make_question(event): "Too many targets."}, received_at=now())
    read_event(event.id)
    read_event(event.id)

    [message] = receiver.messages
    assert message.path == "/hook?from=rapporteur"
    assert message.said["type"] == "response.received"
    assert message.said["data"] == {
        "series_id": series.id,
        "event_id": event.id,
        "response_id": response.id,
        "address": f"/api/v1/responses/{response.id}",
    }
    assert datetime.fromisoformat(message.said["timestamp"]) <= now()
    assert message.headers["content-type"] == "application/json"
    assert message.signed_with(secret)
    assert not message.signed_with("whsec_" + "A" * 44)
    assert b"targets" not in message.body
    [delivery] = deliveries()
    assert (delivery.state, delivery.said, delivery.tries, delivery.webhook_id) == (
        "delivered",
        "200 OK",
        1,
        webhook.id,
    )
    assert delivery.message_id == message.headers["webhook-id"]


def test_what_is_deleted_with_its_event_is_told_no_more_and_takes_no_later_news_place(
    series: Series, receiver: Receiver, organiser: User
) -> None:
    told(series, receiver, "response.received", "edition.published")
    event, other = make_event(series), make_event(series, title="Leeds")
    kept = make_response(other, {make_question(other): "One."}, received_at=now())
    make_response(event, {make_question(event): "Two."}, received_at=now())
    read_event(event.id)
    publish(series, event, organiser, now())
    assert announce(series.id, now()) == 0 and len(deliveries()) == 3
    delete_event(event, event.title, now(), organiser)
    assert [(one.kind, one.subject_id) for one in deliveries()] == [("response.received", kept.id)]
    later = make_response(other, {make_question(other): "Three."}, received_at=now())
    assert announce(series.id, now()) == 1
    assert deliveries()[-1].subject_id == later.id


def test_imported_responses_and_those_from_before_are_no_news(series: Series, receiver: Receiver) -> None:
    event = make_event(series)
    question = make_question(event)
    make_response(event, {question: "Before."}, received_at=now() - timedelta(hours=1))
    told(series, receiver)
    make_response(event, {question: "From a file."}, received_at=now(), imported_from="file.csv")
    make_response(event, {question: "Withdrawn."}, received_at=now(), withdrawn_at=now())
    elsewhere = make_event()
    make_response(elsewhere, {make_question(elsewhere): "Another series."}, received_at=now())
    assert announce(series.id, now()) == 0


def test_a_hall_that_sends_at_once_is_told_whole(
    series: Series, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 3)
    monkeypatch.setattr(delivering, "AT_ONCE", 2)
    told(series, receiver)
    event = make_event(series)
    question = make_question(event)
    made = [make_response(event, {question: f"Number {n}."}, received_at=now()).id for n in range(8)]
    read_event(event.id)
    assert [message.said["data"]["response_id"] for message in receiver.messages] == made


def test_an_analysis_is_told_when_it_finished_or_failed(series: Series, receiver: Receiver) -> None:
    told(series, receiver, "analysis.finished")
    board = make_board(make_event(series))
    make_statements(board, ["Too few statements."])
    run = ask_for_themes(board, None, now())
    analyse(run.id)

    [message] = receiver.messages
    assert message.said["data"] == {
        "series_id": series.id,
        "analysis_id": run.id,
        "state": "failed",
        "board": "subject",
        "address": f"/api/v1/series/{series.id}/themes?board=subject",
    }


def test_an_edition_is_told_with_its_addresses(
    app: Flask, series: Series, receiver: Receiver, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_ADDRESS", "https://feedback.example.org/")
    told(series, receiver, "edition.published")
    board = make_board(make_event(series))
    make_theme(board, "Targets", make_statements(board, ["Too many targets.", "Nobody reads the returns."]))
    edition = publish(series, None, organiser, now())

    [message] = receiver.messages
    assert message.said["data"] == {
        "series_id": series.id,
        "edition_id": edition.id,
        "number": 1,
        "event_id": None,
        "address": f"https://feedback.example.org/api/v1/editions/{edition.id}",
        "page": f"https://feedback.example.org/reports/{edition.draft.slug}/1",
    }


def test_what_a_killed_worker_left_is_told_within_a_minute(series: Series, receiver: Receiver) -> None:
    told(series, receiver)
    event = make_event(series)
    make_response(event, {make_question(event): "Told late."}, received_at=now())
    tell_what_waits.call_local()
    assert [message.said["type"] for message in receiver.messages] == ["response.received"]


def test_the_log_is_kept_for_a_month(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    send_test(webhook, now() - timedelta(days=31))
    kept = send_test(webhook, now())
    assert forget_old(now()) == 1
    assert [delivery.id for delivery in deliveries()] == [kept.id]


def test_the_body_is_json_whatever_happened(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    send_test(webhook, now())
    deliver_due(webhook.id, now)
    said = json.loads(receiver.messages[0].body)
    assert set(said) == {"type", "timestamp", "data"}
    assert said["data"] == {"series_id": series.id}
