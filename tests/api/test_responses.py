"""Responses as programs read them: as far as their authors allow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    NOON,
    make_event,
    make_question,
    make_response,
    make_series,
    make_user,
)
from tests.themes.factories import make_board, make_statements
from webapp.collect.actions import withdraw_response
from webapp.extensions import db
from webapp.programme.models import Series

Programs = Callable[..., Any]
WORDS = ("Too many targets.", "Nobody reads the returns.", "The data come too late.")


@pytest.fixture
def owner() -> Any:
    return make_user()


@pytest.fixture
def series(owner: Any) -> Series:
    return make_series(owner)


def ids(page: dict[str, Any]) -> list[int]:
    return [each["id"] for each in page["items"]]


def test_responses_say_what_their_authors_allow(program_of: Programs, owner: Any, series: Series) -> None:
    event = make_event(series)
    words = make_question(event)
    rating = make_question(event, "rating")
    other = make_question(event, "several_or_other", choices=["A", "B"])
    said = {"choices": ["A"], "other": "My own words"}
    free = make_response(event, {words: WORDS[0], rating: 4, other: said})
    unquoted = make_response(event, {words: WORDS[1], rating: 2, other: said}, consent="use")
    kept_out = make_response(event, {words: WORDS[2]}, consent="none", imported_from="file.csv")
    withdrawn = make_response(event, {words: "Withdrawn words."})
    withdraw_response(withdrawn, NOON)
    program = program_of(owner)

    listed = program.read(f"series/{series.id}/responses")["items"]
    assert [each["id"] for each in listed] == [free.id, unquoted.id, kept_out.id]
    assert [[answer["text"] for answer in each["answers"]] for each in listed] == [
        [WORDS[0], None, None],
        [None, None, None],
        [None],
    ]
    assert [answer["value"] for answer in listed[0]["answers"]] == [None, 4, said]
    assert listed[1]["answers"][2]["value"] == {"choices": ["A"], "other": ""}
    assert listed[0] == program.read(f"responses/{free.id}")
    assert program.ask(f"responses/{withdrawn.id}").status_code == 404
    assert [each["channel"] for each in listed] == ["phone", "phone", "file"]
    assert ids(program.read(f"series/{series.id}/responses?channel=file")) == [kept_out.id]
    assert ids(program.read(f"series/{series.id}/responses?event={event.id}&limit=1")) == [free.id]


def test_ratings_of_sessions_are_told_as_they_were_given(program_of: Programs, owner: Any, series: Series) -> None:
    event = make_event(series)
    sessions = make_question(event, "session_ratings", choices=["choices", "other"])
    for ratings in ({"choices": 4}, {"choices": 4, "other": None}, {"other": 5}):
        make_response(event, {sessions: ratings}, consent="use")
    listed = program_of(owner).read(f"series/{series.id}/responses")["items"]
    assert [each["answers"][0]["value"] for each in listed] == [
        {"choices": 4},
        {"choices": 4, "other": None},
        {"other": 5},
    ]


def test_an_answer_of_which_something_was_withheld_is_not_read_elsewhere(
    program_of: Programs, owner: Any, series: Series
) -> None:
    board = make_board(make_event(series))
    [statement] = make_statements(board, ["Ask Jane Doe of Leeds."])
    statement.withheld = "personal"
    db.session.commit()
    answer = program_of(owner).ask(f"series/{series.id}/responses")
    assert "Jane Doe" not in answer.text
    assert answer.json["items"][0]["answers"][0]["text"] is None


def test_responses_since_a_moment_are_those_that_came_or_were_corrected(
    program_of: Programs, owner: Any, series: Series
) -> None:
    event = make_event(series)
    question = make_question(event)
    make_response(event, {question: WORDS[0]})
    corrected = make_response(event, {question: WORDS[1]}, corrected_at=NOON + timedelta(hours=3))
    later = make_response(event, {question: WORDS[2]}, received_at=NOON + timedelta(hours=2))
    found = program_of(owner).read(f"series/{series.id}/responses?updated_since=2003-07-08T14:00:00Z")
    assert ids(found) == [corrected.id, later.id]


def test_a_kind_of_organisation_that_few_named_is_not_told(program_of: Programs, owner: Any, series: Series) -> None:
    event = make_event(series)
    question = make_question(event, "rating")
    for _ in range(5):
        make_response(event, {question: 3})
    make_response(event, {question: 3}, organisation_type="County council")
    listed = program_of(owner).read(f"series/{series.id}/responses")["items"]
    assert [each["organisation_type"] for each in listed] == ["District council"] * 5 + [None]
