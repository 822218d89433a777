"""The review queue: least sure first, decided one at a time, and learned from."""

from datetime import timedelta

import numpy as np
import pytest
from flask import Flask

from analysis import encoder_name
from tests.conftest import browser_of
from tests.factories import NOON, make_event, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import Membership, User
from webapp.extensions import db
from webapp.themes import actions, doubts
from webapp.themes.finding import themes_of
from webapp.themes.models import Board, Statement
from webapp.themes.places import nearest_places
from webapp.themes.queries import whole_log

pytestmark = pytest.mark.skipif(not encoder_name(), reason="places need the sentence encoder")


@pytest.fixture
def board(organiser: User) -> Board:
    """Three themes, each on an axis of its own, and two statements in no theme between the first two."""
    board = make_board(make_event())
    db.session.add(Membership(user_id=organiser.id, series_id=board.series_id, role="owner", since=NOON))
    axes = {
        "park": (1, 0, 0), "car park": (1, 0, 0), "soup": (0, 1, 0), "lunch": (0, 1, 0), "talk": (0, 0, 1),
        "speech": (0, 0, 1), "half way": (1, 1, 0), "nearly half way": (1, 0.995, 0),
    }  # fmt: skip
    made = make_statements(board, list(axes))
    for statement, axis in zip(made, axes.values(), strict=True):
        statement.vector, statement.encoder = np.array([*axis, *[0] * 381], np.float16).tobytes(), encoder_name()
    make_theme(board, "Parking", made[:2])
    make_theme(board, "Lunch", made[2:4])
    make_theme(board, "Talks", made[4:6])
    return board


def queue(board: Board, later: tuple[int, ...] = ()) -> doubts.Queue:
    db.session.expire_all()
    return doubts.queue_of(board, themes_of(board), later)


def test_the_least_sure_statement_comes_first_and_what_was_put_off_last(board: Board) -> None:
    found = queue(board)
    assert found.first is not None
    assert (found.first.statement.text, found.left) == ("half way", 2)

    after = queue(board, later=(found.first.statement.id,))
    assert after.first is not None
    assert (after.first.statement.text, after.left, after.put_off) == ("nearly half way", 2, 1)


def test_what_a_person_decided_leaves_the_queue_and_teaches_the_next_placing(board: Board, organiser: User) -> None:
    first, lunch = queue(board).first, themes_of(board)[1]
    assert first is not None
    other = db.session.scalars(db.select(Statement).where(Statement.text == "nearly half way")).one()
    assert nearest_places(board, themes_of(board), [other])[other.id].theme.title == "Parking"
    actions.move_statements([first.statement], lunch, organiser, NOON)
    assert nearest_places(board, themes_of(board), [other])[other.id].theme.title == "Lunch"
    after = queue(board).first
    assert after is None or after.statement.id != first.statement.id


def test_the_keys_verbs_are_written_into_the_log(board: Board, app: Flask, organiser: User) -> None:
    client = browser_of(app, organiser)
    address = f"/series/{board.series_id}/themes/review"
    page = client.get(address).text
    assert "half way" in page
    assert "2 statements left" in page
    statement = db.session.scalars(db.select(Statement).where(Statement.text == "nearly half way")).one()
    send = f"/boards/{board.id}/review"

    assert client.post(send, data={"do": "later", "statement": statement.id}).status_code == 303
    assert "1 of them put off" in client.get(address).text
    assert whole_log(board) == []

    refused = client.post(send, data={"do": "there", "statement": statement.id, "to": ""})
    assert (refused.status_code, "Choose the theme that it belongs to." in refused.text) == (400, True)

    assert client.post(send, data={"do": "nowhere", "statement": statement.id}).status_code == 303
    assert whole_log(board)[-1].summary == "Moved 1 statement to In no theme"


def test_the_pace_is_the_persons_own(board: Board, organiser: User) -> None:
    assert doubts.pace_of(board, organiser, NOON) == doubts.USUAL_THOUGHT
    for number, statement in enumerate(db.session.scalars(db.select(Statement).limit(5)).all()):
        actions.move_statements([statement], None, organiser, NOON + timedelta(seconds=20 * number))
    pace = doubts.pace_of(board, organiser, NOON + timedelta(minutes=2))
    assert pace == timedelta(seconds=20)
    assert doubts.minutes_left(doubts.Queue(None, 30, 0), pace) == 10


def test_a_stranger_finds_no_queue(board: Board, app: Flask) -> None:
    stranger = browser_of(app, make_user())
    assert stranger.get(f"/series/{board.series_id}/themes/review").status_code == 404
    assert stranger.post(f"/boards/{board.id}/review", data={"do": "later"}).status_code == 404


def test_what_was_put_off_on_many_boards_leaves_room_in_the_cookie(app: Flask, board: Board, organiser: User) -> None:
    client = browser_of(app, organiser)
    with client.session_transaction() as session:
        session["put_off"] = {str(board.id + number): list(range(7000, 7200)) for number in range(1, 9)}
    first = queue(board).first.statement
    assert client.post(f"/boards/{board.id}/review", data={"do": "later", "statement": first.id}).status_code == 303
    with client.session_transaction() as session:
        assert session["put_off"][str(board.id)] == [first.id]
        assert len(session["put_off"]) == 2
