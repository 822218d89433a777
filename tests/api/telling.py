"""What the tests of webhooks begin with: a webhook that tells a receiver, and a look at what was sent."""

from datetime import datetime, timedelta
from typing import Any

from tests.api.receiver import Receiver
from webapp.accounts.models import User
from webapp.api.models_webhooks import KINDS, Webhook, WebhookDelivery
from webapp.api.webhooks import add_webhook
from webapp.extensions import db
from webapp.programme.models import Series
from webapp.wording import now


def told(series: Series, receiver: Receiver, *kinds: str) -> tuple[Webhook, str]:
    owner = db.session.query(User).first()
    assert owner is not None
    return add_webhook(series, receiver.address, kinds or KINDS, owner, now() - timedelta(minutes=1))


def deliveries() -> list[WebhookDelivery]:
    db.session.expire_all()
    return db.session.query(WebhookDelivery).order_by(WebhookDelivery.id).all()


def at(moment: datetime) -> Any:
    return lambda: moment
