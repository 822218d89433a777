"""Series and events: made, changed, opened, closed, deleted. Sessions and questions have files of their own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from ..accounts.audit import record_audit
from ..accounts.models import Membership, User
from ..errors import Refused
from ..extensions import db
from ..text_input import clean_line
from ..wording import moment
from . import rules
from .actions_copying import copy_programme
from .actions_questions import (
    add_question,
    delete_question,
    move_question,
    restore_question,
    retire_question,
    update_question,
    use_question_set,
)
from .actions_sessions import (
    add_session,
    add_table,
    add_tables,
    move_session,
    remove_session,
    remove_table,
    renew_link,
    update_session,
    update_table,
)
from .models import CONSENTS, FACET_WORDS, Event, Series
from .rules import NotValid
from .signals import event_going

__all__ = [
    "add_question",
    "add_session",
    "add_table",
    "add_tables",
    "close_event",
    "copy_programme",
    "create_event",
    "create_series",
    "delete_event",
    "delete_question",
    "delete_series",
    "move_question",
    "move_session",
    "open_event",
    "remove_session",
    "remove_table",
    "renew_link",
    "restore_question",
    "retire_question",
    "update_event",
    "update_question",
    "update_series",
    "update_session",
    "update_table",
    "use_question_set",
]

WORDS_WENT = "The words of this event were removed at the end of their time"
SERIES_TEXTS = (
    "purpose",
    "organisers",
    "what_next",
    "about_bodies",
    "contacts",
    "organisation_types",
    "facet_words",
    "small_group",
    "report_language",
)


def create_series(user: User, title: str, now: datetime, **texts: Any) -> Series:
    """Make a series that the user owns. `texts` may name any of SERIES_TEXTS."""
    series = Series(title=rules.checked_title(title), created_at=now, organisation_types=[])
    set_texts(series, texts)
    db.session.add(series)
    db.session.flush()
    db.session.add(Membership(user_id=user.id, series_id=series.id, role="owner", since=now))
    record_audit("role", f"{user.email} made the series, as its owner", now, user, series.id)
    db.session.commit()
    return series


def update_series(series: Series, *, title: str | None = None, **texts: Any) -> None:
    """Change the title or any of SERIES_TEXTS; what is not named stays."""
    if title is not None:
        series.title = rules.checked_title(title)
    set_texts(series, texts)
    db.session.commit()


def set_texts(series: Series, texts: dict[str, Any]) -> None:
    """Set the named texts; an empty facet word falls back to the usual one."""
    for name, value in texts.items():
        if name not in SERIES_TEXTS:
            raise TypeError(f"a series has no text {name!r}")
        if name == "facet_words":
            value = {facet: clean_line(value.get(facet)) or usual for facet, usual in FACET_WORDS.items()}
        if name == "organisation_types":
            value = list(dict.fromkeys(value))
        setattr(series, name, value)


def delete_series(series: Series, typed_title: str, now: datetime, actor: User | None = None) -> None:
    """Delete the series with everything in it. The title has to be typed, so that no slip does it."""
    check_typed_title(series.title, typed_title)
    series_id, title = series.id, series.title
    db.session.delete(series)
    record_audit("deletion", f"series “{title}”", now, actor, series_id)
    db.session.commit()


def check_typed_title(title: str, typed: str) -> None:
    if clean_line(typed).casefold() != clean_line(title).casefold():
        raise NotValid("typed_title", f"This is not the title. Nothing was deleted. To delete, type: {title}")


def create_event(
    series: Series,
    *,
    title: str,
    place: str,
    starts_on: date,
    time_zone: str,
    now: datetime,
    ends_on: date | None = None,
    code: str | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    invited: int | None = None,
    attended: int | None = None,
    default_consent: str = "quote",
    ask_consent: bool = True,
    ask_table: bool = False,
) -> Event:
    """Add an event to the series; without a code it gets a new one. NotValid names the argument that will not do."""
    values = {
        "title": title,
        "place": place,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "time_zone": time_zone,
        "code": code or rules.new_code(),
        "opens_at": opens_at,
        "closes_at": closes_at,
        "invited": invited,
        "attended": attended,
        "default_consent": default_consent,
        "ask_consent": ask_consent,
        "ask_table": ask_table,
    }
    event = Event(series_id=series.id, created_at=now, **checked_event(values))
    db.session.add(event)
    commit_code(event.code)
    db.session.refresh(series)
    return event


def update_event(event: Event, **values: Any) -> None:
    """Change what is named, as `create_event` names it."""
    kept = {
        name: getattr(event, name)
        for name in ("title", "place", "starts_on", "ends_on", "time_zone", "code", "opens_at", "closes_at")
    }
    changed = checked_event(kept | values, event)
    refuse_to_open_again(event, changed["opens_at"], changed["closes_at"])
    for name, value in changed.items():
        setattr(event, name, value)
    commit_code(event.code)


def refuse_to_open_again(event: Event, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """NotValid where an event whose words were removed would take words after that."""
    removed = event.texts_removed_at
    if removed is None or opens_at is None or (opens_at, closes_at) == (event.opens_at, event.closes_at):
        return
    if closes_at is None or closes_at > removed:
        field = "closes_at" if opens_at == event.opens_at or opens_at <= removed else "opens_at"
        at = moment(removed, event.time_zone)
        raise NotValid(field, f"{WORDS_WENT}, {at}. It cannot be open after that. Make a new event instead.")


def checked_event(values: dict[str, Any], event: Event | None = None) -> dict[str, Any]:
    """The values in the form in which they are stored."""
    rules.check_days(values["starts_on"], values["ends_on"])
    rules.check_opening(values["opens_at"], values["closes_at"])
    if values.get("default_consent", "quote") not in CONSENTS:
        raise NotValid("default_consent", "Choose what is done with words unless the delegate says otherwise.")
    return values | {
        "title": rules.checked_title(values["title"]),
        "place": clean_line(values["place"])[:300],
        "time_zone": rules.checked_zone(values["time_zone"]),
        "code": rules.checked_code(values["code"], event),
    }


def commit_code(code: str) -> None:
    """Commit; of two organisers who choose one code at once, the second is told."""
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise NotValid("code", f"Another event has the code {code}. Choose a different one.") from error


def delete_event(event: Event, typed_title: str, now: datetime, actor: User | None = None) -> None:
    """Delete the event with all that was said at it. The title has to be typed, so that no slip does it."""
    check_typed_title(event.title, typed_title)
    series_id, title = event.series_id, event.title
    event_going.send(None, event_id=event.id, now=now)
    db.session.flush()
    db.session.delete(event)
    record_audit("deletion", f"event “{title}”", now, actor, series_id)
    db.session.commit()


def open_event(event: Event, now: datetime) -> None:
    """Let responses in from now on; opening a closed event again takes its closing time away. Refused once its words
    were removed: what came in would be kept for no time at all."""
    if event.texts_removed_at is not None:
        raise Refused(f"{WORDS_WENT}. Make a new event instead.")
    if event.state(now) == "before":
        event.opens_at = now
    if event.closes_at is not None and event.closes_at <= now:
        event.closes_at = None
    db.session.commit()


def close_event(event: Event, now: datetime) -> None:
    """Let no more responses in. An event that is closed keeps the time at which it closed."""
    state = event.state(now)
    if state == "before":
        raise Refused("The event has not opened, so there is nothing to close.")
    if state == "open":
        event.closes_at = now
    db.session.commit()
