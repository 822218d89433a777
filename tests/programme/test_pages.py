import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import (
    NOON,
    join_series,
    make_event,
    make_question,
    make_series,
    make_session,
    make_table,
    make_user,
)
from webapp.accounts.models import User
from webapp.accounts.queries import members_of
from webapp.extensions import db
from webapp.programme.models import Event, Question, Series

EVENT = {"title": "London", "starts_on": "2003-07-08", "time_zone": "Europe/London", "default_consent": "quote"}


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser)


def errors_in(html: str) -> list[str]:
    return re.findall(r'class="error"[^>]*>([^<]+)<', html)


def test_the_start_page_leads_from_a_code_to_the_form(client: FlaskClient) -> None:
    event = make_event(code="LONDON")
    assert "Your event&#39;s code" in client.get("/").text or "Your event's code" in client.get("/").text
    assert client.get("/go?code=+lon-don+").location == f"/e/{event.code}"


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("", 400, "Type the code"),
        ("nowhere", 404, "No event has the code"),
        ("\x00'\"<b>", 404, "No event has the code"),
    ],
)
def test_a_wrong_code_is_said_at_the_field_and_kept(client: FlaskClient, code: str, status: int, words: str) -> None:
    answer = client.get("/go", query_string={"code": code})
    assert answer.status_code == status
    assert words in errors_in(answer.text)[0]
    assert "<b>" not in answer.text


def test_somebody_signed_in_starts_at_their_series(signed_in: FlaskClient) -> None:
    assert signed_in.get("/").location == "/series"
    assert "Make your first series" in signed_in.get("/series").text


def test_from_nothing_to_an_open_form(signed_in: FlaskClient) -> None:
    made = signed_in.post(
        "/series/new", data={"title": "Listening", "small_group": "5", "organisation_types": "A\nB\nA"}
    )
    assert made.status_code == 303
    series = db.session.query(Series).one()
    assert series.organisation_types == ["A", "B"]
    assert "Add an event" in signed_in.get(made.location).text
    added = signed_in.post(
        f"/series/{series.id}/events/new", data=EVENT | {"opens_at": "2003-07-08T09:00", "code": "abc"}
    )
    event = db.session.query(Event).one()
    assert (event.code, event.opens_at) == ("ABC", datetime(2003, 7, 8, 8, tzinfo=UTC))
    assert added.location == f"/events/{event.id}"
    signed_in.post(f"/events/{event.id}/question-set", data={"name": "About the project"})
    signed_in.post(f"/events/{event.id}/open")
    page = signed_in.get(f"/series/{series.id}").text
    assert "Let delegates answer at London" in page
    assert "data:image/svg+xml" in page
    assert "localhost/e/ABC" in page


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"title": ""}, "Write a title. Delegates read it at the top of the form."),
        ({"title": "x" * 301}, "At most 300 characters, please; this has 301."),
        ({"starts_on": "soon"}, "This is not a date. Write it like 2003-07-08."),
        ({"starts_on": ""}, "Say on which day it begins."),
        ({"ends_on": "2003-07-07"}, "The last day is before the first."),
        ({"opens_at": "later"}, "This is not a date and time. Write it like 2003-07-08T09:00."),
        (
            {"opens_at": "2003-03-30T01:30"},
            "There is no 01:30 on that day: the clocks go forward. Choose another time.",
        ),
        ({"code": "!!"}, "A code has 3 to 12 letters A to Z and digits, nothing else."),
        ({"code": "taken1"}, "Another event has the code TAKEN1. Choose a different one."),
        ({"invited": "-3"}, "Write a whole number from 0 to 1,000,000."),
        ({"invited": "9" * 400}, "Write a whole number from 0 to 1,000,000."),
        ({"time_zone": "Mars/Base"}, "Not a valid choice."),
    ],
)
def test_a_wrong_event_is_answered_at_its_field_and_keeps_the_rest(
    signed_in: FlaskClient, series: Series, values: dict[str, str], error: str
) -> None:
    make_event(series, code="TAKEN1")
    page = signed_in.post(f"/series/{series.id}/events/new", data=EVENT | {"place": "Hall “7”"} | values).text
    assert [line.replace("&#39;", "'") for line in errors_in(page)] == [error]
    assert "Hall “7”" in page
    assert db.session.query(Event).count() == 1


def test_an_event_is_changed_with_its_times_as_its_place_reads_them(signed_in: FlaskClient, series: Series) -> None:
    event = make_event(series)
    page = signed_in.get(f"/events/{event.id}/edit").text
    assert 'value="2003-07-08T12:00"' in page
    signed_in.post(f"/events/{event.id}/edit", data=EVENT | {"attended": "1,204", "opens_at": "", "code": ""})
    assert (event.title, event.attended, event.opens_at) == ("London", 1204, None)
    assert event.code.startswith("EV")


