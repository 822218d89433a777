"""Who wants to hear more: a list of its own, linked to nothing that was said."""

from datetime import datetime

from sqlalchemy import delete, select

from ..accounts.audit import record_audit
from ..accounts.models import User
from ..errors import NotFound
from ..extensions import db
from ..programme.models import Series
from .models import NewsSubscriber


def subscribers_of(series: Series) -> list[NewsSubscriber]:
    """In order of address: in no order that would tell who came when."""
    query = select(NewsSubscriber).where(NewsSubscriber.series_id == series.id)
    return list(db.session.scalars(query.order_by(NewsSubscriber.email)))


def take_out(series: Series, subscriber_id: int, actor: User, now: datetime) -> None:
    """Delete one address; NotFound where it is not in the list any more. The log says that one was, and not which."""
    mine = (NewsSubscriber.id == subscriber_id, NewsSubscriber.series_id == series.id)
    gone = db.session.execute(delete(NewsSubscriber).where(*mine)).rowcount
    if not gone:
        raise NotFound("This address is not in the list any more.")
    record_audit("deletion", "one address of the list for news", now, actor, series.id)
    db.session.commit()
