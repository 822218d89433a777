"""Whatever is cut, from whatever was said, on whatever board: no page, file, export, log or answer to a program shows
it again, and quotes are still slices of what is shown."""

import random
from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import databases
from tests.conftest import browser_of
from tests.factories import join_series, make_user
from tests.report.random_boards import (
    LATER,
    Board,
    act_at_random,
    code_of,
    looked_at_and_published,
    random_board,
    take_back,
    text_of,
    wrong_figures,
    wrong_quotes,
)
from webapp.accounts.models import User
from webapp.api.models import SCOPES
from webapp.api.tokens import make_token
from webapp.collect.models import FloorQuestion, GroupNote, Response
from webapp.errors import DomainError
from webapp.extensions import db
from webapp.programme.models import DiscussionTable, EventSession, Question
from webapp.report import editing
from webapp.report.drafts import assembled_for
from webapp.report.editions import published
from webapp.report.files import FILES
from webapp.report.models import Edition, ReportDraft
from webapp.themes import actions, undoing
from webapp.themes.models import CurationEntry, Statement, Theme, ThemeRun
from webapp.themes.queries import whole_log
from webapp.themes.redacting import marks_of
from webapp.themes.replaying import replay
from webapp.wording import now

# The PDF is made from the same report, and takes as long as all others together.
KINDS = [kind for kind in FILES if "pdf" not in kind]
# Pages of the author's own, who alone may read what they sent.
THEIRS = {"collect.receipt", "collect.correct"}
# The first signs out.
NOT_WALKED = ("security.", "static", "operation.")
MODELS = {
    "statement_id": Statement,
    "theme_id": Theme,
    "run_id": ThemeRun,
    "entry_id": CurationEntry,
    "response_id": Response,
    "session_id": EventSession,
    "table_id": DiscussionTable,
    "note_id": GroupNote,
    "question_id": Question,
    "edition_id": Edition,
}


def repeat_the_code(rng: random.Random, board: Board, who: User, statement: Statement, code: str) -> None:
    """What people make of the words before anybody sees that they name somebody."""
    theme = rng.choice(board.themes)
    theme.suggested = {"terms": [[code, 0.9], ["targets", 0.4]], "central": [statement.id]}
    db.session.commit()
    actions.rename_theme(theme, f"What {code} said", who, LATER, note=f"after {code}")
    if rng.random() < 0.5:
        actions.rename_theme(theme, "Another title", who, LATER)
    key = next((part.section_key for part in assembled_for(board.series).parts if not part.fixed), None)
    if key is not None:
        editing.add_paragraph(board.series, None, key, None, f"As {code} told us.", who, LATER)


def cut_at_random(rng: random.Random, statement: Statement, code: str, who: User) -> CurationEntry | None:
    """Cut the code, with words around it or without."""
    at = statement.text.index(code)
    start, end = at, at + len(code)
    if rng.random() < 0.5:
        start = max(0, start - rng.randrange(12))
        end = min(len(statement.text), end + rng.randrange(12))
    taken = marks_of(statement)
    if any(start < mark_end and mark_start < end for mark_start, mark_end in taken):
        start, end = at, at + len(code)
    reason = rng.choice(["name", "contact", "number", "person", "other"])
    return actions.redact(statement, [(start, end)], reason, who, LATER, everywhere=rng.random() < 0.5)


