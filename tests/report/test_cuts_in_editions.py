"""What was cut from somebody's words stays out of a published edition, whatever becomes of these words later."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_question, make_response, make_series
from tests.report.factories import make_board, make_statement, make_theme, place
from webapp.accounts.models import User
from webapp.collect.actions import edit_note, erase_response
from webapp.collect.models import Answer, GroupNote
from webapp.collect.retaining import remove_texts
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import publishing
from webapp.report.models import Edition
from webapp.themes import actions
from webapp.themes.models import Statement, Theme
from webapp.themes.reading import read_statements

NAME = "Gwendolen Harwood"
NAMED = f"{NAME} set targets that never fit what our district does."
OTHER = "Inspectors ask for the same figures three times in one year."
AGREED = f"I agree with {NAME} on this point."
LATER = NOON + timedelta(days=1)
REPORT = "/reports/making-it-count"
TITLE = "What [name removed] did"


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Making it count", purpose="Councils asked.", what_next="Visits follow.")


@pytest.fixture
def event(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def theme(series: Series) -> Theme:
    return make_theme(make_board(series), f"What {NAME} did", "Targets must be few")


def named(event: Event, theme: Theme, channel: str = "written") -> Statement:
    """A statement that names somebody, beside one that does not."""
    make_statement(event, OTHER, theme, facet_guess="problem")
    return make_statement(event, NAMED, theme, channel, facet_guess="problem")


def cut(statement: Statement, who: User) -> None:
    start = statement.text.index(NAME)
    actions.redact(statement, [(start, start + len(NAME))], "name", who, NOON)


def is_public(client: FlaskClient, words: str, number: int = 1) -> list[str]:
    """In which of the edition's files readers find the words."""
    db.session.expire_all()
    files = ("", "/report.json", "/report.html", "/report.md", "/report.csv")
    return [each for each in files if words in client.get(f"{REPORT}/{number}{each}").text]


def publish(series: Series, who: User) -> Edition:
    return publishing.publish(series, None, who, NOON)


def test_after_the_note_was_written_anew(
    series: Series, event: Event, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    statement = named(event, theme, "table")
    publish(series, organiser)
    assert is_public(client, NAME)
    cut(statement, organiser)
    note = db.session.get_one(GroupNote, statement.note_id)
    edit_note(note, "Targets never fit what our district does.", LATER)
    assert is_public(client, NAME) == []
    assert TITLE in client.get(f"{REPORT}/1").text


def test_a_paragraph_that_names_them_is_refused_after_the_note_was_written_anew(
    series: Series, event: Event, theme: Theme, organiser: User
) -> None:
    statement = named(event, theme, "table")
    cut(statement, organiser)
    edit_note(db.session.get_one(GroupNote, statement.note_id), "Targets never fit our district.", LATER)
    series.purpose = f"{NAME} asked for it."
    db.session.commit()
    assert [one.why for one in publishing.readiness(series, None, LATER).forbidden] == ["cut"]


@pytest.mark.parametrize("kept_back", ["withheld", "not to be quoted", "said"])
def test_words_that_no_reader_is_shown_say_no_name(
    kept_back: str, series: Series, event: Event, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    statement = named(event, theme)
    consent = "use" if kept_back == "not to be quoted" else "quote"
    agreed = make_statement(event, AGREED, theme, source={"consent": consent})
    publish(series, organiser)
    if kept_back == "withheld":
        actions.withhold([agreed], "personal", organiser, NOON)
    cut(statement, organiser)
    assert bool(is_public(client, NAME)) == (kept_back == "said")
    # Those on the board read what the other said, so that its titles keep the name.
    assert theme.title == f"What {NAME} did"
    series.purpose = f"{NAME} asked for it."
    db.session.commit()
    assert ("cut" in {one.why for one in publishing.readiness(series, None, NOON).forbidden}) == (kept_back != "said")


def test_after_the_response_was_erased(
    series: Series, event: Event, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    statement = named(event, theme)
    withheld = make_statement(event, AGREED, theme)
    publish(series, organiser)
    actions.withhold([withheld], "personal", organiser, NOON)
    cut(statement, organiser)
    erase_response(db.session.get_one(Answer, statement.answer_id).response, "By letter", organiser, LATER)
    assert is_public(client, NAME) == []
    # Nobody can tell any more what was cut, so that it must not come back with the next edition either.
    assert theme.title == TITLE


def test_what_the_erased_response_alone_went_on_saying_goes_with_it(
    series: Series, event: Event, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    response = make_response(event, {make_question(event): f"{NAMED} {AGREED}"})
    read_statements(event, NOON)
    named_first, agreed = db.session.scalars(db.select(Statement).order_by(Statement.start))
    for each in (named_first, agreed, make_statement(event, OTHER)):
        place(each, theme)
    publish(series, organiser)
    cut(named_first, organiser)
    assert is_public(client, NAME)
    erase_response(response, "By letter", organiser, LATER)
    assert is_public(client, NAME) == [] and theme.title == TITLE


def test_what_others_say_stays_when_a_response_is_erased(
    series: Series, event: Event, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    statement = named(event, theme)
    make_statement(event, AGREED, theme)
    publish(series, organiser)
    cut(statement, organiser)
    erase_response(db.session.get_one(Answer, statement.answer_id).response, "By letter", organiser, LATER)
    assert is_public(client, AGREED) and theme.title == f"What {NAME} did"


def test_after_the_words_of_the_event_were_removed(
    series: Series, event: Event, theme: Theme, organiser: User, client: FlaskClient
) -> None:
    statement = named(event, theme)
    publish(series, organiser)
    cut(statement, organiser)
    remove_texts(event, LATER)
    assert is_public(client, NAME) == [] and is_public(client, OTHER)
