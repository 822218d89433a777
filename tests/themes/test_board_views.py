import re

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_series, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from tests.themes.test_analysing import LUNCH, PARKING
from webapp.accounts.models import User
from webapp.extensions import db
from webapp.themes import actions
from webapp.themes.board_view import themes_with_counts
from webapp.themes.finding import themes_of
from webapp.themes.models import Board, Placement, Statement


@pytest.fixture
def board(organiser: User) -> Board:
    return make_board(make_event(make_series(organiser)))


def test_a_refused_title_is_answered_as_refused_and_kept(board: Board, signed_in: FlaskClient) -> None:
    theme = make_theme(board, "a", make_statements(board, ["x"]))
    response = signed_in.post(f"/themes/{theme.id}", data={"title": "y" * 201, "statement": "needs care", "seen": "0"})
    assert response.status_code == 422
    assert "y" * 201 in response.text
    assert "needs care" in response.text


def test_what_was_ticked_and_typed_survives_a_refusal(board: Board, signed_in: FlaskClient) -> None:
    a, _b = make_statements(board, ["keep me ticked", "not me"])
    theme = make_theme(board, "One")
    actions.move_statements([a], theme, make_user(name="Bo"), NOON)
    form = {"do": "make", "title": "My title", "note": "because", "statement": [a.id], "seen": "0"}
    response = signed_in.post(f"/boards/{board.id}/decide", data=form)
    assert response.status_code == 409
    assert "Bo changed this while you had it open (Moved 1 statement to “One”)" in response.text
    assert re.search(rf'name="statement" value="{a.id}" form="verbs" checked', response.text)
    assert 'value="My title"' in response.text
    assert 'value="because"' in response.text
    # Who has read why may send it again: the page now knows the newest version.
    form["seen"] = re.search(r'name="seen" value="(\d+)"', response.text).group(1)
    assert signed_in.post(f"/boards/{board.id}/decide", data=form).status_code == 303


def test_a_theme_is_made_of_all_that_a_search_found_unless_it_finds_others_now(
    board: Board, signed_in: FlaskClient
) -> None:
    make_statements(board, ["free parking", "no parking", "lunch"])
    form = {"do": "make", "title": "Parking", "all": "1", "search": "words=parking", "found": "2"}
    assert signed_in.post(f"/boards/{board.id}/decide", data=form).status_code == 303
    assert themes_with_counts(board, themes_of(board))[0].statements == 2
    make_statements(board, ["parking again"])
    refused = signed_in.post(f"/boards/{board.id}/decide", data={**form, "title": "Other"})
    assert refused.status_code == 409
    assert "The search finds 3 statements now" in refused.text


def test_the_board_can_be_narrowed_by_all_at_once_and_counts_what_it_found(
    board: Board, signed_in: FlaskClient
) -> None:
    a, b, c, d = make_statements(board, ["parking is dear", "parking is far", "lunch is late", "parking nowhere"])
    for each in (a, b, c):
        each.organisation_type = "District council"
    make_theme(board, "One", [a])
    make_theme(board, "Two", [b, c])
    query = f"words=parking&organisation=District+council&event={a.event_id}&channel=written&question={a.question_id}"
    page = signed_in.get(f"/series/{board.series_id}/themes?{query}").text
    assert "2 statements found: 2 in 2 themes, 0 in no theme, 0 withheld." in page
    assert d.text not in page
    page = signed_in.get(f"/series/{board.series_id}/themes?words=lunch").text
    assert "1 statement found: 1 in 1 theme" in page
    assert 'id="theme-' in page
    assert page.count('class="item" data-kind="theme"') == 1


def test_a_question_asked_at_two_events_is_one_filter(board: Board, signed_in: FlaskClient) -> None:
    first, second = make_event(board.series), make_event(board.series)
    make_statements(board, ["here"], first)
    (there,) = make_statements(board, ["there"], second)
    found = signed_in.get(f"/series/{board.series_id}/statements?question={there.question_id}").text
    assert "Everything received: 2 statements" in found


