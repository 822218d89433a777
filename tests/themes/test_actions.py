import pytest

from tests.factories import NOON, make_event, make_question, make_response, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer
from webapp.errors import DomainError, Refused
from webapp.extensions import db
from webapp.themes import actions, curation, undoing
from webapp.themes.duplicates import mark_copies
from webapp.themes.finding import themes_of
from webapp.themes.models import PRINTABLE, Board, CurationEntry, Placement, Statement, Theme
from webapp.themes.queries import Accounts, accounts_of, log_of
from webapp.themes.reading import read_statements
from webapp.themes.taken_back import follow_sources


def in_theme(theme: Theme) -> list[str]:
    placed = db.session.scalars(
        db.select(Statement).join(Statement.placement).where(Statement.placement.has(theme_id=theme.id))
    )
    return sorted(statement.text for statement in placed)


@pytest.fixture
def board() -> Board:
    return make_board(make_event())


def test_renaming_is_logged_with_both_titles(board: Board, organiser: User) -> None:
    theme = make_theme(board, "Tell")
    entry = actions.rename_theme(theme, "  Telling the \n truth ", organiser, NOON)
    assert theme.title == "Telling the truth"
    assert entry is not None
    assert (entry.number, entry.actor, entry.summary) == (1, organiser, "Renamed “Tell” to “Telling the truth”")


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_title_that_cannot_be_printed_is_refused(board: Board, organiser: User, title: str) -> None:
    theme = make_theme(board, "Targets")
    with pytest.raises(DomainError):
        actions.rename_theme(theme, title, organiser, NOON)
    assert theme.title == "Targets"


def test_renaming_to_the_same_title_leaves_no_trace(board: Board, organiser: User) -> None:
    theme = make_theme(board, "Targets")
    assert actions.rename_theme(theme, "Targets", organiser, NOON) is None
    assert board.version == 0


def test_merging_brings_the_statements_into_the_first_theme(board: Board, organiser: User) -> None:
    a, b, c = make_statements(board, ["a", "b", "c"])
    first, second = make_theme(board, "IT", [a]), make_theme(board, "Systems", [b, c])

    actions.merge_themes([first, second], organiser, NOON)

    assert themes_of(board) == [first]
    assert in_theme(first) == ["a", "b", "c"]
    assert [s.placement.by_person for s in (a, b, c)] == [False, True, True]


def test_one_theme_cannot_be_merged(board: Board, organiser: User) -> None:
    theme = make_theme(board)
    with pytest.raises(DomainError, match="two or more"):
        actions.merge_themes([theme, theme], organiser, NOON)


def test_splitting_makes_new_themes_and_leaves_the_rest(board: Board, organiser: User) -> None:
    a, b, c = make_statements(board, ["a", "b", "c"])
    theme = make_theme(board, "Everything", [a, b, c])

    actions.split_theme(theme, {"Only b": [b]}, organiser, NOON)

    stays, new = themes_of(board)
    assert (stays, in_theme(stays)) == (theme, ["a", "c"])
    assert (new.title, in_theme(new)) == ("Only b", ["b"])


def test_splitting_off_a_statement_of_another_theme_is_refused(board: Board, organiser: User) -> None:
    a, b = make_statements(board, ["a", "b"])
    theme, _other = make_theme(board, "One", [a]), make_theme(board, "Two", [b])
    with pytest.raises(DomainError, match="must be in the theme"):
        actions.split_theme(theme, {"Stolen": [b]}, organiser, NOON)
    assert len(themes_of(board)) == 2


def test_moving_to_no_theme_is_a_decision_that_is_kept(board: Board, organiser: User) -> None:
    (a,) = make_statements(board, ["a"])
    make_theme(board, "One", [a])
    actions.move_statements([a], None, organiser, NOON)
    assert (a.placement.theme_id, a.placement.by_person, a.placement.placed_by_id) == (None, True, organiser.id)


def test_deleting_a_theme_sends_its_statements_to_no_theme(board: Board, organiser: User) -> None:
    a, _b = make_statements(board, ["a", "b"])
    theme = make_theme(board, "One", [a, _b])
    actions.delete_themes([theme], organiser, NOON)
    assert accounts_of([board.id]) == Accounts(received=2, used=0, duplicate=0, withheld=0, in_no_theme=2)
    with pytest.raises(Refused):
        actions.move_statements([a], theme, organiser, NOON)


