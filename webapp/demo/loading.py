"""Loads the demo series by the same actions that organisers, delegates and facilitators use."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..accounts.models import User
from ..collect.actions import add_note, answer_question, ask_question, back_question, submit_response
from ..extensions import db
from ..programme.actions import (
    add_question,
    add_session,
    add_table,
    close_event,
    create_event,
    create_series,
    open_event,
)
from ..programme.models import Event, EventSession, Question, Series

CONTENT = Path(__file__).parent
OPENS = 8 * 60  # minutes after midnight
TIME_TO_ANSWER = timedelta(days=3)


def load_demo(owner: User, say: Callable[[str], object]) -> Series:
    """Make the demo series for its owner: three events, the last of them still open."""
    content = content_of("series.json")
    series = create_series(
        owner,
        content["title"],
        datetime(2003, 6, 2, 9, 0, tzinfo=UTC),
        purpose=content["purpose"],
        organisers=content["organisers"],
        what_next=content["what_next"],
        about_bodies="\n\n".join(f"{body['name']}: {body['text']}" for body in content["about_bodies"]),
        contacts="\n\n".join(
            "\n".join([each["name"], each["role"], each["email"], each["phone"]]) for each in content["contacts"]
        ),
        organisation_types=content["organisation_types"],
    )
    questions: dict[str, Question] = {}
    for number in (1, 2, 3):
        event = load_event(series, content_of(f"event-{number}.json"), questions)
        say(f"  {event.title}: code {event.code}")
    return series


def content_of(name: str) -> dict[str, Any]:
    return json.loads((CONTENT / name).read_text(encoding="utf-8"))


def load_event(series: Series, content: dict[str, Any], first: dict[str, Question]) -> Event:
    """One event with all that was said at it. `first` holds each question where it was asked first, by key."""
    day, zone = date.fromisoformat(content["date"]), ZoneInfo(content["time_zone"])

    def at(minute: int) -> datetime:
        return datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minute)

    event = create_event(
        series,
        title=content["title"],
        place=content["place"],
        starts_on=day,
        time_zone=content["time_zone"],
        now=at(0),
        code=content["code"],
        invited=content["invited"],
        attended=content["attended"],
    )
    open_event(event, at(OPENS))
    sessions = {
        each["key"]: add_session(event, each["title"], each["kind"], each["speaker"] or "")
        for each in content["sessions"]
    }
    questions = _load_questions(event, content, sessions, first)
    _load_responses(event, content, questions, at)
    _load_tables(content, sessions, questions, at)
    _load_floor(content, sessions, at)
    if content["code"] != "DEMO":
        close_event(event, at(17 * 60) + TIME_TO_ANSWER)
    return event


def _load_questions(
    event: Event, content: dict[str, Any], sessions: dict[str, EventSession], first: dict[str, Question]
) -> dict[str, Question]:
    questions = {}
    for each in content["questions"]:
        questions[each["key"]] = add_question(
            event,
            each["text"],
            each["kind"],
            choices=each["choices"] or (),
            required=each["required"],
            session=sessions.get(each["session"]),
            about_project=each["about_project"],
            copied_from=first.get(each["key"]),
        )
        first.setdefault(each["key"], questions[each["key"]])
    return questions


Clock = Callable[[int], datetime]


def _load_responses(event: Event, content: dict[str, Any], questions: dict[str, Question], at: Clock) -> None:
    for number, each in enumerate(content["responses"], start=1):
        submit_response(
            event,
            {questions[key].id: value for key, value in each["answers"].items()},
            f"demo-{event.code}-{number}",
            at(each["minute"]),
            organisation_type=each["organisation_type"],
        )


def _load_tables(
    content: dict[str, Any], sessions: dict[str, EventSession], questions: dict[str, Question], at: Clock
) -> None:
    for each in content["tables"]:
        table = add_table(sessions[each["session"]], each["name"], each.get("facilitator") or "")
        for number, note in enumerate(each["notes"], start=1):
            add_note(
                table,
                note["text"],
                f"demo-note-{table.id}-{number}",
                at(note["minute"]),
                facet=note["facet"],
                weight=note["weight"],
                question=questions.get(note["question"]),
            )


def _load_floor(content: dict[str, Any], sessions: dict[str, EventSession], at: Clock) -> None:
    for number, each in enumerate(content["floor_questions"], start=1):
        session = sessions[each["session"]]
        asked = ask_question(session, each["text"], f"demo-floor-{session.id}-{number}", at(each["minute"]))
        for backer in range(each["backed"]):
            back_question(asked, f"demo-backer-{backer}")
        if each["answer"]:
            answer_question(asked, each["answer"], each["answered_by"] or "", at(each["minute"] + 4))
    db.session.commit()
