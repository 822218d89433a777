"""Words that were cut must not live on in what was made of them: titles, terms, summaries in the log, reports."""

from typing import Any, Protocol

from blinker import Signal
from sqlalchemy import select

from ..collect.models import Response
from ..extensions import db
from .models import Board, CurationEntry, Statement, SuggestedChange, SuggestedTheme, Theme, ThemeRun
from .said_again import Places
from .unsaid import unsaid_in, unsaid_without

LONGEST_TITLE = 300
# The values in the log that are words of a person's, or of the machine's.
WRITTEN = {"theme.title", "theme.statement", "statement.practice_vouched_by"}
# Sent with `series_id` and `unsaid`, before the commit, so that the rooms further along take the words out too.
words_unsaid = Signal()


class Taken(Protocol):
    """What takes words out of values: cuts that nobody says any more, or statements that are kept no longer."""

    places: Places

    def taken_out(self, value: Any) -> Any: ...

    def term(self, term: Any) -> bool: ...


def blacken(series_id: int) -> None:
    """Take what nobody says any more out of everything that was made of the words. The caller commits."""
    db.session.flush()
    unsaid = unsaid_in(series_id)
    if unsaid:
        blacken_with(series_id, unsaid)


def blacken_with(series_id: int, unsaid: Taken) -> None:
    """The same with what is to be taken out. The caller commits."""
    boards = select(Board.id).where(Board.series_id == series_id)
    runs = select(ThemeRun.id).where(ThemeRun.board_id.in_(boards))
    for theme in db.session.scalars(select(Theme).where(Theme.board_id.in_(boards))):
        _clean(theme, unsaid)
    for suggested in db.session.scalars(select(SuggestedTheme).where(SuggestedTheme.run_id.in_(runs))):
        _clean(suggested, unsaid)
    for change in db.session.scalars(select(SuggestedChange).where(SuggestedChange.run_id.in_(runs))):
        change.parts = unsaid.taken_out(change.parts)
    for entry in db.session.scalars(select(CurationEntry).where(CurationEntry.board_id.in_(boards))):
        # The same words go from each value and from what the log says of it, so that it still replays.
        entry.summary, entry.note = unsaid.taken_out(entry.summary), unsaid.taken_out(entry.note)
        entry.changes = [_changed(change, unsaid) for change in entry.changes]
    for statement in db.session.scalars(
        select(Statement).where(Statement.board_id.in_(boards), Statement.practice_vouched_by != "")
    ):
        statement.practice_vouched_by = unsaid.taken_out(statement.practice_vouched_by)
    words_unsaid.send(None, series_id=series_id, unsaid=unsaid)


def blacken_before_erasing(_sender: object, response_id: int) -> None:
    """Take out what was cut from the response and nobody else says, before nobody can tell what it was. The caller
    commits."""
    series_id = db.session.get_one(Response, response_id).event.series_id
    unsaid = unsaid_without(series_id, response_id=response_id)
    if unsaid:
        blacken_with(series_id, unsaid)


def _changed(change: list[Any], unsaid: Taken) -> list[Any]:
    field, row_id, before, after = change
    if field not in WRITTEN:
        return change
    values = (unsaid.taken_out(before), unsaid.taken_out(after))
    return [field, row_id, *(value[:LONGEST_TITLE] if field == "theme.title" else value for value in values)]


def _clean(theme: Theme | SuggestedTheme, unsaid: Taken) -> None:
    theme.title = unsaid.taken_out(theme.title)[:LONGEST_TITLE]
    theme.statement = unsaid.taken_out(theme.statement)
    known = dict(theme.suggested or {})
    if isinstance(known.get("terms"), list):
        known["terms"] = [term for term in known["terms"] if not unsaid.term(term)]
    theme.suggested = unsaid.taken_out(known)