def test_a_new_event_takes_over_a_programme(signed_in: FlaskClient, series: Series) -> None:
    event = make_event(series)
    make_question(event, text="Why?")
    page = signed_in.get(f"/series/{series.id}/events/new?copy={event.id}").text
    assert re.search(rf'<option selected value="{event.id}">', page)
    signed_in.post(f"/series/{series.id}/events/new", data=EVENT | {"copy_from": str(event.id)})
    assert db.session.query(Question).filter_by(text="Why?").count() == 2


def test_a_strangers_programme_cannot_be_copied(signed_in: FlaskClient, series: Series) -> None:
    mine, theirs = make_event(series), make_event()
    assert signed_in.post(f"/events/{mine.id}/copy", data={"source": str(theirs.id)}).status_code == 404
    assert signed_in.post(f"/events/{mine.id}/copy", data={"source": "x"}).status_code == 404


def test_a_question_is_written_changed_and_put_in_order(signed_in: FlaskClient, series: Series) -> None:
    event = make_event(series)
    url = f"/events/{event.id}/questions/new"
    bad = signed_in.post(url, data={"text": "Which?", "kind": "one_choice", "choices": "only"})
    assert errors_in(bad.text) == ["Write at least two choices, one a line."]
    assert ">\r\nonly</textarea>" in bad.text
    signed_in.post(url, data={"text": "Which?", "kind": "one_choice", "choices": "this\r\nthat", "required": "y"})
    signed_in.post(url, data={"text": "Why?", "kind": "free_text"})
    which, why = event.questions
    assert (which.choices, which.required) == (["this", "that"], True)
    signed_in.post(f"/questions/{why.id}/move", data={"to": "up"})
    page = signed_in.get(f"/events/{event.id}").text
    assert page.index("Why?") < page.index("Which?")
    signed_in.post(f"/questions/{why.id}/edit", data={"text": "How come?", "kind": "free_text", "about_project": "y"})
    assert (why.text, why.about_project) == ("How come?", True)


def test_tables_are_added_renamed_and_their_posters_printed(signed_in: FlaskClient, series: Series) -> None:
    event = make_event(series)
    made = signed_in.post(f"/events/{event.id}/sessions/new", data={"title": "Tables", "kind": "group_discussion"})
    session = event.sessions[0]
    assert made.location == f"/sessions/{session.id}"
    bad = signed_in.post(f"/sessions/{session.id}/tables", data={"number": "lots"})
    assert (bad.status_code, errors_in(bad.text)) == (400, ["Write a whole number from 1 to 100."])
    signed_in.post(f"/sessions/{session.id}/tables", data={"number": "2"})
    first, second = session.tables
    signed_in.post(f"/tables/{first.id}/edit", data={"name": "By the window", "facilitator": "Mary"})
    posters = signed_in.get(f"/sessions/{session.id}/table-posters").text
    assert posters.count('class="poster"') == 2
    assert "By the window" in posters
    assert f"localhost/t/{second.token}" in posters


def test_the_poster_says_where_to_go_and_what_to_type(signed_in: FlaskClient, series: Series) -> None:
    page = signed_in.get(f"/events/{make_event(series, code='LONDON').id}/poster").text
    assert "LONDON</p>" in page
    assert "works on this computer only" in page


def test_deleting_needs_the_title(signed_in: FlaskClient, series: Series) -> None:
    event = make_event(series)
    page = signed_in.post(f"/events/{event.id}/delete", data={"typed_title": "Paris"}).text
    assert "Nothing was deleted" in errors_in(page)[0]
    assert signed_in.post(f"/events/{event.id}/delete", data={"typed_title": event.title}).status_code == 303
    assert signed_in.post(f"/series/{series.id}/delete", data={"typed_title": ""}).status_code == 200
    assert signed_in.post(f"/series/{series.id}/delete", data={"typed_title": series.title}).location == "/series"
    assert db.session.query(Series).count() == 0


def test_an_owner_lets_people_in_and_out(signed_in: FlaskClient, series: Series, organiser: User) -> None:
    url = f"/series/{series.id}/people"
    bob = make_user("bob@example.org", "Bob")
    wrong = signed_in.post(url, data={"email": "zoe", "role": "editor"}).text
    assert errors_in(wrong) == ["&#39;zoe&#39; is not an e-mail address."]
    signed_in.post(url, data={"email": "BOB@example.org", "role": "viewer"})
    again = signed_in.post(url, data={"email": "bob@example.org", "role": "viewer"}).text
    assert errors_in(again) == ["Bob belongs to this series already. Change the role in the list."]
    ada, member = members_of(series.id)
    assert signed_in.post(f"{url}/{ada.id}/role", data={"role": "viewer"}).status_code == 409
    assert signed_in.post(f"{url}/{ada.id}/remove").status_code == 409
    signed_in.post(f"{url}/{member.id}/role", data={"role": "owner"})
    assert (member.user_id, member.role) == (bob.id, "owner")
    assert signed_in.post(f"{url}/{ada.id}/remove").location == "/series"
    assert signed_in.get(url).status_code == 404
    assert organiser.id not in {each.user_id for each in members_of(series.id)}


