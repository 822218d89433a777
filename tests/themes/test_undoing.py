import pytest

from tests.factories import NOON, make_event, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.actions import delete_event
from webapp.themes import actions, curation, undoing
from webapp.themes.finding import themes_of
from webapp.themes.models import Board, Statement, Theme
from webapp.themes.queries import log_of


def in_theme(theme: Theme) -> list[str]:
    placed = db.session.scalars(db.select(Statement).where(Statement.placement.has(theme_id=theme.id)))
    return sorted(statement.text for statement in placed)


@pytest.fixture
def board() -> Board:
    return make_board(make_event())


def test_undo_brings_a_merged_theme_back_and_redo_merges_again(board: Board, organiser: User) -> None:
    a, b = make_statements(board, ["a", "b"])
    first, second = make_theme(board, "IT", [a]), make_theme(board, "Systems", [b])
    merged = actions.merge_themes([first, second], organiser, NOON)

    undone = undoing.undo(merged, organiser, NOON)
    assert (themes_of(board), in_theme(second), b.placement.by_person) == ([first, second], ["b"], False)

    undoing.undo(undone, organiser, NOON)
    assert (themes_of(board), in_theme(first)) == ([first], ["a", "b"])
    assert [entry.summary for entry in reversed(log_of(board)[0])] == [
        "Merged “IT” and “Systems”",
        "Undid no. 1: Merged “IT” and “Systems”",
        "Redid no. 1: Merged “IT” and “Systems”",
    ]


def test_undo_is_refused_where_a_later_change_stands_on_it(board: Board, organiser: User) -> None:
    theme = make_theme(board, "a")
    first = actions.rename_theme(theme, "b", organiser, NOON)
    actions.rename_theme(theme, "c", organiser, NOON)
    with pytest.raises(curation.Conflict, match=r"no\. 2, Renamed “b” to “c”"):
        undoing.undo(first, organiser, NOON)
    assert db.session.get(Theme, theme.id).title == "c"


def test_undoing_the_making_of_a_theme_that_has_gained_statements_is_refused(board: Board, organiser: User) -> None:
    a, b = make_statements(board, ["a", "b"])
    made = actions.make_theme([a], "New", organiser, NOON)
    actions.move_statements([b], themes_of(board)[0], organiser, NOON)
    with pytest.raises(curation.Conflict, match=r"no\. 2, Moved 1 statement to “New”\. Undo that first"):
        undoing.undo(made, organiser, NOON)
    assert in_theme(themes_of(board)[0]) == ["a", "b"]


def test_a_theme_that_statements_only_passed_through_waits_for_the_decisions_about_them(
    board: Board, organiser: User
) -> None:
    a, b = make_statements(board, ["a", "b"])
    made = actions.make_theme([a], "New", organiser, NOON)
    new = themes_of(board)[0]
    moved_in = actions.move_statements([b], new, organiser, NOON)
    moved_on = actions.move_statements([b], None, organiser, NOON)
    with pytest.raises(curation.Conflict, match=r"no\. 3"):
        undoing.undo(made, organiser, NOON)
    for entry in (moved_on, moved_in, made):
        undoing.undo(entry, organiser, NOON)
    assert (themes_of(board), b.placement) == ([], None)


def test_a_decision_on_statements_that_were_deleted_with_their_event_cannot_be_undone(
    board: Board, organiser: User
) -> None:
    (a,) = make_statements(board, ["a"])
    entry = actions.withhold([a], "off_topic", organiser, NOON)
    delete_event(a.event, a.event.title, NOON)
    with pytest.raises(Refused, match="deleted with their event"):
        undoing.undo(entry, organiser, NOON)


def test_two_peoples_orders_are_undone_one_without_the_other(board: Board, organiser: User) -> None:
    a, b, c, d = (make_theme(board, title) for title in "abcd")
    actions.place_theme(d, 1, organiser, NOON)
    first = actions.place_theme(c, 1, organiser, NOON)
    actions.place_theme(b, 2, make_user(), NOON)
    assert [theme.title for theme in themes_of(board)] == ["c", "b", "d", "a"]
    undoing.undo(first, organiser, NOON)
    assert [theme.title for theme in themes_of(board)] == ["b", "d", "a", "c"]
    assert a.deleted is False


def test_a_decision_that_was_brought_back_can_be_taken_back_again_by_another(board: Board, organiser: User) -> None:
    theme, bo = make_theme(board, "a"), make_user(name="Bo")
    renamed = actions.rename_theme(theme, "b", organiser, NOON)
    undoing.undo(undoing.undo(renamed, bo, NOON), organiser, NOON)
    assert (theme.title, undoing.last_redoable(board)) == ("b", None)
    undone = undoing.undo(undoing.last_undoable(board), bo, NOON)
    assert (undone.summary, theme.title) == ("Undid no. 1: Renamed “a” to “b”", "a")
    assert undoing.last_redoable(board) == undone
    assert undoing.last_undoable(board) is None


def test_undo_is_refused_where_a_later_decision_brought_the_same_value_back(board: Board, organiser: User) -> None:
    theme = make_theme(board, "a")
    first = actions.rename_theme(theme, "b", organiser, NOON)
    actions.rename_theme(theme, "c", organiser, NOON)
    actions.rename_theme(theme, "b", organiser, NOON)
    with pytest.raises(curation.Conflict, match=r"no\. 3"):
        undoing.undo(first, organiser, NOON)
