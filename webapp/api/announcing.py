"""What is to be told is read off the database itself: whatever happened and has no message yet gets one.

So nothing is forgotten when a process is killed between the deed and the message, and nothing is told twice; and a
delegate's sending pays nothing for it, because the worker looks.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, delete, select, update

from ..collect.models import Response
from ..extensions import db
from ..programme.models import Event
from ..report.models import Edition, ReportDraft
from ..themes.models import Board, ThemeRun
from .models_webhooks import Webhook, WebhookDelivery
from .webhooks import new_delivery

# What is older was told, or is no news any more.
NEWS = timedelta(days=1)
AT_ONCE = 500


def announce(series_id: int, now: datetime) -> int:
    """A message for each webhook of the series and each thing it is to be told; how many were new."""
    made = 0
    webhooks = select(Webhook.id).where(Webhook.series_id == series_id, Webhook.disabled_at.is_(None))
    for webhook_id in list(db.session.scalars(webhooks)):
        # Two workers that look at the same moment: the second waits here, and finds nothing new.
        own = update(Webhook).where(Webhook.id == webhook_id).values(made_at=Webhook.made_at)
        if db.session.execute(own).rowcount:
            made += announce_to(db.session.get_one(Webhook, webhook_id), now)
        db.session.commit()
    return made


def announce_to(webhook: Webhook, now: datetime) -> int:
    since = max(webhook.made_at, now - NEWS)
    found = [
        new_delivery(webhook, kind, subject_id, data, now)
        for kind in webhook.kinds
        for subject_id, data in NEWS_OF[kind](webhook, since)
    ]
    db.session.add_all(found)
    return len(found)


def forget_event(_sender: object, event_id: int, now: datetime) -> None:
    """Before an event is deleted: let go of what was told, or is to be told, of its responses and editions. The caller
    commits."""
    responses = select(Response.id).where(Response.event_id == event_id)
    editions = select(Edition.id).join(ReportDraft).where(ReportDraft.event_id == event_id)
    for kind, gone in (("response.received", responses), ("edition.published", editions)):
        about = (WebhookDelivery.kind == kind, WebhookDelivery.subject_id.in_(gone))
        db.session.execute(delete(WebhookDelivery).where(*about), execution_options={"synchronize_session": False})


Told = Iterator[tuple[int, dict[str, Any]]]


def untold(webhook: Webhook, kind: str, subject: Any) -> ColumnElement[bool]:
    told = select(WebhookDelivery.id).where(
        WebhookDelivery.webhook_id == webhook.id,
        WebhookDelivery.kind == kind,
        WebhookDelivery.subject_id == subject,
    )
    return ~told.exists()


def address(path: str) -> str:
    """The path at this installation's public address, where that is set."""
    return str(current_app.config["PUBLIC_ADDRESS"]).rstrip("/") + path


def responses_received(webhook: Webhook, since: datetime) -> Told:
    """Those that delegates sent or that were typed from paper; not those that a file brought."""
    query = (
        select(Response.id, Response.event_id)
        .join(Event, Event.id == Response.event_id)
        .where(
            Event.series_id == webhook.series_id,
            Response.received_at >= since,
            Response.imported_from.is_(None),
            Response.withdrawn_at.is_(None),
            untold(webhook, "response.received", Response.id),
        )
    )
    for id_, event_id in db.session.execute(query.order_by(Response.id).limit(AT_ONCE)):
        at = address(f"/api/v1/responses/{id_}")
        yield id_, {"series_id": webhook.series_id, "event_id": event_id, "response_id": id_, "address": at}


def analyses_finished(webhook: Webhook, since: datetime) -> Told:
    query = (
        select(ThemeRun.id, ThemeRun.state, Board.about_project)
        .join(Board, Board.id == ThemeRun.board_id)
        .where(
            Board.series_id == webhook.series_id,
            ThemeRun.finished_at >= since,
            ThemeRun.state.in_(("done", "failed")),
            untold(webhook, "analysis.finished", ThemeRun.id),
        )
    )
    for id_, state, about_project in db.session.execute(query.order_by(ThemeRun.id).limit(AT_ONCE)):
        board = "project" if about_project else "subject"
        at = address(f"/api/v1/series/{webhook.series_id}/themes?board={board}")
        about = {"analysis_id": id_, "state": state, "board": board}
        yield id_, {"series_id": webhook.series_id, **about, "address": at}


def editions_published(webhook: Webhook, since: datetime) -> Told:
    query = (
        select(Edition.id, Edition.number, ReportDraft.event_id, ReportDraft.slug)
        .join(ReportDraft, ReportDraft.id == Edition.draft_id)
        .where(
            ReportDraft.series_id == webhook.series_id,
            Edition.published_at >= since,
            Edition.unpublished_at.is_(None),
            untold(webhook, "edition.published", Edition.id),
        )
    )
    for id_, number, event_id, slug in db.session.execute(query.order_by(Edition.id).limit(AT_ONCE)):
        about = {"edition_id": id_, "number": number, "event_id": event_id}
        at, page = address(f"/api/v1/editions/{id_}"), address(f"/reports/{slug}/{number}")
        yield id_, {"series_id": webhook.series_id, **about, "address": at, "page": page}


NEWS_OF: dict[str, Callable[[Webhook, datetime], Told]] = {
    "response.received": responses_received,
    "analysis.finished": analyses_finished,
    "edition.published": editions_published,
}
