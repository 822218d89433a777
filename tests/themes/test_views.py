import csv
import io
import re
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_event, make_response, make_series, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from tests.themes.test_analysing import LUNCH, PARKING, received
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.extensions import db
from webapp.themes import actions
from webapp.themes.finding import themes_of
from webapp.themes.models import Board, Statement
from webapp.themes.queries import boards_of
from webapp.themes.reading import read_statements


@pytest.fixture
def board(organiser: User) -> Board:
    return make_board(make_event(make_series(organiser)))


def pages_of(board: Board) -> list[str]:
    theme = themes_of(board)[0]
    statement = db.session.scalars(db.select(Statement)).first()
    base = f"/series/{board.series_id}"
    return [
        f"{base}/themes",
        f"{base}/themes?about=project",
        f"{base}/themes/log",
        f"{base}/themes/log.csv",
        f"{base}/statements",
        f"{base}/statements?fate=withheld&words=%00x&page=99999999&facet=nonsense&event=abc",
        f"/themes/{theme.id}",
        f"/statements/{statement.id}",
    ]


def test_every_page_opens_for_a_member_and_does_not_exist_for_a_stranger(
    board: Board, signed_in: FlaskClient, app: Flask
) -> None:
    make_theme(board, "Targets", make_statements(board, ["a", "b"]))
    stranger = browser_of(app, make_user())
    for page in pages_of(board):
        assert signed_in.get(page).status_code == 200, page
        assert stranger.get(page).status_code == 404, page
        assert app.test_client().get(page).status_code == 302, page


def test_a_viewer_reads_and_changes_nothing(board: Board, app: Flask) -> None:
    theme = make_theme(board, "Targets", make_statements(board, ["a"]))
    viewer = make_user()
    join_series(viewer, board.series, "viewer")
    client = browser_of(app, viewer)
    for page in pages_of(board):
        response = client.get(page)
        assert response.status_code == 200
        # Search and sign-out are all that a viewer can press.
        assert set(re.findall(r'method="post" action="([^"]+)"', response.text)) <= {"/sign-out"}
    for address, form in [
        (f"/themes/{theme.id}", {"title": "Mine"}),
        (f"/themes/{theme.id}/split", {}),
        (f"/series/{board.series_id}/themes/analyse", {}),
        (f"/boards/{board.id}/decide", {"do": "delete", "theme": [theme.id]}),
    ]:
        assert client.post(address, data=form).status_code in (403, 409), address
    db.session.expire_all()
    assert (theme.title, theme.deleted, board.version) == ("Targets", False, 0)


def test_from_nothing_to_themes_on_the_board(organiser: User, signed_in: FlaskClient) -> None:
    event = make_event(make_series(organiser))
    address = f"/series/{event.series_id}/themes"
    assert "The themes will stand here" in signed_in.get(address).text
    received(event, PARKING + LUNCH)
    read_statements(event, NOON)
    assert "12 statements have been read" in signed_in.get(address).text

    assert signed_in.post(f"{address}/analyse").status_code == 303

    page = signed_in.get(address).text
    for theme in themes_of(boards_of(event.series_id)[0]):
        assert theme.title in page


def test_renaming_shows_the_new_title_and_offers_undo(board: Board, signed_in: FlaskClient) -> None:
    theme = make_theme(board, "Tell", make_statements(board, ["a"]))
    form = {"title": "Telling the truth", "statement": "needs courage", "seen": "0"}
    signed_in.post(f"/themes/{theme.id}", data=form)
    page = signed_in.get(f"/series/{board.series_id}/themes").text
    assert "Telling the truth" in page
    assert "needs courage" in page
    assert "Undo: Renamed “Tell” to “Telling the truth”" in page


def test_a_conflict_keeps_what_was_typed(board: Board, signed_in: FlaskClient) -> None:
    theme = make_theme(board, "a", make_statements(board, ["x"]))
    actions.rename_theme(theme, "b", make_user(name="Bo"), NOON)
    response = signed_in.post(f"/themes/{theme.id}", data={"title": "my careful title", "seen": "0"})
    assert response.status_code == 409
    assert "Bo changed this while you had it open" in response.text
    assert 'value="my careful title"' in response.text


def test_merging_one_theme_is_answered_in_plain_words(board: Board, signed_in: FlaskClient) -> None:
    theme = make_theme(board, "a", make_statements(board, ["x"]))
    response = signed_in.post(f"/boards/{board.id}/decide", data={"do": "merge", "theme": [theme.id]})
    assert response.status_code == 400
    assert "Choose two or more themes" in response.text


@pytest.mark.parametrize(
    ("form", "summary"),
    [
        ({"do": "make", "title": "New"}, "Made “New” from 2 statements"),
        ({"do": "nowhere"}, "Moved 2 statements to In no theme"),
        ({"do": "facet", "facet": "problem"}, "Marked 2 statements as problem"),
        ({"do": "withhold", "reason": "off_topic"}, "Withheld 2 statements: not about the event"),
    ],
)
def test_the_verbs_on_ticked_statements(
    board: Board, signed_in: FlaskClient, form: dict[str, str], summary: str
) -> None:
    a, b, _c = make_statements(board, ["a", "b", "c"])
    make_theme(board, "Old", [a, b])
    data = {**form, "statement": [a.id, b.id], "back": f"/series/{board.series_id}/statements"}
    response = signed_in.post(f"/boards/{board.id}/decide", data=data, follow_redirects=True)
    assert summary in response.text


