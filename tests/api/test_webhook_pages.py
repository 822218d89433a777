"""An owner's pages of webhooks."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.receiver import Receiver
from tests.api.telling import told
from webapp.accounts.models_audit import AuditEntry
from webapp.api.models_webhooks import KINDS, Webhook, WebhookDelivery
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Series

pytestmark = pytest.mark.usefixtures("private_networks")


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
        "https://[fec0::1]/": "leads into a private network",
        "https://[3fff::1]/": "leads into a private network",
        "https://[5f00::1]/": "leads into a private network",
        "https://[::127.0.0.1]/": "leads into a private network",
        "https://192.0.0.8/": "leads into a private network",
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
