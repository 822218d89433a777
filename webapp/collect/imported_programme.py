"""The programme as an import needs it: what a file names is found, and what nobody made yet is made."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ..extensions import db
from ..programme.models import Event, EventSession, Question, Series
from ..programme.rules import new_code
from ..text_input import clean_line
from .row_values import same

DEFAULT_EVENT = "Imported comments"
DEFAULT_QUESTION = "Comments"


def date_at_start(text: str) -> date | None:
    """The date that a text begins with as yyyy-mm-dd, or None."""
    match = re.match(r"\d{4}-\d{2}-\d{2}", text)
    try:
        found = date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None
    return found if found is not None and 1900 <= found.year <= 2200 else None


class ImportedProgramme:
    """The series' events, sessions and questions by their words.

    A trial makes the same rows and hands none of them to the database.
    """

    def __init__(self, series: Series, now: datetime, time_zone: str, trial: bool = False) -> None:
        self.series, self.now, self.time_zone, self.trial = series, now, time_zone, trial
        self.events: dict[str, Event] = {event.title: event for event in series.events}
        self.sessions: dict[tuple[Event, str], EventSession] = {}
        self.questions: dict[tuple[Event, EventSession | None, str, str], Question] = {}
        self.new_events: list[str] = []
        self.new_questions: list[Question] = []
        for event in series.events:
            self._know(event)

    def _know(self, event: Event) -> None:
        self.sessions |= {(event, session.title): session for session in event.sessions}
        # Those that are still asked come last, and stay.
        for question in sorted(event.questions, key=lambda each: each.retired_at is None):
            self.questions[event, question.session, question.kind, same(question.text)] = question

    def _keep(self, row: Event | EventSession | Question) -> None:
        if not self.trial:
            db.session.add(row)
            db.session.flush()

    def event(self, title: str) -> Event:
        title = clean_line(title)[:300] or DEFAULT_EVENT
        if title not in self.events:
            starts_on = date_at_start(title) or self.now.date()
            event = Event(
                series_id=self.series.id,
                title=title,
                starts_on=starts_on,
                time_zone=self.time_zone,
                code="" if self.trial else new_code(),
                default_consent="quote",
                opens_at=min(datetime.combine(starts_on, time(), UTC), self.now),
                closes_at=self.now,
                created_at=self.now,
            )
            self._keep(event)
            self.events[title] = event
            self.new_events.append(title)
        return self.events[title]

    def session(self, event: Event, title: str) -> EventSession | None:
        title = clean_line(title)[:300]
        if not title:
            return None
        if (event, title) not in self.sessions:
            position = sum(held is event for held, _title in self.sessions) + 1
            session = EventSession(event_id=event.id, title=title, kind="other", position=position)
            self._keep(session)
            self.sessions[event, title] = session
        return self.sessions[event, title]

    def question(
        self,
        event: Event,
        session: EventSession | None,
        text: str,
        kind: str = "free_text",
        choices: Sequence[str] = (),
        like: Question | None = None,
    ) -> Question:
        """The question of these words and kind; `like` is the same question at another event."""
        text = clean_line(text)[:2000] or DEFAULT_QUESTION
        key = (event, session, kind, same(text))
        if key not in self.questions:
            positions = [each.position for (held, *_rest), each in self.questions.items() if held is event]
            question = Question(
                event_id=event.id,
                session_id=session.id if session else None,
                text=text,
                kind=kind,
                choices=list(choices),
                position=max(positions, default=0) + 1,
                copied_from_id=(like.copied_from_id or like.id) if like else None,
                about_project=like.about_project if like else False,
            )
            self._keep(question)
            self.questions[key] = question
            self.new_questions.append(question)
        return self.questions[key]
