"""How long a series keeps what was said: after that its words are removed, and what was counted stays."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, or_, select, update

from ..accounts.audit import record_audit
from ..accounts.models import User
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Question, Series
from ..programme.rules import NotValid
from ..wording import count
from . import signals
from .models import Answer, FloorQuestion, GroupNote, GroupNoteRevision, Response
from .models_imports import FileImport
from .models_sealed import SealedText

FEWEST_DAYS, MOST_DAYS = 30, 3650
# Nobody's words go on the day on which somebody typed a number.
GRACE = timedelta(days=7)


def keep_texts_for(series: Series, days: int | None, actor: User, now: datetime) -> None:
    """Keep the series' texts for so many days from each event's end; None keeps them. NotValid out of range."""
    if days is not None and not FEWEST_DAYS <= days <= MOST_DAYS:
        raise NotValid("days", f"Write a number of days from {FEWEST_DAYS} to {MOST_DAYS:,}.")
    if days == series.keep_texts_days:
        return
    series.keep_texts_days, series.keep_texts_since = days, now
    said = "texts are kept" if days is None else f"texts are kept for {count(days, 'day')} from each event's end"
    record_audit("retention", said, now, actor, series.id)
    db.session.commit()


def ended_at(event: Event) -> datetime:
    """The end of its last day at its place, or its closing time where that is later."""
    midnight = datetime.combine(
        (event.ends_on or event.starts_on) + timedelta(days=1), time(), tzinfo=ZoneInfo(event.time_zone)
    ).astimezone(UTC)
    return midnight if event.closes_at is None else max(midnight, event.closes_at)


def removal_at(event: Event) -> datetime | None:
    """From when on the event's words are removed: a week after that was decided at the earliest; None for never."""
    series = event.series
    if series.keep_texts_days is None or series.keep_texts_since is None:
        return None
    if event.texts_removed_at is not None:
        # What came in since, from cards or a file, is as old as the event.
        return max(event.texts_removed_at, series.keep_texts_since + GRACE)
    return max(ended_at(event) + timedelta(days=series.keep_texts_days), series.keep_texts_since + GRACE)


def words_removed_mark(series: Series) -> str:
    """What stands in the place of a text that was removed, in the language of the series' reports."""
    with force_locale(series.report_language):
        return _("[words removed]")


def has_words(event: Event) -> bool:
    """Whether anything that was said at the event is kept in words, read or not."""
    mark = words_removed_mark(event.series)
    responses = select(Response.id).where(Response.event_id == event.id)
    asked = FloorQuestion.session_id.in_(select(EventSession.id).where(EventSession.event_id == event.id))
    kept: list[ColumnElement[bool]] = [
        exists().where(Answer.response_id.in_(responses), Answer.text != mark),
        exists().where(GroupNote.id.in_(_notes_at(event)), GroupNote.text != mark),
        exists().where(asked, FloorQuestion.text != mark),
        exists().where(asked, FloorQuestion.answer.not_in(("", mark))),
        exists().where(Response.event_id == event.id, Response.table_name != ""),
    ]
    return bool(db.session.scalar(select(or_(*kept)))) or any(
        answer.value["other"] != mark for answer in _other_choices(responses)
    )


def remove_texts(event: Event, now: datetime) -> None:
    """Remove every word that was said at the event from all tables, for good, and close it if it is open.

    What was counted stays: who answered when and from what kind of organisation, ratings and choices, where each
    statement stands. A published edition keeps the words that it printed.
    """
    signals.texts_going.send(None, event_id=event.id)
    mark = words_removed_mark(event.series)
    responses = select(Response.id).where(Response.event_id == event.id)
    notes = _notes_at(event)
    _blank(Answer, Answer.response_id.in_(responses) & Answer.text.is_not(None), text=mark)
    _blank_other_choices(responses, mark)
    _blank(GroupNote, GroupNote.id.in_(notes), text=mark)
    _blank(GroupNoteRevision, GroupNoteRevision.note_id.in_(notes), text=mark)
    asked = FloorQuestion.session_id.in_(select(EventSession.id).where(EventSession.event_id == event.id))
    _blank(FloorQuestion, asked & (FloorQuestion.answer != ""), answer=mark)
    _blank(FloorQuestion, asked, text=mark, answered_by="")
    for sealed in _sealed_at(responses, notes, asked):
        _blank(SealedText, sealed, text="")
    _blank(Response, Response.event_id == event.id, table_name="")
    # A file that names its events by row may be about to be imported for another one, unless it lay for a week.
    lying = (FileImport.series_id == event.series_id) & (FileImport.uploaded_at < now - GRACE)
    _blank(FileImport, lying | (FileImport.event_id == event.id), content=None, problems=[])
    event.closes_at = now if event.state(now) == "open" else event.closes_at
    event.texts_removed_at = now
    signals.texts_removed.send(None, event_id=event.id, mark=mark, now=now)
    record_audit("retention", f"the words of event {event.id} were removed", now, None, event.series_id)
    db.session.commit()


def _notes_at(event: Event) -> Select[tuple[int]]:
    return (
        select(GroupNote.id)
        .join(DiscussionTable, GroupNote.table_id == DiscussionTable.id)
        .join(EventSession, DiscussionTable.session_id == EventSession.id)
        .where(EventSession.event_id == event.id)
    )


def _sealed_at(
    responses: Select[tuple[int]], notes: Select[tuple[int]], asked: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    return [
        SealedText.answer_id.in_(select(Answer.id).where(Answer.response_id.in_(responses))),
        SealedText.note_id.in_(notes),
        SealedText.revision_id.in_(select(GroupNoteRevision.id).where(GroupNoteRevision.note_id.in_(notes))),
        SealedText.floor_question_id.in_(select(FloorQuestion.id).where(asked)),
    ]


def _other_choices(responses: Select[tuple[int]]) -> list[Answer]:
    """The answers in which something was written beside the choices."""
    query = (
        select(Answer)
        .join(Question, Answer.question_id == Question.id)
        .where(Answer.response_id.in_(responses), Question.kind == "several_or_other")
    )
    return [
        answer for answer in db.session.scalars(query) if isinstance(answer.value, dict) and answer.value.get("other")
    ]


def _blank_other_choices(responses: Select[tuple[int]], mark: str) -> None:
    """What was written beside the choices goes; that something was is counted."""
    for answer in _other_choices(responses):
        answer.value = {**answer.value, "other": mark}


def _blank(model: Any, where: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(model).where(where).values(values), execution_options={"synchronize_session": "fetch"})
