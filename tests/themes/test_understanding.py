"""Encoding in batches: who may take one, what becomes of it when its worker is killed, and an analysis that waits."""

from datetime import datetime, timedelta

import pytest

from analysis import encoder_name
from tests.factories import NOON
from tests.themes.factories import make_board, make_statements
from webapp.errors import Refused
from webapp.extensions import db
from webapp.themes import analysing, holding, tasks, understanding
from webapp.themes.analysing import ask_for_themes, suggest_themes
from webapp.themes.models import Board, Statement, Theme, ThemeRun
from webapp.themes.models_batches import EncodingBatch

THINGS = ("targets", "budgets", "lunch", "parking", "software", "training")
WORDS = [f"The {THINGS[i % 6]} came too {'late' if i % 2 else 'early'} for ward {i}." for i in range(12)]
AFTERWARDS = NOON + understanding.LEASE + timedelta(seconds=1)


def clock() -> datetime:
    return NOON


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    """A board with twelve statements in batches of five, none of them understood."""
    monkeypatch.setattr(understanding, "BATCH", 5)
    board = make_board()
    make_statements(board, WORDS)
    db.session.execute(db.update(Statement).values(facet_guess=None))
    db.session.commit()
    return board


def batches() -> list[tuple[int, bool]]:
    """(size, held) of each open batch."""
    rows = db.session.scalars(db.select(EncodingBatch).order_by(EncodingBatch.id))
    return [(batch.size, batch.held_by is not None) for batch in rows]


def understood() -> int:
    query = db.select(db.func.count()).where(Statement.facet_guess.is_not(None), Statement.encoder == encoder_name())
    return db.session.scalar(query) or 0


def killed_in_the_middle() -> None:
    raise KeyboardInterrupt


def hold_a_batch(board: Board) -> None:
    """As a worker that is killed between its claim and the end of its work."""
    with pytest.raises(KeyboardInterrupt):
        understanding.understand_next(board.id, clock, begun=killed_in_the_middle)


def test_what_is_not_understood_is_laid_out_once_in_batches(board: Board) -> None:
    assert understanding.lay_out_batches(board) == 3
    assert understanding.lay_out_batches(board) == 3
    assert batches() == [(5, False), (5, False), (2, False)]
    assert understanding.statements_left(board.id) == 12


def test_only_what_came_since_is_laid_out_beside_what_is(board: Board) -> None:
    understanding.lay_out_batches(board)
    make_statements(board, ["The room was cold."])
    assert understanding.lay_out_batches(board) == 4
    assert batches()[-1] == (1, False)


def test_two_workers_never_hold_the_same_batch(board: Board) -> None:
    understanding.lay_out_batches(board)
    seen: list[int | None] = []

    def another_worker() -> None:
        assert batches() == [(5, False), (5, False), (2, True)]
        seen.append(understanding.understand_next(board.id, clock))

    seen.append(understanding.understand_next(board.id, clock, begun=another_worker))

    assert seen == [5, 2]
    assert batches() == [(5, False)]
    assert understood() == 7


def test_the_batch_of_a_killed_worker_is_left_alone_until_its_time_is_over_and_then_done_once(board: Board) -> None:
    understanding.lay_out_batches(board)
    hold_a_batch(board)
    assert [understanding.understand_next(board.id, clock) for _ in range(3)] == [5, 5, None]
    assert batches() == [(2, True)]
    assert understanding.boards_left_alone(NOON) == []

    assert understanding.boards_left_alone(AFTERWARDS) == [board.id]
    assert understanding.understand_next(board.id, lambda: AFTERWARDS) == 2

    assert (batches(), understood()) == ([], 12)
    assert understanding.boards_left_alone(AFTERWARDS) == []


def test_a_worker_that_was_slow_writes_nothing_over_its_successor(board: Board) -> None:
    understanding.lay_out_batches(board)

    def taken_over() -> None:
        assert understanding.understand_next(board.id, lambda: AFTERWARDS) == 2
        # What a person or a later reading made of it since stands.
        db.session.execute(db.update(Statement).values(facet_guess="approach"))
        db.session.commit()

    assert understanding.understand_next(board.id, clock, begun=taken_over) == 0
    assert set(db.session.scalars(db.select(Statement.facet_guess))) == {"approach"}


