from datetime import datetime, timedelta

import pytest

from tests.factories import NOON, make_event, make_question, make_response
from webapp.accounts.models import User
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.themes import actions, analysing, curation, finding, undoing
from webapp.themes.late_arrivals import suggest_places
from webapp.themes.models import LONGEST_SILENCE, Board, Statement, SuggestedTheme, Suggestion, Theme, ThemeRun
from webapp.themes.queries import accounts_of, boards_of, proposal_of, whole_log
from webapp.themes.reading import read_statements
from webapp.themes.understanding import understand_statements

PARKING = [
    "The car park was full by nine.",
    "Nowhere to park my car near the venue.",
    "Parking cost me twelve pounds.",
    "Please book a venue with a car park.",
    "I drove round for half an hour looking for a parking space.",
    "The car park closed before the last session ended.",
]
LUNCH = [
    "The sandwiches at lunch were dry.",
    "No vegetarian food was left at lunch.",
    "Lunch was too short to eat a hot meal.",
    "The soup and sandwiches were very good.",
    "More fruit at lunch, please.",
    "We queued twenty minutes for our lunch.",
]


def clock() -> datetime:
    return NOON


def received(event: Event, texts: list[str]) -> None:
    question = event.questions[0] if event.questions else make_question(event)
    for text in texts:
        make_response(event, {question: text})


@pytest.fixture
def event() -> Event:
    event = make_event()
    received(event, PARKING + LUNCH)
    return event


def analysed(event: Event) -> tuple[Board, ThemeRun]:
    read_statements(event, NOON)
    board = boards_of(event.series_id)[0]
    run = analysing.ask_for_themes(board, None, NOON)
    analysing.suggest_themes(run, clock)
    return board, run


def test_the_first_analysis_fills_the_board(event: Event) -> None:
    board, run = analysed(event)
    assert (run.state, run.progress, run.statement_count) == ("done", 100, 12)
    figures = accounts_of([board.id])
    assert figures.balance
    assert figures.received == 12
    placed = {s.text: s.placement.theme_id for s in db.session.scalars(db.select(Statement)) if s.placement}
    parking, lunch = ({placed[text] for text in texts if text in placed} for texts in (PARKING, LUNCH))
    assert parking and lunch and not parking & lunch


def test_the_same_words_give_the_same_themes(event: Event) -> None:
    board, _run = analysed(event)
    first = [(theme.title, theme.suggested["terms"]) for theme in finding.themes_of(board)]
    other = make_event()
    received(other, PARKING + LUNCH)
    again, _run = analysed(other)
    assert [(theme.title, theme.suggested["terms"]) for theme in finding.themes_of(again)] == first


def test_a_second_analysis_only_proposes_and_never_moves_what_a_person_placed(event: Event, organiser: User) -> None:
    board, _run = analysed(event)
    themes = finding.themes_of(board)
    moved = db.session.scalars(db.select(Statement).where(Statement.text == PARKING[0])).one()
    target = next(theme for theme in themes if theme.id != moved.placement.theme_id)
    actions.move_statements([moved], target, organiser, NOON)
    before = {s.id: curation.placement_value(s.placement) for s in db.session.scalars(db.select(Statement))}
    received(event, ["Is there any parking for a bicycle or a car?", "The lunch sandwiches ran out."])

    board, run = analysed(event)

    db.session.expire_all()
    now = {
        s.id: curation.placement_value(s.placement) for s in db.session.scalars(db.select(Statement)) if s.id in before
    }
    assert now == before
    proposal = proposal_of(run)
    assert proposal is not None
    assert proposal.statements == 2


def test_accepting_a_proposal_places_the_statements_and_can_be_undone(event: Event, organiser: User) -> None:
    analysed(event)
    received(event, ["The lunch sandwiches ran out."])
    _board, run = analysed(event)
    proposal = proposal_of(run)
    assert proposal is not None

    entry = actions.accept_suggestions(
        run, {theme.id for theme, _ in proposal.into}, {theme.id for theme, _ in proposal.new}, organiser, NOON
    )

    assert entry is not None
    assert proposal_of(run) is None
    late = db.session.scalars(db.select(Statement).where(Statement.text == "The lunch sandwiches ran out.")).one()
    assert late.placement.by_person
    undoing.undo(entry, organiser, NOON)
    assert late.placement is None


def test_too_few_statements_end_in_plain_words() -> None:
    event = make_event()
    received(event, PARKING[:2])
    _board, run = analysed(event)
    assert (run.state, run.error) == ("failed", "There are 2 statements so far; themes need 4.")
    assert db.session.query(Theme).count() == 0


def test_a_board_has_one_analysis_at_a_time(event: Event) -> None:
    read_statements(event, NOON)
    board = boards_of(event.series_id)[0]
    analysing.ask_for_themes(board, None, NOON)
    with pytest.raises(Refused, match="under way"):
        analysing.ask_for_themes(board, None, NOON)


def test_an_analysis_that_nobody_finished_does_not_block_the_next(event: Event) -> None:
    read_statements(event, NOON)
    board = boards_of(event.series_id)[0]
    stopped = analysing.ask_for_themes(board, None, NOON)
    later = NOON + LONGEST_SILENCE
    assert not stopped.underway(later)
    run = analysing.ask_for_themes(board, None, later)
    assert (stopped.state, run.state) == ("failed", "waiting")


def test_accepting_twice_makes_no_empty_theme(event: Event, organiser: User) -> None:
    read_statements(event, NOON)
    board = boards_of(event.series_id)[0]
    run = analysing.ask_for_themes(board, None, NOON)
    suggested = SuggestedTheme(run_id=run.id, title="Parking")
    db.session.add(suggested)
    db.session.flush()
    for statement in db.session.scalars(db.select(Statement).where(Statement.text.in_(PARKING))):
        db.session.add(Suggestion(run_id=run.id, statement_id=statement.id, new_theme_id=suggested.id))
    db.session.commit()
    assert actions.accept_suggestions(run, set(), {suggested.id}, organiser, NOON) is not None
    assert actions.accept_suggestions(run, set(), {suggested.id}, organiser, NOON) is None
    assert [theme.title for theme in finding.themes_of(board)] == ["Parking"]


def test_the_analysis_is_the_first_line_of_the_log(event: Event) -> None:
    board, _run = analysed(event)
    (entry,) = whole_log(board)
    assert (entry.verb, entry.actor, entry.number) == ("analyse", None, 1)
    assert entry.summary.startswith(f"Found {len(finding.themes_of(board))} themes in 12 statements")


def test_a_late_response_is_suggested_a_theme_without_a_new_analysis(event: Event) -> None:
    board, run = analysed(event)
    read_at = NOON + timedelta(minutes=1)
    received(event, ["Our lunch of sandwiches was cold.", "qwertyuiop zxcvbnm"])
    read_statements(event, read_at)
    understand_statements(board)

    assert suggest_places(board) == 1
    assert suggest_places(board) == 0

    proposal = proposal_of(run)
    assert proposal is not None
    ((theme, members),) = proposal.into
    assert [s.text for s in members] == ["Our lunch of sandwiches was cold."]
    neighbours = db.session.scalars(db.select(Statement).where(Statement.text == "The sandwiches at lunch were dry."))
    assert theme.id == neighbours.one().placement.theme_id


@pytest.mark.parametrize(("statements", "most"), [(4, 5), (100, 5), (190, 9), (700, 15), (1300, 20), (100_000, 20)])
def test_a_report_carries_at_most_twenty_themes_and_fewer_where_less_was_said(statements: int, most: int) -> None:
    assert finding.range_of_themes(statements) == (3, most)
