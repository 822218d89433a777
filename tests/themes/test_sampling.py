"""Boards of more statements than are fitted at once: themes from a sample, the others placed by them."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from tests.factories import NOON
from tests.themes.factories import make_board, make_statements
from tests.themes.test_analysing import LUNCH, PARKING
from webapp.extensions import db
from webapp.themes import actions, finding, holding, sampling
from webapp.themes.analysing import ask_for_themes, suggest_themes
from webapp.themes.models import Board, MapPoint, Placement, Statement, Suggestion, ThemeRun
from webapp.themes.queries import accounts_of, whole_log

MORE_PARKING = ["Parking was hard to find.", "No parking space was left by nine.", "The car park was full again."]
MORE_LUNCH = ["The lunch sandwiches were dry again.", "Lunch was dry sandwiches.", "More hot food at lunch, please."]


def clock() -> datetime:
    return NOON


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    """Twenty statements about parking, lunch and nothing at all; twelve are fitted, and five placed at a time."""
    monkeypatch.setattr(sampling, "FITTED_AT_ONCE", 12)
    monkeypatch.setattr(sampling, "PLACED_AT_ONCE", 5)
    board = make_board()
    make_statements(board, [*PARKING, *LUNCH, *MORE_PARKING, *MORE_LUNCH, "Gibberish qwertz.", "Asdf yxcv."])
    return board


def analysed(board: Board) -> ThemeRun:
    run = ask_for_themes(board, None, NOON)
    suggest_themes(run, clock)
    return run


def places() -> dict[str, int | None]:
    rows = db.session.execute(
        db.select(Statement.text, Placement.theme_id).join(Placement, Placement.statement_id == Statement.id)
    )
    return dict(rows.tuples().all())


def test_few_statements_are_all_fitted(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(sampling.drawn(board)) == 12
    assert sampling.drawn(board) == sampling.drawn(board)
    monkeypatch.setattr(sampling, "FITTED_AT_ONCE", 20)
    assert sampling.drawn(board) == []


def test_the_others_are_placed_by_the_themes_of_the_sample(board: Board) -> None:
    sample = sampling.drawn(board)
    run = analysed(board)
    assert (run.state, run.error, run.statement_count, run.parameters["sample"]) == ("done", "", 20, 12)
    found = places()
    others = db.session.scalars(db.select(Statement.text).where(Statement.id.not_in(sample))).all()
    assert any(text in found for text in others)
    # What is said alike stands together, whether it was in the sample or not.
    parking = Counter(found[text] for text in [*PARKING, *MORE_PARKING] if text in found)
    lunch = Counter(found[text] for text in [*LUNCH, *MORE_LUNCH] if text in found)
    assert parking.most_common(1)[0][0] != lunch.most_common(1)[0][0]
    assert accounts_of([board.id]).balance
    # The map shows the sample.
    assert sorted(db.session.scalars(db.select(MapPoint.statement_id))) == sample


def test_each_batch_is_in_the_log(board: Board) -> None:
    analysed(board)
    said = [entry.summary for entry in whole_log(board)]
    assert "in a sample of 12 of 20 statements; " in said[0]
    assert 1 <= len(said[1:]) <= 2
    assert all(each.endswith("by the themes of the sample") for each in said[1:])
    logged = {change[1] for entry in whole_log(board) for change in entry.changes if change[0] == "statement.placement"}
    assert logged == set(db.session.scalars(db.select(Placement.statement_id)))


def test_the_same_board_gives_the_same_places(board: Board) -> None:
    analysed(board)
    titles = {theme.id: theme.title for theme in finding.themes_of(board)}
    first = {text: titles[theme_id] for text, theme_id in places().items() if theme_id}
    other = make_board()
    make_statements(other, [*PARKING, *LUNCH, *MORE_PARKING, *MORE_LUNCH, "Gibberish qwertz.", "Asdf yxcv."])
    db.session.execute(db.delete(Placement))
    db.session.commit()
    analysed(other)
    titles = {theme.id: theme.title for theme in finding.themes_of(other)}
    assert {text: titles[theme_id] for text, theme_id in places().items() if theme_id} == first


def test_a_later_analysis_only_suggests_and_each_statement_once(board: Board) -> None:
    analysed(board)
    before = places()
    make_statements(board, ["Where can I park my car?", "The sandwiches at lunch were stale."])
    run = analysed(board)
    assert run.state == "done"
    assert places() == before
    into = Counter(db.session.scalars(db.select(Suggestion.statement_id).where(Suggestion.run_id == run.id)))
    assert set(into.values()) <= {1}
    late = db.session.scalars(db.select(Statement.id).order_by(Statement.id.desc()).limit(2)).all()
    assert set(late) & set(into)


def test_it_goes_on_with_the_themes_that_stand_when_its_worker_was_killed(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask_for_themes(board, None, NOON)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(sampling, "_place", killed)
        with pytest.raises(KeyboardInterrupt):
            suggest_themes(run, clock)
    db.session.rollback()
    themes = [theme.id for theme in finding.themes_of(board)]
    of_sample = places()
    assert run.state == "running" and themes and len(of_sample) <= 12

    later = NOON + holding.LEASE + timedelta(seconds=1)
    assert suggest_themes(run, lambda: later)

    assert run.state == "done"
    assert [theme.id for theme in finding.themes_of(board)] == themes
    assert of_sample.items() <= places().items()
    assert len(places()) > len(of_sample)
    assert [entry.summary.split()[0] for entry in whole_log(board)].count("Found") == 1


def test_what_a_person_decides_meanwhile_stays(
    board: Board, organiser: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = sampling._place
    moved: list[Statement] = []

    def and_a_person_decides(run: ThemeRun, others: list[Statement], *rest: object) -> None:
        if not moved:
            moved.append(others[0])
            actions.move_statements([others[0]], finding.themes_of(board)[0], organiser, NOON)
        place(run, others, *rest)

    monkeypatch.setattr(sampling, "_place", and_a_person_decides)
    run = analysed(board)
    assert (run.state, run.error) == ("done", "")
    assert moved[0].placement is not None and moved[0].placement.by_person
