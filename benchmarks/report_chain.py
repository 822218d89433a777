"""Random boards edited, published and taken back at random: quotes that are no slice of their source, published figures
that do not add up, and words that must not be in any file, over BOARDS boards (200) and every kind of file; and how
long the draft and each file of 600 statements take."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable

BOARDS = int(os.environ.get("BOARDS", "200"))
os.environ["RAPPORTEUR_INSTANCE"] = folder = tempfile.mkdtemp(prefix="rapporteur-bench-")


def timed(name: str, act: Callable[[], object]) -> None:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    print(f"{name:<24}{min(times):8.2f} s")


def main() -> int:
    from tests.report.random_boards import random_board, try_one
    from webapp import create_app
    from webapp.extensions import db
    from webapp.report.drafts import assembled_for
    from webapp.report.files import FILES

    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/bench.db",
            "TASKS_IMMEDIATE": True,
            "SERVER_NAME": "localhost",
            "WTF_CSRF_ENABLED": False,
        }
    )
    with app.app_context(), app.test_request_context():
        db.create_all()
        found = [try_one(seed) for seed in range(BOARDS)]
        names = ("quotes not in their source", "figures not adding up", "words that must not be there")
        totals = [sum(each) for each in zip(*found, strict=True)]
        print(f"{BOARDS} boards, {', '.join(FILES)}")
        for name, total in zip(names, totals, strict=True):
            print(f"{name:<32}{total}")
        series = random_board(random.Random(1), 600).series
        timed("draft of 600 statements", lambda: assembled_for(series))
        report = assembled_for(series).report
        for kind, file in FILES.items():
            timed(kind, lambda render=file.render: render(report))
    return int(any(totals))


if __name__ == "__main__":
    sys.exit(main())