def test_withholding_takes_every_copy_along(board: Board, organiser: User) -> None:
    original, copy = make_statements(board, ["names Mr X", "names Mr X"])
    copy.duplicate_of_id = original.id
    db.session.commit()

    actions.withhold([original], "personal", organiser, NOON)

    assert [original.withheld, copy.withheld] == ["personal", "personal"]


def test_withholding_and_restoring_a_copy_takes_its_original_along(board: Board, organiser: User) -> None:
    original, copy = make_statements(board, ["names Mr X", "names Mr X"])
    copy.duplicate_of_id = original.id
    db.session.commit()

    actions.withhold([copy], "personal", organiser, NOON)
    assert [original.withheld, copy.withheld] == ["personal", "personal"]

    actions.restore([copy], organiser, NOON)
    assert [original.withheld, copy.withheld] == [None, None]


def test_restoring_leaves_a_copy_that_its_author_kept_out(board: Board, organiser: User) -> None:
    original, copy = make_statements(board, ["names Mr X", "names Mr X"], withheld="off_topic")
    copy.duplicate_of_id, copy.withheld = original.id, "consent"
    db.session.commit()
    actions.restore([original], organiser, NOON)
    assert [original.withheld, copy.withheld] == [None, "consent"]


@pytest.mark.parametrize("reason", ["", "consent", "because"])
def test_only_the_fixed_reasons_can_be_given(board: Board, organiser: User, reason: str) -> None:
    (a,) = make_statements(board, ["a"])
    with pytest.raises(DomainError, match="reasons"):
        actions.withhold([a], reason, organiser, NOON)


def test_what_its_author_kept_out_cannot_be_restored(board: Board, organiser: User) -> None:
    (a,) = make_statements(board, ["a"], withheld="consent", consent="none")
    with pytest.raises(Refused, match="author"):
        actions.restore([a], organiser, NOON)


def test_a_facet_that_is_set_goes_before_the_machines_guess(board: Board, organiser: User) -> None:
    (a,) = make_statements(board, ["a"])
    actions.set_facet([a], "problem", organiser, NOON)
    assert (a.facet, a.facet_guess) == ("problem", "observation")
    actions.set_facet([a], None, organiser, NOON)
    assert a.facet == "observation"


def test_a_duplicate_counts_apart_until_that_is_undone_and_again_when_it_is_redone(
    board: Board, organiser: User
) -> None:
    original, copy = make_statements(board, ["the very same eight words said by both people"] * 2)
    mark_copies(original.event_id)
    assert copy.duplicate_of_id == original.id

    apart = actions.keep_apart(copy, organiser, NOON)
    assert (copy.duplicate_of_id, accounts_of([board.id]).duplicate) == (None, 0)
    undone = undoing.undo(apart, organiser, NOON)
    assert copy.duplicate_of_id == original.id
    undoing.undo(undone, organiser, NOON)
    assert (copy.duplicate_of_id, accounts_of([board.id]).duplicate) == (None, 0)


def test_reordering_numbers_the_themes_anew(board: Board, organiser: User) -> None:
    a, _b, c = (make_theme(board, title) for title in "abc")
    actions.reorder_theme(c, -1, organiser, NOON)
    assert [theme.title for theme in themes_of(board)] == ["a", "c", "b"]
    actions.reorder_theme(a, -1, organiser, NOON)
    assert [theme.title for theme in themes_of(board)] == ["a", "c", "b"]


def test_two_who_place_the_same_statement_in_the_same_moment(board: Board, organiser: User) -> None:
    (a,) = make_statements(board, ["a"])
    theme = make_theme(board, "One")
    assert a.placement is None
    # What another process stored after this one had looked.
    with db.engine.begin() as other:
        other.execute(db.insert(Placement).values(statement_id=a.id, theme_id=theme.id, by_person=True))
    with pytest.raises(curation.Conflict, match="in the same moment"):
        actions.move_statements([a], None, organiser, NOON)
    assert db.session.get_one(Statement, a.id).placement.theme_id == theme.id


