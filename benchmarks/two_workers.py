"""One worker against two: seconds until 100,000 statements are understood, on a PostgreSQL of its own that is also the
queue. Real workers (`flask worker`), each of one core. STATEMENTS for fewer, REPEATS to measure each more than once."""

import hashlib
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from serving import ROOT, prepare_instance
from serving.many import make_series, texts, write_responses

STATEMENTS, REPEATS = int(os.environ.get("STATEMENTS", "100000")), int(os.environ.get("REPEATS", "1"))
MUST = 1.7


def start_workers(number: int, folder: str) -> list["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with open(f"{folder}/worker.log", "ab") as log:
        return [subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) for _ in range(number)]


def begun(folder: str) -> int:
    """How many workers have begun to look for tasks: a line of each in the log."""
    log = Path(folder) / "worker.log"
    return log.read_text().count("Worker started") if log.exists() else 0


def ready(workers: list["subprocess.Popen[bytes]"], folder: str, before: int) -> None:
    """Return when each of these has begun too."""
    while begun(folder) < before + len(workers):
        if any(worker.poll() is not None for worker in workers):
            raise SystemExit("A worker ended.")
        time.sleep(0.1)


def forget(board_id: int) -> None:
    """As if nothing had been understood yet."""
    from webapp.extensions import db
    from webapp.themes.models import Board, Statement
    from webapp.themes.understanding import lay_out_batches

    nothing = dict.fromkeys(("vector", "encoder", "facet_guess", "facet_probability", "sentiment"))
    with db.engine.begin() as connection:
        connection.execute(db.update(Statement).values(nothing))
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE statement")
    lay_out_batches(db.session.get_one(Board, board_id))
    db.session.commit()


def measure(workers: int, board_id: int, folder: str) -> tuple[int, float, float, str]:
    """How many statements, wall seconds, the workers' own seconds of processor, and a digest of every vector."""
    from webapp.extensions import db
    from webapp.themes.models import Statement
    from webapp.themes.tasks import help_understand
    from webapp.themes.understanding import statements_left

    forget(board_id)
    number = statements_left(board_id)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    before = begun(folder)
    running = start_workers(workers, folder)
    ready(running, folder, before)
    start = time.monotonic()
    help_understand(board_id)
    try:
        while statements_left(board_id):
            db.session.rollback()
            if any(worker.poll() is not None for worker in running):
                raise SystemExit("A worker ended.")
            time.sleep(0.5)
        took = time.monotonic() - start
    finally:
        for worker in running:
            worker.terminate()
            worker.wait()
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    digest = hashlib.sha256()
    query = db.select(Statement.id, Statement.facet_guess, Statement.vector).order_by(Statement.id)
    for row in db.session.execute(query.execution_options(yield_per=5000)):
        digest.update(f"{row.id}{row.facet_guess}".encode() + (row.vector or b""))
    db.session.rollback()
    return number, took, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime, digest.hexdigest()[:12]


def compare(folder: str) -> None:
    from webapp import create_app
    from webapp.extensions import db
    from webapp.themes.queries import boards_of
    from webapp.themes.reading import read_statements
    from webapp.wording import now

    with create_app().app_context():
        db.create_all()
        series, event = make_series()
        write_responses(event, texts(STATEMENTS))
        read_statements(event, now())
        board_id = boards_of(series.id)[0].id
        found: dict[int, list[float]] = {1: [], 2: []}
        digests = set()
        for workers in (1, 2) * REPEATS:
            load = os.getloadavg()[0]
            number, took, cpu, digest = measure(workers, board_id, folder)
            found[workers].append(took)
            digests.add(digest)
            said = f"{workers} worker{'s' if workers > 1 else ' '}: {number:,} statements in {took:.0f} s"
            said += f" ({number / took:.0f} a second), {cpu:.0f} s of processor"
            print(f"{said}; load average before {load:.1f}; digest {digest}", flush=True)
        db.session.remove()
        db.engine.dispose()
    ratio = median(found[1]) / median(found[2])
    print(f"two workers are {ratio:.2f} times as fast on {os.cpu_count()} cores; must {MUST}")
    print("every vector and facet is the same" if len(digests) == 1 else f"DIFFERENT results: {digests}")
    if ratio < MUST or len(digests) > 1:
        raise SystemExit(1)


def main() -> None:
    # Ended from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done."))
    folder = str(prepare_instance())
    from tests.databases import postgres_cluster

    with postgres_cluster() as url:
        os.environ.update(DATABASE_URL=url, TASKS_URL=url)
        compare(folder)


if __name__ == "__main__":
    main()
