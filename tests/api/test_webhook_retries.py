"""Messages that are not taken: sent again, in order, given up, and the webhook switched off in the end."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.api.receiver import Receiver
from tests.api.telling import at, deliveries, told
from tests.conftest import browser_of
from tests.factories import make_event, make_question, make_response
from webapp.accounts.models import User
from webapp.api import delivering
from webapp.api.announcing import announce
from webapp.api.delivering import deliver_due
from webapp.api.webhooks import resume_webhook
from webapp.extensions import db
from webapp.programme.models import Series
from webapp.themes.tasks import read_event
from webapp.wording import now

pytestmark = pytest.mark.usefixtures("private_networks")


def test_a_message_that_fails_is_sent_again_after_growing_waits(series: Series, receiver: Receiver) -> None:
    webhook, secret = told(series, receiver)
    receiver.answers = [500, 503, 200]
    event = make_event(series)
    make_response(event, {make_question(event): "Sent thrice."}, received_at=now())
    start = now()
    announce(series.id, start)

    assert deliver_due(webhook.id, at(start)) == 0
    first = deliveries()[0]
    assert (first.state, first.said, first.due_at) == (
        "waiting",
        "500 Internal Server Error",
        start + timedelta(minutes=1),
    )
    assert deliver_due(webhook.id, at(start + timedelta(seconds=59))) == 0
    assert len(receiver.messages) == 1
    later = start + timedelta(minutes=1)
    assert deliver_due(webhook.id, at(later)) == 0
    assert deliveries()[0].due_at == later + timedelta(minutes=5)
    assert deliver_due(webhook.id, at(later + timedelta(minutes=5))) == 1
    assert webhook.failures == 0 and webhook.failing_since is None
    ids = {message.headers["webhook-id"] for message in receiver.messages}
    bodies = {message.body for message in receiver.messages}
    assert (len(receiver.messages), len(ids), len(bodies)) == (3, 1, 1)
    stamps = [int(message.headers["webhook-timestamp"]) for message in receiver.messages]
    assert stamps == sorted(set(stamps))
    assert all(message.signed_with(secret) for message in receiver.messages)


def test_the_others_wait_while_one_fails_and_come_in_order(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.answers = [500]
    event = make_event(series)
    question = make_question(event)
    made = [make_response(event, {question: f"Number {n}."}, received_at=now()).id for n in range(3)]
    start = now()
    announce(series.id, start)
    deliver_due(webhook.id, at(start))
    assert len(receiver.messages) == 1
    receiver.answers = [200]
    assert deliver_due(webhook.id, at(start + timedelta(minutes=1))) == 3
    assert [message.said["data"]["response_id"] for message in receiver.messages[1:]] == made


def test_a_message_is_given_up_after_its_last_wait(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.answers = [500]
    event = make_event(series)
    make_response(event, {make_question(event): "Never taken."}, received_at=now())
    moment = now()
    announce(series.id, moment)
    for wait in (timedelta(0), *delivering.WAITS):
        moment += wait
        deliver_due(webhook.id, at(moment))
    [delivery] = deliveries()
    assert (delivery.state, delivery.tries) == ("given up", 1 + len(delivering.WAITS))
    assert webhook.disabled_at is None


def test_after_three_days_without_success_it_is_switched_off_and_says_why(
    app: Flask, series: Series, receiver: Receiver, organiser: User
) -> None:
    webhook, _ = told(series, receiver)
    receiver.answers = [500]
    event = make_event(series)
    question = make_question(event)
    for n in range(2):
        make_response(event, {question: f"Number {n}."}, received_at=now())
    start = now()
    announce(series.id, start)
    deliver_due(webhook.id, at(start))
    deliver_due(webhook.id, at(start + timedelta(days=3)))

    db.session.expire_all()
    assert webhook.disabled_at == start + timedelta(days=3)
    page = browser_of(app, organiser).get(f"/series/{series.id}/webhooks/{webhook.id}").text
    assert "Nothing was taken for three days. The last answer: 500 Internal Server Error" in page
    assert announce(series.id, now()) == 0
    receiver.answers = [200]
    sent, again = len(receiver.messages), start + timedelta(days=3, minutes=1)
    assert deliver_due(webhook.id, at(again)) == 0
    resume_webhook(webhook, organiser, again)
    assert deliver_due(webhook.id, at(again)) == 2
    assert len(receiver.messages) == sent + 2


def test_a_receiver_that_says_gone_is_left_alone(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.answers = [410]
    event = make_event(series)
    make_response(event, {make_question(event): "Gone."}, received_at=now())
    read_event(event.id)
    db.session.expire_all()
    assert webhook.disabled_why == "The other side says that this address is gone for good (410)."


def test_two_workers_send_a_message_once(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    event = make_event(series)
    make_response(event, {make_question(event): "Once."}, received_at=now())
    moment = now()
    assert (announce(series.id, moment), announce(series.id, moment)) == (1, 0)
    assert delivering.claimed(webhook.id, moment) is not None
    assert delivering.claimed(webhook.id, moment) is None
    # The worker that had it was killed: two minutes later another takes it up.
    assert delivering.claimed(webhook.id, moment + timedelta(minutes=2)) is not None


def test_a_slow_receiver_leaves_the_worker_time_for_others(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    event = make_event(series)
    question = make_question(event)
    for n in range(4):
        make_response(event, {question: f"Number {n}."}, received_at=now())
    start = now()
    announce(series.id, start)
    # Each message takes 40 seconds by this clock.
    assert deliver_due(webhook.id, lambda: start + timedelta(seconds=40 * len(receiver.messages))) == 2
    assert deliver_due(webhook.id, at(start + timedelta(minutes=2))) == 2
    assert len(receiver.messages) == 4
