"""The same words come in again after something was cut from them."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_event, make_question, make_response, make_series
from webapp.accounts.models import User
from webapp.collect.models import Answer
from webapp.extensions import db
from webapp.programme.models import Event, Question
from webapp.themes import actions, undoing
from webapp.themes.models import Board, CurationEntry, Statement
from webapp.themes.queries import accounts_of, whole_log
from webapp.themes.reading import read_statements
from webapp.themes.replaying import replay

SAID = "Ask Zebedee Quill about the targets, for he set them all alone."
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser))


@pytest.fixture
def question(event: Event) -> Question:
    return make_question(event)


def live() -> list[Statement]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Statement).where(Statement.retired_at.is_(None)).order_by(Statement.id)))


def cut_name(event: Event, question: Question, organiser: User) -> CurationEntry:
    make_response(event, {question: SAID})
    read_statements(event, NOON)
    start = SAID.index("Zebedee")
    entry = actions.redact(live()[0], [(start, start + len("Zebedee Quill"))], "name", organiser, NOON)
    assert entry is not None
    return entry


def test_a_copy_that_comes_in_later_loses_the_words_too(event: Event, question: Question, organiser: User) -> None:
    cut_name(event, question, organiser)
    late = make_response(event, {question: f"The soup was cold. {SAID.upper()}"})

    read_statements(event, LATER)

    first, soup, copy = live()
    assert (copy.duplicate_of_id, soup.text) == (first.id, "The soup was cold.")
    assert copy.text == SAID.upper().replace("ZEBEDEE QUILL", "[name removed]")
    answer = db.session.get_one(Answer, late.answers[0].id)
    assert answer.text == f"The soup was cold. {copy.text}"
    board = db.session.scalars(db.select(Board).where(Board.about_project.is_(False))).one()
    entry = db.session.scalars(db.select(CurationEntry).order_by(CurationEntry.id.desc())).first()
    assert entry is not None
    assert (entry.verb, entry.summary) == ("redact", "Cut 1 passage in copies that came in later")
    assert "Zebedee" not in str(entry.changes).title()
    assert accounts_of([board.id]).duplicate == 1
    assert replay(whole_log(board))


def test_it_is_cut_once_however_often_it_is_read(event: Event, question: Question, organiser: User) -> None:
    cut_name(event, question, organiser)
    make_response(event, {question: SAID})
    read_statements(event, LATER)
    entries = db.session.scalar(db.select(db.func.count()).select_from(CurationEntry))

    make_response(event, {question: "The soup was cold."})
    read_statements(event, LATER)

    assert db.session.scalar(db.select(db.func.count()).select_from(CurationEntry)) == entries


def test_what_an_owner_brought_back_is_cut_from_no_copy(event: Event, question: Question, organiser: User) -> None:
    undoing.undo(cut_name(event, question, organiser), organiser, LATER)
    make_response(event, {question: SAID})

    read_statements(event, LATER)

    assert [statement.text for statement in live()] == [SAID, SAID]
