"""Titles in somebody's words, when these are taken back."""

import pytest

from tests.factories import NOON, make_event, make_question, make_response, make_series
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.report import publishing
from webapp.themes import actions
from webapp.themes.models import Board, Statement, Theme
from webapp.themes.reading import read_statements

SHORT = "Fewer targets"
LONG = "The porter sleeps under his desk from two until four."


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser))


def spoken(event: Event, text: str) -> tuple[Response, Statement]:
    response = make_response(event, {make_question(event): text})
    read_statements(event, NOON)
    return response, db.session.scalars(db.select(Statement).where(Statement.text == text)).one()


def of_the_machine(statement: Statement) -> Theme:
    theme = Theme(board_id=statement.board_id, title=statement.text.rstrip("."), position=1)
    db.session.add(theme)
    db.session.commit()
    actions.move_statements([statement], theme, db.session.scalars(db.select(User)).one(), NOON)
    return theme


def made(statement: Statement, who: User) -> Theme:
    actions.make_theme([statement], statement.text, who, NOON)
    return db.session.scalars(db.select(Theme)).one()


def renamed(statement: Statement, who: User) -> Theme:
    theme = of_the_machine(statement)
    actions.rename_theme(theme, "Another title", who, NOON)
    actions.rename_theme(theme, statement.text, who, NOON)
    return theme


@pytest.mark.parametrize("written", [made, renamed])
@pytest.mark.parametrize(("text", "left"), [(SHORT, SHORT), (LONG, "Untitled theme")])
def test_a_few_words_that_a_person_wrote_stay_and_a_whole_statement_goes(
    written, text: str, left: str, event: Event, organiser: User
) -> None:
    response, statement = spoken(event, text)
    theme = written(statement, organiser)
    assert theme.title == text
    withdraw_response(response, NOON)
    db.session.expire_all()
    assert theme.title == left


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_what_the_machine_took_from_the_words_goes(text: str, event: Event, organiser: User) -> None:
    response, statement = spoken(event, text)
    theme = of_the_machine(statement)
    withdraw_response(response, NOON)
    db.session.expire_all()
    assert theme.title == "Untitled theme"


def test_a_title_in_withheld_words_blocks_an_edition(event: Event, organiser: User) -> None:
    _response, statement = spoken(event, LONG)
    theme = of_the_machine(statement)
    _other, stays = spoken(event, "Nobody at night knows whom to call.")
    actions.move_statements([stays], theme, organiser, NOON)
    assert publishing.readiness(event.series, None, NOON).forbidden == ()
    actions.withhold([statement], "personal", organiser, NOON)
    ready = publishing.readiness(event.series, None, NOON)
    assert {(one.statement_id, one.why) for one in ready.forbidden} == {(statement.id, "withheld")}
    assert db.session.scalars(db.select(Board)).first() is not None
