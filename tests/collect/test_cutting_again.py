"""What was cut from a response is cut from whatever its author sends for it later."""

import pytest

from tests.factories import NOON, make_event, make_question, make_response, make_series
from webapp.accounts.models import User
from webapp.collect.actions import correct_response
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Event, Question
from webapp.themes import actions, undoing
from webapp.themes.models import Board, CurationEntry, Statement
from webapp.themes.queries import whole_log
from webapp.themes.reading import read_statements
from webapp.themes.replaying import replay

SAID = "The porter Gustav steals the biscuits every week."
CUT = "The porter [name removed] steals the biscuits every week."


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser))


@pytest.fixture
def questions(event: Event) -> tuple[Question, Question, Question]:
    return make_question(event), make_question(event, about_project=True), make_question(event, "rating")


@pytest.fixture
def response(event: Event, questions: tuple[Question, Question, Question]) -> Response:
    made = make_response(event, {questions[0]: SAID, questions[2]: 4})
    read_statements(event, NOON)
    return made


def cut(who: User) -> CurationEntry:
    (statement,) = db.session.scalars(db.select(Statement).where(Statement.retired_at.is_(None)))
    entry = actions.redact(statement, [(11, 17)], "name", who, NOON)
    assert entry is not None
    return entry


def corrected(response: Response, answers: dict[int, object]) -> list[str | None]:
    """What the response then says in free text."""
    correct_response(response, answers, NOON)
    db.session.expire_all()
    return [each.text for each in response.current_answers if each.text is not None]


def test_a_name_stays_cut_where_the_answer_was_left_out_in_between(
    response: Response, questions: tuple[Question, Question, Question], organiser: User
) -> None:
    text, _project, rating = questions
    cut(organiser)
    assert corrected(response, {rating.id: 4}) == []
    assert corrected(response, {text.id: SAID, rating.id: 4}) == [CUT]
    read_statements(response.event, NOON)
    assert [one.text for one in db.session.scalars(db.select(Statement).where(Statement.retired_at.is_(None)))] == [CUT]


def test_a_name_is_cut_from_the_answer_to_another_question_too(
    response: Response, questions: tuple[Question, Question, Question], organiser: User
) -> None:
    text, project, rating = questions
    cut(organiser)
    found = corrected(response, {text.id: SAID, project.id: "Ask gustav of it.", rating.id: 4})
    assert sorted(found) == ["Ask [name removed] of it.", CUT]
    read_statements(response.event, NOON)
    for board in db.session.scalars(db.select(Board)):
        replay(whole_log(board))


def test_what_somebody_brought_back_is_not_cut_again(
    response: Response, questions: tuple[Question, Question, Question], organiser: User
) -> None:
    text, _project, rating = questions
    entry = cut(organiser)
    undoing.undo(entry, organiser, NOON)
    again = SAID.replace("every week", "each week")
    assert corrected(response, {text.id: again, rating.id: 4}) == [again]
    assert corrected(response, {rating.id: 4}) == []
    assert corrected(response, {text.id: SAID, rating.id: 4}) == [SAID]
