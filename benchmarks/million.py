"""A series of a million statements on a PostgreSQL of its own: rows in, read, themes from a sample, the rest placed,
the board's first page, one move, and the report's figures; and how far themes from a sample are those of a full fit.

STATEMENTS for fewer. ENCODED: of how many statements the vectors are worked out (20,000); those of the others are these
with noise, as encoding is measured by `two_workers.py`, and the rate is printed. FULL: the size of the full fit, 0 for
none. READ=no writes the statements by plain inserts instead of reading the texts."""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from serving import prepare_instance
from serving.many import NOW, make_series, texts, write_responses

STATEMENTS, ENCODED = int(os.environ.get("STATEMENTS", "1000000")), int(os.environ.get("ENCODED", "20000"))
READ = os.environ.get("READ", "yes") != "no"
FULL, AN_EVENT = int(os.environ.get("FULL", "20000")), 50_000
REPORT_UP_TO = int(os.environ.get("REPORT_UP_TO", "250000"))


def timed(name: str, act: Callable[[], Any], rows: int = 0) -> Any:
    start = time.monotonic()
    result = act()
    took = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = f", {rows / took:,.0f} a second" if rows else ""
    print(f"  {name:<46}{took:>9.2f} s{rate}; peak memory {peak:,.0f} MB", flush=True)
    return result


def write_series() -> Any:
    """One series, an event for each 50,000 responses: plain inserts, as an import in parts would leave them."""
    from webapp.extensions import db
    from webapp.programme.models import Event, Question

    series, event = make_series()
    said, first = texts(STATEMENTS), 1
    while first <= STATEMENTS:
        part = min(AN_EVENT, STATEMENTS - first + 1)
        write_responses(event, (next(said) for _ in range(part)), first)
        first += part
        if first <= STATEMENTS:
            event = Event(
                series_id=series.id, title=f"Event {first}", starts_on=NOW.date(), time_zone="Europe/London",
                code=f"M{first}", opens_at=NOW, created_at=NOW,
            )  # fmt: skip
            event.questions = [Question(text="What gets in the way?", kind="free_text", position=1)]
            db.session.add(event)
            db.session.commit()
    return series


def write_statements(series: Any) -> None:
    """A statement for each answer, by plain inserts, on the board of the subject."""
    from webapp.collect.models import Answer, Response
    from webapp.extensions import db
    from webapp.themes.duplicates import wording_key
    from webapp.themes.models import Board, Statement

    board = Board(series_id=series.id)
    db.session.add(board)
    db.session.commit()
    fixed = {"board_id": board.id, "channel": "written", "weight": "one", "consent": "quote", "start": 0}
    fixed |= {"source_key": "", "kept_apart": False, "not_personal": False, "practice_vouched_by": "", "read_at": NOW}
    columns = (Answer.id, Answer.text, Answer.question_id, Response.event_id, Response.organisation_type)
    query = db.select(*columns).join(Response, Answer.response_id == Response.id).order_by(Answer.id).limit(10_000)
    last_id = 0
    while answers := db.session.execute(query.where(Answer.id > last_id)).all():
        rows = [
            {**fixed, "answer_id": each.id, "text": each.text, "end": len(each.text), "question_id": each.question_id,
             "event_id": each.event_id, "organisation_type": each.organisation_type, "speaker_key": f"r{each.id}",
             "wording_key": wording_key(each.text)}
            for each in answers
        ]  # fmt: skip
        db.session.execute(db.insert(Statement), rows)
        db.session.commit()
        last_id = answers[-1].id


def read_all(series: Any) -> None:
    from webapp.themes.reading import read_statements

    for event in list(series.events):
        read_statements(event, NOW)


def encode_some(board_id: int) -> None:
    """Really understand the first ones; the others get one of their vectors, with noise, and its facet and tone."""
    import numpy as np

    from analysis import encoder_name
    from webapp.extensions import db
    from webapp.themes.models import Statement
    from webapp.themes.understanding import understand_these

    ids = list(db.session.scalars(db.select(Statement.id).where(Statement.board_id == board_id).order_by(Statement.id)))
    real = ids[:ENCODED]
    timed(f"{len(real):,} understood by the encoder", lambda: understand_these(real, lambda _: None), len(real))
    query = db.select(Statement.vector, Statement.facet_guess, Statement.sentiment).where(Statement.id.in_(real))
    kept = db.session.execute(query.order_by(Statement.id)).all()
    noise, columns = np.random.default_rng(0), ("vector", "facet_guess", "sentiment")
    statements, rest = Statement.__table__, ids[ENCODED:]
    same = db.update(statements).where(statements.c.id == db.bindparam("of_id")).values(
        encoder=encoder_name(), facet_probability=0.6, **{name: db.bindparam(name) for name in columns}
    )  # fmt: skip
    for first in range(0, len(rest), 10_000):
        part = rest[first : first + 10_000]
        values = []
        for i in part:
            vector, facet, tone = kept[i % len(kept)]
            moved = np.frombuffer(vector, np.float16) + noise.normal(0, 0.01, 384)
            values.append({"of_id": i, "vector": moved.astype(np.float16).tobytes(), "facet_guess": facet,
                           "sentiment": tone})  # fmt: skip
        with db.engine.begin() as connection:
            connection.execute(same, values)


