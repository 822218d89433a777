"""What was cut from somebody's words stays out of a published edition, whatever becomes of these words later."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import edit_note
from webapp.collect.models import GroupNote
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import publishing
from webapp.report.models import Edition
from webapp.themes import actions
from webapp.themes.models import Statement, Theme

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
