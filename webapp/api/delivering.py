"""Messages are sent here, by the worker: in order, again after growing waits, and given up in the end."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from ..errors import DomainError
from ..extensions import db
from .models_webhooks import TEST, Webhook, WebhookDelivery
from .reaching import Answer, post_to
from .signing import signed_headers, unlocked
from .webhooks import private_too

# After the first try and each of the next; with the last failure the message is given up.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 1440)]
# After a failure the other messages of the webhook wait too: a minute, then twice as long each time.
SHORTEST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
ENOUGH = timedelta(days=3)
KEPT = timedelta(days=30)
# While a worker is at it; one that was killed leaves the message to the next.
AT_WORK = timedelta(minutes=2)
AT_ONCE = 100
# After this the worker turns to something else; what is left is still due.
LONGEST_TURN = timedelta(minutes=1)


def deliver_due(webhook_id: int, now: Callable[[], datetime]) -> int:
    """Send what is due to the webhook, oldest first, until one fails or its turn is over; how many were taken."""
    taken, began = 0, now()
    for _ in range(AT_ONCE):
        if now() - began > LONGEST_TURN:
            break
        delivery = claimed(webhook_id, now())
        if delivery is None:
            break
        answer = sent(delivery, now())
        note(delivery, answer, now())
        if not answer.taken:
            break
        taken += 1
    return taken


def awake(now: datetime) -> ColumnElement[bool]:
    """Neither disabled nor resting after a failure."""
    return and_(Webhook.disabled_at.is_(None), or_(Webhook.rest_until.is_(None), Webhook.rest_until <= now))


def claimed(webhook_id: int, now: datetime) -> WebhookDelivery | None:
    """The next message that is due, ours alone for two minutes; None where there is none, or the webhook rests."""
    query = (
        select(WebhookDelivery)
        .join(Webhook)
        .where(
            WebhookDelivery.webhook_id == webhook_id,
            WebhookDelivery.due_at <= now,
            or_(awake(now), WebhookDelivery.kind == TEST),
        )
    )
    found = db.session.scalar(query.order_by(WebhookDelivery.id).limit(1))
    if found is None:
        return None
    unchanged = (WebhookDelivery.id == found.id, WebhookDelivery.due_at == found.due_at)
    mine = {"due_at": now + AT_WORK, "tried_at": now, "tries": WebhookDelivery.tries + 1}
    won = db.session.execute(update(WebhookDelivery).where(*unchanged).values(mine)).rowcount
    db.session.commit()
    return found if won else None


def sent(delivery: WebhookDelivery, now: datetime) -> Answer:
    """One try. The body and the id are those of every other try; time and signature are this one's."""
    body = json.dumps(delivery.payload, separators=(",", ":"), sort_keys=True).encode()
    try:
        secret = unlocked(delivery.webhook.secret)
    except DomainError as error:
        return Answer(None, str(error), 0)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Rapporteur-Webhooks/1",
        **signed_headers(secret, delivery.message_id, int(now.timestamp()), body),
    }
    address = delivery.webhook.address
    # No connection of the database's is held while the other side thinks.
    db.session.commit()
    return post_to(address, body, headers, private_too())


def note(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    """Write down what came of a try, and when the next one is."""
    delivery.status, delivery.said, delivery.took_ms = answer
    webhook = delivery.webhook
    if answer.taken:
        delivery.due_at, delivery.delivered_at = None, now
        webhook.failures, webhook.failing_since, webhook.rest_until = 0, None, None
    elif delivery.kind == TEST:
        # Whoever pressed the button looks at the answer now, and presses it again.
        delivery.due_at = None
    else:
        note_failure(delivery, webhook, answer, now)
    db.session.commit()


def note_failure(delivery: WebhookDelivery, webhook: Webhook, answer: Answer, now: datetime) -> None:
    delivery.due_at = now + WAITS[delivery.tries - 1] if delivery.tries <= len(WAITS) else None
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    webhook.rest_until = now + min(LONGEST_REST, SHORTEST_REST * 2 ** min(webhook.failures - 1, 10))
    if answer.status == 410:
        disable(webhook, "The other side says that this address is gone for good (410).", now)
    elif now - webhook.failing_since >= ENOUGH:
        disable(webhook, f"Nothing was taken for three days. The last answer: {answer.said}", now)


def disable(webhook: Webhook, why: str, now: datetime) -> None:
    webhook.disabled_at, webhook.disabled_why = now, why[:400]


def webhooks_with_due(now: datetime) -> list[int]:
    """The webhooks to which something is to be sent now."""
    query = select(WebhookDelivery.webhook_id).join(Webhook).where(WebhookDelivery.due_at <= now, awake(now))
    return list(db.session.scalars(query.distinct().order_by(WebhookDelivery.webhook_id)))


def forget_old(now: datetime) -> int:
    """Delete messages of more than a month ago."""
    gone = db.session.execute(delete(WebhookDelivery).where(WebhookDelivery.made_at < now - KEPT)).rowcount
    db.session.commit()
    return int(gone)
