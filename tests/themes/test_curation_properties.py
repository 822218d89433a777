"""Whatever organisers do, in whatever order: nothing is lost, the accounts balance, and the log is the truth."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import databases
from tests.factories import NOON, make_event, make_user
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.errors import DomainError
from webapp.extensions import db
from webapp.themes import actions, curation
from webapp.themes.analysing import themes_of
from webapp.themes.models import Board, CurationEntry, Placement, Statement, Theme
from webapp.themes.queries import accounts_of, whole_log

SIZE = 9
VERBS = ("rename", "describe", "reorder", "merge", "split", "move", "nowhere", "make", "delete", "facet", "withhold")
step = st.tuples(
    st.sampled_from([*VERBS, "restore", "practice", "undo", "undo"]),
    st.integers(0, 50),
    st.integers(0, 50),
    st.booleans(),
)


def state_of(board: Board) -> dict[str, Any]:
    """Everything that curation can change."""
    db.session.expire_all()
    themes = db.session.scalars(db.select(Theme).where(Theme.board_id == board.id))
    statements = db.session.scalars(db.select(Statement).where(Statement.board_id == board.id))
    return {
        # A theme that is off the board is as good as one that never was.
        "themes": {t.id: (t.title, t.statement, t.position) for t in themes if not t.deleted},
        "statements": {
            s.id: (s.facet_set, s.withheld, s.practice_vouched_by, curation.placement_value(s.placement))
            for s in statements
        },
    }


def act(board: Board, verb: str, a: int, b: int, actor: User) -> None:
    themes, statements = themes_of(board), list(db.session.scalars(db.select(Statement).order_by(Statement.id)))
    some = statements[a % SIZE : a % SIZE + 1 + b % 3]
    theme = themes[a % len(themes)] if themes else None
    if verb == "undo":
        log = whole_log(board)
        if log:
            curation.undo(log[-1 - a % min(4, len(log))], actor, NOON)
    elif verb in ("move", "nowhere"):
        actions.move_statements(some, theme if verb == "move" else None, actor, NOON)
    elif verb == "make":
        actions.make_theme(some, f"Made {a}", actor, NOON)
    elif verb == "facet":
        actions.set_facet(some, (None, "problem", "approach")[b % 3], actor, NOON)
    elif verb == "withhold":
        actions.withhold(some, ("personal", "off_topic")[b % 2], actor, NOON)
    elif verb == "restore":
        actions.restore(some, actor, NOON)
    elif verb == "practice":
        actions.mark_practice(some[0], ("", "Leeds")[b % 2], actor, NOON)
    elif theme is not None:
        act_on_theme(board, verb, theme, themes[b % len(themes)], a, actor)


def act_on_theme(board: Board, verb: str, theme: Theme, other: Theme, a: int, actor: User) -> None:
    if verb == "rename":
        actions.rename_theme(theme, f"Named {a}", actor, NOON)
    elif verb == "describe":
        actions.describe_theme(theme, f"It needs {a}", actor, NOON)
    elif verb == "reorder":
        actions.reorder_theme(theme, a % 3 - 1, actor, NOON)
    elif verb == "merge":
        actions.merge_themes([theme, other], actor, NOON)
    elif verb == "split":
        members = db.session.scalars(db.select(Statement).join(Placement).where(Placement.theme_id == theme.id))
        actions.split_theme(theme, {f"Part {a}": list(members)[:1]}, actor, NOON)
    elif verb == "delete":
        actions.delete_theme(theme, actor, NOON)


def new_board() -> tuple[Board, list[User]]:
    db.session.remove()
    databases.empty(db)
    board = make_board(make_event())
    statements = make_statements(board, [f"statement {i}" for i in range(SIZE)])
    statements[-1].duplicate_of_id = statements[0].id
    db.session.commit()
    make_theme(board, "One", statements[:4])
    make_theme(board, "Two", statements[4:6])
    return board, [make_user(), make_user()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, max_size=18))
def test_any_sequence_balances_loses_nothing_replays_and_can_be_undone(steps: list[tuple[str, int, int, bool]]) -> None:
    board, people = new_board()
    before = state_of(board)
    states = []
    for verb, a, b, second in steps:
        count = len(whole_log(board))
        try:
            act(board, verb, a, b, people[second])
        except DomainError:
            db.session.rollback()
            assert len(whole_log(board)) == count, "a refused verb left a trace"
            continue
        figures = accounts_of([board.id])
        assert figures.balance
        assert figures.received == SIZE
        orphans = db.select(db.func.count()).select_from(Placement).join(Theme).where(Theme.deleted.is_(True))
        assert db.session.scalar(orphans) == 0
        states.append(state_of(board))

    for (field, row_id), value in curation.replay(whole_log(board)).items():
        row = db.session.get(Theme if field.startswith("theme.") else Statement, row_id)
        assert curation.current_value(row, field) == value

    for entry in reversed(whole_log(board)):
        curation.undo(db.session.get(CurationEntry, entry.id), people[0], NOON)
    assert state_of(board) == before
