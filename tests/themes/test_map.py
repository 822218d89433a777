"""The map: places worked out by the analysis, kept, and given to members only."""

import numpy as np
from flask import Flask

from analysis import lay_out
from tests.conftest import browser_of
from tests.factories import NOON, make_event, make_user
from tests.themes.factories import make_board, make_statements
from webapp.accounts.models import Membership, User
from webapp.extensions import db
from webapp.themes import actions
from webapp.themes.mapping import keep_places, places_on, without_place


def test_the_places_are_kept_and_follow_the_themes(app: Flask, organiser: User) -> None:
    board = make_board(make_event())
    db.session.add(Membership(user_id=organiser.id, series_id=board.series_id, role="owner", since=NOON))
    made = make_statements(board, ["park", "car", "lunch", "soup"])
    vectors = np.eye(4, 384, dtype=np.float32)
    keep_places(board, made[:3], lay_out(vectors[:3]))
    keep_places(board, made[:3], lay_out(vectors[:3]))
    db.session.commit()
    assert [point[0] for point in places_on(board)] == [s.id for s in made[:3]]
    assert all(0 <= place <= 1 for point in places_on(board) for place in point[1:3])
    assert without_place(board) == 1
    actions.make_theme(made[:1], "Parking", organiser, NOON)
    client = browser_of(app, organiser)
    theme_id, title = client.get(f"/boards/{board.id}/map").json["themes"][0]
    assert title == "Parking"
    assert [point[3] for point in client.get(f"/boards/{board.id}/map").json["points"]] == [theme_id, 0, 0]
    assert "1 statement came after the last analysis" in client.get(f"/series/{board.series_id}/themes/map").text
    assert browser_of(app, make_user()).get(f"/boards/{board.id}/map").status_code == 404