def addresses(app: Flask, board: Board) -> Iterator[tuple[str, str]]:
    """Every address of the application that can be opened, for each thing of the series."""
    series, event = board.series, board.events[0]
    adapter = app.url_map.bind("localhost")
    draft = db.session.scalars(db.select(ReportDraft)).one()
    fixed = {
        "series_id": [series.id],
        "event_id": [each.id for each in board.events],
        "board_id": [board.themes[0].board_id, board.themes[-1].board_id],
        "code": [event.code],
        "slug": [draft.slug],
        "number": [1],
        "ext": ["md"],
        "token": [each.token for each in db.session.scalars(db.select(DiscussionTable))][:3],
        "key": [part.key for part in assembled_for(series).parts][:4],
        "paragraph": ["1", "2"],
        "print_id": [0],
        **{name: list(db.session.scalars(db.select(model.id).limit(2))) for name, model in MODELS.items()},
    }
    fixed["floor_question_id"] = list(db.session.scalars(db.select(FloorQuestion.id)))
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in THEIRS or rule.endpoint.startswith(NOT_WALKED):
            continue
        if not rule.arguments <= set(fixed) | set(rule.defaults or ()):
            continue
        names = sorted(rule.arguments)
        longest = max([len(fixed.get(name, [0])) for name in names], default=1)
        for turn in range(longest):
            values = {name: fixed[name][turn % len(fixed[name])] for name in names if fixed.get(name)}
            try:
                yield rule.endpoint, adapter.build(rule.endpoint, values)
            except Exception:
                break


def leaks_on_pages(app: Flask, board: Board, who: User, secret: list[str]) -> tuple[set[str], int]:
    """The endpoints that show a secret, and how many addresses were opened."""
    browser = browser_of(app, who)
    _token, key = make_token(who, "Programs", list(SCOPES), now() + timedelta(days=1), now())
    found, opened = set(), 0
    for endpoint, address in addresses(app, board):
        for headers in ({}, {"Authorization": f"Bearer {key}"}):
            if bool(headers) != address.startswith("/api/v1"):
                continue
            answer = browser.get(address, headers=headers)
            opened += answer.status_code == 200
            text = text_of("", answer.data) if answer.data.startswith((b"PK", b"%PDF")) else answer.text
            if any(code in text for code in secret):
                found.add(endpoint)
    return found, opened


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
@example(seed=7)
def test_what_was_cut_is_found_nowhere_again(app: Flask, seed: int) -> None:
    db.session.remove()
    databases.empty(db)
    rng = random.Random(seed)
    who = make_user()
    board = random_board(rng, 8)
    join_series(who, board.series, "owner")
    for _ in range(2):
        act_at_random(rng, board, who)
    live = [one for one in board.statements if one.retired_at is None]
    codes = {one.id: code_of(number) for number, one in enumerate(board.statements)}
    chosen = rng.sample(live, min(3, len(live)))
    for one in chosen[:2]:
        repeat_the_code(rng, board, who, one, codes[one.id])
    edition = looked_at_and_published(board, who)

    secret, entries = [], []
    for one in chosen:
        entry = cut_at_random(rng, one, codes[one.id], who)
        assert entry is not None
        secret.append(codes[one.id])
        entries.append(entry)
    if rng.random() < 0.5:
        take_back(chosen[0])
    elif rng.random() < 0.5:
        undone = undoing.undo(entries[-1], who, LATER)
        undoing.undo(undone, who, LATER)
    db.session.expire_all()

    reports = (assembled_for(board.series).report, published(edition).report)
    for report in reports:
        for kind in KINDS:
            text = text_of(kind, FILES[kind].render(report))
            assert [code for code in secret if code in text] == [], kind
    assert sum(map(wrong_quotes, reports[:1])) + sum(map(wrong_figures, reports)) == 0
    found, opened = leaks_on_pages(app, board, who, secret)
    assert found == set()
    assert opened > 60
    for board_id in {theme.board_id for theme in board.themes}:
        replay(whole_log(db.session.get_one(type(board.themes[0].board), board_id)))


def test_the_test_would_find_what_was_not_cut(app: Flask) -> None:
    db.session.remove()
    databases.empty(db)
    rng = random.Random(3)
    who = make_user()
    board = random_board(rng, 8)
    join_series(who, board.series, "owner")
    try:
        looked_at_and_published(board, who)
    except DomainError:
        db.session.rollback()
    found, _opened = leaks_on_pages(app, board, who, [code_of(number) for number in range(8)])
    assert {"themes.statements", "themes.board", "themes.redact", "collect.responses", "api.list_statements"} <= found
