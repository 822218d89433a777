"""Boards for the report's tests: statements with a real source each, themes, and who stands in which."""

import itertools
from typing import Any

from tests.factories import NOON, make_floor_question, make_note, make_question, make_response, make_session, make_table
from webapp.extensions import db
from webapp.programme.models import Event, EventSession, Series
from webapp.report.heard import Heard
from webapp.themes.models import Board, Placement, Statement, Theme
from webapp.themes.reading import wording_key

_count = itertools.count(1)


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()
    return row


def make_board(series: Series, about_project: bool = False) -> Board:
    """The series' board of the one kind or the other, made once."""
    found = Board.query.filter_by(series_id=series.id, about_project=about_project).one_or_none()
    return found or _saved(Board(series_id=series.id, about_project=about_project))


def make_theme(board: Board, title: str = "Targets", statement: str = "", **values: Any) -> Theme:
    values.setdefault("position", next(_count))
    return _saved(Theme(board_id=board.id, title=title, statement=statement, **values))


def place(statement: Statement, theme: Theme | None, **values: Any) -> Placement:
    """Put the statement into the theme; into none, decided, where that is None."""
    values = {"by_person": False, "confidence": 0.5, **values}
    return _saved(Placement(statement_id=statement.id, theme_id=theme.id if theme else None, **values))


def source_of(event: Event, channel: str, text: str, **values: Any) -> dict[str, Any]:
    """A source of the channel's kind: its columns in a statement, and the speaker's key."""
    if channel == "written":
        question = make_question(event, about_project=values.pop("about_project", False))
        response = make_response(event, {question: text}, **values)
        return {
            "answer_id": response.answers[0].id,
            "question_id": question.id,
            "speaker_key": f"r{response.id}",
            "organisation_type": response.organisation_type,
            "consent": response.consent,
        }
    if channel == "floor":
        question = make_floor_question(make_session(event, kind="qa"), text)
        return {"floor_question_id": question.id, "session_id": question.session_id, "speaker_key": f"f{question.id}"}
    kind = "presentation" if channel == "presentation" else "group_discussion"
    table = values.pop("table", None) or make_table(make_session(event, kind=kind))
    note = make_note(table, text, **values)
    return {"note_id": note.id, "session_id": table.session_id, "speaker_key": f"t{table.id}", "weight": note.weight}


def make_statement(
    event: Event,
    text: str,
    theme: Theme | None = None,
    channel: str = "written",
    board: Board | None = None,
    before: str = "",
    source: dict[str, Any] | None = None,
    **values: Any,
) -> Statement:
    """A statement whose source holds `before` and then its text; placed in `theme` where one is given. `source` gives
    further values to the source's row, `values` to the statement."""
    board = board or (theme.board if theme else make_board(event.series))
    columns = source_of(event, channel, before + text, **(source or {}))
    columns = {
        "facet_guess": "observation",
        **columns,
        "start": len(before),
        "end": len(before) + len(text),
        "text": text,
        "wording_key": wording_key(text),
        "read_at": NOON,
        **values,
    }
    statement = _saved(Statement(board_id=board.id, event_id=event.id, channel=channel, **columns))
    if theme is not None:
        place(statement, theme)
    return statement


def scribe_session(event: Event) -> EventSession:
    return make_session(event, kind="presentation", title="Opening presentation")


def heard(id: int, text: str, **values: Any) -> Heard:
    """A statement as drafting reads it, used in theme 1, without a database."""
    defaults: dict[str, Any] = {
        "about_project": False,
        "event_id": 1,
        "session": "",
        "channel": "written",
        "speaker_key": f"r{id}",
        "organisation_type": "",
        "facet": "observation",
        "weight": "one",
        "consent": "quote",
        "start": 0,
        "duplicate_of_id": None,
        "withheld": None,
        "practice_vouched_by": "",
        "theme_id": 1,
        "confidence": 0.5,
        "by_person": False,
    }
    return Heard(id=id, text=text, **{**defaults, **values})
