from flask.testing import FlaskClient

from tests.factories import (
    NOON,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
)
from webapp.accounts.models import User
from webapp.extensions import db
from webapp.themes.missed import events_to_read, unread_in
from webapp.themes.reading import read_statements


def test_a_response_is_missed_until_it_is_read_and_again_when_it_is_withdrawn() -> None:
    event = make_event()
    response = make_response(event, {make_question(event): "Targets come too late."})
    assert events_to_read() == [event.id]
    read_statements(event, NOON)
    assert events_to_read() == []
    # The server stopped between the commit and the telling of it.
    response.withdrawn_at = NOON
    db.session.commit()
    assert events_to_read() == [event.id]
    read_statements(event, NOON)
    assert events_to_read() == []


def test_a_note_is_missed_until_it_is_read_and_again_when_it_is_deleted() -> None:
    table = make_table(make_session())
    event = table.session.event
    note = make_note(table, "Targets come too late.")
    assert events_to_read() == [event.id]
    read_statements(event, NOON)
    assert events_to_read() == []
    note.deleted_at = NOON
    db.session.commit()
    assert events_to_read() == [event.id]


def test_a_question_from_the_floor_is_missed_until_it_is_read_and_again_when_it_is_hidden() -> None:
    session = make_session(kind="qa")
    asked = make_floor_question(session, "Who sets the targets?")
    assert events_to_read() == [session.event_id]
    read_statements(session.event, NOON)
    assert events_to_read() == []
    asked.hidden_at = NOON
    db.session.commit()
    assert events_to_read() == [session.event_id]


def test_the_board_says_that_texts_are_being_read(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    event = make_event(series)
    page = f"/series/{series.id}/themes"
    assert "The themes will stand here" in signed_in.get(page).text
    make_response(event, {make_question(event): "Targets come too late."})
    make_note(make_table(make_session(event)), "Nobody reads the plans.")
    assert unread_in(series.id) == 2 and unread_in(make_series().id) == 0
    assert "2 texts are being read" in signed_in.get(page).text
    read_statements(event, NOON)
    assert unread_in(series.id) == 0
    assert "2 statements have been read" in signed_in.get(page).text
    make_response(event, {make_question(event): "Members read nothing but the summary."})
    partly = signed_in.get(page).text
    assert "1 text is still being read" in partly and "2 statements came of those read so far" in partly
    assert "Find themes in part of them now" in partly