def pages_of(series: Series) -> list[tuple[str, str, str]]:
    """Method, address and least role of every page of the room that needs a series."""
    event = make_event(series)
    session = make_session(event)
    table, question = make_table(session), make_question(event)
    reads = [f"/series/{series.id}{part}" for part in ("", "/programme", "/people")]
    reads += [f"/events/{event.id}", f"/events/{event.id}/poster"]
    reads += [f"/sessions/{session.id}", f"/sessions/{session.id}/table-posters"]
    forms = [f"/series/{series.id}/edit", f"/series/{series.id}/events/new", f"/events/{event.id}/edit"]
    forms += [f"/events/{event.id}/delete", f"/events/{event.id}/sessions/new", f"/events/{event.id}/questions/new"]
    forms += [f"/sessions/{session.id}/edit", f"/tables/{table.id}/edit", f"/questions/{question.id}/edit"]
    verbs = [f"/events/{event.id}/{verb}" for verb in ("open", "close", "copy", "question-set")]
    verbs += [f"/sessions/{session.id}/{verb}" for verb in ("remove", "move", "tables", "table")]
    verbs += [f"/tables/{table.id}/{verb}" for verb in ("link", "remove")]
    verbs += [f"/questions/{question.id}/{verb}" for verb in ("move", "retire", "restore", "delete")]
    owners = [("GET", f"/series/{series.id}/delete", "owner"), ("POST", f"/series/{series.id}/people", "owner")]
    return (
        [("GET", url, "viewer") for url in reads]
        + [(method, url, "editor") for url in forms for method in ("GET", "POST")]
        + [("POST", url, "editor") for url in verbs]
        + owners
    )


def test_to_a_stranger_nothing_is_there(signed_in: FlaskClient) -> None:
    pages = pages_of(make_series(make_user()))
    assert {signed_in.open(url, method=method).status_code for method, url, _ in pages} == {404}
    assert signed_in.get("/events/999999").status_code == 404


def test_a_viewer_reads_and_cannot_change(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(make_user())
    join_series(organiser, series, "viewer")
    answers = {(url, role): signed_in.open(url, method=method) for method, url, role in pages_of(series)}
    assert {answer.status_code for (_, role), answer in answers.items() if role == "viewer"} == {200}
    refused = [answer for (_, role), answer in answers.items() if role != "viewer"]
    assert {answer.status_code for answer in refused} - {200} == {403}
    assert "Ask an owner to change your role." in refused[0].text
    assert db.session.query(Event).one().state(NOON) == "open"


def test_an_editor_cannot_delete_the_series_or_let_people_in(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(make_user())
    join_series(organiser, series, "editor")
    assert signed_in.get(f"/series/{series.id}/delete").status_code == 403
    assert signed_in.post(f"/series/{series.id}/people", data={"email": "x@example.org"}).status_code == 403
    assert "Let somebody in" not in signed_in.get(f"/series/{series.id}/people").text


def test_every_button_carries_its_token(
    signed_in: FlaskClient, app: Flask, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    event = make_event(series)
    make_question(event)
    make_session(event)
    page = signed_in.get(f"/events/{event.id}").text
    forms = re.findall(r'<form method="post".*?</form>', page, flags=re.S)
    assert len(forms) >= 5
    assert all('name="csrf_token"' in form for form in forms)
    assert signed_in.post(f"/events/{event.id}/close").status_code == 400


def test_an_event_whose_words_were_removed_is_not_opened_again_by_its_form(
    signed_in: FlaskClient, series: Series
) -> None:
    gone = datetime(2003, 9, 1, 12, tzinfo=UTC)
    event = make_event(series, closes_at=NOON, texts_removed_at=gone)
    page, kept = f"/events/{event.id}/edit", {"opens_at": "2003-07-08T12:00", "closes_at": "2003-07-08T13:00"}
    for closes in ("2027-01-01T12:00", ""):
        refused = signed_in.post(page, data=EVENT | kept | {"title": "Typed", "closes_at": closes})
        assert refused.status_code == 200 and 'value="Typed"' in refused.text
        assert errors_in(refused.text) == [
            "The words of this event were removed at the end of their time, 1 September 2003, 13:00."
            " It cannot be open after that. Make a new event instead."
        ]
    db.session.expire_all()
    assert (event.title, event.closes_at) == ("London conference", NOON)
    assert signed_in.post(page, data=EVENT | kept | {"title": "Renamed"}).status_code == 303
    db.session.expire_all()
    assert (event.title, event.closes_at) == ("Renamed", NOON)
