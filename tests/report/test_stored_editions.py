"""What is stored of an edition: words that went for good are not in it, and what can be brought back still is."""

import json
from datetime import timedelta

import pytest

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.retaining import remove_texts
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import publishing
from webapp.report.editions import published
from webapp.report.models import Edition
from webapp.themes import actions, undoing
from webapp.themes.models import Statement, Theme

LONDON = "The targets we are set never fit what our district does."
LEEDS = "Gwendolen Harwood asks for the same figures three times in one year."
LATER = NOON + timedelta(days=1)


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Making it count", keep_texts_days=30, keep_texts_since=NOON)


@pytest.fixture
def theme(series: Series) -> Theme:
    return make_theme(make_board(series), "Targets", "Targets must be few")


@pytest.fixture
def london(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def leeds(series: Series) -> Event:
    return make_event(series, title="Leeds")


@pytest.fixture
def said(london: Event, leeds: Event, theme: Theme) -> list[Statement]:
    pairs = ((london, LONDON), (leeds, LEEDS))
    return [make_statement(event, text, theme, facet_guess="problem") for event, text in pairs]


@pytest.fixture
def edition(series: Series, said: list[Statement], organiser: User) -> Edition:
    return publishing.publish(series, None, organiser, NOON)


def stored(edition: Edition) -> str:
    db.session.expire_all()
    return json.dumps(edition.contents)


def shown(edition: Edition) -> str:
    db.session.expire_all()
    return str(published(edition).report)


@pytest.mark.parametrize("how", ["withheld", "cut"])
def test_removing_one_events_words_leaves_what_can_be_brought_back_at_another(
    how: str, edition: Edition, said: list[Statement], london: Event, organiser: User
) -> None:
    if how == "withheld":
        actions.withhold([said[1]], "off_topic", organiser, NOON)
    else:
        entry = actions.redact(said[1], [(0, 17)], "name", organiser, NOON)
    assert LEEDS not in shown(edition)
    remove_texts(london, LATER)
    assert LEEDS not in shown(edition) and LONDON in shown(edition)
    if how == "withheld":
        actions.restore([said[1]], organiser, LATER)
    else:
        undoing.undo(entry, organiser, LATER)
    assert LEEDS in shown(edition)
