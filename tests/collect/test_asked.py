"""What is kept of an event between visits, and when it is built anew."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from tests.factories import NOON, make_event, make_question, make_series, make_session
from webapp.collect.asked import MOST_KEPT, _kept, asked_at
from webapp.collect.flooding import Floods
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Question, Series


def test_what_is_asked_is_built_once_and_anew_after_any_change_of_a_row() -> None:
    event = make_event(make_series(), code="HALL")
    question = make_question(event, session_id=make_session(event, title="Morning").id)
    retired = make_question(event, retired_at=NOON)
    first = asked_at("hall ")
    assert asked_at("HALL") is first
    assert [each.id for each in first.questions] == [question.id] != [retired.id]
    assert (first.questions[0].session.title, first.event.series.title) == ("Morning", "Managing performance")
    changes = [
        text("UPDATE event_session SET title = 'Afternoon'"),
        update(Question).where(Question.id == question.id).values(choices=["A", "B"]),
        update(Series).values(organisation_types=["x" * 400 + "a" + "x" * 400]),
        update(Series).values(organisation_types=["x" * 400 + "b" + "x" * 400]),
        text("UPDATE event SET closes_at = '2003-07-08 15:00:00+00'"),
    ]
    seen = [first]
    for change in changes:
        db.session.execute(change)
        db.session.commit()
        seen.append(asked_at("HALL"))
    assert len({id(each) for each in seen}) == len(seen)
    assert seen[-1].event.series.organisation_types == ["x" * 400 + "b" + "x" * 400]
    assert seen[-1].event.state(NOON + timedelta(days=1)) == "closed"


def test_what_is_asked_is_in_no_database_session() -> None:
    make_question(make_event(code="HALL"))
    asked = asked_at("HALL")
    assert not [row for row in (asked.event, *asked.questions) if row in db.session]


def test_no_more_than_some_events_are_kept() -> None:
    series = make_series()
    for number in range(MOST_KEPT + 3):
        make_event(series, code=f"KEPT{number}")
        asked_at(f"KEPT{number}")
    assert len(_kept) == MOST_KEPT


def test_each_visitor_has_a_key_of_their_own_on_the_kept_page(client: FlaskClient) -> None:
    question = make_question(make_event(code="HALL"))
    pages = [client.get("/e/HALL").text for _ in range(3)]
    keys = [page.split('name="client_key" value="')[1][:32] for page in pages]
    assert len(set(keys)) == 3
    assert len({page.replace(key, "") for page, key in zip(pages, keys, strict=True)}) == 1
    for key in keys:
        client.post("/e/HALL", data={"client_key": key, f"q{question.id}": "Said", "consent": "quote"})
    assert list(db.session.scalars(select(Response.client_key).order_by(Response.id))) == keys


def test_an_address_that_floods_is_stopped_until_the_next_minute() -> None:
    at = [0.0]
    floods = Floods(2, lambda: at[0])
    assert [floods.over(address) for address in "aabaa"] == [False, False, False, True, True]
    at[0] = 60.0
    assert floods.over("a") is False