def test_the_second_of_two_people_is_told_who_changed_what(board: Board, organiser: User) -> None:
    theme, bo = make_theme(board, "a"), make_user(name="Bo")
    actions.rename_theme(theme, "b", bo, NOON, seen=0)
    with pytest.raises(curation.Conflict, match=r"Bo changed this while you had it open \(Renamed “a” to “b”\)"):
        actions.rename_theme(theme, "c", organiser, NOON, seen=0)
    assert db.session.get(Theme, theme.id).title == "b"


def test_two_people_at_different_themes_do_not_disturb_each_other(board: Board, organiser: User) -> None:
    one, two = make_theme(board, "a"), make_theme(board, "x")
    actions.rename_theme(one, "b", make_user(), NOON, seen=0)
    actions.rename_theme(two, "y", organiser, NOON, seen=0)
    assert [one.title, two.title] == ["b", "y"]


def test_statements_of_two_boards_cannot_be_moved_together(board: Board, organiser: User) -> None:
    other = make_board(board.series.events[0], about_project=True)
    statements = make_statements(board, ["a"]) + make_statements(other, ["b"])
    with pytest.raises(DomainError, match="different boards"):
        actions.move_statements(statements, None, organiser, NOON)
    assert db.session.query(CurationEntry).count() == 0


def test_the_reason_why_is_kept_in_the_log(board: Board, organiser: User) -> None:
    entry = actions.rename_theme(make_theme(board, "a"), "b", organiser, NOON, note="  the old one\nsaid nothing ")
    assert entry.note == "the old one said nothing"


def test_a_title_and_its_sentence_are_one_decision_or_none(board: Board, organiser: User) -> None:
    theme = make_theme(board, "a")
    actions.describe_theme(theme, "needs money", make_user(name="Bo"), NOON)
    with pytest.raises(curation.Conflict, match="Bo changed this"):
        actions.word_theme(theme, "b", "needs time", organiser, NOON, seen=0)
    assert (theme.title, theme.statement) == ("a", "needs money")


def test_several_are_marked_as_practice_with_who_vouches_and_nobody_is_not_enough(
    board: Board, organiser: User
) -> None:
    some = make_statements(board, ["a", "b"])
    entry = actions.mark_practice(some, "Leeds", organiser, NOON)
    assert entry.summary == "Marked 2 statements as practice, vouched for by Leeds"
    with pytest.raises(DomainError, match="who vouches"):
        actions.mark_practice(some, " ", organiser, NOON)
    actions.unmark_practice(some[:1], organiser, NOON)
    assert [each.practice_vouched_by for each in some] == ["", "Leeds"]


def test_a_copy_that_outlives_its_withheld_original_stays_withheld_and_the_log_says_so(
    board: Board, organiser: User
) -> None:
    words = "Mr Smith of the depot shouts at everybody all day"
    (original,) = make_statements(board, [words])
    actions.withhold([original], "personal", organiser, NOON)
    (copy,) = make_statements(board, [words])
    mark_copies(copy.event_id)
    assert (copy.duplicate_of_id, copy.withheld) == (original.id, None)
    withdraw_response(db.session.get_one(Answer, original.answer_id).response, NOON)
    follow_sources(original.event, NOON)
    mark_copies(copy.event_id)
    db.session.commit()
    assert (copy.duplicate_of_id, copy.withheld) == (None, "personal")
    assert log_of(board)[0][0].summary == "Kept 1 copy withheld, as the same words were"


def test_a_copy_that_comes_in_after_its_original_was_withheld_is_withheld_too(board: Board, organiser: User) -> None:
    said = "Our director Mr Smith never listens to anybody at all here."
    event = make_event(board.series)
    question = make_question(event)
    make_response(event, {question: said})
    read_statements(event, NOON)
    first = db.session.scalars(db.select(Statement).where(Statement.text == said)).one()
    actions.withhold([first], "personal", organiser, NOON)

    make_response(event, {question: said})
    read_statements(event, NOON)

    late = db.session.scalars(db.select(Statement).where(Statement.duplicate_of_id == first.id)).one()
    assert late.withheld == "personal"
    assert not db.session.scalars(db.select(Statement).where(*PRINTABLE, Statement.text == said)).all()
    assert log_of(board)[0][0].summary == "Kept 1 copy withheld, as the same words were"
    assert accounts_of([board.id]).balance
