"""A table's page, from outside."""

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories import (
    NOON,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_session,
    make_table,
)
from webapp.collect.models import FloorQuestion, GroupNote
from webapp.extensions import db


def test_lines_are_added_once_and_stand_in_order(client: FlaskClient) -> None:
    table = make_table()
    question = make_question(table.session.event, session_id=table.session_id)
    address = f"/t/{table.token}"
    for key, text in [("a", "First & best"), ("b", "Second"), ("a", "First & best")]:
        sent = client.post(
            address,
            data={"text": text, "client_key": key, "facet": "problem", "weight": "table", "question": question.id},
        )
        assert (sent.status_code, sent.location) == (303, f"{address}?question={question.id}")
    page = client.get(address).text
    assert page.index("First &amp; best</span>") < page.index("Second</span>")
    assert "<h1>Table 1: What gets in the way</h1>" in page and "What gets in the way?" in page
    assert [(note.facet, note.weight, note.question_id) for note in db.session.scalars(select(GroupNote))] == [
        ("problem", "table", question.id)
    ] * 2


def test_a_line_that_is_refused_comes_back_as_typed(client: FlaskClient) -> None:
    table = make_table()
    elsewhere = make_question(make_event())
    long = "w" * 20_001
    for data, words in [
        ({"text": long}, "This text has 20,001 characters"),
        ({"text": "Point", "weight": "crowd"}, "Choose one of the four weights."),
        ({"text": "Point", "question": elsewhere.id}, "That question is not asked at this table."),
    ]:
        page = client.post(f"/t/{table.token}", data={"client_key": "k", **data})
        assert (page.status_code, words in page.text, f'value="{data["text"]}"' in page.text) == (400, True, True)
    assert db.session.scalar(select(func.count()).select_from(GroupNote)) == 0


def test_a_line_is_edited_deleted_and_brought_back(client: FlaskClient) -> None:
    note = make_note(make_table(), "Before")
    address = f"/t/{note.table.token}"
    client.post(f"{address}/lines/{note.id}", data={"was": "Before", "text": "After", "weight": "split", "facet": ""})
    db.session.refresh(note)
    assert (note.text, note.weight, note.facet) == ("After", "split", None)
    deleted = client.post(f"{address}/lines/{note.id}/delete")
    page = client.get(deleted.location).text
    assert "Line deleted: After" in page and "No lines yet." in page
    client.post(f"{address}/lines/{note.id}/restore")
    assert ">After</span>" in client.get(address).text


def test_two_devices_that_edit_one_line_are_both_shown(client: FlaskClient) -> None:
    note = make_note(make_table(), "Now this")
    page = client.post(
        f"/t/{note.table.token}/lines/{note.id}", data={"was": "Then that", "text": "Mine", "weight": "one"}
    )
    assert page.status_code == 409
    assert "Another device changed this line meanwhile" in page.text
    assert ">Now this</span>" in page.text and "\nMine</textarea>" in page.text
    db.session.refresh(note)
    assert note.text == "Now this"


def test_an_edit_keeps_changes_or_drops_the_question(client: FlaskClient) -> None:
    table = make_table()
    first, second = make_question(table.session.event), make_question(table.session.event)
    note = make_note(table, "Line", question_id=first.id)
    data = {"was": "Line", "text": "Line", "weight": "one"}
    for chosen, expected in [({}, first.id), ({"question": second.id}, second.id), ({"question": ""}, None)]:
        client.post(f"/t/{table.token}/lines/{note.id}", data={**data, **chosen})
        db.session.refresh(note)
        assert note.question_id == expected


