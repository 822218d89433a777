"""Web and worker killed (`kill -9`) at random moments under load, and PostgreSQL stopped and started under load: what
was acknowledged and is missing or doubled, what was read into statements once, and how long until it serves again.

Runs on SQLite, and on a PostgreSQL of its own where that is installed; `killed.py sqlite` runs on one of them only."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

from phones import address_of, opened
from serving import ROOT, free_port, prepare_instance, serve
from visits import exchange, make_event

ROUNDS, STOPS = int(os.environ.get("ROUNDS", "100")), int(os.environ.get("STOPS", "6"))
SECONDS = float(os.environ.get("SECONDS", "3600"))
PHONES, PAUSE, SEED = 4, 0.15, 7
VICTIMS = ("worker", "web worker", "web", "web and worker")
READ_WITHIN, MUST_SERVE = 200.0, 5.0


class Running:
    """The web server and the worker, and phones that send one response after the other."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields, self.chance = fields, random.Random(SEED)
        self.port, self.stop = free_port(), threading.Event()
        self.acknowledged: list[tuple[float, str]] = []
        self.sent: list[str] = []
        self.web, self.worker = serve("wsgi:app", self.port), self.new_worker()
        self.phones = [threading.Thread(target=self.keep_sending, args=[number]) for number in range(PHONES)]
        for phone in self.phones:
            phone.start()

    def new_worker(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        with open(Path(os.environ["RAPPORTEUR_INSTANCE"]) / "worker.log", "ab") as log:
            return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)

    def keep_sending(self, phone: int) -> None:
        number = 0
        texts = list(self.fields)[:3]
        while not self.stop.is_set():
            number += 1
            words = f"Phone {phone} said its sentence number {number}."
            fields = {**self.fields, **dict.fromkeys(texts, ""), texts[0]: words}
            self.send(phone * 10_000 + number, words, fields)
            time.sleep(PAUSE)

    def send(self, number: int, words: str, fields: dict[str, str]) -> None:
        """As a phone does: the same request again until it is answered with a receipt."""
        request = b""
        until = time.monotonic() + 90
        while time.monotonic() < until and not (self.stop.is_set() and not request):
            with suppress(OSError, ValueError):
                if not request:
                    request = opened(self.port, number, "/e/B0", fields)
                    self.sent.append(words)
                if exchange(self.port, address_of(number), request).startswith(b"HTTP/1.1 303"):
                    self.acknowledged.append((time.monotonic(), words))
                    return
            time.sleep(0.1)

    def strike(self, victim: str) -> None:
        # Under load: not before something was acknowledged since the last kill.
        before, until = len(self.acknowledged), time.monotonic() + 30
        while len(self.acknowledged) == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(self.chance.uniform(0, 0.8))
        if victim == "web worker":
            listed = subprocess.run(["pgrep", "-P", str(self.web.pid)], capture_output=True, text=True)
            with suppress(ProcessLookupError, IndexError):
                os.kill(int(self.chance.choice(listed.stdout.split())), signal.SIGKILL)
            return
        if "web" in victim:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
        if "worker" in victim:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()
            self.worker = self.new_worker()
        if "web" in victim:
            self.web = serve("wsgi:app", self.port)

    def finish_sending(self) -> None:
        self.stop.set()
        for phone in self.phones:
            phone.join()

    def close(self) -> None:
        self.finish_sending()
        for process in (self.web, self.worker):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def stop_and_start(running: Running, control: list[str], how: str) -> float:
    """Stop PostgreSQL for a second; returns the seconds from its start to the next receipt."""
    subprocess.run([*control, "-m", how, "stop"], check=True, capture_output=True, cwd="/")
    time.sleep(1)
    before = len(running.acknowledged)
    start = time.monotonic()
    subprocess.run([*control, "start"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    while len(running.acknowledged) == before and time.monotonic() < start + 60:
        time.sleep(0.01)
    return time.monotonic() - start


def counted() -> tuple[Counter[str], Counter[str]]:
    """How often each text is stored, and how often it was read into a statement."""
    from sqlalchemy import func, select

    from webapp.collect.models import Answer
    from webapp.extensions import db
    from webapp.themes.models import Statement

    with db.engine.connect() as connection:
        stored = connection.execute(select(Answer.text, func.count()).where(Answer.text != "").group_by(Answer.text))
        texts = select(Answer.text, func.count()).join(Statement, Statement.answer_id == Answer.id)
        read = connection.execute(texts.where(Statement.retired_at.is_(None)).group_by(Answer.text))
        return Counter(dict(stored.tuples().all())), Counter(dict(read.tuples().all()))


def wait_until_read(words: set[str]) -> float:
    start = time.monotonic()
    while time.monotonic() < start + READ_WITHIN and words - set(counted()[1]):
        time.sleep(1)
    return time.monotonic() - start


def measure(database: str, control: list[str]) -> bool:
    from webapp import create_app
    from webapp.extensions import db

    with create_app().app_context():
        db.create_all()
        running = Running(make_event(0))
        # A connection kept open here would be cut with the database and hide the result.
        db.session.remove()
        try:
            start, received = time.monotonic(), len(running.acknowledged)
            rounds = 0
            while rounds < ROUNDS and time.monotonic() < start + SECONDS:
                running.strike(VICTIMS[rounds % len(VICTIMS)])
                rounds += 1
            took = time.monotonic() - start
            kills = len(running.acknowledged) - received
            hows = [("fast", "immediate")[number % 2] for number in range(STOPS if control else 0)]
            waits = [stop_and_start(running, control, how) for how in hows]
            running.finish_sending()
            db.engine.dispose()
            acknowledged = {words for _, words in running.acknowledged}
            read_after = wait_until_read(acknowledged)
            alive = running.worker.poll() is None
        finally:
            running.close()
        stored, read = counted()
        db.engine.dispose()
    missing, doubled = acknowledged - set(stored), {words for words, times in stored.items() if times > 1}
    unread = {words for words in stored if read[words] != 1}
    print(f"{database}, {date.today()}: {rounds} kills in {took:.0f} s, {kills} responses acknowledged meanwhile")
    if waits:
        print(f"  stopped and started {len(waits)} times: serves again after {max(waits):.1f} s at most; must 5 s")
        meanwhile = len(running.acknowledged) - received - kills
        print(f"  {meanwhile} acknowledged meanwhile; the worker {'lives' if alive else 'ended'}")
    print(f"  acknowledged {len(acknowledged)}: missing {len(missing)}, doubled {len(doubled)}; must 0, 0")
    print(f"  read into statements other than once: {len(unread)}; must 0 ({read_after:.0f} s after the last one)")
    return not (missing or doubled or unread or not alive or max(waits, default=0) > MUST_SERVE)


def on_postgresql() -> bool:
    sys.path.insert(0, str(ROOT))
    from tests.databases import postgres_cluster, postgres_programs

    programs = postgres_programs()
    if programs is None:
        print("PostgreSQL's server is not installed here: it was not measured.")
        return True
    with postgres_cluster() as url:
        folder = url.split("host=")[1]
        os.environ.update(DATABASE_URL=url, TASKS_URL=url)
        become = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        control = [*become, str(programs / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        control += ["-o", f"-k {folder} -h ''"]
        return measure("PostgreSQL", control)


def main() -> None:
    if len(sys.argv) < 2:
        ends = [subprocess.run([sys.executable, __file__, name]).returncode for name in ("sqlite", "postgresql")]
        raise SystemExit(max(ends))
    # Ended from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done."))
    prepare_instance()
    if not (on_postgresql() if sys.argv[1] == "postgresql" else measure("SQLite", [])):
        raise SystemExit("Something was lost, doubled or not read once.")


if __name__ == "__main__":
    main()
