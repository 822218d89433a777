"""What the worker does for webhooks: at once after news, and every minute for what waits or was missed."""

from huey import crontab
from sqlalchemy import select

from ..extensions import db, huey
from ..themes.tasks import app_context
from ..wording import now
from . import announcing, delivering
from .announcing import announce
from .delivering import deliver_due, forget_old, webhooks_with_due
from .models_webhooks import Webhook


def news_came(_sender: object, series_id: int) -> None:
    """Something happened in the series that a webhook may want to know."""
    wanted = select(Webhook.id).where(Webhook.series_id == series_id, Webhook.disabled_at.is_(None)).limit(1)
    if db.session.scalar(wanted) is not None:
        tell_news(series_id)


@huey.task()
def tell_news(series_id: int) -> None:
    with app_context():
        found = announce(series_id, now())
        theirs = set(db.session.scalars(select(Webhook.id).where(Webhook.series_id == series_id)))
        for webhook_id in theirs.intersection(webhooks_with_due(now())):
            deliver_and_go_on(webhook_id)
        if found >= announcing.AT_ONCE:
            tell_news(series_id)


def deliver_and_go_on(webhook_id: int) -> None:
    """Send what is due; where that is much, the rest is a task of its own, so that other work comes between."""
    if deliver_due(webhook_id, now) >= delivering.AT_ONCE:
        deliver_to(webhook_id)


@huey.task()
def deliver_to(webhook_id: int) -> None:
    """What is due to one webhook."""
    with app_context():
        deliver_and_go_on(webhook_id)


@huey.periodic_task(crontab(minute="*"))
def tell_what_waits() -> None:
    """Retries, and news whose task was lost with a worker."""
    with app_context():
        series = select(Webhook.series_id).where(Webhook.disabled_at.is_(None)).distinct()
        for series_id in list(db.session.scalars(series)):
            announce(series_id, now())
        for webhook_id in webhooks_with_due(now()):
            deliver_and_go_on(webhook_id)
        forget_old(now())
