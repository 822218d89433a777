"""An event is deleted: its words, and what was cut from them, leave the series' editions, its titles and its report."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.models import Answer
from webapp.collect.signals import uses_of
from webapp.extensions import db
from webapp.programme.actions import delete_event
from webapp.programme.models import Event, Series
from webapp.report import editing, publishing
from webapp.report.editions import published
from webapp.report.models import Edition, EditionUse
from webapp.themes import actions
from webapp.themes.models import CurationEntry, Statement, Theme

NAME = "Gwendolen Harwood"
NAMED = f"{NAME} set targets that never fit what our district does."
OTHER = "Inspectors ask for the same figures three times in one year."
LATER = NOON + timedelta(days=1)


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Making it count", purpose="Councils asked.", what_next="Visits follow.")


@pytest.fixture
def theme(series: Series) -> Theme:
    return make_theme(make_board(series), "Targets", "Targets must be few")


@pytest.fixture
def leeds(series: Series, theme: Theme) -> Statement:
    """What was said at the event that stays."""
    return make_statement(make_event(series, title="Leeds"), OTHER, theme, facet_guess="problem")


@pytest.fixture
def london(series: Series, theme: Theme, leeds: Statement) -> Statement:
    """What was said at the event that is deleted, with the highest numbers."""
    return make_statement(make_event(series, title="London"), NAMED, theme, facet_guess="problem")


def delete(event: Event, who: User) -> None:
    delete_event(event, event.title, LATER, who)
    db.session.expire_all()


def whole_database() -> str:
    return "\n".join(str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()))


def test_its_words_leave_every_edition_of_the_series_for_good(
    series: Series, london: Statement, leeds: Statement, organiser: User, client: FlaskClient
) -> None:
    edition, number = publishing.publish(series, None, organiser, NOON), london.id
    own = publishing.publish(series, london.event, organiser, NOON).id
    delete(london.event, organiser)
    assert {row["id"]: row["text"] for row in edition.contents["statements"]} == {number: "", leeds.id: OTHER}
    shown = published(edition)
    assert (shown.taken_back, [row.text for row in shown.report.statements if row.text]) == (1, [OTHER])
    assert NAME not in whole_database()
    assert NAME not in client.get("/reports/making-it-count").text
    assert db.session.get(Edition, own) is None
    assert set(db.session.scalars(db.select(EditionUse.statement_id))) == {leeds.id}


def test_what_was_cut_there_and_nobody_else_says_stays_out(
    series: Series, theme: Theme, london: Statement, organiser: User, client: FlaskClient
) -> None:
    theme.title = f"What {NAME} did"
    withheld = make_statement(theme.board.series.events[0], f"I agree with {NAME} on this.", theme)
    publishing.publish(series, None, organiser, NOON)
    actions.withhold([withheld], "personal", organiser, NOON)
    actions.redact(london, [(0, len(NAME))], "name", organiser, NOON)
    delete(london.event, organiser)
    page = client.get("/reports/making-it-count").text
    assert NAME not in page and "What [name removed] did" in page
    assert theme.title == "What [name removed] did"


def test_what_people_made_of_its_words_loses_them(
    series: Series, theme: Theme, london: Statement, organiser: User
) -> None:
    actions.rename_theme(theme, NAMED, organiser, NOON)
    editing.add_paragraph(series, None, "introduction", "", f"One said: {NAMED.upper()}", organiser, NOON)
    editing.add_paragraph(series, None, "introduction", "", f"Another said: {OTHER}", organiser, NOON)
    delete(london.event, organiser)
    assert NAME.casefold() not in whole_database().casefold()
    assert theme.title == "Untitled theme"
    assert f"Another said: {OTHER}" in whole_database()
    assert "[words removed]" in "".join(db.session.scalars(db.select(CurationEntry.summary)))


def test_no_number_of_what_was_deleted_is_given_again(
    series: Series, theme: Theme, london: Statement, leeds: Statement, organiser: User
) -> None:
    def numbers(statement: Statement) -> tuple[int, int, int, int]:
        response = db.session.get_one(Answer, statement.answer_id).response
        return (statement.id, statement.answer_id, response.id, response.event_id)

    before = numbers(london)
    delete(london.event, organiser)
    after = numbers(make_statement(make_event(series, title="Bath"), "Something else was said here.", theme))
    assert [new > old for new, old in zip(after, before, strict=True)] == [True] * 4


def test_whoever_speaks_next_gets_nothing_that_was_about_them(
    series: Series, theme: Theme, london: Statement, leeds: Statement, organiser: User, client: FlaskClient
) -> None:
    publishing.publish(series, None, organiser, NOON)
    delete(london.event, organiser)
    new = make_statement(leeds.event, "Something wholly different was said here.", theme)
    uses = uses_of(db.session.get_one(Answer, new.answer_id).response)
    assert [use.became for use in uses] == ["In the theme “Targets”."]
    assert NAME not in client.get("/reports/making-it-count").text