def agreement() -> None:
    """Statements that a full fit and a fit on a sample put into matching themes; and two full fits, for comparison."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    from sklearn.metrics import adjusted_rand_score

    from analysis import ThemeClusterer, encode
    from webapp.themes.finding import range_of_themes

    said = list(texts(FULL, seed=5))
    vectors = encode(said)
    low_high = range_of_themes(FULL)

    def fit(rows: Any, seed: int = 0) -> Any:
        clusterer = ThemeClusterer(n_themes=low_high, random_state=seed)
        return clusterer.fit([said[i] for i in rows], vectors=vectors[rows])

    def same(one: Any, other: Any) -> str:
        table = np.zeros((one.max() + 2, other.max() + 2))
        np.add.at(table, (one + 1, other + 1), 1)
        matched = table[linear_sum_assignment(-table)].sum() / len(one)
        return f"{matched:.1%} in matching themes, ARI {adjusted_rand_score(one, other):.3f}"

    everything = np.arange(FULL)
    whole = timed(f"full fit of {FULL:,}", lambda: fit(everything))
    print(f"  full fit against full fit with another seed: {same(whole.labels_, fit(everything, 1).labels_)}")
    for size in (FULL // 2, FULL // 4, FULL // 8):
        rows = np.sort(np.random.default_rng(0).choice(FULL, size, replace=False))
        part = fit(rows)
        labels = part.join(said, vectors)[0]
        print(f"  full fit against a sample of {size:,}, the rest placed: {same(whole.labels_, labels)}")


def pages(series: Any, owner: Any) -> None:
    """The board's first page and one move, in this process, the second time each; and the report."""
    from webapp.accounts.actions_sign_ins import start_sign_in
    from webapp.extensions import db
    from webapp.report.queries import material_for
    from webapp.themes.models import CurationEntry, Placement, Theme
    from webapp.themes.queries import boards_of

    client = app_of().test_client()
    key = start_sign_in(owner, now_(), stay=False, address="127.0.0.1", browser="Bench")
    db.session.commit()
    with client.session_transaction() as session:
        session.update(_user_id=owner.fs_uniquifier, sign_in=key, _fresh=True, fs_cc="set", fs_paa=time.time())
    board = boards_of(series.id)[0]
    version = board.version
    theme = db.session.scalar(db.select(Theme).where(Theme.board_id == board.id).order_by(Theme.position.desc()))
    member = db.session.scalar(db.select(Placement).where(Placement.theme_id != theme.id).limit(1))
    data = {"do": "move", "statement": member.statement_id, "to": theme.id, "seen": version}
    address, series_id, board_id = f"/series/{series.id}/themes", series.id, board.id
    db.session.remove()

    def asked(method: str, where: str, **more: Any) -> Any:
        answer = client.open(where, method=method, **more)
        db.session.remove()
        if answer.status_code not in (200, 303):
            raise SystemExit(f"{where}: {answer.status_code}")
        return answer

    asked("GET", address)
    page = timed("the board's first page", lambda: asked("GET", address))
    print(f"    {len(page.data) / 1024:,.0f} kB")
    timed("the state that open boards ask for", lambda: asked("GET", f"/boards/{board_id}/state?since={version}"))
    timed("one move", lambda: asked("POST", f"/boards/{board_id}/decide", data=data))
    moved = db.session.scalar(db.select(db.func.count()).where(CurationEntry.actor_id.is_not(None)))
    if moved != 1:
        raise SystemExit("Nothing was moved.")
    if STATEMENTS <= REPORT_UP_TO:
        from webapp.programme.models import Series

        timed("the report's figures", lambda: material_for(db.session.get_one(Series, series_id), None, now_()))
    else:
        print(f"  the report's figures were not asked for: over {REPORT_UP_TO:,} (REPORT_UP_TO)")


def app_of() -> Any:
    from flask import current_app

    return current_app._get_current_object()


def now_() -> Any:
    from webapp.wording import now

    return now()


def run() -> None:
    from analysis import use_cores
    from webapp import create_app
    from webapp.accounts.models import Membership, User
    from webapp.extensions import db
    from webapp.themes.analysing import ask_for_themes, suggest_themes
    from webapp.themes.queries import accounts_of, boards_of

    use_cores(1)
    app = create_app({"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "SERVER_NAME": "localhost"})
    with app.app_context():
        db.create_all()
        print(f"{STATEMENTS:,} statements, PostgreSQL, load average {os.getloadavg()[0]:.1f}", flush=True)
        series = timed("responses written by plain inserts", write_series, STATEMENTS)
        owner = User(email="bench@example.org", name="Bench", password="x", active=True, fs_uniquifier="bench")
        db.session.add(owner)
        db.session.flush()
        db.session.add(Membership(user_id=owner.id, series_id=series.id, role="owner", since=NOW))
        db.session.commit()
        if READ:
            timed("read into statements", lambda: read_all(series), STATEMENTS)
        else:
            timed("statements written by plain inserts", lambda: write_statements(series), STATEMENTS)
        board = next(board for board in boards_of(series.id) if not board.about_project)
        encode_some(board.id)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        run = ask_for_themes(board, None, now_())
        timed("themes in a sample, the rest placed", lambda: suggest_themes(run, now_), STATEMENTS)
        if run.state != "done":
            raise SystemExit(run.error)
        found = accounts_of([board.id])
        print(f"    {found.used:,} in a theme, {found.in_no_theme:,} in none, {found.duplicate:,} duplicates")
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        pages(series, owner)
        db.session.remove()
        if FULL:
            agreement()
        db.engine.dispose()


def main() -> None:
    # Ended from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done."))
    prepare_instance()
    from tests.databases import postgres_cluster

    with postgres_cluster() as url:
        os.environ.update(DATABASE_URL=url, TASKS_URL=url)
        run()


if __name__ == "__main__":
    main()
