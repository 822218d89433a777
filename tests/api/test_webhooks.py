"""Webhooks: what is told, signed, in order, again after failures; and where nothing is ever sent."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient

from tests.api.receiver import Receiver
from tests.conftest import browser_of
from tests.factories import make_event, make_question, make_response, make_series
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.accounts.models_audit import AuditEntry
from webapp.api import delivering, reaching
from webapp.api.announcing import announce
from webapp.api.delivering import deliver_due, forget_old
from webapp.api.models_webhooks import KINDS, Webhook, WebhookDelivery
from webapp.api.reaching import Unreachable, checked_address, is_public, post_to
from webapp.api.tasks import tell_what_waits
from webapp.api.webhooks import add_webhook, resume_webhook, send_test
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Series
from webapp.report.publishing import publish
from webapp.themes.analysing import ask_for_themes
from webapp.themes.tasks import analyse, read_event
from webapp.wording import now


@pytest.fixture(autouse=True)
def private_networks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WEBHOOKS_TO_PRIVATE_NETWORKS", True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser)


def told(series: Series, receiver: Receiver, *kinds: str) -> tuple[Webhook, str]:
    owner = db.session.query(User).first()
    assert owner is not None
    return add_webhook(series, receiver.address, kinds or KINDS, owner, now() - timedelta(minutes=1))


def deliveries() -> list[WebhookDelivery]:
    db.session.expire_all()
    return db.session.query(WebhookDelivery).order_by(WebhookDelivery.id).all()


def at(moment: datetime) -> Any:
    return lambda: moment


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


def test_redirects_are_not_followed(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.answers = [302]
    delivery = send_test(webhook, now())
    deliver_due(webhook.id, now)
    assert [message.path for message in receiver.messages] == ["/hook?from=rapporteur"]
    assert delivery.said == "302 Found; redirects are not followed"


def test_nobody_who_listens_is_said_in_words(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.close()
    delivery = send_test(webhook, now())
    deliver_due(webhook.id, now)
    assert (delivery.status, delivery.said) == (None, "No answer: ConnectionRefusedError.")


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


def test_the_log_is_kept_for_a_month(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    send_test(webhook, now() - timedelta(days=31))
    kept = send_test(webhook, now())
    assert forget_old(now()) == 1
    assert [delivery.id for delivery in deliveries()] == [kept.id]


def test_an_owner_adds_tests_and_removes_it_on_the_pages(
    signed_in: FlaskClient, series: Series, receiver: Receiver
) -> None:
    page = signed_in.post(
        f"/series/{series.id}/webhooks",
        data={"address": receiver.address, "kinds": ["edition.published"]},
        follow_redirects=True,
    )
    assert page.status_code == 200
    webhook = db.session.query(Webhook).one()
    secret = page.text.partition('value="whsec_')[2].partition('"')[0]
    assert len(secret) == 44
    assert secret not in webhook.secret
    there = f"/series/{series.id}/webhooks/{webhook.id}"
    assert "whsec_" not in signed_in.get(there).text

    signed_in.post(f"{there}/test")
    [message] = receiver.messages
    assert message.said["type"] == "test"
    assert message.signed_with("whsec_" + secret)
    assert "200 OK" in signed_in.get(there).text
    signed_in.post(f"{there}/remove")
    assert db.session.query(Webhook).count() == db.session.query(WebhookDelivery).count() == 0
    details = [entry.detail for entry in db.session.query(AuditEntry).filter_by(kind="webhook")]
    assert details == ["127.0.0.1 is told of edition.published", "127.0.0.1 is told nothing any more"]


def test_what_is_wrong_with_an_address_is_said_and_nothing_typed_is_lost(
    app: Flask, signed_in: FlaskClient, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WEBHOOKS_TO_PRIVATE_NETWORKS", False)
    for address, words in {
        "http://example.org/": "has to begin with https://",
        "https://127.0.0.1/": "leads into a private network",
        "https://localhost/": "leads into a private network",
        "https://[::1]/": "leads into a private network",
        "https://169.254.169.254/latest/meta-data": "leads into a private network",
        "ftp://example.org/": "has to begin with https://",
        "https://": "This is not an address",
        "https://user:secret@example.org/": "This is not an address",
        "https://example.org:99999/": "This is not an address",
    }.items():
        page = signed_in.post(f"/series/{series.id}/webhooks", data={"address": address, "kinds": list(KINDS)})
        assert page.status_code == 400
        assert words in page.text and f'value="{address}"' in page.text, address
    assert db.session.query(Webhook).count() == 0


def test_a_series_has_ten_at_most(series: Series, receiver: Receiver) -> None:
    for _ in range(10):
        told(series, receiver)
    with pytest.raises(Refused, match="10 webhooks at most"):
        told(series, receiver)


PRIVATE = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.168.1.1 192.0.2.1 198.18.0.1
224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1
2001:db8::1 64:ff9b::7f00:1 2002:7f00:1::1 2001:0:4136:e378:8000:63bf:3fff:fdd2""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_an_address_of_the_open_internet_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "[::ffff:7f00:1]"])
def test_loopback_by_another_name_is_sent_nothing(host: str, receiver: Receiver) -> None:
    answer = post_to(f"https://{host}:{receiver.port}/", b"{}", {}, private_too=False)
    assert answer.status is None
    assert "private network" in answer.said
    assert receiver.messages == []


def test_a_name_that_answers_differently_a_moment_later_leads_nowhere_else(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked up once, and one private address among several is one too many."""
    looked_up = []

    def answers(host: str, port: int, *_: Any, **__: Any) -> Any:
        looked_up.append(host)
        public, private = ("93.184.215.14", port), ("127.0.0.1", port)
        first = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", public)]
        return first if len(looked_up) == 1 else [(socket.AF_INET, socket.SOCK_STREAM, 6, "", private)]

    went_to: list[Any] = []

    def connects(_socket: socket.socket, place: Any) -> None:
        went_to.append(place)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket.socket, "connect", connects)
    answer = post_to(f"https://rebound.example:{receiver.port}/", b"{}", {}, private_too=False)
    assert (answer.status, answer.said) == (None, "No answer within ten seconds.")
    assert (looked_up, went_to) == (["rebound.example"], [("93.184.215.14", receiver.port)])


