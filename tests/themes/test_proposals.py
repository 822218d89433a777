"""A later analysis beside the board: what it would change is accepted or left, and nothing moves by itself."""

import numpy as np
import pytest
from flask import Flask

from analysis import encoder_name
from tests.conftest import browser_of
from tests.factories import NOON, make_event, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import Membership, User
from webapp.errors import Refused
from webapp.extensions import db
from webapp.themes import actions, actions_proposals, analysing, curation, finding, undoing
from webapp.themes.models import Board, Statement, SuggestedChange, Suggestion, ThemeRun
from webapp.themes.proposals import OpenProposal, open_proposal
from webapp.themes.queries import whole_log

pytestmark = pytest.mark.skipif(not encoder_name(), reason="places need the sentence encoder")


def spoken(board: Board, axis: int, words: str, many: int) -> list[Statement]:
    """Statements that lie near one axis."""
    draw = np.random.default_rng(axis)
    made = make_statements(board, [f"{words} number {i} of these" for i in range(many)], encoder=encoder_name())
    for statement in made:
        vector = draw.normal(0, 0.01, 384)
        vector[axis] += 1
        statement.vector = vector.astype(np.float16).tobytes()
    db.session.commit()
    return made


@pytest.fixture
def board(organiser: User) -> Board:
    """“Mixed” holds parking and lunch; one statement on parking stands in “Talks”."""
    board = make_board(make_event())
    db.session.add(Membership(user_id=organiser.id, series_id=board.series_id, role="owner", since=NOON))
    parking, lunch = spoken(board, 0, "parking the car", 9), spoken(board, 1, "sandwiches for lunch", 9)
    talks = spoken(board, 2, "the talks were long", 9)
    make_theme(board, "Mixed", [*parking[1:], *lunch])
    make_theme(board, "Talks", [*talks, parking[0]])
    return board


def analysed(board: Board) -> tuple[ThemeRun, OpenProposal]:
    run = analysing.ask_for_themes(board, None, NOON)
    analysing.suggest_themes(run, lambda: NOON)
    assert run.state == "done"
    return run, open_proposal(run)


def placements(board: Board) -> dict[int, object]:
    db.session.expire_all()
    return {s.id: curation.placement_value(s.placement) for s in db.session.scalars(db.select(Statement))}


def test_a_later_analysis_proposes_to_split_and_to_move_and_changes_nothing(board: Board) -> None:
    before = placements(board)
    _run, proposal = analysed(board)
    assert placements(board) == before
    (split,) = [change for change in proposal.changes if change.suggested.kind == "split"]
    assert split.themes[0].title == "Mixed"
    ((_title, leaving),) = split.parts
    assert len({statement.text.split()[0] for statement in leaving}) == 1
    ((statement, title),) = [(s, g.title) for g in proposal.groups if g.kind == "move" for _, s in g.places]
    assert (statement.text, title) == ("parking the car number 0 of these", "Mixed")


def test_a_split_that_is_accepted_is_a_decision_that_can_be_undone(board: Board, organiser: User) -> None:
    before = placements(board)
    run, proposal = analysed(board)
    change = next(each for each in proposal.changes if each.suggested.kind == "split").suggested.id
    entry = actions_proposals.accept_change(run, change, organiser, NOON)
    assert entry is not None
    assert (entry.verb, entry.note) == ("split", "as the analysis proposed")
    with pytest.raises(Refused, match="decided meanwhile"):
        actions_proposals.accept_change(run, change, organiser, NOON)
    undoing.undo(entry, organiser, NOON)
    assert placements(board) == before
    assert change in [each.suggested.id for each in open_proposal(run).changes]


def test_what_a_person_placed_is_in_no_proposal(board: Board, organiser: User) -> None:
    actions.move_statements(list(db.session.scalars(db.select(Statement))), None, organiser, NOON)
    _run, proposal = analysed(board)
    assert (proposal.groups, proposal.changes) == ([], [])


def test_a_move_can_be_accepted_alone_or_left(board: Board, organiser: User) -> None:
    run, proposal = analysed(board)
    (move,) = [s.id for g in proposal.groups if g.kind == "move" for s, _ in g.places]
    left = actions_proposals.decline_places(run, {move}, organiser, NOON)
    assert left is not None
    assert (left.verb, left.summary) == ("decline", "Left 1 suggestion of the analysis aside")
    assert "move" not in [group.kind for group in open_proposal(run).groups]
    undoing.undo(left, organiser, NOON)
    assert "move" in [group.kind for group in open_proposal(run).groups]
    assert actions_proposals.accept_places(run, {move}, organiser, NOON) is not None
    assert db.session.get_one(Suggestion, move).theme_id == next(
        s.placement.theme_id for s in db.session.scalars(db.select(Statement)) if s.placement and s.placement.by_person
    )


def test_a_change_that_is_left_is_in_the_log_and_comes_back_with_undo(board: Board, organiser: User) -> None:
    run, proposal = analysed(board)
    change = next(each for each in proposal.changes if each.suggested.kind == "split").suggested.id
    left = actions_proposals.decline_change(run, change, organiser, NOON)
    assert left is not None
    assert left.summary == "Left “Mixed” as it is"
    assert change not in [each.suggested.id for each in open_proposal(run).changes]
    undoing.undo(left, organiser, NOON)
    assert change in [each.suggested.id for each in open_proposal(run).changes]


def test_a_merge_that_is_proposed_is_carried_out_as_a_merge(board: Board, organiser: User) -> None:
    run, _proposal = analysed(board)
    mixed, talks = finding.themes_of(board)
    change = SuggestedChange(run_id=run.id, kind="merge", theme_ids=[mixed.id, talks.id], parts=[])
    db.session.add(change)
    db.session.commit()
    actions_proposals.accept_change(run, change.id, organiser, NOON)
    assert [theme.title for theme in finding.themes_of(board)] == ["Mixed"]
    assert whole_log(board)[-1].summary == "Merged “Mixed” and “Talks”"
    assert "merge" not in [each.suggested.kind for each in open_proposal(run).changes]


def test_the_page_accepts_all_that_is_ticked_and_refuses_an_old_proposal(
    board: Board, app: Flask, organiser: User
) -> None:
    spoken(board, 3, "the hall was cold", 6)
    run, proposal = analysed(board)
    client, address = browser_of(app, organiser), f"/runs/{run.id}/proposal"
    page = client.get(address).text
    assert "New theme" in page and "Split “Mixed”" in page
    ids = [s.id for group in proposal.groups if group.kind == "new" for s, _ in group.places]
    assert len(ids) == 6
    assert client.post(address, data={"do": "accept:", "suggestion": ids[:5]}).status_code == 303
    assert whole_log(board)[-1].summary == "Accepted 5 suggestions and 1 new theme of the analysis"
    themes = [theme.title for theme in finding.themes_of(board)]
    assert f"Into {themes[-1]}" in client.get(address).text
    assert client.post(address, data={"do": "accept:", "suggestion": ids[5:]}).status_code == 303
    assert whole_log(board)[-1].summary == "Accepted 1 suggestion of the analysis"
    assert [theme.title for theme in finding.themes_of(board)] == themes
    assert client.post(address, data={"do": "accept:"}).status_code == 409
    assert client.post(address, data={"do": "leave:change-9999999999999999"}).status_code == 409

    analysed(board)
    assert client.post(address, data={"do": "accept:", "suggestion": ids[5:]}).status_code == 409
    assert "A newer analysis has replaced this proposal" in client.get(address).text
    assert browser_of(app, make_user()).get(address).status_code == 404
