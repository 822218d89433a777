"""Words that their authors took back leave the stored editions too, for good. No page shows them from the moment they
are taken back (`editions.published`); this is so that no backup or database keeps them either."""

from sqlalchemy import select

from ..extensions import db, huey
from ..programme.models import Event
from ..themes.models import Board, Statement
from ..themes.tasks import app_context
from .differences import cut_anew
from .editions import as_shown, edition_of, printed_in, taken_out_of
from .frozen import TAKEN_OUT
from .leaving_out import Contents, without_words
from .models import Edition, ReportDraft


def words_were_set_aside(_sender: object, series_id: int) -> None:
    """Leave it to the worker: an edition's contents are large, and whoever takes words back need not wait for them."""
    if _editions_of_series(series_id):
        take_out(series_id)


@huey.task(retries=3, retry_delay=5)
def take_out(series_id: int) -> None:
    with app_context():
        take_words_out(series_id)


def take_words_out(series_id: int) -> int:
    """Store each edition of the series without the words of statements that were retired since. What an organiser
    withheld stays in them unseen: that can be undone. How many editions were changed."""
    query = select(Statement.id).join(Board).where(Board.series_id == series_id, Statement.retired_at.is_not(None))
    retired = set(db.session.scalars(query))
    changed = 0
    for edition in _editions_of_series(series_id) if retired else []:
        contents = edition.contents
        gone = printed_in(contents) & retired
        kept = without_words(contents, frozenset(gone), taken_out_of(contents))
        kept = cut_anew(kept, lambda number, draft=edition.draft: _stored(draft, number))  # type: ignore[misc]
        if gone or kept != contents:
            edition.contents = kept | {TAKEN_OUT: sorted(gone.union(contents.get(TAKEN_OUT, ())))}
            changed += 1
    db.session.commit()
    return changed


def _stored(draft: ReportDraft, number: int) -> Contents | None:
    """The contents of an earlier edition, from which the words went before."""
    edition = edition_of(draft, number)
    return edition.contents if edition is not None else None


def keep_what_is_printed(_sender: object, event_id: int) -> None:
    """Before an event's words are removed: store each edition as its readers see it now, as what was cut or withheld
    since cannot be told afterwards; one that is not public without a word of the event. The caller commits."""
    series_id = db.session.get_one(Event, event_id).series_id
    theirs = set(db.session.scalars(select(Statement.id).where(Statement.event_id == event_id)))
    for edition in _editions_of_series(series_id):
        hidden = printed_in(edition.contents) & theirs if edition.unpublished_at is not None else set()
        contents, gone = as_shown(edition, hidden)
        if contents != edition.contents:
            edition.contents = contents | {TAKEN_OUT: sorted(gone.union(contents.get(TAKEN_OUT, ())))}


def _editions_of_series(series_id: int) -> list[Edition]:
    query = select(Edition).join(ReportDraft).where(ReportDraft.series_id == series_id).order_by(Edition.id)
    return list(db.session.scalars(query))
