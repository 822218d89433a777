"""Server time of the board with 5,000 statements in 30 themes (first page, one move), and from "analyse" to themes on
the board with 2,000 statements whose vectors are kept: ``make bench``, or ``python benchmarks/board.py``."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
from engine import statements as texts_of
from serving import prepare_instance

prepare_instance()

from flask.testing import FlaskClient  # noqa: E402

from analysis import encode, encoder_name  # noqa: E402
from webapp import create_app  # noqa: E402
from webapp.accounts.actions_sign_ins import start_sign_in  # noqa: E402
from webapp.accounts.models import Membership, User  # noqa: E402
from webapp.collect.models import Answer, Response  # noqa: E402
from webapp.extensions import db  # noqa: E402
from webapp.programme.models import Event, Question, Series  # noqa: E402
from webapp.themes.analysing import ask_for_themes, suggest_themes  # noqa: E402
from webapp.themes.board_view import themes_with_counts  # noqa: E402
from webapp.themes.finding import themes_of  # noqa: E402
from webapp.themes.models import Board, Placement, Statement, Theme  # noqa: E402
from webapp.themes.queries import boards_of  # noqa: E402
from webapp.themes.reading import read_statements  # noqa: E402
from webapp.wording import now  # noqa: E402

NOW = datetime(2003, 7, 8, 12, tzinfo=UTC)
TRIES = 15


def make_board(owner: User, count: int) -> Board:
    """A board of so many statements that were read and understood, in no theme yet."""
    series = Series(title=f"Board of {count}", organisation_types=["District", "County"], created_at=NOW)
    event = Event(
        series=series, title="Bench", starts_on=date(2003, 7, 8), time_zone="Europe/London", code=f"B{count}",
        opens_at=NOW, created_at=NOW,
    )  # fmt: skip
    event.questions = [Question(text="What gets in the way?", kind="free_text", position=1)]
    db.session.add(series)
    db.session.flush()
    db.session.add(Membership(user_id=owner.id, series_id=series.id, role="owner", since=NOW))
    for number, text in enumerate(texts_of(count)):
        key = f"{count}-{number}"
        sent = Response(
            event_id=event.id, client_key=key, receipt_code=key, consent="quote", received_at=NOW,
            organisation_type=("District", "County")[number % 2],
        )  # fmt: skip
        sent.answers.append(Answer(question_id=event.questions[0].id, text=text))
        db.session.add(sent)
    db.session.commit()
    read_statements(event, NOW)
    board = boards_of(series.id)[0]
    keep_vectors(board)
    return board


def keep_vectors(board: Board) -> None:
    """Vectors of 400 statements, with noise, stand for those of all: encoding is measured on its own."""
    kept, noise = encode(texts_of(400)), np.random.default_rng(0)
    for number, statement in enumerate(db.session.scalars(db.select(Statement).where(Statement.board_id == board.id))):
        vector = kept[number % 400] + noise.normal(0, 0.02, kept.shape[1])
        statement.vector, statement.encoder = vector.astype(np.float16).tobytes(), encoder_name()
        statement.facet_guess, statement.sentiment = ("problem", "approach")[number % 2], "negative"
    db.session.commit()


def place(board: Board, themes: int) -> None:
    """Every statement but 100 in one of so many themes."""
    made = [Theme(board_id=board.id, title=f"Theme {n}", position=n * 1024) for n in range(1, themes + 1)]
    db.session.add_all(made)
    db.session.flush()
    ids = list(db.session.scalars(db.select(Statement.id).where(Statement.board_id == board.id)))
    rows = [
        {"statement_id": i, "theme_id": made[n % themes].id, "by_person": False, "confidence": 0.5}
        for n, i in enumerate(ids[100:])
    ]
    db.session.execute(db.insert(Placement), rows)
    db.session.commit()


def timed(what: str, must: str, act: Callable[[], object]) -> None:
    """Print medians of several tries in ms: of the clock, and of the processor, which a busy machine changes less."""
    wall, processor = [], []
    for _ in range(TRIES):
        db.session.remove()
        start, used = time.perf_counter(), time.process_time()
        act()
        wall.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - used))
    figures = f"{statistics.median(wall):9.0f} ms{statistics.median(processor):9.0f} ms of processor"
    print(f"{what:58}{figures}   {must and 'must'} {must}", flush=True)


def opened(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (200, 304), answer.status


def measure_board(client: FlaskClient, board: Board) -> None:
    base, number = f"/series/{board.series_id}", board.id
    themes = [theme.id for theme in themes_of(board)]
    statements = iter(db.session.scalars(db.select(Statement.id).where(Statement.board_id == board.id)).all())

    def move() -> None:
        form = {"do": "move", "statement": next(statements), "to": themes[0], "seen": "0"}
        assert client.post(f"/boards/{number}/decide", data=form).status_code == 303

    timed("first page of the board, 5,000 statements, 30 themes", "300 ms", lambda: opened(client, f"{base}/themes"))
    timed("one statement moved", "100 ms", move)
    timed("the board narrowed to some words", "", lambda: opened(client, f"{base}/themes?words=parking"))
    timed("has anybody decided something?", "", lambda: opened(client, f"/boards/{number}/state?since=999"))


def measure_analysis(board: Board) -> None:
    start = time.perf_counter()
    run = ask_for_themes(board, None, NOW)
    suggest_themes(run, lambda: NOW)
    shown = themes_with_counts(board, themes_of(board))
    took = time.perf_counter() - start
    what = f"analyse to {len(shown)} themes on the board, 2,000 statements"
    print(f"{what:58}{took:9.2f} s                      must 5 s", flush=True)


def main() -> None:
    app = create_app({"WTF_CSRF_ENABLED": False, "TASKS_IMMEDIATE": True})
    with app.app_context():
        db.create_all()
        owner = User(email="bench@example.org", name="Bench", password="-", active=True, fs_uniquifier="bench")
        db.session.add(owner)
        db.session.commit()
        large, small = make_board(owner, 5000), make_board(owner, 2000)
        place(large, 30)
        client = app.test_client()
        signed_in(client, owner)
        large, small = db.session.get_one(Board, large.id), db.session.get_one(Board, small.id)
        measure_board(client, large)
        measure_analysis(small)


def signed_in(client: FlaskClient, user: User) -> None:
    key = start_sign_in(user, now(), stay=False, address="127.0.0.1", browser="Bench")
    db.session.commit()
    with client.session_transaction() as session:
        session.update({"_user_id": user.fs_uniquifier, "sign_in": key, "_fresh": True, "fs_cc": "set"})


if __name__ == "__main__":
    main()
