"""The organiser's coverage board: who has written what to which question, and who is silent still."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import (
    NOON,
    join_series,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
)
from webapp.accounts.models import User
from webapp.collect.actions import add_note, agree_to_lines, delete_note, edit_note, restore_note
from webapp.collect.board_views import boards
from webapp.collect.coverage import Cell, coverage_of
from webapp.collect.live import Shared
from webapp.collect.queries import notes_version
from webapp.errors import DomainError, Refused

LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def always_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request works the board out for itself: a test does not wait."""
    monkeypatch.setattr(boards, "seconds", 0.0)


def test_tables_stand_by_questions_and_silence_has_a_name() -> None:
    event = make_event()
    session = make_session(event)
    question = make_question(event)
    make_question(event, "rating")
    first, second = make_table(session), make_table(session, "Table 2")
    make_table(session, "Table 3", revoked_at=NOON)
    make_note(first, "One", question_id=question.id)
    make_note(first, "Two", question_id=question.id, noted_at=LATER)
    make_note(first, "To none")
    make_note(second, "Struck", deleted_at=NOON)
    (grid,) = coverage_of(event, LATER).sessions
    assert grid.columns == [question, None]
    assert [(row.table, row.cells, row.all) for row in grid.rows] == [
        (first, [Cell(2, LATER), Cell(1, NOON)], Cell(3, LATER)),
        (second, [Cell(), Cell()], Cell()),
    ]
    assert (grid.silent, coverage_of(event, LATER).heard, coverage_of(event, LATER).lines) == (["Table 2"], 1, 3)


def test_a_scribe_is_offered_no_general_question() -> None:
    event = make_event()
    make_question(event)
    make_note(make_table(make_session(event, kind="presentation"), "Scribe"), "Key point")
    (grid,) = coverage_of(event, NOON).sessions
    assert (grid.columns, grid.lines) == ([], 1)


def test_responses_are_counted_by_minute_of_the_clock() -> None:
    event = make_event()
    for seconds in (-3600, 0, 59, 60, 125):
        make_response(event, received_at=NOON + timedelta(seconds=seconds))
    make_response(event, withdrawn_at=NOON)
    found = coverage_of(event, NOON + timedelta(seconds=130))
    assert (found.responses, found.last_minute, [n for _minute, n in found.minutes]) == (5, 1, [0] * 12 + [2, 1, 1])


def test_questions_from_the_floor_that_wait_are_counted_apart() -> None:
    session = make_session(kind="qa")
    for values in ({}, {"hidden_at": NOON}, {"hidden_at": NOON, "waiting": True}):
        make_floor_question(session, "Why?", **values)
    assert coverage_of(session.event, NOON).floors == [(session, 1, 1)]


def test_a_table_agrees_to_its_lines_and_any_later_change_is_told() -> None:
    table = make_table()
    with pytest.raises(Refused):
        agree_to_lines(table, notes_version(table), "Ada", NOON)
    note = make_note(table, "Line", facet="problem")
    heard = notes_version(table)
    with pytest.raises(DomainError):
        agree_to_lines(table, heard, "  ", LATER)
    agreement = agree_to_lines(table, heard, " Ada ", LATER)
    assert (agreement.agreed_by, agreement.agreed_at, agreement.lines) == ("Ada", LATER, 1)

    def changed() -> bool:
        return coverage_of(table.session.event, NOON).sessions[0].rows[0].changed

    much_later = LATER + timedelta(minutes=1)
    edit_note(note, "Line", much_later, facet="approach", weight="one")
    assert not changed()
    for change in (
        lambda at: edit_note(note, "Line", at, facet="approach", weight="table"),
        lambda at: add_note(table, "One more", "key", at),
        lambda at: delete_note(note, at),
        lambda at: restore_note(note, at),
    ):
        change(much_later)
        assert changed()
        agree_to_lines(table, notes_version(table), "Ada", much_later + timedelta(seconds=1))
        assert not changed()
        much_later += timedelta(minutes=1)
    with pytest.raises(Refused):
        agree_to_lines(table, heard, "Ada", much_later)


def test_the_board_is_sent_only_when_something_changed(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    event = make_event(series, opens_at=None)
    table = make_table(make_session(event))
    board = f"/series/{series.id}/collect/board/{event.id}"
    page = signed_in.get(board).text
    assert "Nothing yet from anybody" in page and f"/t/{table.token}" in page
    first = signed_in.get(f"{board}/now")
    make_note(table, "Line")
    changed = signed_in.get(f"{board}/now", headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, "Every table has written something." in changed.text) == (200, True)
    make_response(event)
    assert "1 response so far" in signed_in.get(f"{board}/now").text


def test_a_viewer_sees_the_board_without_the_tables_links(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series()
    event = make_event(series)
    table = make_table(make_session(event))
    board = f"/series/{series.id}/collect/board/{event.id}"
    assert signed_in.get(board).status_code == signed_in.get(f"{board}/now").status_code == 404
    join_series(organiser, series, "viewer")
    page = signed_in.get(board).text
    assert "Table 1" in page and table.token not in page
    elsewhere = make_event(make_series(organiser))
    assert signed_in.get(f"/series/{series.id}/collect/board/{elsewhere.id}").status_code == 404


def test_what_many_boards_ask_for_is_worked_out_once_in_a_while() -> None:
    clock = iter([0.0, 0.0, 0.4, 0.5, 0.5])
    made = iter([("v1", "one"), ("v2", "two")])
    shared = Shared(0.5, lambda: next(clock))
    assert [shared.get("board", lambda: next(made)) for _ in range(3)] == [("v1", "one"), ("v1", "one"), ("v2", "two")]
