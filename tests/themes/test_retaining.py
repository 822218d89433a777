"""At the end of the time for which a series keeps words, they are in no table any more, and every figure stays."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import (
    NOON,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
)
from tests.report.factories import make_theme, place
from webapp.accounts.models import User
from webapp.accounts.models_audit import AuditEntry
from webapp.collect.actions import correct_response, withdraw_response
from webapp.collect.floor_moderating import answer_question
from webapp.collect.models import Response
from webapp.collect.retaining import GRACE, keep_texts_for, removal_at
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.actions import open_event
from webapp.programme.models import Event, Series
from webapp.programme.rules import NotValid
from webapp.report import publishing
from webapp.report.editions import published
from webapp.report.models import Edition
from webapp.report.queries import report_for
from webapp.themes import actions, undoing
from webapp.themes.analysing import ask_for_themes, suggest_themes
from webapp.themes.models import Board, Statement
from webapp.themes.queries import accounts_of
from webapp.themes.reading import read_statements
from webapp.themes.retaining import events_due, remove_old_texts
from webapp.themes.understanding import understand_statements

MUCH_LATER = NOON + timedelta(days=40)
WORDS = ("quokka", "bandicoot", "Wombat", "numbat", "bilby", "potoroo", "Joan")


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, keep_texts_days=30, keep_texts_since=NOON)


@pytest.fixture
def event(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def said(event: Event) -> list[Response]:
    """Words in every place that keeps some, read and understood."""
    text, more = make_question(event), make_question(event, "several_or_other", choices=["Tea"])
    first = make_response(
        event, {text: "The quokka targets come too late for us.", more: {"choices": ["Tea"], "other": "Wombat pie"}}
    )
    again = make_response(event, {text: "The quokka targets come too late for us."})
    hidden = make_response(event, {text: "The bandicoot told this in confidence."}, consent="none")
    make_note(make_table(make_session(event)), "Nobody at the numbat table reads the plans.")
    make_floor_question(make_session(event, kind="qa"), "Will Joan answer the bilby question?", answer="Yes, potoroo.")
    read_statements(event, NOON)
    for each in boards():
        understand_statements(each)
    return [first, again, hidden]


def boards() -> list[Board]:
    return list(db.session.scalars(db.select(Board).order_by(Board.id)))


def whole_database() -> str:
    return "\n".join(str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()))


def statements() -> list[Statement]:
    return list(db.session.scalars(db.select(Statement).order_by(Statement.id)))


def remove() -> None:
    assert remove_old_texts(lambda: MUCH_LATER) == 1
    db.session.expire_all()


def test_no_word_is_left_in_any_table(event: Event, said: list[Response], organiser: User) -> None:
    answers = {
        answer.question_id: answer.value if answer.text is None else "Sooner." for answer in said[1].current_answers
    }
    correct_response(said[1], answers, NOON, "District council")
    asked = next(one for one in statements() if one.floor_question_id is not None)
    actions.redact(asked, [(5, 9)], "name", organiser, NOON)
    before = whole_database()
    assert [word for word in WORDS if word not in before] == []
    remove()
    left = whole_database()
    assert [word for word in WORDS if word in left] == []
    assert {one.text for one in statements()} == {"[words removed]"}
    assert {one.vector for one in statements()} == {None}


def test_every_figure_of_the_report_and_the_accounts_stays(event: Event, said: list[Response]) -> None:
    ids = [board.id for board in boards()]
    before, report = accounts_of(ids), report_for(event.series)
    remove()
    after = report_for(event.series)
    assert accounts_of(ids) == before and before.balance
    assert after.balance == report.balance
    assert [row.text for row in after.statements if row.text] == []
    assert (before.received, before.duplicate, before.withheld) == (5, 1, 1)


def test_a_copy_counts_when_its_original_is_withdrawn_after_the_words_are_gone(
    event: Event, said: list[Response]
) -> None:
    remove()
    said[0].event.closes_at = MUCH_LATER + timedelta(hours=1)
    withdraw_response(said[0], MUCH_LATER)
    accounts = accounts_of([board.id for board in boards()])
    assert (accounts.received, accounts.duplicate) == (4, 0) and accounts.balance


def test_nothing_is_due_before_its_time_nor_within_a_week_of_the_decision(event: Event, said: list[Response]) -> None:
    ends = datetime(2003, 7, 8, 23, tzinfo=UTC)  # midnight in London
    assert removal_at(event) == ends + timedelta(days=30)
    assert events_due(ends + timedelta(days=30, seconds=-1)) == []
    assert events_due(ends + timedelta(days=30)) == [event]
    event.series.keep_texts_since = MUCH_LATER
    assert removal_at(event) == MUCH_LATER + GRACE
    event.series.keep_texts_days = None
    assert removal_at(event) is None and events_due(NOON + timedelta(days=9999)) == []


def test_it_is_done_once_and_again_for_words_that_came_in_since(event: Event, said: list[Response]) -> None:
    remove()
    assert event.texts_removed_at == event.closes_at == MUCH_LATER
    assert remove_old_texts(lambda: MUCH_LATER) == 0
    with pytest.raises(Refused):
        open_event(event, MUCH_LATER)
    make_response(event, {make_question(event): "A quokka on a late card."}, paper_serial=7)
    read_statements(event, MUCH_LATER)
    assert remove_old_texts(lambda: MUCH_LATER) == 1 and "quokka" not in whole_database()
    kept = db.session.scalars(db.select(AuditEntry.detail).where(AuditEntry.kind == "retention"))
    assert list(kept) == [f"the words of event {event.id} were removed"] * 2


def test_undoing_a_cut_brings_no_word_back_and_the_log_replays(
    event: Event, said: list[Response], organiser: User
) -> None:
    entry = actions.redact(statements()[0], [(4, 10)], "name", organiser, NOON)
    remove()
    undoing.undo(entry, organiser, MUCH_LATER)
    assert "quokka" not in whole_database()
    assert {one.text for one in statements()} == {"[words removed]"}


def test_a_later_analysis_leaves_what_has_no_words_where_it_stands(
    series: Series, event: Event, organiser: User
) -> None:
    text = make_question(event)
    for n in range(8):
        make_response(event, {text: f"Quokka hill number {n} needs more targets every year."})
    read_statements(event, NOON)
    board = next(one for one in boards() if not one.about_project)
    suggest_themes(ask_for_themes(board, organiser, NOON), lambda: NOON)
    before = [(one.id, one.placement.theme_id if one.placement else None) for one in statements()]
    remove()
    later = make_event(series, starts_on=MUCH_LATER.date(), title="Leeds")
    for n in range(6):
        make_response(later, {make_question(later): f"Train times to Leeds were bad, number {n}."})
    run = ask_for_themes(board, organiser, MUCH_LATER)
    suggest_themes(run, lambda: MUCH_LATER)
    assert (run.state, run.statement_count) == ("done", 6)
    after = [(one.id, one.placement.theme_id if one.placement else None) for one in statements()]
    assert after[: len(before)] == before
    assert {one.vector for one in statements() if one.event_id == event.id} == {None}


def test_a_public_edition_keeps_what_it_printed_and_no_other_keeps_a_word(
    series: Series, event: Event, said: list[Response], organiser: User
) -> None:
    theme = make_theme(next(one for one in boards() if not one.about_project), "Targets")
    for one in statements():
        place(one, theme)
    gone = publishing.publish(series, None, organiser, NOON)
    publishing.unpublish(gone.draft, gone.number, "A slip", organiser, NOON)
    edition = publishing.publish(series, None, organiser, NOON)
    withdrawn = next(one for one in statements() if "numbat" in one.text)
    actions.withhold([withdrawn], "off_topic", organiser, NOON)
    before = published(edition).report
    assert "quokka" in str(before) and "numbat" not in str(before.statements) and "bandicoot" not in str(before)
    remove()
    edition, gone = db.session.get_one(Edition, edition.id), db.session.get_one(Edition, gone.id)
    assert published(edition).report == before
    assert "numbat" not in str(edition.contents)
    assert not [word for word in WORDS if word in str(gone.contents)]
    reasons = [reason for part in publishing.readiness(series, None, MUCH_LATER).stale for reason in part.reasons]
    assert any("its words were removed at the end of their time" in reason for reason in reasons)
    withdraw_response(said[0], NOON)
    assert "quokka" not in str(published(edition).report)


def test_an_owner_decides_and_what_cannot_be_kept_to_is_refused(
    series: Series, event: Event, organiser: User, signed_in: FlaskClient
) -> None:
    page = f"/series/{series.id}/collect/retention"
    assert "are removed from 8 August 2003, 00:00 on" in signed_in.get(page).text
    for typed in ("29", "3651", "soon"):
        refused = signed_in.post(page, data={"days": typed})
        assert refused.status_code == 400 and f'value="{typed}"' in refused.text
    done = signed_in.post(page, data={"days": "365"}, follow_redirects=True)
    assert "Texts of this series are kept for 365 days." in done.text
    assert series.keep_texts_days == 365
    assert "removed 365 days after the event" in signed_in.get(f"/e/{event.code}/privacy").text
    signed_in.post(page, data={"days": ""})
    assert series.keep_texts_days is None
    assert "has set no day" in signed_in.get(f"/e/{event.code}/privacy").text
    with pytest.raises(NotValid):
        keep_texts_for(series, 1, organiser, NOON)


def test_everybody_may_read_what_is_kept_in_both_languages(client: FlaskClient) -> None:
    assert "What this site keeps, where, and for how long." in client.get("/data-protection").text
    assert "Diogelu data" in client.get("/data-protection", headers={"Accept-Language": "cy"}).text


def test_the_command_says_what_is_due_and_removes_it(app, event: Event, said: list[Response]) -> None:
    shown = app.test_cli_runner().invoke(args=["remove-old-texts", "--dry-run"]).output
    assert f"Due: event {event.id}" in shown and "Nothing was removed." in shown and "quokka" in whole_database()
    assert f"Removed the words of event {event.id}." in app.test_cli_runner().invoke(args=["remove-old-texts"]).output
    assert "quokka" not in whole_database()


def test_what_is_in_no_statement_goes_too_when_it_came_in_later(series: Series, event: Event) -> None:
    more = make_question(event, "several_or_other", choices=["Tea"])
    asked = make_floor_question(make_session(event, kind="qa"), "Will Joan answer the bilby question?")
    read_statements(event, NOON)
    remove()
    make_response(event, {more: {"choices": [], "other": "Wombat pie"}}, table_name="Joan's", received_at=NOON)
    answer_question(asked, "Yes, potoroo.", "Joan", MUCH_LATER)
    read_statements(event, MUCH_LATER)
    assert events_due(MUCH_LATER) == [event]
    remove()
    left = whole_database()
    assert [word for word in WORDS if word in left] == []
    assert events_due(MUCH_LATER + timedelta(days=999)) == []


def test_a_new_number_of_days_takes_a_week_for_what_came_in_after_a_removal_too(
    series: Series, event: Event, organiser: User
) -> None:
    read_statements(event, NOON)
    remove()
    keep_texts_for(series, None, organiser, MUCH_LATER)
    make_response(event, {make_question(event): "A quokka on a late card."})
    read_statements(event, MUCH_LATER)
    keep_texts_for(series, 3650, organiser, MUCH_LATER)
    assert events_due(MUCH_LATER + GRACE - timedelta(seconds=1)) == []
    assert events_due(MUCH_LATER + GRACE) == [event]


def test_an_owner_who_decides_otherwise_meanwhile_keeps_the_later_events(
    series: Series, event: Event, organiser: User
) -> None:
    later = make_event(series, title="Leeds")
    make_response(later, {make_question(later): "A quokka in Leeds."})
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        keep_texts_for(series, None, organiser, MUCH_LATER)

    assert remove_old_texts(lambda: MUCH_LATER, say) == 1
    assert said == [f"Removed the words of event {event.id}."]
    assert "quokka" in whole_database() and later.texts_removed_at is None