def test_a_batch_that_fails_is_free_at_once(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    understanding.lay_out_batches(board)

    def fails(texts: list[str]) -> list[dict[str, object]]:
        raise OSError("no model")

    with monkeypatch.context() as broken:
        broken.setattr(understanding, "_worked_out", fails)
        with pytest.raises(OSError, match="no model"):
            understanding.understand_next(board.id, clock)

    assert batches() == [(5, False), (5, False), (2, False)]
    assert understanding.understand_statements(board, clock) == 12


def test_words_that_were_changed_meanwhile_keep_no_vector_of_the_old_ones(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    understanding.lay_out_batches(board)
    work_out = understanding._worked_out

    def and_an_author_takes_words_back(texts: list[str]) -> list[dict[str, object]]:
        db.session.execute(db.update(Statement).where(Statement.text == WORDS[11]).values(text=""))
        db.session.commit()
        return work_out(texts)

    monkeypatch.setattr(understanding, "_worked_out", and_an_author_takes_words_back)
    understanding.understand_next(board.id, clock)

    gone = db.session.scalars(db.select(Statement).where(Statement.text == "")).one()
    assert (gone.vector, gone.encoder, gone.facet_guess) == (None, None, None)
    assert understood() == 1


def test_many_statements_are_understood_by_whichever_workers_are_idle(board: Board) -> None:
    """The queue of the tests carries a task out where it is put: each batch calls for the next before its work."""
    tasks.read_event(board.series.events[0].id)
    assert (batches(), understood()) == ([], 12)


def test_what_a_phone_sends_does_not_wait_for_what_was_imported_before(board: Board) -> None:
    understanding.lay_out_batches(board)
    hold_a_batch(board)
    assert understanding.somebody_is_at(board.id, NOON)
    (sent,) = make_statements(board, ["The room was cold."])
    db.session.execute(db.update(Statement).values(facet_guess=None))
    db.session.commit()
    understanding.lay_out_batches(board)
    assert understanding.understand_next(board.id, clock) == 1
    assert sent.vector is not None


def test_what_a_killed_worker_left_is_taken_up_within_a_minute(board: Board) -> None:
    tasks.take_up_what_was_left()
    assert (batches(), understood()) == ([], 12)


def test_an_analysis_does_the_batches_itself_where_nobody_helps(board: Board) -> None:
    run = ask_for_themes(board, None, NOON)
    called: list[int] = []
    assert suggest_themes(run, clock, call_for_help=called.append)
    assert (run.state, run.statement_count, called) == ("done", 12, [board.id])
    assert (batches(), understood()) == ([], 12)


def test_an_analysis_tells_how_far_it_is_and_waits_for_what_others_hold(board: Board) -> None:
    understanding.lay_out_batches(board)
    hold_a_batch(board)
    told: list[tuple[int, int]] = []
    time = [NOON]

    def pause(_seconds: float) -> None:
        time[0] = AFTERWARDS

    understanding.understand_all(board, lambda: time[0], lambda done, of: told.append((done, of)), pause)

    assert told == [(0, 12), (5, 12), (10, 12), (10, 12)]
    assert (batches(), understood()) == ([], 12)


def test_a_person_sees_how_many_statements_are_understood(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    run = ask_for_themes(board, None, NOON)
    seen: list[tuple[str, int]] = []
    work_out = understanding._worked_out

    def looked_at(texts: list[str]) -> list[dict[str, object]]:
        seen.append((run.stage, run.progress))
        return work_out(texts)

    monkeypatch.setattr(understanding, "_worked_out", looked_at)
    suggest_themes(run, clock)

    assert seen == [
        ("Understanding each statement, 0 of 12", 20),
        ("Understanding each statement, 2 of 12", 26),
        ("Understanding each statement, 7 of 12", 43),
    ]


def test_an_analysis_that_one_worker_holds_is_not_carried_out_by_another(board: Board) -> None:
    run = ask_for_themes(board, None, NOON)
    assert holding.hold(run, NOON) is not None
    assert not suggest_themes(run, clock)
    assert (run.state, run.attempts, db.session.query(Theme).count()) == ("running", 1, 0)


def test_an_analysis_survives_the_kill_of_its_worker_and_is_done_once(board: Board) -> None:
    run = ask_for_themes(board, None, NOON)
    holding.hold(run, NOON)
    later = NOON + holding.LEASE + timedelta(seconds=1)
    assert holding.runs_left_alone(NOON) == []
    assert holding.runs_left_alone(later) == [run.id]

    assert suggest_themes(run, lambda: later)
    themes = db.session.query(Theme).count()
    assert not suggest_themes(run, lambda: later)

    assert (run.state, run.attempts) == ("done", 2)
    assert themes > 0 and db.session.query(Theme).count() == themes


def test_the_task_of_each_minute_takes_up_an_analysis_whose_worker_is_gone(board: Board) -> None:
    run = ask_for_themes(board, None, NOON)
    holding.hold(run, NOON)
    tasks.take_up_what_was_left()
    assert run.state == "done"


def test_a_worker_that_fell_silent_keeps_nothing_of_an_analysis_that_was_taken_over(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask_for_themes(board, None, NOON)
    find = analysing._find_themes

    def taken_over_before_the_end(run: ThemeRun, now: datetime) -> None:
        find(run, now)
        db.session.flush()
        db.session.execute(db.update(ThemeRun).values(held_by="another"))

    monkeypatch.setattr(analysing, "_find_themes", taken_over_before_the_end)
    assert not suggest_themes(run, clock)
    assert (run.state, db.session.query(Theme).count()) == ("running", 0)


def test_an_analysis_that_ended_three_workers_is_given_up(board: Board) -> None:
    run = ask_for_themes(board, None, NOON)
    run.attempts = 3
    db.session.commit()
    suggest_themes(run, clock)
    assert (run.state, run.error) == ("failed", "The worker was stopped in the middle of it 3 times.")
    assert ask_for_themes(board, None, NOON).state == "waiting"


def test_a_run_is_under_way_as_long_as_its_worker_is_heard_of(board: Board) -> None:
    run = ask_for_themes(board, None, NOON)
    much_later = NOON + timedelta(hours=3)
    assert not run.underway(much_later)
    holding.hold(run, much_later)
    assert run.underway(much_later)
    with pytest.raises(Refused, match="under way"):
        ask_for_themes(board, None, much_later)


def test_the_database_refuses_a_second_analysis_of_a_board_in_the_same_moment(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_themes(board, None, NOON)
    # As for somebody who looked before the first one was stored.
    monkeypatch.setattr(db.session, "scalars", lambda query: [])
    with pytest.raises(Refused, match="under way"):
        ask_for_themes(board, None, NOON)
    monkeypatch.undo()
    assert db.session.query(ThemeRun).count() == 1
