"""Sessions, their tables and the tables' links."""

import secrets
from datetime import datetime

from ..errors import Refused
from ..extensions import db
from ..text_input import clean_line
from ..wording import count
from . import rules
from .models import DiscussionTable, Event, EventSession
from .ordering import shift
from .rules import NotValid
from .signals import words_held

MOST_TABLES = 100


def add_session(event: Event, title: str, kind: str, speaker: str = "") -> EventSession:
    """Add a session at the end of the event's day."""
    last = max((session.position for session in event.sessions), default=0)
    session = EventSession(
        event=event,
        title=rules.checked_title(title),
        kind=rules.checked_session_kind(kind),
        speaker=clean_line(speaker)[:300],
        position=last + 1,
    )
    db.session.add(session)
    db.session.commit()
    return session


def update_session(session: EventSession, *, title: str, kind: str, speaker: str = "") -> None:
    """Change a session's title, kind and speaker."""
    session.title = rules.checked_title(title)
    session.kind = rules.checked_session_kind(kind)
    session.speaker = clean_line(speaker)[:300]
    db.session.commit()


def remove_session(session: EventSession) -> None:
    """Remove a session and its tables; Refused where something was said in it."""
    held = words_held(session)
    if held:
        raise Refused(
            f"“{session.title}” stays: it holds {count(held, 'note or question', 'notes and questions')}. "
            "Only a session in which nothing was said can be removed."
        )
    event = session.event
    event.sessions.remove(session)
    db.session.commit()


def move_session(session: EventSession, by: int) -> None:
    """Move a session earlier (-1) or later (1); at an end it stays."""
    shift(session.event.sessions, session, by)
    db.session.commit()


def add_table(session: EventSession, name: str, facilitator: str = "") -> DiscussionTable:
    """Add one table, or one scribe, with a link of its own."""
    table = DiscussionTable(
        session=session, name=checked_name(name), facilitator=clean_line(facilitator)[:200], token=new_token()
    )
    db.session.add(table)
    db.session.commit()
    return table


def add_tables(session: EventSession, number: int) -> list[DiscussionTable]:
    """See to it that the session has "Table 1" to "Table N"; those that it has already stay as they are."""
    if not 1 <= number <= MOST_TABLES:
        raise NotValid("number", f"A session can have 1 to {MOST_TABLES} tables.")
    there = {table.name for table in session.tables}
    names = [f"Table {index}" for index in range(1, number + 1)]
    added = [DiscussionTable(session=session, name=name, token=new_token()) for name in names if name not in there]
    db.session.add_all(added)
    db.session.commit()
    return added


def update_table(table: DiscussionTable, *, name: str, facilitator: str = "") -> None:
    """Change a table's name and who takes its notes."""
    table.name = checked_name(name)
    table.facilitator = clean_line(facilitator)[:200]
    db.session.commit()


def renew_link(table: DiscussionTable) -> None:
    """Give the table a new link. The old one stops working at once; its notes stay."""
    table.token = new_token()
    table.revoked_at = None
    db.session.commit()


def remove_table(table: DiscussionTable, now: datetime) -> bool:
    """Remove the table, or, where it has notes, only stop its link. Returns whether it is gone."""
    gone = not words_held(table)
    if gone:
        table.session.tables.remove(table)
    else:
        table.revoked_at = now
    db.session.commit()
    return gone


def checked_name(name: str) -> str:
    name = clean_line(name)
    if not 1 <= len(name) <= 100:
        raise NotValid("name", "Write a name of at most 100 characters.")
    return name


def new_token() -> str:
    """96 random bits: nobody guesses a table's link, and it still fits a small QR code."""
    return secrets.token_urlsafe(12)
