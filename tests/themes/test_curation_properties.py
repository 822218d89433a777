"""Whatever two organisers do, in whatever order: nothing is lost, the accounts balance, and the log is the truth.

`make sequences` runs 500 sequences of 300 verbs.
"""

import os
import random
from typing import Any

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import joinedload

from analysis import encoder_name
from tests import databases
from tests.factories import NOON, join_series, make_event, make_user
from tests.themes.factories import make_board, make_statements
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer
from webapp.errors import DomainError, Refused
from webapp.extensions import db
from webapp.themes import actions, actions_proposals, curation, replaying, undoing
from webapp.themes.analysing import ask_for_themes, suggest_themes
from webapp.themes.duplicates import mark_copies
from webapp.themes.finding import themes_of
from webapp.themes.models import Board, CurationEntry, Placement, Statement, SuggestedTheme, Theme, ThemeRun
from webapp.themes.proposals import open_proposal
from webapp.themes.queries import accounts_of, latest_run, whole_log
from webapp.themes.redacting import redact
from webapp.themes.taken_back import follow_sources
from webapp.themes.taken_titles import UNTITLED

SEQUENCES = int(os.environ.get("CURATION_SEQUENCES", "6"))
LONGEST = int(os.environ.get("CURATION_VERBS", "40"))
SIZE = 9
OFTEN = ["rename", "describe", "place", "merge", "split", "move", "nowhere", "make", "delete", "facet", "withhold"]
OFTEN += ["restore", "practice", "redact", "undo", "undo", "undo last", "redo last", "accept"]
SELDOM = ["analyse", "receive", "send again", "take back", "apart"]


def state_of(board: Board) -> dict[str, Any]:
    """Everything that curation can change."""
    db.session.expire_all()
    themes = db.session.scalars(db.select(Theme).where(Theme.board_id == board.id))
    statements = db.session.scalars(
        db.select(Statement).where(Statement.board_id == board.id).options(joinedload(Statement.placement))
    )
    return {
        # A theme that is off the board is as good as one that never was.
        "themes": {t.id: (t.title, t.statement, t.position) for t in themes if not t.deleted},
        "statements": {
            s.id: (s.facet_set, s.withheld, s.practice_vouched_by, s.text, curation.placement_value(s.placement))
            for s in statements
        },
    }


def live_statements(board: Board) -> list[Statement]:
    query = db.select(Statement).where(Statement.board_id == board.id, Statement.retired_at.is_(None))
    return list(db.session.scalars(query.order_by(Statement.id)))


def receive(board: Board, texts: list[str]) -> None:
    """Statements with vectors, so that no analysis has to encode them."""
    draw = np.random.default_rng(len(texts[0]))
    for statement in make_statements(board, texts, encoder=encoder_name()):
        statement.vector = draw.normal(size=384).astype(np.float16).tobytes() if encoder_name() else None
    db.session.commit()
    mark_copies(board.series.events[0].id)
    db.session.commit()


def something_else(board: Board, verb: str, draw: random.Random) -> None:
    """What happens around the board: words come in, are sent again, are taken back; an analysis runs."""
    statements = live_statements(board)
    if verb == "receive":
        receive(board, [f"another statement {draw.random()}"])
    elif verb == "send again" and statements:
        receive(board, [draw.choice(statements).text])
    elif verb == "take back" and len(statements) > 4:
        answer = db.session.get_one(Answer, draw.choice(statements).answer_id)
        withdraw_response(answer.response, NOON)
        follow_sources(board.series.events[0], NOON)
        mark_copies(board.series.events[0].id)
        db.session.commit()
    elif verb == "analyse":
        suggest_themes(ask_for_themes(board, None, NOON), lambda: NOON)


def act(board: Board, verb: str, draw: random.Random, actor: User) -> None:
    if verb in SELDOM and verb != "apart":
        return something_else(board, verb, draw)
    statements, themes = live_statements(board), themes_of(board)
    some = draw.sample(statements, min(len(statements), draw.randint(1, 3)))
    theme = draw.choice(themes) if themes else None
    if verb.startswith(("undo", "redo", "accept")):
        act_on_the_past(board, verb, draw, actor)
    elif verb in ("move", "nowhere"):
        actions.move_statements(some, theme if verb == "move" else None, actor, NOON)
    elif verb == "make":
        actions.make_theme(some, f"Made {draw.random()}", actor, NOON)
    elif verb == "facet":
        actions.set_facet(some, draw.choice([None, "problem", "approach"]), actor, NOON)
    elif verb == "withhold":
        actions.withhold(some, draw.choice(["personal", "off_topic"]), actor, NOON)
    elif verb == "restore":
        actions.restore(some, actor, NOON)
    elif verb == "apart":
        actions.keep_apart(some[0], actor, NOON)
    elif verb == "redact":
        start = draw.randint(0, 20)
        redact(some[0], [(start, start + draw.randint(1, 5))], "name", actor, NOON)
    elif verb == "practice":
        actions.unmark_practice(some, actor, NOON) if draw.random() < 0.3 else actions.mark_practice(
            some, draw.choice(["Leeds", "Exeter"]), actor, NOON
        )
    elif theme is not None:
        act_on_theme(verb, theme, draw.choice(themes), draw, actor)


