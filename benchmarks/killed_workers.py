"""Two workers at one analysis of statements that nobody has understood, each killed (`kill -9`) once in the middle, on
a PostgreSQL of its own: is every statement understood, and the analysis done, once? STATEMENTS for more or fewer."""

import os
import signal
import sys
import time
from datetime import date
from typing import Any

from serving import prepare_instance
from serving.many import make_series, texts, write_responses
from two_workers import begun, ready, start_workers

STATEMENTS, PATIENCE = int(os.environ.get("STATEMENTS", "3000")), float(os.environ.get("PATIENCE", "1800"))


def kill_in_the_middle(workers: list[Any], board_id: int, folder: str) -> int:
    """Kill each worker once while batches are held, and start another in its place. Returns how many were held then."""
    from webapp.extensions import db
    from webapp.themes.models_batches import EncodingBatch

    held = 0
    query = db.select(db.func.count()).where(EncodingBatch.board_id == board_id, EncodingBatch.held_by.is_not(None))
    for number in range(len(workers)):
        until = time.monotonic() + PATIENCE / 3
        while (now_held := db.session.scalar(query) or 0) < 1 and time.monotonic() < until:
            db.session.rollback()
            time.sleep(0.05)
        db.session.rollback()
        held += now_held
        workers[number].send_signal(signal.SIGKILL)
        workers[number].wait()
        before = begun(folder)
        workers[number : number + 1] = started = start_workers(1, folder)
        ready(started, folder, before)
    return held


def check(run: Any, board_id: int) -> bool:
    from webapp.extensions import db
    from webapp.themes.models import CurationEntry, Placement, Statement
    from webapp.themes.models_batches import EncodingBatch

    def number(*conditions: Any) -> int:
        return db.session.scalar(db.select(db.func.count()).where(*conditions)) or 0

    missing = number(Statement.board_id == board_id, Statement.vector.is_(None), Statement.retired_at.is_(None))
    left, analyses = number(EncodingBatch.id > 0), number(CurationEntry.verb == "analyse")
    placed, distinct = number(Placement.id > 0), len(set(db.session.scalars(db.select(Placement.statement_id))))
    print(f"  without a vector {missing}, batches left {left}; must 0, 0")
    print(f"  the analysis: {run.state}, taken up {run.attempts} times, in the log {analyses} time(s); must done, 1")
    print(f"  placed {placed:,}, of them twice {placed - distinct}; must 0")
    return (missing, left, run.state, analyses, placed - distinct) == (0, 0, "done", 1, 0)


def measure(folder: str) -> bool:
    from webapp import create_app
    from webapp.extensions import db
    from webapp.themes.analysing import ask_for_themes
    from webapp.themes.queries import boards_of
    from webapp.themes.reading import read_statements
    from webapp.themes.tasks import analyse
    from webapp.wording import now

    with create_app().app_context():
        db.create_all()
        series, event = make_series()
        write_responses(event, texts(STATEMENTS))
        read_statements(event, now())
        board = next(board for board in boards_of(series.id) if not board.about_project)
        workers = start_workers(2, folder)
        try:
            ready(workers, folder, 0)
            run = ask_for_themes(board, None, now())
            start = time.monotonic()
            analyse(run.id)
            held = kill_in_the_middle(workers, board.id, folder)
            while run.state not in ("done", "failed") and time.monotonic() < start + PATIENCE:
                time.sleep(1)
                db.session.rollback()
                db.session.expire_all()
            took = time.monotonic() - start
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait()
        print(f"{date.today()}, PostgreSQL: {STATEMENTS:,} statements, 2 workers killed while {held} batches were held")
        print(f"  done after {took:.0f} s; load average {os.getloadavg()[0]:.1f}")
        good = check(run, board.id)
        db.session.remove()
        db.engine.dispose()
        return good


def main() -> None:
    # Ended from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done."))
    folder = str(prepare_instance())
    from tests.databases import postgres_cluster

    with postgres_cluster() as url:
        os.environ.update(DATABASE_URL=url, TASKS_URL=url)
        if not measure(folder):
            raise SystemExit("Something was lost, doubled or not finished.")


if __name__ == "__main__":
    main()
