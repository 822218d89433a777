"""Words by which somebody could be reached: told by the API where the report's files print them, and nowhere else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_question, make_response, make_series
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.extensions import db
from webapp.programme.models import Series
from webapp.report.publishing import publish
from webapp.themes.models import Statement

Programs = Callable[..., Any]
TELEPHONE = "Please ring me on 07700 900123 about this."
ADDRESS = "Write to jane.roe@example.com for the figures."
PLAIN = "There are too many targets."


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser)


def told(program: Any, path: str) -> list[tuple[str | None, str | None]]:
    """The text of each statement, and why it is left out; as each is read by itself, too."""
    listed = program.read(path)["items"]
    assert listed == [program.read(f"statements/{each['id']}") for each in listed]
    return [(each["text"], each["left_out"]) for each in listed]


def answers_told(program: Any, series: Series) -> list[tuple[str | None, str | None]]:
    listed = program.read(f"series/{series.id}/responses")["items"]
    assert listed == [program.read(f"responses/{each['id']}") for each in listed]
    return [(answer["text"], answer["left_out"]) for each in listed for answer in each["answers"]]


def say_not_personal(browser: FlaskClient, statement: Statement) -> None:
    decided = browser.post(
        f"/boards/{statement.board_id}/decide", data={"do": "not_personal", "statement": statement.id}
    )
    assert decided.status_code == 303


def test_a_statement_is_told_where_the_reports_files_print_it(
    program_of: Programs, signed_in: FlaskClient, organiser: User, series: Series
) -> None:
    board = make_board(make_event(series))
    flagged, cleared, _, unquoted = statements = make_statements(board, [TELEPHONE, ADDRESS, PLAIN, TELEPHONE])
    unquoted.consent = "use"
    make_theme(board, "Targets", statements)
    say_not_personal(signed_in, cleared)
    program, path = program_of(organiser), f"series/{series.id}/statements"

    assert told(program, path) == [
        (None, "personal_details"),
        (ADDRESS, None),
        (PLAIN, None),
        (None, "consent"),
    ]
    edition = publish(series, None, organiser, NOON)
    printed = program.read(f"editions/{edition.id}/report")["statements"]
    assert {each["id"]: each["text"] or None for each in printed} == {
        each["id"]: each["text"] for each in program.read(path)["items"]
    }
    say_not_personal(signed_in, flagged)
    assert told(program, path)[0] == (TELEPHONE, None)


def test_an_answer_is_told_once_every_place_in_it_was_looked_at(
    program_of: Programs, signed_in: FlaskClient, organiser: User, series: Series
) -> None:
    event = make_event(series)
    board, question = make_board(event), make_question(event)
    text = f"{TELEPHONE} {PLAIN} {ADDRESS}"
    response = make_response(event, {question: text})
    statements = make_statements(board, [TELEPHONE, PLAIN, ADDRESS], event)
    for statement in statements:
        start = text.index(statement.text)
        statement.answer_id, statement.start = response.answers[0].id, start
        statement.end = start + len(statement.text)
    db.session.commit()
    program = program_of(organiser)

    def of_response() -> tuple[Any, Any]:
        [answer] = program.read(f"responses/{response.id}")["answers"]
        return answer["text"], answer["left_out"]

    assert of_response() == (None, "personal_details")
    say_not_personal(signed_in, statements[0])
    assert of_response() == (None, "personal_details")
    say_not_personal(signed_in, statements[2])
    assert of_response() == (text, None)


def test_an_answer_that_nobody_has_read_yet_is_told_without_a_number_in_it_alone(
    program_of: Programs, organiser: User, series: Series
) -> None:
    event = make_event(series)
    question = make_question(event)
    for text, consent in ((PLAIN, "quote"), (ADDRESS, "quote"), (ADDRESS, "use")):
        make_response(event, {question: text}, consent=consent)
    assert answers_told(program_of(organiser), series) == [
        (PLAIN, None),
        (None, "personal_details"),
        (None, "consent"),
    ]


def test_what_is_written_beside_choices_is_told_without_a_number_in_it_alone(
    program_of: Programs, organiser: User, series: Series
) -> None:
    event = make_event(series)
    question = make_question(event, "several_or_other", choices=["A", "B"])
    said = [("In the breaks", "quote"), ("Ask me on 07700 900123", "quote"), ("In the breaks", "use"), ("", "use")]
    for other, consent in said:
        make_response(event, {question: {"choices": ["A"], "other": other}}, consent=consent)
    listed = program_of(organiser).read(f"series/{series.id}/responses")["items"]
    assert [(each["answers"][0]["value"], each["answers"][0]["left_out"]) for each in listed] == [
        ({"choices": ["A"], "other": "In the breaks"}, None),
        ({"choices": ["A"], "other": ""}, "personal_details"),
        ({"choices": ["A"], "other": ""}, "consent"),
        ({"choices": ["A"], "other": ""}, None),
    ]


def test_an_answer_says_that_something_of_it_was_withheld(
    program_of: Programs, organiser: User, series: Series
) -> None:
    [statement] = make_statements(make_board(make_event(series)), [PLAIN])
    statement.withheld = "personal"
    db.session.commit()
    assert answers_told(program_of(organiser), series) == [(None, "withheld")]
