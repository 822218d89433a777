"""Why a theme is a theme: its middle and its edge, its neighbours, and warnings in words."""

import numpy as np
import pytest
from flask import Flask

from analysis import encoder_name
from tests.conftest import browser_of
from tests.factories import NOON, make_event
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import Membership, User
from webapp.extensions import db
from webapp.themes.board_view import themes_with_counts
from webapp.themes.finding import themes_of
from webapp.themes.models import Board
from webapp.themes.why import Reasons, reasons_for

pytestmark = pytest.mark.skipif(not encoder_name(), reason="places need the sentence encoder")
SAID = {
    "Parking": {"park the car": (1, 0, 0), "car park full": (1, 0.1, 0), "park near lunch": (1, 0.7, 0)},
    "Lunch": {"soup for lunch": (0, 1, 0), "lunch was late": (0, 1, 0), "soup was cold": (0, 1, 0.1)},
    "Talks": {"talks too long": (0, 0, 1), "dull talks": (0, 0, 1)},
    "Speakers": {"speeches": (0.02, 0, 1), "long speeches": (0, 0.02, 1)},
}


@pytest.fixture
def board() -> Board:
    board = make_board(make_event())
    for title, said in SAID.items():
        made = make_statements(board, list(said), encoder=encoder_name())
        for statement, axis in zip(made, said.values(), strict=True):
            statement.vector = np.array([*axis, *[0] * 381], np.float16).tobytes()
        make_theme(board, title, made)
    return board


def why(board: Board, title: str) -> Reasons:
    standing = themes_of(board)
    view = next(each for each in themes_with_counts(board, standing) if each.theme.title == title)
    return reasons_for(view.theme, view, standing)


def test_the_panel_tells_the_middle_from_the_edge_and_a_theme_from_its_neighbours(board: Board) -> None:
    found = why(board, "Parking")
    assert [s.text for s in found.borderline if s not in found.central] == []
    assert found.central[-1].text == "park near lunch"
    assert found.neighbours[0].theme.title == "Lunch"
    assert "park" in found.neighbours[0].only_here
    assert "soup" in found.neighbours[0].only_there
    assert found.terms[0] == ("park", 100)
    assert (found.channels, found.warnings) == ([("Written feedback", 3)], [])


def test_two_themes_that_look_like_one_are_warned_of(board: Board) -> None:
    assert why(board, "Talks").warnings == ["It looks like “Speakers”: read both, and merge them if they say the same."]


def test_one_voice_that_makes_up_most_of_a_theme_is_warned_of(board: Board, app: Flask, organiser: User) -> None:
    db.session.add(Membership(user_id=organiser.id, series_id=board.series_id, role="owner", since=NOON))
    made = make_statements(board, [f"note {i}" for i in range(4)])
    for statement in made[:3]:
        statement.speaker_key, statement.channel = "t7", "table"
    theme = make_theme(board, "Notes", made)
    page = browser_of(app, organiser).get(f"/themes/{theme.id}").text
    assert "One table makes up most of it: 3 of 4 statements." in page
    assert "Why is this a theme?" in page
