"""Where an event and a series stand, in words, and what an organiser would do next."""

from datetime import datetime
from typing import NamedTuple

from ..wording import moment
from .models import Event, Question, Series


def state_in_words(event: Event, now: datetime) -> str:
    """ "opens 8 July 2003, 09:00", "open", "closed 8 July 2003, 17:00" and their like, at the event's place."""
    state = event.state(now)
    if state == "closed":
        return f"closed {moment(event.closes_at, event.time_zone)}"
    if state == "before":
        return f"opens {moment(event.opens_at, event.time_zone)}" if event.opens_at else "not opened yet"
    return f"open until {moment(event.closes_at, event.time_zone)}" if event.closes_at else "open"


def asked(event: Event) -> list[Question]:
    """The event's questions that are not retired."""
    return [question for question in event.questions if question.retired_at is None]


class Step(NamedTuple):
    """The next thing to do: its name, why, and the event it is about. `verb` picks the action that the page offers."""

    verb: str
    title: str
    why: str
    event: Event | None = None


def next_step(series: Series, now: datetime) -> Step:
    """The first thing that stands between the series and its report, as far as the programme knows."""
    events = list(series.events)
    if not events:
        return Step("add_event", "Add the first event", "Everything else hangs on an event: its date, place and code.")
    steps = [step_for(event, now) for event in events]
    for verb in ("collect", "ask", "open", "wait"):
        for step in steps:
            if step.verb == verb:
                return step
    return Step(
        "listen",
        "Find the themes in what was said",
        "Every event has closed. Read what came in, then let the themes be suggested.",
    )


def step_for(event: Event, now: datetime) -> Step:
    """The next thing to do for one event."""
    state = event.state(now)
    if state == "closed":
        return Step("listen", "Read what was said", "The event has closed.", event)
    if not asked(event):
        why = "Take a ready set and change it, or write your own. Delegates answer what you ask here."
        return Step("ask", f"Ask something at {event.title}", why, event)
    if state == "open":
        why = "The form is open. Show the code on a slide or a poster; no account is needed to answer."
        return Step("collect", f"Let delegates answer at {event.title}", why, event)
    if event.opens_at is not None:
        why = f"It {state_in_words(event, now)}. Until then, print the posters and try the form."
        return Step("wait", f"Get ready for {event.title}", why, event)
    why = "The questions stand. Delegates can answer as soon as you open the event."
    return Step("open", f"Open {event.title}", why, event)
