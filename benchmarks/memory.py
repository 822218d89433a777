"""Memory of the web processes and of the worker over 10,000 submissions and 50 analyses, on SQLite.

Proportional set size (Linux, /proc/PID/smaps_rollup) in MB: what a process has to itself and its share of what it has
in common with others. Flat is: the last figure is at most a tenth above that after the first fifth."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from phones import address_of, opened
from serving import ROOT, free_port, prepare_instance, serve
from visits import exchange, make_event

SUBMISSIONS, EVERY = int(os.environ.get("SUBMISSIONS", "10000")), 10
ANALYSES = int(os.environ.get("ANALYSES", "50"))
STATEMENTS, PHONES = 1500, 4
FLAT = 1.1
WORDS = (
    "targets members figures budget training officers deadlines housing transport schools reports inspectors software"
    " surveys partners libraries parking waste planning staff data"
).split()
SAID = (
    "The {} never match the {}.", "We need more time for {} and {}.", "Nobody reads our {} on {}.",
    "{} helped us with {}.", "Please publish {} before {}.", "Why do {} depend on {}?",
    "Our {} meet the {} every month.",
)  # fmt: skip


def sentence(number: int) -> str:
    first, second = WORDS[number % len(WORDS)], WORDS[number // len(WORDS) % len(WORDS)]
    return f"{SAID[number % len(SAID)].format(first, second).capitalize()} That was so in ward {number}."


def megabytes(pid: int) -> float:
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def children_of(pid: int) -> list[int]:
    return [
        int(each) for each in subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    ]


def send(port: int, first: int, last: int, fields: dict[str, str]) -> None:
    free = next(iter(fields))
    for number in range(first, last, PHONES):
        request = opened(port, number, "/e/B0", {**fields, free: sentence(number)})
        answer = exchange(port, address_of(number), request)
        if not answer.startswith(b"HTTP/1.1 303"):
            raise SystemExit(f"Not taken: {answer[:80]!r}")


def submit(port: int, pids: dict[str, int], fields: dict[str, str]) -> dict[str, list[float]]:
    grown: dict[str, list[float]] = {name: [] for name in pids}
    step = SUBMISSIONS // EVERY
    for part in range(EVERY):
        ends = (part * step, (part + 1) * step)
        phones = [threading.Thread(target=send, args=[port, ends[0] + i, ends[1], fields]) for i in range(PHONES)]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()
        for name, pid in pids.items():
            grown[name].append(megabytes(pid))
        tell(f"{ends[1]:,} submissions", grown)
    return grown


def analyse(worker: int) -> dict[str, list[float]]:
    """A board of its own, analysed again and again by the worker, with a few new statements each time."""
    from tests.factories import make_event, make_question, make_response, make_series, make_user
    from webapp.extensions import db
    from webapp.themes.analysing import ask_for_themes
    from webapp.themes.models import Board
    from webapp.themes.reading import read_statements
    from webapp.themes.tasks import analyse as analyse_later

    owner = make_user("owner@example.org")
    series = make_series(owner)
    event = make_event(series)
    question = make_question(event)
    for number in range(STATEMENTS):
        make_response(event, {question: sentence(number)})
    grown: dict[str, list[float]] = {"worker": []}
    for number in range(1, ANALYSES + 1):
        make_response(event, {question: sentence(STATEMENTS + number)})
        read_statements(event, datetime.now(UTC))
        board = db.session.scalar(db.select(Board).where(Board.series_id == series.id, Board.about_project.is_(False)))
        run = ask_for_themes(board, owner, datetime.now(UTC))
        analyse_later(run.id)
        while run.state not in ("done", "failed"):
            time.sleep(0.1)
            db.session.expire_all()
        if run.state == "failed":
            raise SystemExit(run.error)
        if number % max(1, ANALYSES // EVERY) == 0:
            grown["worker"].append(megabytes(worker))
            tell(f"{number} analyses", grown)
    return grown


def tell(after: str, grown: dict[str, list[float]]) -> None:
    print(f"after {after}: " + ", ".join(f"{name} {sizes[-1]:.0f} MB" for name, sizes in grown.items()), flush=True)


def flat(grown: dict[str, list[float]]) -> bool:
    fifth = max(0, EVERY // 5 - 1)
    return all(sizes[-1] <= FLAT * sizes[fifth] for sizes in grown.values())


def main() -> None:
    instance = prepare_instance()
    from webapp import create_app
    from webapp.extensions import db

    app = create_app()
    with app.app_context():
        db.create_all()
        fields = make_event(0)
        db.engine.dispose()
    port = free_port()
    server = serve("wsgi:app", port)
    with open(instance / "worker.log", "ab") as log:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        worker = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        pids = {f"web {n}": pid for n, pid in enumerate(children_of(server.pid), 1)} | {"worker": worker.pid}
        submitted = submit(port, pids, fields)
        with app.app_context():
            analysed = analyse(worker.pid)
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait()
    flat_all = flat(submitted) and flat(analysed)
    print(f"{'Flat' if flat_all else 'Not flat'}: the last figure against that after a fifth, at most {FLAT:.1f} times")
    if not flat_all:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
