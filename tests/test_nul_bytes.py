"""NUL, which PostgreSQL neither stores nor compares, in the addresses and fields by which the rooms ask and write."""

import pytest
from flask.testing import FlaskClient

from tests.factories import make_event, make_series, make_session, make_table
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.collect.models import FloorQuestion, GroupNote
from webapp.extensions import db


@pytest.mark.parametrize("address", ["/e/DE%00MO2", "/t/%00", "/r/%00", "/go?code=%00X"])
def test_an_address_that_holds_one_is_nobodys(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_key_that_holds_one_is_replaced(client: FlaskClient) -> None:
    session = make_session(make_event(), kind="qa")
    table = make_table(session)
    typed = {"text": "Who\x00 pays?", "client_key": "a\x00b"}
    for address in (f"/t/{table.token}", f"/e/{session.event.code}/questions/{session.id}"):
        assert client.post(address, data=typed).status_code == 303
    for stored in (db.session.scalar(db.select(GroupNote)), db.session.scalar(db.select(FloorQuestion))):
        assert (stored.text, stored.client_key.isalnum()) == ("Who pays?", True)


def test_what_an_organiser_writes_is_stored_without_it(signed_in: FlaskClient, organiser: User) -> None:
    board = make_board(make_event(make_series(organiser)))
    statements = make_statements(board, ["One", "Two"])
    theme = make_theme(board, "Targets", statements)
    signed_in.post(f"/themes/{theme.id}", data={"title": "Tar\x00gets met", "statement": "They\x00 are."})
    address = f"/boards/{board.id}/decide"
    signed_in.post(address, data={"do": "practice", "statement": statements[0].id, "vouched_by": "An\x00n"})
    signed_in.post(address, data={"do": "make", "statement": statements[1].id, "title": "Ne\x00w"})
    db.session.expire_all()
    assert (theme.title, theme.statement) == ("Targets met", "They are.")
    assert (statements[0].practice_vouched_by, statements[1].placement.theme.title) == ("Ann", "New")


def test_a_filter_that_holds_one_finds_nothing(signed_in: FlaskClient, organiser: User) -> None:
    board = make_board(make_event(make_series(organiser)))
    found = signed_in.get(f"/series/{board.series_id}/statements?channel=%00&words=%00&facet=%00&fate=%00")
    assert found.status_code == 200