def test_statements_of_another_series_cannot_be_changed_through_ones_own(board: Board, signed_in: FlaskClient) -> None:
    foreign = make_board(make_event())
    (theirs,) = make_statements(foreign, ["theirs"])
    form = {"do": "withhold", "reason": "personal", "statement": [theirs.id]}
    assert signed_in.post(f"/boards/{board.id}/decide", data=form).status_code == 400
    assert signed_in.post(f"/boards/{foreign.id}/decide", data=form).status_code == 404
    db.session.expire_all()
    assert theirs.withheld is None


def test_the_way_back_never_leaves_the_site(board: Board, signed_in: FlaskClient) -> None:
    (a,) = make_statements(board, ["a"])
    for back in ("https://evil.example.org/", "//evil.example.org", "/\\evil.example.org"):
        form = {"do": "nowhere", "statement": [a.id], "back": back}
        response = signed_in.post(f"/boards/{board.id}/decide", data=form)
        assert "evil" not in response.headers["Location"]


def test_split_proposes_parts_and_carries_them_out(board: Board, signed_in: FlaskClient) -> None:
    theme = make_theme(board, "Everything", make_statements(board, PARKING + LUNCH))
    page = signed_in.get(f"/themes/{theme.id}/split?parts=2").text
    assert "2. Becomes a theme" in page
    members = db.session.scalars(db.select(Statement).where(Statement.text.in_(LUNCH)))
    form = {"title-2": "Lunch", "statement-2": [statement.id for statement in members], "seen": "0"}
    signed_in.post(f"/themes/{theme.id}/split", data=form)
    assert [each.title for each in themes_of(board)] == ["Everything", "Lunch"]


def test_the_log_file_is_harmless_in_a_spreadsheet(board: Board, signed_in: FlaskClient, organiser: User) -> None:
    organiser.name = "=HYPERLINK(1)"
    actions.rename_theme(make_theme(board, "a"), "b", organiser, NOON)
    content = signed_in.get(f"/series/{board.series_id}/themes/log.csv").text
    rows = list(csv.reader(io.StringIO(content.lstrip("\ufeff"))))
    assert rows[1][:5] == ["1", NOON.isoformat(), "'=HYPERLINK(1)", "rename", "Renamed “a” to “b”"]


def test_a_statement_shows_its_source_with_the_slice_marked(board: Board, signed_in: FlaskClient) -> None:
    event = board.series.events[0]
    question = make_statements(board, ["x"])[0].question
    make_response(event, {question: "First <b>idea</b>. Second idea."})
    read_statements(event, NOON)
    second = db.session.scalars(db.select(Statement).where(Statement.text == "Second idea.")).one()
    page = signed_in.get(f"/statements/{second.id}").text
    assert "First &lt;b&gt;idea&lt;/b&gt;. <mark>Second idea.</mark>" in page


def test_words_that_were_taken_back_are_shown_to_nobody(board: Board, signed_in: FlaskClient) -> None:
    event = board.series.events[0]
    response = make_response(event, {make_statements(board, ["x"])[0].question: "Do not show this later."})
    read_statements(event, NOON)
    said = db.session.scalars(db.select(Statement).where(Statement.text == "Do not show this later.")).one()
    withdraw_response(response, NOON)
    read_statements(event, NOON)

    page = signed_in.get(f"/statements/{said.id}")

    assert page.status_code == 404
    assert "Do not show this later." not in page.text
    form = {"do": "nowhere", "statement": [said.id]}
    assert signed_in.post(f"/boards/{board.id}/decide", data=form).status_code == 400


def test_values_that_no_page_of_ours_sends_do_not_fail(board: Board, signed_in: FlaskClient) -> None:
    (a,) = make_statements(board, ["a"])
    for query in ("channel=%00", "event=9999999999999999999999", "theme=%C2%B2", "words=%ED%A0%80"):
        assert signed_in.get(f"/series/{board.series_id}/statements?{query}").status_code == 200, query
    form = {"do": "nowhere", "statement": [str(a.id), "²", "9" * 30], "seen": "²"}
    assert signed_in.post(f"/boards/{board.id}/decide", data=form).status_code == 303


def test_the_boards_queries_do_not_grow_with_its_statements(board: Board, signed_in: FlaskClient) -> None:
    def queries_of_the_page() -> int:
        seen: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        db.event.listen(db.engine, "before_cursor_execute", count)
        try:
            assert signed_in.get(f"/series/{board.series_id}/themes").status_code == 200
        finally:
            db.event.remove(db.engine, "before_cursor_execute", count)
        return len(seen)

    make_theme(board, "One", make_statements(board, ["a", "b", "c", "d"]))
    few = queries_of_the_page()
    make_theme(board, "Two", make_statements(board, [f"s{i}" for i in range(40)]))
    assert queries_of_the_page() == few


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\t/evil.example", "/\r\n/evil.example", "/\\evil.example", "http://x"]
)
def test_the_way_back_stays_on_this_site(board: Board, signed_in: FlaskClient, back: str) -> None:
    (statement,) = make_statements(board, ["a"])
    typed = {"do": "facet", "facet": "problem", "statement": statement.id, "back": back}
    answer = signed_in.post(f"/boards/{board.id}/decide", data=typed)
    assert answer.status_code == 303
    assert urljoin("http://localhost/", answer.location).startswith("http://localhost/")
