"""Files from other form tools in `exports/`, and an event for them to come into."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from tests.factories import NOON, make_event, make_question, make_series, make_user
from webapp.collect.import_receiving import receive_file
from webapp.collect.import_running import begin, run_import, try_import
from webapp.collect.models import Response
from webapp.collect.models_imports import FileImport
from webapp.extensions import db
from webapp.programme.models import Event, Series

EXPORTS = Path(__file__).parent / "exports"
WAY = "What gets in the way of managing performance?"
USE = "How useful was the day?"
PARTS = "Which parts were worth your time?"
RANK = "Put these in order of importance"
TALK = "Talking to others, in the breaks"


# 16:02:30 in London, in summer.
def clock() -> datetime:
    return NOON


def conference(parts: str = "several_choices") -> Event:
    event = make_event(make_series(), title="London")
    make_question(event, text=WAY)
    make_question(event, "rating", text=USE)
    make_question(event, parts, text=PARTS, choices=["Presentations", "Group discussions", TALK])
    return event


def uploaded(event: Event | None, name: str, series: Series | None = None, content: bytes | None = None) -> FileImport:
    content = (EXPORTS / name).read_bytes() if content is None else content
    series = series or event.series
    return receive_file(series, event, content, name, make_user(), NOON)


def brought_in(imported: FileImport) -> FileImport:
    """Tried, then imported; the trial and the run must tell the same."""
    assert begin(imported, "checking", NOON)
    try_import(imported, clock, "Europe/London")
    told = (imported.state, imported.added, imported.already_there, imported.faulty, imported.problems)
    assert told[0] == "checked", imported.error
    before = db.session.scalar(select(func.count()).select_from(Response))
    assert begin(imported, "importing", NOON)
    run_import(imported, clock, "Europe/London")
    assert (imported.state, imported.added, imported.already_there, imported.faulty, imported.problems) == (
        "done",
        *told[1:],
    )
    assert db.session.scalar(select(func.count()).select_from(Response)) == before + imported.added
    return imported


def stored() -> list[dict[str, Any]]:
    """What each stored response says, by the words of its questions."""
    responses = db.session.scalars(select(Response).where(Response.withdrawn_at.is_(None)).order_by(Response.id))
    return [
        {a.question.text: a.text if a.text is not None else a.value for a in response.answers} for response in responses
    ]


def counts(imported: FileImport) -> tuple[int, int, int]:
    return imported.added, imported.already_there, imported.faulty
