"""2,000 phones within 60 seconds by Locust, with 20 organisers' boards open and an analysis running, on SQLite, the
production server (2 workers of 4 threads) and one background worker: errors, and how long answers took.

PHONES, BOARDS and SPREAD (seconds) set another size."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from board import make_board, place, signed_in
from boards import Browser
from engine import statements as texts_of
from serving import ROOT, production
from visits import make_event

from webapp import create_app
from webapp.accounts.models import User
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.themes.models import ThemeRun

PHONES, BOARDS, SPREAD = (int(os.environ.get(name, usual)) for name, usual in
                          (("PHONES", "2000"), ("BOARDS", "20"), ("SPREAD", "60")))  # fmt: skip
STATEMENTS = 2000
LONGEST_VISIT = 25
STARTING = 10
MUST, AIM = 2000, 500  # milliseconds, 99 of 100 answers


def make_hall(folder: Path) -> tuple[dict, int]:
    """A series with a curated board of 2,000 statements, an open event of 5 questions; what the phones must know."""
    app = create_app()
    with app.app_context():
        db.create_all()
        owner = User(email="bench@example.org", name="Bench", password="-", active=True, fs_uniquifier="bench")
        db.session.add(owner)
        db.session.commit()
        board = make_board(owner, STATEMENTS)
        place(board, 15)
        fields = make_event(0) | {"organisation_type": "County"}
        event = db.session.query(Event).filter_by(code="B0").one()
        event.series_id = board.series_id
        db.session.commit()
        client = app.test_client()
        signed_in(client, owner)
        cookie = "; ".join(f"{c.key}={c.value}" for c in client._cookies.values())
        free = list(fields)[:3]
        hall = {
            "form": "/e/B0",
            "fields": fields,
            "free": free,
            "texts": texts_of(400),
            "boards": BOARDS,
            "opened_within": SPREAD / 4,
            "until": SPREAD + LONGEST_VISIT,
            "cookie": cookie,
            "themes": f"/series/{board.series_id}/themes",
            "state": f"/boards/{board.id}/state?since=0",
            "coverage": f"/series/{board.series_id}/collect/board/{event.id}/now",
            "analyse": f"/series/{board.series_id}/themes/analyse",
            "result": str(folder / "locust.json"),
        }
        before = db.session.query(Response).count()
        db.session.remove()
        db.engine.dispose()
    return hall, before


def analyse(port: int, hall: dict, began: list[float]) -> None:
    """An organiser asks for an analysis in the middle of it."""
    time.sleep(SPREAD / 4)
    browser = Browser(port, hall["cookie"])
    answer, _ = browser.ask("POST", hall["analyse"], {"csrf_token": browser.token(hall["themes"])})
    if answer.status == 303:
        began.append(time.time())


def drive(port: int, hall: dict) -> None:
    command = [sys.executable, "-m", "locust", "-f", str(ROOT / "benchmarks/serving/hall.py"), "--headless"]
    command += ["--host", f"http://127.0.0.1:{port}", "--users", str(PHONES + BOARDS), "--only-summary"]
    command += ["--spawn-rate", str((PHONES + BOARDS) / SPREAD), "--run-time", f"{SPREAD + LONGEST_VISIT}s"]
    environment = {**os.environ, "HALL": json.dumps(hall)}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    # Importing `board` has prepared it.
    folder = Path(os.environ["RAPPORTEUR_INSTANCE"])
    hall, before = make_hall(folder)
    began: list[float] = []
    with production("wsgi:app") as port, open(folder / "worker.log", "wb") as log:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        worker = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        # Both web workers and this one have loaded what they need before the doors open.
        time.sleep(STARTING)
        asking = threading.Thread(target=analyse, args=[port, hall, began])
        asking.start()
        drive(port, hall)
        asking.join()
        ended = finished_after(began)
        worker.terminate()
        worker.wait()
    tell(json.loads(Path(hall["result"]).read_text()), stored() - before, ended)


def finished_after(began: list[float]) -> float | None:
    """Seconds from the request to the end of the analysis; None where it did not end."""
    with create_app().app_context():
        for _ in range(300):
            run = db.session.query(ThemeRun).order_by(ThemeRun.id.desc()).first()
            if run is not None and run.state == "done" and began:
                return run.finished_at.timestamp() - began[0]
            db.session.rollback()
            time.sleep(0.2)
    return None


def stored() -> int:
    with create_app().app_context():
        return db.session.query(Response).count()


def tell(result: dict, kept: int, ended: float | None) -> None:
    rows = result["rows"]
    print(f"{PHONES:,} phones within {SPREAD} s, {BOARDS} boards open; SQLite, 2 web workers of 4 threads, 1 worker")
    print(f"{'':22}{'requests':>10}{'failed':>8}{'median':>9}{'p99':>9}{'longest':>9}  (ms)")
    for name, row in rows.items():
        figures = "".join(f"{row[key]:9.0f}" for key in ("median", "p99", "longest"))
        print(f"{name:22}{row['requests']:10,}{row['failures']:8,}{figures}")
    print(f"receipts {result['received']:,}, responses stored {kept:,}; must {PHONES:,}")
    print(f"must: no failure, p99 of all answers under {MUST} ms; aim {AIM} ms")
    print(f"the analysis asked for in the middle of it took {'no end' if ended is None else f'{ended:.0f} s'}")
    for error in result["errors"]:
        print("  ", error)
    late = rows["all"]["p99"] > MUST
    if late or rows["all"]["failures"] or kept != PHONES or result["received"] != PHONES or ended is None:
        raise SystemExit("Not as it must be.")


if __name__ == "__main__":
    main()
