"""Words that may not be public any more leave every edition, wherever they stand and however somebody repeated them."""

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import editing, publishing
from webapp.report.drafts import draft_of
from webapp.report.models import Edition
from webapp.report.taking_out import take_words_out
from webapp.themes import actions
from webapp.themes.models import Statement, Theme

NURSE = "Nurse Tamsin drinks wine at work before every single evening shift, and nobody on the ward dares to say so."
MANAGER = "My manager Zorba shouted at the whole team during the budget meeting."
PORTER = "The porter sleeps under his desk from two until four."
TAKEN = "[words taken back since publication]"
LATER = NOON + timedelta(days=1)
BASE = "/reports/making-it-count"


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Making it count", purpose="Councils asked.")


@pytest.fixture
def event(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def theme(series: Series) -> Theme:
    return make_theme(make_board(series), "Targets", "Targets must be few")


@pytest.fixture
def said(event: Event, theme: Theme) -> dict[str, Statement]:
    return {text: make_statement(event, text, theme, facet_guess="problem") for text in (NURSE, MANAGER, PORTER)}


def add(series: Series, who: User, text: str, after: str = "") -> str:
    """Write a paragraph of the organisers' own; its key."""
    before = {part.key for part in publishing.readiness(series, None, NOON).assembled.parts}
    editing.add_paragraph(series, None, "introduction", after, text, who, NOON)
    parts = publishing.readiness(series, None, NOON).assembled.parts
    return next(part.key for part in parts if part.key not in before)


def publish(series: Series, who: User) -> Edition:
    keys = [part.key for part in publishing.readiness(series, None, LATER).stale]
    editing.take_all(series, None, keys, who, LATER)
    return publishing.publish(series, None, who, LATER)


def withdraw(statement: Statement) -> None:
    withdraw_response(db.session.get_one(Answer, statement.answer_id).response, LATER)


def keep_back(statement: Statement, how: str, who: User) -> None:
    """Make the words ones that may not be public any more."""
    if how == "withheld":
        actions.withhold([statement], "personal", who, LATER)
    elif how == "not to be quoted":
        statement.consent = "use"
        db.session.commit()
    elif how == "cut":
        actions.redact(statement, [(0, 12)], "name", who, LATER)
    else:
        withdraw(statement)


def everything_at(client: FlaskClient, number: int) -> str:
    """All that readers can get of an edition as text."""
    files = ("", "/report.json", "/report.html", "/report.md", "/report.csv")
    return "\n".join(client.get(f"{BASE}/{number}{each}").get_data(as_text=True) for each in files)


def changes_in(client: FlaskClient, number: int) -> list[str]:
    """The lines of what changed since the edition before."""
    report = json.loads(client.get(f"{BASE}/{number}/report.json").data)
    (section,) = [each for each in report["sections"] if each["key"] == "changes"]
    items = [item for paragraph in section["paragraphs"] for item in paragraph["items"]]
    return ["".join(run["text"] for run in item["runs"]) for item in items]


@pytest.mark.parametrize("how", ["withheld", "not to be quoted", "cut", "withdrawn"])
def test_what_changed_since_an_edition_tells_no_words_that_left_it(
    how: str, series: Series, said: dict[str, Statement], organiser: User, client: FlaskClient
) -> None:
    key = add(series, organiser, NURSE)
    publish(series, organiser)
    assert "drinks wine" in everything_at(client, 1)
    keep_back(said[NURSE], how, organiser)
    editing.delete_paragraph(series, None, key, organiser, LATER)
    publish(series, organiser)
    assert [number for number in (1, 2) if "Tamsin" in everything_at(client, number)] == []
    assert any(TAKEN in line for line in changes_in(client, 2))


@pytest.mark.parametrize("how", ["withheld", "not to be quoted", "cut", "withdrawn"])
def test_an_edition_published_before_loses_them_from_what_changed_too(
    how: str, series: Series, said: dict[str, Statement], organiser: User, client: FlaskClient
) -> None:
    key = add(series, organiser, NURSE)
    publish(series, organiser)
    editing.delete_paragraph(series, None, key, organiser, LATER)
    second = publish(series, organiser)
    before = changes_in(client, 2)
    assert [line.partition(" ")[2] for line in before if "drinks wine" in line] == [f"{NURSE.partition(' ward')[0]} …"]
    keep_back(said[NURSE], how, organiser)
    assert "Tamsin" not in everything_at(client, 2)
    assert len(changes_in(client, 2)) == len(before)
    take_words_out(series.id)
    db.session.expire_all()
    assert ("Tamsin" in json.dumps(second.contents)) == (how != "withdrawn")


def test_of_an_edition_that_is_public_no_more_the_next_tells_numbers_alone(
    series: Series, said: dict[str, Statement], organiser: User, client: FlaskClient
) -> None:
    key = add(series, organiser, "This was a slip of ours.")
    publish(series, organiser)
    editing.delete_paragraph(series, None, key, organiser, LATER)
    publish(series, organiser)
    assert any("This was a slip of ours." in line for line in changes_in(client, 2))
    publishing.unpublish(draft_of(series), 1, "It names somebody.", organiser, LATER)
    lines = changes_in(client, 2)
    assert lines and not any("slip" in line for line in lines)


@pytest.mark.parametrize(
    ("repeated", "left"),
    [
        ("Two wrote: " + MANAGER.replace("shouted", "**shouted**"), f"Two wrote: {TAKEN}"),
        ("Two wrote: " + MANAGER.upper(), f"Two wrote: {TAKEN}"),
        (f"**{MANAGER[:20]}**{MANAGER[20:]} We heard.", f"{TAKEN} We heard."),
        ("We heard: my manager, Zorba -- shouted at the  whole team during the budget meeting", f"We heard: {TAKEN}"),
        ("They said:\n- my manager Zorba shouted\n- at the whole team during the budget meeting", f"They said:{TAKEN}"),
    ],
)
def test_words_repeated_in_another_dress_leave_the_edition(
    repeated: str, left: str, series: Series, said: dict[str, Statement], organiser: User, client: FlaskClient
) -> None:
    key = add(series, organiser, repeated)
    edition = publish(series, organiser)
    withdraw(said[MANAGER])
    report = json.loads(client.get(f"{BASE}/1/report.json").data)
    (shown,) = [each for section in report["sections"] for each in section["paragraphs"] if each["key"] == key]
    runs = [*shown["runs"], *(run for item in shown["items"] for run in item["runs"])]
    assert "".join(run["text"] for run in runs) == left
    take_words_out(series.id)
    db.session.expire_all()
    assert "zorba" not in json.dumps(edition.contents).casefold()


def test_a_few_words_take_no_paragraph_with_them(
    series: Series, event: Event, theme: Theme, said: dict[str, Statement], organiser: User, client: FlaskClient
) -> None:
    short = make_statement(event, "Fewer targets please.", theme)
    add(series, organiser, "Delegates asked for fewer targets, please, and for time.")
    publish(series, organiser)
    withdraw(short)
    assert "Delegates asked for fewer targets, please, and for time." in client.get(f"{BASE}/1").text


def test_a_theme_named_with_the_words_loses_them_in_every_row(
    series: Series, event: Event, said: dict[str, Statement], organiser: User, client: FlaskClient
) -> None:
    named = make_theme(make_board(series), PORTER.upper().rstrip("."))
    make_statement(event, "Somebody else said this of the nights.", named)
    publish(series, organiser)
    assert "SLEEPS UNDER" in everything_at(client, 1)
    withdraw(said[PORTER])
    assert "sleeps under" not in everything_at(client, 1).casefold()


def test_words_in_another_dress_block_an_edition(series: Series, said: dict[str, Statement], organiser: User) -> None:
    add(
        series,
        organiser,
        MANAGER.replace("Zorba", "**Zorba**,").replace("shouted", "SHOUTED") + "!",
    )
    withdraw(said[MANAGER])
    ready = publishing.readiness(series, None, LATER)
    assert [one.why for one in ready.forbidden] == ["taken back by its author"]