def act_on_the_past(board: Board, verb: str, draw: random.Random, actor: User) -> None:
    log = whole_log(board)
    if verb == "accept":
        run = latest_run(board)
        if run is not None:
            themes = {theme.id for theme in themes_of(board) if draw.random() < 0.5}
            new = db.session.scalars(db.select(SuggestedTheme.id).where(SuggestedTheme.run_id == run.id))
            if draw.random() < 0.5:
                actions.accept_suggestions(run, themes, set(new), actor, NOON)
            else:
                accept_some(run, draw, actor)
        return
    chosen = {
        "undo": draw.choice(log[-6:]) if log else None,
        "undo last": undoing.last_undoable(board),
        "redo last": undoing.last_redoable(board),
    }[verb]
    if chosen is not None:
        undoing.undo(chosen, actor, NOON)


def accept_some(run: ThemeRun, draw: random.Random, actor: User) -> None:
    """Some of what is proposed, one by one: places accepted or left, a merge or a split."""
    proposal = open_proposal(run)
    places = [suggestion.id for group in proposal.groups for suggestion, _ in group.places]
    some = draw.sample(places, len(places) // 2)
    if proposal.changes and draw.random() < 0.5:
        decide = draw.choice([actions_proposals.accept_change, actions_proposals.decline_change])
        decide(run, draw.choice(proposal.changes).suggested.id, actor, NOON)
    elif draw.random() < 0.3:
        actions_proposals.decline_places(run, some, actor, NOON)
    else:
        actions_proposals.accept_places(run, some, actor, NOON)


def act_on_theme(verb: str, theme: Theme, other: Theme, draw: random.Random, actor: User) -> None:
    if verb == "rename":
        actions.rename_theme(theme, f"Named {draw.randint(0, 2)}", actor, NOON)
    elif verb == "describe":
        actions.describe_theme(theme, f"It needs {draw.randint(0, 2)}", actor, NOON)
    elif verb == "place":
        actions.place_theme(theme, draw.randint(1, 6), actor, NOON)
    elif verb == "merge":
        actions.merge_themes([theme, other], actor, NOON)
    elif verb == "split":
        members = db.session.scalars(db.select(Statement).join(Placement).where(Placement.theme_id == theme.id))
        actions.split_theme(theme, {f"Part {draw.random()}": list(members)[:1]}, actor, NOON)
    elif verb == "delete":
        actions.delete_themes([theme], actor, NOON)


def new_board() -> tuple[Board, list[User]]:
    db.session.remove()
    databases.empty(db)
    board = make_board(make_event())
    receive(board, [f"statement number {i} of those at the start" for i in range(SIZE)])
    receive(board, ["statement number 0 of those at the start"])
    people = [make_user(), make_user()]
    for person in people:
        # Only an owner brings back what was cut.
        join_series(person, board.series, "owner")
    return board, people


def then(board: Board, entry: CurationEntry) -> dict[int, tuple[str, str, int, list[int]]]:
    """The themes of the board as it was after an entry, each with its live statements."""
    db.session.expire_all()
    themes = replaying.board_after(board, entry).themes
    return {t.id: (t.title, t.statement, t.position, [s.id for s in t.statements]) for t in themes}


def check(board: Board) -> None:
    figures = accounts_of([board.id])
    assert figures.balance
    assert figures.received == len(live_statements(board))
    orphans = db.select(db.func.count()).select_from(Placement).join(Theme).where(Theme.deleted.is_(True))
    assert db.session.scalar(orphans) == 0


def standing_entry(board: Board) -> CurationEntry | None:
    """The decision that was made or brought back last, a person's or the machine's."""
    of_board = db.select(CurationEntry).where(CurationEntry.board_id == board.id)
    query = of_board.where(CurationEntry.undone.is_(False), CurationEntry.verb != "undo")
    return db.session.scalar(query.order_by(CurationEntry.number.desc()).limit(1))


def still_shown(shown: str, before: str) -> str:
    """What is to be shown of words written before: what was taken back or cut since is not shown as it was any more."""
    return shown if shown == UNTITLED or "[" in shown else before


@settings(max_examples=SEQUENCES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), length=st.integers(LONGEST // 2 if LONGEST < 300 else LONGEST, LONGEST))
@example(seed=1, length=LONGEST)
def test_any_sequence_balances_loses_nothing_replays_and_can_be_undone(seed: int, length: int) -> None:
    board, people = new_board()
    draw = random.Random(seed)
    before = state_of(board)
    seen: dict[int, dict[int, Any]] = {}
    something_else(board, "analyse", draw)
    for _ in range(length):
        verb = draw.choice(SELDOM if draw.random() < 0.06 else OFTEN)
        version = board.version
        try:
            act(board, verb, draw, draw.choice(people))
        except DomainError:
            db.session.rollback()
            assert board.version == version == len(whole_log(board)), "a refused verb left a trace"
            continue
        check(board)
        if draw.random() < 0.1:
            seen[board.version] = state_of(board)

    log = whole_log(board)
    for (field, row_id), value in replaying.replay(log).items():
        row = db.session.get_one(curation.CURATED[field.split(".")[0]], row_id)
        assert curation.current_value(row, field) == value
    for number, state in seen.items():
        if number:
            found = then(board, log[number - 1])
            expected = {
                i: (still_shown(found[i][0], title), still_shown(found[i][1], sentence), position)
                for i, (title, sentence, position) in state["themes"].items()
            }
            assert {i: theme[:3] for i, theme in found.items()} == expected
            placed = {i: theme_id for theme_id, theme in found.items() for i in theme[3]}
            assert placed.items() <= {i: (s[4] or [None])[0] for i, s in state["statements"].items()}.items()

    while (entry := standing_entry(board)) is not None:
        try:
            undoing.undo(entry, people[0], NOON)
        except Refused as error:
            assert str(error) == undoing.UNSHOWN
            return
    after = state_of(board)
    assert after["themes"] == before["themes"]
    assert {i: after["statements"][i] for i in before["statements"]} == before["statements"]
