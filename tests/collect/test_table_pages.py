"""A table's page, from outside."""

from datetime import timedelta

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
