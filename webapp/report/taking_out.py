"""Words that their authors took back leave the stored editions too, for good. No page shows them from the moment they
are taken back (`editions.published`); this is so that no backup or database keeps them either."""

from datetime import datetime

from huey import crontab
from sqlalchemy import delete, select

from ..collect.models import Response
from ..extensions import db, huey
from ..programme.models import Event
from ..themes.models import Statement
from ..themes.tasks import app_context
from ..themes.unsaid import Unsaid, unsaid_in, unsaid_without
from .differences import cut_anew
from .editions import edition_of, left_out_of, printed_in, taken_out_of, those_among
from .frozen import TAKEN_OUT
from .leaving_out import Contents, reworded, without_words
from .models import Edition, EditionUse, ReportDraft


def words_were_set_aside(_sender: object, series_id: int) -> None:
    """Leave it to the worker: an edition's contents are large, and whoever takes words back need not wait for them."""
    if _editions_of_series(series_id):
        take_out(series_id)


@huey.task(retries=3, retry_delay=5)
def take_out(series_id: int) -> None:
    with app_context():
        take_words_out(series_id)


@huey.periodic_task(crontab(hour="3", minute="47"))
def take_out_what_was_missed() -> None:
    """Each night, whatever kept a worker from it: one that was killed, or an edition published in the same moment."""
    with app_context():
        for series_id in list(db.session.scalars(select(ReportDraft.series_id).join(Edition).distinct())):
            take_words_out(series_id)


def take_words_out(series_id: int) -> int:
    """Store each edition of the series without the words of statements that were retired or deleted since. What an
    organiser withheld stays in them unseen: that can be undone. How many editions were changed."""
    changed = 0
    for edition in _editions_of_series(series_id):
        printed = printed_in(edition.contents)
        changed += store_without(edition, printed - those_among(printed, Statement.retired_at.is_(None)))
    db.session.commit()
    return changed


def keep_what_is_printed(_sender: object, event_id: int) -> None:
    """Before an event's words are removed: store each edition without those of them that its readers do not get, as
    what was cut or withheld cannot be told afterwards; one that is not public without any of them. The caller
    commits."""
    series_id = db.session.get_one(Event, event_id).series_id
    theirs = set(db.session.scalars(select(Statement.id).where(Statement.event_id == event_id)))
    unsaid = unsaid_in(series_id, public=True, event_id=event_id)
    for edition in _editions_of_series(series_id):
        public = edition.unpublished_at is None
        store_without(edition, theirs & (left_out_of if public else printed_in)(edition.contents), unsaid)


def keep_out_what_was_cut(_sender: object, response_id: int) -> None:
    """Before a response's words are deleted: store each edition without what was cut from them and nobody else says,
    as it cannot be told afterwards. The caller commits."""
    series_id = db.session.get_one(Response, response_id).event.series_id
    unsaid = unsaid_without(series_id, response_id=response_id)
    for edition in _editions_of_series(series_id) if unsaid else []:
        store_without(edition, set(), unsaid)


def forget_event(_sender: object, event_id: int, now: datetime) -> None:
    """Before an event is deleted: store each edition that stays without its words and without what was cut from them,
    and let go of where they were used. The caller commits."""
    series_id = db.session.get_one(Event, event_id).series_id
    theirs = select(Statement.id).where(Statement.event_id == event_id)
    ids, unsaid = set(db.session.scalars(theirs)), unsaid_without(series_id, event_id=event_id)
    for edition in _editions_of_series(series_id):
        if edition.draft.event_id != event_id:
            store_without(edition, printed_in(edition.contents) & ids, unsaid)
    used = EditionUse.statement_id.in_(theirs)
    db.session.execute(delete(EditionUse).where(used), execution_options={"synchronize_session": False})


def store_without(edition: Edition, gone: set[int], unsaid: Unsaid | None = None) -> bool:
    """Take the statements' words, and what was cut, out of what is stored of the edition. Whether any were in it. The
    caller commits."""
    # The words that another process takes out in this moment must not come back with these contents.
    db.session.refresh(edition, ("contents",), with_for_update=True)
    contents = edition.contents
    kept = without_words(contents, frozenset(gone), taken_out_of(contents))
    kept = reworded(kept, unsaid.places) if unsaid else kept
    kept = cut_anew(kept, lambda number: _stored(edition.draft, number))
    if not gone and kept == contents:
        return False
    edition.contents = kept | {TAKEN_OUT: sorted(gone.union(contents.get(TAKEN_OUT, ())))}
    return True


def _stored(draft: ReportDraft, number: int) -> Contents | None:
    """The contents of an earlier edition, from which the words went before."""
    edition = edition_of(draft, number)
    return edition.contents if edition is not None else None


def _editions_of_series(series_id: int) -> list[Edition]:
    query = select(Edition).join(ReportDraft).where(ReportDraft.series_id == series_id).order_by(Edition.id)
    return list(db.session.scalars(query))
