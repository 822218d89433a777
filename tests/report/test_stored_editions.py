"""What is stored of an edition: words that went for good are not in it, and what can be brought back still is."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer, Response
from webapp.collect.retaining import remove_texts
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import publishing
from webapp.report.drafts import begun
from webapp.report.editions import published
from webapp.report.models import Edition
from webapp.report.taking_out import take_out_what_was_missed
from webapp.themes import actions, undoing
from webapp.themes.models import Statement, Theme
from webapp.themes.tasks import read_what_was_missed

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


def response_of(statement: Statement) -> Response:
    return db.session.get_one(Answer, statement.answer_id).response


def test_words_taken_back_leave_it_where_the_server_stopped_before_it_could_say_so(
    edition: Edition, said: list[Statement]
) -> None:
    response_of(said[1]).withdrawn_at = LATER
    db.session.commit()
    read_what_was_missed.call_local()
    assert LEEDS not in stored(edition) and LONDON in stored(edition)


def test_words_taken_back_leave_it_where_it_was_published_in_the_same_moment(
    app: Flask, series: Series, said: list[Statement], organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(series, None, NOON)
    db.session.commit()
    statement_id, real = said[1].id, publishing.published_report

    def withdraw() -> None:
        with app.app_context():
            withdraw_response(response_of(db.session.get_one(Statement, statement_id)), LATER)
            db.session.remove()

    def meanwhile(*values: Any) -> Any:
        thread = threading.Thread(target=withdraw)
        thread.start()
        thread.join()
        return real(*values)

    monkeypatch.setattr(publishing, "published_report", meanwhile)
    edition = publishing.publish(series, None, organiser, NOON)
    assert LEEDS not in shown(edition) and LEEDS not in stored(edition) and LONDON in stored(edition)


def test_whatever_went_wrong_words_that_are_gone_leave_it_within_a_day(
    edition: Edition, said: list[Statement], london: Event
) -> None:
    said[1].retired_at = LATER
    db.session.delete(london)
    db.session.commit()
    assert LEEDS in stored(edition) and LONDON in stored(edition)
    take_out_what_was_missed.call_local()
    assert LEEDS not in stored(edition) and LONDON not in stored(edition)