def test_lines_alone_are_sent_only_when_something_changed(client: FlaskClient) -> None:
    table = make_table()
    make_note(table, "One")
    first = client.get(f"/t/{table.token}/lines")
    assert ">One</span>" in first.text and "<html" not in first.text
    unchanged = client.get(f"/t/{table.token}/lines", headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    make_note(table, "Two", noted_at=NOON + timedelta(minutes=1))
    changed = client.get(f"/t/{table.token}/lines", headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, ">Two</span>" in changed.text) == (200, True)


def test_a_link_that_was_revoked_or_another_tables_line_opens_nothing(client: FlaskClient) -> None:
    note = make_note(make_table(), "Theirs")
    table = make_table()
    assert client.post(f"/t/{table.token}/lines/{note.id}/delete").status_code == 404
    table.revoked_at = NOON
    db.session.commit()
    assert client.get(f"/t/{table.token}").status_code == 404
    assert client.post(f"/t/{table.token}", data={"text": "Late", "client_key": "k"}).status_code == 404


def test_a_scribe_takes_key_points_and_writes_answers(client: FlaskClient) -> None:
    event = make_event()
    make_question(event)
    scribe = client.get(f"/t/{make_table(make_session(event, kind='presentation')).token}").text
    assert "key points, one a line" in scribe and "What gets in the way?" not in scribe
    qa = make_session(event, kind="qa")
    question = make_floor_question(qa, "Who pays?")
    address = f"/t/{make_table(qa).token}"
    assert "Who pays?" in client.get(address).text
    sent = client.post(f"{address}/answers/{question.id}", data={"answer": "You do.", "answered_by": "Ada"})
    assert sent.status_code == 303
    assert "You do." in client.get(f"/e/{event.code}/questions/{qa.id}").text
    assert db.session.scalars(select(FloorQuestion.answered_by)).all() == ["Ada"]


def test_lines_are_read_back_and_the_stamp_is_true_until_they_change(client: FlaskClient) -> None:
    table = make_table(facilitator="Ada")
    note = make_note(table, "Nobody reads it", noted_at=NOON)
    address = f"/t/{table.token}"
    page = client.get(f"{address}/read").text
    version = re.search('name="version" value="([^"]+)"', page)[1]
    assert "Nobody reads it" in page and 'name="name" value="Ada"' in page
    seen = client.get(f"{address}/lines").headers["ETag"]
    assert client.post(f"{address}/read", data={"version": version, "name": "Ada"}).status_code == 303
    lines = client.get(f"{address}/lines", headers={"If-None-Match": seen})
    assert (lines.status_code, "The table agreed these lines at" in lines.text) == (200, True)
    client.post(
        f"{address}/lines/{note.id}", data={"was": note.text, "text": "Hardly anybody reads it", "weight": "one"}
    )
    assert "Changed since" in client.get(address).text
    assert "since the table agreed" in client.get(f"{address}/read").text


def test_what_a_table_did_not_hear_it_cannot_agree_to(client: FlaskClient) -> None:
    table = make_table()
    make_note(table, "Heard")
    address = f"/t/{table.token}/read"
    version = re.search('name="version" value="([^"]+)"', client.get(address).text)[1]
    make_note(table, "Not heard")
    for data, status, words in [
        ({"version": version, "name": "Ada"}, 409, "The lines changed while they were read."),
        ({"version": version, "name": " "}, 400, "Write your name"),
    ]:
        refused = client.post(address, data=data)
        assert (refused.status_code, words in refused.text, "Not heard" in refused.text) == (status, True, True)
    assert "The table agreed" not in client.get(f"/t/{table.token}/lines").text
    scribe = make_table(make_session(kind="presentation"))
    assert client.get(f"/t/{scribe.token}/read").status_code == 404


def test_a_table_is_handed_over_by_its_address(client: FlaskClient, app: Flask) -> None:
    table = make_table()
    page = f"/t/{table.token}/handover"
    forged = client.get(page, headers={"Host": "evil.example"}).text
    assert f"evil.example/t/{table.token}" in forged
    app.config["PUBLIC_ADDRESS"] = "https://feedback.example.org/"
    try:
        stated = client.get(page, headers={"Host": "evil.example"}).text
    finally:
        app.config["PUBLIC_ADDRESS"] = ""
    assert f"feedback.example.org/t/{table.token}" in stated and "evil.example" not in stated
    assert "works on this computer only" in client.get(page).text


def test_two_devices_that_mark_one_line_otherwise_are_both_shown(client: FlaskClient) -> None:
    note = make_note(make_table(), "Line", facet="problem", weight="table")
    address = f"/t/{note.table.token}/lines/{note.id}"
    data = {"was": "Line", "was_marked": "/one/", "text": "Line", "facet": "suggestion", "weight": "one"}
    page = client.post(address, data=data)
    assert (page.status_code, "Another device marked this line otherwise meanwhile" in page.text) == (409, True)
    assert '<span class="facet problem">' in page.text and 'value="suggestion" selected' in page.text
    db.session.refresh(note)
    assert (note.facet, note.weight) == ("problem", "table")
    # The page that shows both was made from the line as it is now.
    client.post(address, data={**data, "was_marked": "problem/table/"})
    db.session.refresh(note)
    assert (note.facet, note.weight) == ("suggestion", "one")
