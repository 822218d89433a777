"""What the organiser sees of what came in."""

from flask.testing import FlaskClient

from tests.factories import (
    NOON,
    join_series,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
    make_user,
)
from webapp.accounts.models import User
from webapp.collect.models_hall import REASONS
from webapp.collect.organiser_views import state_of
from webapp.collect.received import Received, received_by_event, responses_of
from webapp.programme.signals import words_held


def test_what_came_in_is_counted_by_event_and_in_all(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    assert state_of(series) == "nothing received yet"
    first, second = make_event(series, title="London"), make_event(series, title="Leeds")
    table = make_table(make_session(first))
    make_table(make_session(first), name="Silent table")
    question = make_question(first)
    make_response(first, {question: "Kept"})
    make_response(first, {question: "Gone"}, withdrawn_at=NOON)
    make_note(table, "Line")
    make_note(table, "Struck", deleted_at=NOON)
    make_floor_question(make_session(second, kind="qa"), "Why?")
    received = received_by_event(series)
    assert received == {
        first.id: Received(responses=1, notes=1, last_heard=NOON),
        second.id: Received(floor_questions=1, last_heard=NOON),
    }
    assert state_of(series) == "1 response, 1 note, 1 question"
    page = signed_in.get(f"/series/{series.id}/collect").text
    assert "1 response, 1 note and 1 question from the floor were received" in page
    assert "Nothing yet from Silent table" in page and f"/t/{table.token}" not in page
    assert "Kept" in page and "Gone" not in page


def test_responses_are_found_by_their_words_fifty_a_page(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    event, other = make_event(series), make_event(series, title="Elsewhere")
    question = make_question(event)
    for number in range(51):
        make_response(event, {question: f"Answer {number}"})
    make_response(other, {make_question(other): "100% of COUNCILLORS"})
    address = f"/series/{series.id}/collect/responses"
    assert "52 responses, page 1 of 2." in signed_in.get(address).text
    assert signed_in.get(address, query_string={"page": 2}).text.count("Read it all") == 2
    assert signed_in.get(address, query_string={"page": 99}).text.count("Read it all") == 2
    found = signed_in.get(address, query_string={"q": "councillors"}).text
    assert "100% of COUNCILLORS" in found and found.count("Read it all") == 1
    assert [responses_of(series, words).total for words in ("%", "_", "answer 5")] == [1, 0, 2]
    assert responses_of(series, event_id=other.id).total == 1


def test_a_response_is_read_in_full_unless_it_was_withdrawn(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    event = make_event(series)
    question, rating = make_question(event), make_question(event, "rating")
    response = make_response(event, {question: "<b>Words</b>", rating: 4}, consent="none")
    page = signed_in.get(f"/series/{series.id}/collect/responses/{response.id}").text
    assert "&lt;b&gt;Words&lt;/b&gt;" in page and "4 of 5" in page
    assert "Its author wants it kept out of reports." in page
    gone = make_response(event, {question: "Gone"}, withdrawn_at=NOON)
    elsewhere = make_response(make_event(), {})
    for other in (gone, elsewhere):
        assert signed_in.get(f"/series/{series.id}/collect/responses/{other.id}").status_code == 404


def test_a_stranger_sees_nothing_and_a_viewer_changes_nothing(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(make_user())
    held = make_session(make_event(series), kind="qa")
    question = make_floor_question(held, "Why?")
    pages = ["", "/responses", "/import", f"/floor/{held.id}"]
    assert [signed_in.get(f"/series/{series.id}/collect{page}").status_code for page in pages] == [404] * 4
    join_series(organiser, series, "viewer")
    assert [signed_in.get(f"/series/{series.id}/collect{page}").status_code for page in pages] == [200, 200, 403, 200]
    hide = f"/series/{series.id}/collect/floor/{held.id}/{question.id}/hide"
    assert signed_in.post(hide).status_code == 403
    own = make_series(organiser)
    assert signed_in.get(f"/series/{own.id}/collect/floor/{held.id}").status_code == 404


def test_a_question_is_hidden_and_shown_again(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    event = make_event(series)
    held = make_session(event, kind="qa")
    question = make_floor_question(held, "Rude?")
    board = f"/series/{series.id}/collect/floor/{held.id}"
    signed_in.post(f"{board}/{question.id}/hide", data={"reason": REASONS[0]})
    assert "Rude?" in signed_in.get(board).text
    assert "Rude?" not in signed_in.get(f"/e/{event.code}/questions/{held.id}").text
    signed_in.post(f"{board}/{question.id}/show")
    assert "Rude?" in signed_in.get(f"/e/{event.code}/questions/{held.id}").text


def test_the_programme_hears_how_much_hangs_on_its_rows() -> None:
    event = make_event()
    session = make_session(event, kind="qa")
    table, question = make_table(session), make_question(event)
    assert [words_held(row) for row in (event, session, table, question)] == [0, 0, 0, 0]
    make_response(event, {question: "Said"})
    make_note(table, "Noted", question_id=question.id)
    make_floor_question(session, "Asked?")
    assert [words_held(row) for row in (event, session, table, question)] == [3, 2, 1, 2]


def test_words_are_found_whatever_their_case_and_beside_choices() -> None:
    event = make_event(series := make_series())
    more = make_question(event, "several_or_other", choices=["Tea"])
    make_response(
        event, {make_question(event): "Pobl yr ŴYL a'r ÉCOLE", more: {"choices": ["Tea"], "other": "Cwrw Gŵyl"}}
    )
    make_response(event, {make_question(event): "Nothing of the kind", more: {"choices": ["Tea"]}})
    assert [responses_of(series, words).total for words in ("école", "gŵyl", "cwrw", "tea")] == [1, 1, 1, 0]
