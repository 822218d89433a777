"""Asking at which table a delegate sits: counted for the coverage board; few of a kind at a table are warned."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories import NOON, make_event, make_question, make_series, make_session, make_table
from webapp.collect.actions import correct_response, leave_out, submit_response, withdraw_response
from webapp.collect.answers import NoSuchChoice
from webapp.collect.coverage import coverage_of
from webapp.collect.models import Response
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event

KIND = "County council"


def hall(**values: object) -> Event:
    """An open event that asks for the table, with two tables that stand in two sessions, and a scribe."""
    event = make_event(make_series(organisation_types=[KIND, "University"]), ask_table=True, **values)
    for session in (make_session(event), make_session(event)):
        make_table(session, "Table 1"), make_table(session, "Table 2")
    make_table(make_session(event, "presentation"), "Scribe")
    return event


def seat(event: Event, key: str, table: str = "Table 1", kind: str = KIND) -> Response:
    question = event.questions[0] if event.questions else make_question(event)
    return submit_response(event, {question.id: "Yes"}, key, NOON, organisation_type=kind, table_name=table)


def test_the_form_offers_each_table_once_and_only_where_it_is_asked_for(client: FlaskClient) -> None:
    event = hall()
    make_question(event)
    page = client.get(f"/e/{event.code}").text
    assert "At which table do you sit?" in page
    assert [page.count(f'value="{name}"') for name in ("Table 1", "Table 2", "Scribe")] == [1, 1, 0]
    event.ask_table = False
    db.session.commit()
    assert "At which table" not in client.get(f"/e/{event.code}").text


def test_delegates_are_counted_by_table_in_each_session_without_those_who_withdrew() -> None:
    event = hall()
    for key in "abc":
        seat(event, key)
    withdraw_response(seat(event, "d"), NOON)
    seat(event, "e", "")
    grids = coverage_of(event, NOON).sessions
    assert [[row.delegates for row in grid.rows] for grid in grids] == [[3, 0], [3, 0], [0]]


def test_a_table_that_is_not_listed_or_not_asked_for_is_refused() -> None:
    event = hall()
    with pytest.raises(NoSuchChoice):
        seat(event, "a", "Scribe")
    event.ask_table = False
    db.session.commit()
    with pytest.raises(NoSuchChoice):
        seat(event, "b")


def test_few_of_a_kind_at_a_table_are_told_so_and_can_leave_either_out(client: FlaskClient) -> None:
    event = hall()
    first = seat(event, "a")
    address = f"/r/{first.receipt_code}"
    assert "you are the only one from “County council” at Table 1" in client.get(address).text
    seat(event, "b")
    assert "only 2 from “County council” answered at Table 1" in client.get(address).text
    sent = client.post(f"{address}/leave-out", data={"part": "table"}, follow_redirects=True)
    assert "Left out. What you answered stays." in sent.text
    assert "could show who you are" not in sent.text
    db.session.refresh(first)
    assert (first.table_name, first.organisation_type) == ("", KIND)
    assert [answer.text for answer in first.current_answers] == ["Yes"]


def test_at_the_smallest_group_nobody_is_warned(client: FlaskClient) -> None:
    event = hall()
    receipts = [seat(event, key).receipt_code for key in "abcde"]
    seat(event, "f", "Table 2")
    assert "could show" not in client.get(f"/r/{receipts[0]}").text
    withdraw_response(db.session.scalars(select(Response).where(Response.client_key == "b")).one(), NOON)
    assert "only 4 from" in client.get(f"/r/{receipts[0]}").text


def test_a_correction_keeps_a_table_that_is_gone_and_takes_one_that_is_there() -> None:
    event = hall()
    response = seat(event, "a")
    for table in (table for session in event.sessions for table in session.tables if table.name == "Table 1"):
        table.revoked_at = NOON
    db.session.commit()
    answers = {event.questions[0].id: "No"}
    correct_response(response, answers, NOON, table_name="Table 1")
    assert response.table_name == "Table 1"
    correct_response(response, answers, NOON, table_name="Table 2")
    with pytest.raises(NoSuchChoice):
        correct_response(response, answers, NOON, table_name="Table 1")


def test_nothing_is_left_out_after_closing_or_for_an_unknown_part() -> None:
    event = hall(closes_at=NOON + timedelta(hours=1))
    response = seat(event, "a")
    with pytest.raises(NoSuchChoice):
        leave_out(response, "answers", NOON)
    db.session.rollback()
    with pytest.raises(Refused):
        leave_out(response, "kind", NOON + timedelta(hours=2))
    assert response.organisation_type == KIND