def test_others_decisions_are_told_and_ones_own_are_not(board: Board, signed_in: FlaskClient, organiser: User) -> None:
    theme = make_theme(board, "a")
    actions.rename_theme(theme, "b", make_user(name="Bo"), NOON)
    actions.rename_theme(theme, "c", organiser, NOON)
    address = f"/boards/{board.id}/state?since=0"
    answer = signed_in.get(address)
    assert answer.json["news"] == [{"number": 1, "words": "Bo: Renamed “a” to “b”", "themes": [theme.id]}]
    unchanged = signed_in.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    actions.rename_theme(theme, "d", organiser, NOON)
    assert signed_in.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_the_board_as_it_was_after_each_decision(board: Board, signed_in: FlaskClient, organiser: User) -> None:
    a, b = make_statements(board, ["first said", "second said"])
    made = actions.make_theme([a, b], "Old title", organiser, NOON, note="they belong together")
    actions.rename_theme(themes_of(board)[0], "New title", organiser, NOON)
    actions.withhold([b], "off_topic", organiser, NOON)
    page = signed_in.get(f"/log/{made.id}/board").text
    assert re.search(r"<h2><span class=\"n\">1</span> Old title</h2>", page)
    assert "2 statements" in page
    assert "Why: they belong together" in page
    assert 'Withheld <span class="quiet">0</span>' in page


def test_a_refused_split_keeps_titles_and_ticks(board: Board, signed_in: FlaskClient) -> None:
    theme = make_theme(board, "Everything", make_statements(board, PARKING + LUNCH))
    some = db.session.scalars(db.select(Statement.id)).all()[:2]
    form = {"title-2": "", "statement-2": some, "title-3": "Kept", "statement-3": []}
    response = signed_in.post(f"/themes/{theme.id}/split", data=form)
    assert response.status_code == 400
    assert "Give each part a title of its own" in response.text
    assert 'value="Kept"' in response.text


def test_placing_each_where_suggested_is_one_decision(board: Board, signed_in: FlaskClient) -> None:
    a, b, c = make_statements(board, ["a", "b", "c"])
    one, two = make_theme(board, "One"), make_theme(board, "Two")
    form = {"do": "suggested", "statement": [a.id, b.id, c.id]}
    form |= {f"suggested-{a.id}": one.id, f"suggested-{b.id}": two.id, f"suggested-{c.id}": one.id}
    response = signed_in.post(f"/boards/{board.id}/decide", data=form, follow_redirects=True)
    assert "Placed 3 statements where suggested, in 2 themes" in response.text
    assert [each.placement.theme_id for each in (a, b, c)] == [one.id, two.id, one.id]


def test_where_nothing_is_suggested_the_page_says_so(board: Board, signed_in: FlaskClient) -> None:
    (alone,) = make_statements(board, ["a"])
    make_theme(board, "One")
    form = {"do": "suggested", "statement": alone.id}
    response = signed_in.post(f"/boards/{board.id}/decide", data=form, follow_redirects=True)
    assert "No theme is near enough to be suggested for what is ticked." in response.text
    assert alone.placement is None


def test_moving_many_asks_the_database_no_more_often_than_moving_one(board: Board, signed_in: FlaskClient) -> None:
    one, two = make_theme(board, "One", make_statements(board, [f"s{i}" for i in range(30)])), make_theme(board, "Two")

    def queries_of_moving(statements: list[int]) -> int:
        seen: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        db.session.expunge_all()
        db.event.listen(db.engine, "before_cursor_execute", count)
        try:
            form = {"do": "move", "to": two_id, "statement": statements}
            assert signed_in.post(f"/boards/{board_id}/decide", data=form).status_code == 303
        finally:
            db.event.remove(db.engine, "before_cursor_execute", count)
        return len(seen)

    board_id, two_id = board.id, two.id
    ids = list(db.session.scalars(db.select(Placement.statement_id).where(Placement.theme_id == one.id)))
    assert queries_of_moving(ids[:2]) == queries_of_moving(ids[2:])
