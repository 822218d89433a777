"""What an owner does with webhooks: add, test, resume, remove."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from ..accounts.audit import record_audit
from ..accounts.models import User
from ..errors import DomainError, NotFound, Refused
from ..extensions import db
from ..programme.models import Series
from .models_webhooks import KINDS, TEST, Webhook, WebhookDelivery
from .reaching import checked_address, places_of
from .signing import locked, new_secret

MOST_WEBHOOKS = 10


def private_too() -> bool:
    return bool(current_app.config["WEBHOOKS_TO_PRIVATE_NETWORKS"])


def add_webhook(series: Series, address: str, kinds: Iterable[str], actor: User, now: datetime) -> tuple[Webhook, str]:
    """Tell an address what happens in the series from now on; with the webhook, once, its secret."""
    wanted = [kind for kind in KINDS if kind in set(kinds)]
    if not wanted:
        raise DomainError("Choose at least one thing that it is told.")
    address = address.strip()
    parts = checked_address(address, private_too())
    places_of(parts, private_too())
    there = select(func.count()).select_from(Webhook).where(Webhook.series_id == series.id)
    if (db.session.scalar(there) or 0) >= MOST_WEBHOOKS:
        raise Refused(f"A series has {MOST_WEBHOOKS} webhooks at most. Remove one that is not needed.")
    secret = new_secret()
    webhook = Webhook(
        series_id=series.id,
        address=address,
        kinds=wanted,
        secret=locked(secret),
        made_by_id=actor.id,
        made_at=now,
    )
    db.session.add(webhook)
    # The rest of the address may hold a secret of the other side's.
    record_audit("webhook", f"{parts.hostname} is told of {', '.join(wanted)}", now, actor, series.id)
    db.session.commit()
    return webhook, secret


def send_test(webhook: Webhook, now: datetime) -> WebhookDelivery:
    """Put a message that says nothing in line; it is tried at once, even where the webhook rests."""
    numbers = select(func.max(WebhookDelivery.subject_id)).where(
        WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.kind == TEST
    )
    number = (db.session.scalar(numbers) or 0) + 1
    delivery = new_delivery(webhook, TEST, number, {"series_id": webhook.series_id}, now)
    db.session.add(delivery)
    db.session.commit()
    return delivery


def new_delivery(webhook: Webhook, kind: str, subject_id: int, data: dict[str, Any], now: datetime) -> WebhookDelivery:
    """A message to be sent as soon as may be; its body is the same at each try."""
    return WebhookDelivery(
        webhook_id=webhook.id,
        message_id=f"msg_{secrets.token_hex(16)}",
        kind=kind,
        subject_id=subject_id,
        payload={"type": kind, "timestamp": now.isoformat(), "data": data},
        made_at=now,
        due_at=now,
    )


def resume_webhook(webhook: Webhook, actor: User, now: datetime) -> None:
    """Try again from now on; what waits is sent first."""
    if webhook.disabled_at is not None:
        record_audit("webhook", f"{host_of(webhook)} is told again", now, actor, webhook.series_id)
    webhook.disabled_at, webhook.disabled_why = None, ""
    webhook.failures, webhook.failing_since, webhook.rest_until = 0, None, None
    waiting = (WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.due_at > now)
    db.session.execute(update(WebhookDelivery).where(*waiting).values(due_at=now))
    db.session.commit()


def remove_webhook(webhook: Webhook, actor: User, now: datetime) -> None:
    """Tell the address nothing any more, and forget what it was told."""
    db.session.delete(webhook)
    record_audit("webhook", f"{host_of(webhook)} is told nothing any more", now, actor, webhook.series_id)
    db.session.commit()


def host_of(webhook: Webhook) -> str:
    return checked_address(webhook.address, True).hostname or ""


def webhooks_of(series: Series) -> list[Webhook]:
    return list(db.session.scalars(select(Webhook).where(Webhook.series_id == series.id).order_by(Webhook.id)))


def webhook_in(series: Series, webhook_id: int) -> Webhook:
    """One of the series' webhooks; NotFound for any other."""
    found = db.session.get(Webhook, webhook_id)
    if found is None or found.series_id != series.id:
        raise NotFound("This series has no such webhook.")
    return found


def log_of(webhook: Webhook, most: int = 50) -> list[WebhookDelivery]:
    """The last messages to the webhook, newest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    return list(db.session.scalars(query.order_by(WebhookDelivery.id.desc()).limit(most)))