def test_an_address_that_would_write_headers_of_its_own_is_none() -> None:
    for address in (
        "https://example.org/\r\nHost: other",
        "https://example.org/ x",
        "https://exämple.org/",
        "https://a\x00b/",
    ):
        with pytest.raises(Unreachable):
            checked_address(address, True)


def test_the_body_is_json_whatever_happened(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    send_test(webhook, now())
    deliver_due(webhook.id, now)
    said = json.loads(receiver.messages[0].body)
    assert set(said) == {"type", "timestamp", "data"}
    assert said["data"] == {"series_id": series.id}


def certified(folder: Path) -> Path:
    """A certificate of one's own for localhost with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "both.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return folder / "both.pem"


def test_a_message_by_https_goes_to_who_proves_the_name(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certified(tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    receiver.server.socket = served.wrap_socket(receiver.server.socket, server_side=True)
    there = f"https://localhost:{receiver.port}/"
    unknown = post_to(there, b"{}", {}, private_too=True)
    assert (unknown.status, unknown.said) == (None, "No secure connection: CERTIFICATE_VERIFY_FAILED.")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert post_to(there, b"{}", {}, private_too=True).said == "200 OK"
    wrong_name = post_to(f"https://127.0.0.1:{receiver.port}/", b"{}", {}, private_too=True)
    assert wrong_name.status is None
    assert len(receiver.messages) == 1


def test_who_answers_a_letter_at_a_time_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "SECONDS", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with suppress(OSError), connection:
                for letter in b"HTTP/1.1 200 " + b"K" * 1000:
                    connection.sendall(bytes([letter]))
                    sleep(0.05)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        answer = post_to(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, private_too=True)
        thread.join()
    assert (answer.status, answer.said) == (None, "No answer within ten seconds.")
