"""Erased words leave what people made of them too: titles, statements of themes, both logs and the report."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_event, make_question, make_response, make_series, make_user
from webapp.accounts.models import User
from webapp.collect.actions import erase_response, withdraw_response
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.report import editing, publishing
from webapp.themes import actions, undoing
from webapp.themes.models import Statement, Theme
from webapp.themes.queries import whole_log
from webapp.themes.reading import read_statements
from webapp.themes.replaying import replay

LATER = NOON + timedelta(minutes=5)
WORDS = "Councillor Quimby took the quokka money from the machine last Tuesday."
COMMON = "The plans are never read by anybody at all."


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser), closes_at=NOON + timedelta(hours=1))


@pytest.fixture
def response(event: Event) -> Response:
    made = make_response(event, {make_question(event): WORDS, make_question(event): COMMON})
    make_response(event, {make_question(event): COMMON})
    read_statements(event, NOON)
    return made


def whole_database() -> str:
    return "\n".join(str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()))


def spoken(response: Response) -> list[Statement]:
    query = db.select(Statement).where(Statement.speaker_key == f"r{response.id}").order_by(Statement.id)
    return list(db.session.scalars(query))


def made_of(response: Response, who: User) -> Theme:
    """What people make of the words before anybody asks for them to be erased."""
    actions.make_theme(spoken(response), WORDS, who, NOON, note=f"after: {WORDS}")
    theme = db.session.scalars(db.select(Theme).where(Theme.title == WORDS)).one()
    actions.mark_practice(spoken(response)[:1], WORDS, who, NOON)
    editing.add_paragraph(theme.board.series, None, "introduction", "", f"One wrote: {WORDS.upper()}", who, NOON)
    editing.add_paragraph(theme.board.series, None, "introduction", "", f"Many wrote: {COMMON}", who, NOON)
    return theme


@pytest.mark.parametrize("withdrawn", [False, True])
def test_erased_words_are_nowhere_and_what_others_say_stays(
    withdrawn: bool, response: Response, organiser: User
) -> None:
    theme = made_of(response, organiser)
    if withdrawn:
        withdraw_response(response, NOON)
    erase_response(response, "Asked for by letter", organiser, LATER)
    db.session.expire_all()
    left = whole_database()
    assert "quokka" not in left.casefold()
    assert f"Many wrote: {COMMON}" in left
    assert theme.title == "Untitled theme"
    assert {(one.text, one.wording_key, one.source_key, one.practice_vouched_by) for one in spoken(response)} == {
        ("", "", "", "")
    }
    assert "quokka" not in str(publishing.readiness(theme.board.series, None, LATER).assembled.report).casefold()
    replay(whole_log(theme.board))


def test_a_title_that_the_machine_took_from_a_few_erased_words_goes_too(event: Event, organiser: User) -> None:
    response = make_response(event, {make_question(event): "Quokka money"})
    read_statements(event, NOON)
    (statement,) = spoken(response)
    theme = Theme(board_id=statement.board_id, title="Quokka money", position=1)
    db.session.add(theme)
    db.session.commit()
    erase_response(response, "Asked for by letter", organiser, LATER)
    db.session.expire_all()
    assert theme.title == "Untitled theme"


def test_undoing_the_title_brings_no_word_back(response: Response, organiser: User) -> None:
    theme = made_of(response, organiser)
    entry = actions.rename_theme(theme, "Money", organiser, NOON)
    erase_response(response, "Asked for by letter", organiser, LATER)
    db.session.expire_all()
    undoing.undo(db.session.merge(entry), organiser, LATER)
    assert "quokka" not in whole_database().casefold()


def test_owners_erase_what_was_withdrawn_without_seeing_it(
    app: Flask, signed_in: FlaskClient, response: Response, organiser: User
) -> None:
    series = response.event.series
    withdraw_response(response, NOON)
    page = f"/series/{series.id}/collect/responses"
    listed = signed_in.get(page).text
    assert f'href="{page}/{response.id}/erase"' in listed and "quokka" not in listed
    editor = make_user("editor@example.org")
    join_series(editor, series, "editor")
    theirs = browser_of(app, editor)
    assert f"{page}/{response.id}/erase" not in theirs.get(page).text
    assert theirs.get(f"{page}/{response.id}/erase").status_code == 403
    asked = signed_in.get(f"{page}/{response.id}/erase")
    assert asked.status_code == 200 and "quokka" not in asked.text and "was withdrawn" in asked.text
    assert f'href="{page}/{response.id}"' not in asked.text
    done = signed_in.post(f"{page}/{response.id}/erase", data={"reason": "By letter"}, follow_redirects=True)
    assert f"Response {response.id} is erased." in done.text
    assert f"{page}/{response.id}/erase" not in signed_in.get(page).text
    assert "quokka" not in whole_database()
