"""Boards for tests: statements with their sources, themes, placements."""

import uuid
from collections.abc import Sequence

from tests.factories import NOON, make_event, make_question, make_response
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.themes.duplicates import wording_key
from webapp.themes.models import Board, Placement, Statement, Theme


def make_board(event: Event | None = None, about_project: bool = False) -> Board:
    event = event or make_event()
    board = Board(series_id=event.series_id, about_project=about_project)
    db.session.add(board)
    db.session.commit()
    return board


def make_statements(
    board: Board, texts: Sequence[str], event: Event | None = None, **values: object
) -> list[Statement]:
    """One statement of each text, each from a response of its own."""
    event = event or board.series.events[0]
    question = make_question(event)
    made = []
    for text in texts:
        response = make_response(event, {question: text})
        statement = Statement(
            board_id=board.id,
            event_id=event.id,
            question_id=question.id,
            answer_id=response.answers[0].id,
            channel="written",
            speaker_key=f"r{response.id}",
            start=0,
            end=len(text),
            text=text,
            wording_key=wording_key(text),
            facet_guess="observation",
            read_at=NOON,
            **values,
        )
        db.session.add(statement)
        made.append(statement)
    db.session.commit()
    return made


def make_theme(board: Board, title: str = "", statements: Sequence[Statement] = ()) -> Theme:
    """A theme with statements placed in it by the machine."""
    title = title or f"Theme {uuid.uuid4().hex[:6]}"
    theme = Theme(board_id=board.id, title=title, position=db.session.query(Theme).count() + 1)
    db.session.add(theme)
    db.session.flush()
    for statement in statements:
        db.session.add(Placement(statement_id=statement.id, theme_id=theme.id, confidence=0.5))
    db.session.commit()
    return theme
