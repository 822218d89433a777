"""The themes across the events of a series."""

from datetime import date

import numpy as np
import pytest
from flask import Flask

from analysis import course_of, encoder_name, likely_links
from tests.conftest import browser_of
from tests.factories import join_series, make_event
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.themes.across_events import Cell, likely_pairs, matrix_of
from webapp.themes.finding import themes_of
from webapp.themes.models import Board, Statement, Theme
from webapp.themes.queries import whole_log


@pytest.fixture
def board(organiser: User) -> Board:
    event = make_event(title="First", starts_on=date(2003, 7, 1))
    board = make_board(event)
    join_series(organiser, board.series, "owner")
    for number, title in enumerate(("Second", "Third"), 2):
        make_event(board.series, title=title, starts_on=date(2003, 7, number))
    return board


def heard_at(board: Board, title: str, *events: str, axis: int = 0) -> Theme:
    """A theme with two statements from each of the events."""
    by_title = {event.title: event for event in db.session.scalars(db.select(Event))}
    statements: list[Statement] = []
    for name in events:
        made = make_statements(board, [f"{title} was heard at {name}, {n}" for n in range(2)], encoder=encoder_name())
        for n, statement in enumerate(made):
            vector = np.random.default_rng(n).normal(0, 0.01, 384)
            vector[axis] += 1
            statement.event_id, statement.vector = by_title[name].id, vector.astype(np.float16).tobytes()
        statements += made
    db.session.commit()
    return make_theme(board, title, statements)


@pytest.mark.parametrize(
    ("heard", "course"),
    [
        ([False, False, True], "new"),
        ([True, False, True], "recurring"),
        ([True, True, False], "faded"),
        ([False, True, False], "heard once"),
    ],
)
def test_a_course_is_told_by_where_a_theme_was_heard(heard: list[bool], course: str) -> None:
    assert course_of(heard) == course


def test_a_theme_that_was_never_heard_has_no_course() -> None:
    with pytest.raises(ValueError, match="no event"):
        course_of([False, False])


def test_the_matrix_counts_each_theme_at_each_event(board: Board) -> None:
    heard_at(board, "Parking", "First", "Second", "Third")
    heard_at(board, "Lunch", "First")
    make_theme(board, "Empty")
    matrix = matrix_of(board, themes_of(board))
    # What is on the board of an event without a statement is no column.
    assert [event.title for event in matrix.events] == ["First", "Second", "Third"]
    assert [(row.theme.title, [cell.statements for cell in row.cells], row.course) for row in matrix.rows] == [
        ("Parking", [2, 2, 2], "recurring"),
        ("Lunch", [2, 0, 0], "heard once"),
        ("Empty", [0, 0, 0], None),
    ]
    assert matrix.rows[0].cells[0] == Cell(statements=2, people=2, tables=0)


def test_one_event_has_no_course(board: Board) -> None:
    heard_at(board, "Parking", "First")
    matrix = matrix_of(board, themes_of(board))
    assert [row.course for row in matrix.rows] == [None]


@pytest.mark.skipif(not encoder_name(), reason="likeness needs the sentence encoder")
def test_themes_of_different_events_that_say_alike_are_proposed_and_merged_by_a_person(
    board: Board, app: Flask, organiser: User
) -> None:
    heard_at(board, "Parking", "First", axis=1)
    heard_at(board, "Cars", "Second", axis=1)
    heard_at(board, "Lunch", "Third", axis=2)
    (pair,) = likely_pairs(board, themes_of(board))
    assert ({pair.one.title, pair.other.title}, pair.alike) == ({"Parking", "Cars"}, 100)
    client, address = browser_of(app, organiser), f"/series/{board.series_id}/themes/events"
    page = client.get(address).text
    assert "They are one: merge" in page and "heard once" in page
    form = {"do": "merge", "theme": [pair.one.id, pair.other.id], "back": address}
    assert client.post(f"/boards/{board.id}/decide", data=form).headers["Location"] == address
    assert whole_log(board)[-1].verb == "merge"
    assert "No two themes that were heard at different events say alike" in client.get(address).text


def test_themes_of_the_same_event_are_not_proposed() -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 0, 0]]
    assert likely_links(vectors, np.array([1, 1, 2, 2]), np.array([7, 7, 7, 7])) == []
    assert [link[:2] for link in likely_links(vectors, np.array([1, 1, 2, 2]), np.array([7, 7, 8, 8]))] == [(1, 2)]


def test_the_page_of_a_board_without_themes_says_so(board: Board, app: Flask, organiser: User) -> None:
    assert "Nothing to compare yet" in browser_of(app, organiser).get(f"/series/{board.series_id}/themes/events").text
