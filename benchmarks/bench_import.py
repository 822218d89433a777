"""How long 50,000 responses take to be read, tried, brought in and taken back, as CSV and as XLSX, on SQLite.

`PYTHONPATH=. python benchmarks/bench_import.py`; `ROWS` for fewer.
"""

import csv
import io
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

ROWS = int(os.environ.get("ROWS", "50000"))
HEADINGS = ["ID", "Start time", "Completion time", "Email", "Name", "How useful was it?", "Which parts?", "Why?"]


def rows_made() -> list[list[object]]:
    parts = ("Talks;", "Talks;Groups;", "Groups;Breaks;", "Breaks;")
    return [
        [
            n,
            datetime(2003, 7, 8, 9),
            datetime(2003, 7, 8, 9, n % 60),
            "anonymous",
            "",
            n % 5 + 1,
            parts[n % 4],
            f"Reason number {n}: targets change before anybody has met them, and nobody says why.",
        ]
        for n in range(1, ROWS + 1)
    ]


def as_csv(rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    return out.getvalue().encode()


def as_xlsx(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(name: str, act: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = act()
    print(f"  {name:28} {time.perf_counter() - start:6.1f} s")
    return result


def main() -> None:
    os.environ["RAPPORTEUR_INSTANCE"] = tempfile.mkdtemp(prefix="rapporteur-bench-")
    from webapp import create_app
    from webapp.accounts.models import User
    from webapp.extensions import db
    from webapp.programme.models import Series

    with create_app().app_context():
        db.create_all()
        user = User(email="bench@example.org", password="x", active=True, fs_uniquifier="bench")
        series = Series(title="Bench", created_at=now(), organisation_types=[])
        db.session.add_all([user, series])
        db.session.commit()
        for name, content in (("CSV", as_csv(rows_made())), ("XLSX", as_xlsx(rows_made()))):
            bring_in(name, content, series, user)


def now() -> datetime:
    return datetime.now(UTC)


def bring_in(name: str, content: bytes, series: Any, user: Any) -> None:
    """Upload, try, import, and import again."""
    from webapp.collect.import_receiving import receive_file
    from webapp.collect.import_running import begin, run_import, try_import
    from webapp.collect.import_taking_back import take_back
    from webapp.extensions import db
    from webapp.programme.models import Event

    event = Event(series=series, title=name, starts_on=date(2003, 7, 8), time_zone="UTC", code=name, created_at=now())
    db.session.add(event)
    db.session.commit()
    print(f"{name}, {ROWS:,} rows, {len(content) / 1e6:.1f} MB")
    imported = timed("upload read and guessed at", lambda: receive_file(series, event, content, name, user, now()))
    begin(imported, "checking", now())
    timed("dry run", lambda: try_import(imported, now, "UTC"))
    begin(imported, "importing", now())
    timed("import", lambda: run_import(imported, now, "UTC"))
    print(f"  added {imported.added:,}, not added {imported.faulty:,}")
    again = receive_file(series, event, content, name, user, now())
    begin(again, "importing", now())
    timed("the same file again", lambda: run_import(again, now, "UTC"))
    print(f"  added {again.added:,}, already there {again.already_there:,}")
    withdrawn = timed("taken back", lambda: take_back(imported, user, now()))
    print(f"  withdrawn {withdrawn:,}")


if __name__ == "__main__":
    main()
