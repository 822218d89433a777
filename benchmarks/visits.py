"""Visits a second (GET and POST of a form of 5 questions by a new delegate, a new connection a request, 8 at a time)
on SQLite, or with the word `postgresql` on a PostgreSQL of its own, against a bare Flask app on the same database that
inserts one row, served in the same way and measured in turns."""

import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import brotli
from serving import prepare_instance, production

AT_A_TIME, SECONDS, ROUNDS = 8, 1.5, 9
STORED = 10_000
MUST, AIM = 0.5, 0.8
TEXT = "Targets arrive late, and nobody explains them to the people who do the work."

VISITOR = itertools.count(2)


def bare_app():
    """Flask, Flask-SQLAlchemy and CSRF: a form of five fields, and one row for what it sends."""
    from flask import Flask, redirect, render_template_string, request
    from flask_sqlalchemy import SQLAlchemy
    from flask_wtf import CSRFProtect
    from sqlalchemy import Engine, event

    app = Flask("bare")
    app.config.update(SECRET_KEY="bare", SQLALCHEMY_DATABASE_URI=os.environ["BARE_URL"])
    CSRFProtect(app)
    db = SQLAlchemy(app)

    @event.listens_for(Engine, "connect")
    def same_settings(connection, _record) -> None:
        if not os.environ["BARE_URL"].startswith("sqlite"):
            return
        for pragma in ("journal_mode=WAL", "busy_timeout=10000", f"synchronous={os.environ['SQLITE_SYNCHRONOUS']}"):
            connection.execute(f"PRAGMA {pragma}")

    class Row(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        a, b, c, d, e = (db.Column(db.Text) for _ in range(5))

    page = """<!doctype html><title>Form</title><form method="post">
    <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
    {% for name in "abcde" %}<label>{{ name }} <input name="{{ name }}"></label>{% endfor %}
    <button>Send</button></form>"""

    @app.route("/", methods=["GET", "POST"])
    def form():
        if request.method == "POST":
            db.session.add(Row(**{name: request.form.get(name) for name in "abcde"}))
            db.session.commit()
            return redirect("/", 303)
        return render_template_string(page)

    with app.app_context():
        db.create_all()
    return app


def exchange(port: int, phone: str, request: bytes) -> bytes:
    """One request on a connection of its own; the answer with its body as it was before it was compressed.

    Raises ConnectionError where a compressed answer was cut off, as by a server that is killed."""
    with socket.create_connection(("127.0.0.1", port), source_address=(phone, 0)) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    if b"Content-Encoding: br" in head:
        try:
            body = brotli.decompress(body)
        except brotli.error as error:
            raise ConnectionError("The answer was cut off.") from error
    return head + b"\r\n\r\n" + body


def between(text: bytes, before: bytes, after: bytes) -> bytes:
    start = text.index(before) + len(before)
    return text[start : text.index(after, start)]


def head(method: str, path: str, more: str = "") -> str:
    always = "Host: 127.0.0.1\r\nConnection: close\r\nAccept-Encoding: gzip, deflate, br\r\n"
    return f"{method} {path} HTTP/1.1\r\n{always}{more}"


def visit(port: int, path: str, fields: dict[str, str]) -> None:
    """Open the form without a cookie, from an address of one's own, and send it; fails where it is not received."""
    number = next(VISITOR)
    phone = f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    page = exchange(port, phone, f"{head('GET', path)}\r\n".encode())
    sent = dict(fields, csrf_token=value_of(page, b'name="csrf_token"'))
    if b'name="client_key"' in page:
        sent["client_key"] = value_of(page, b'name="client_key"')
    body = urlencode(sent)
    cookie = between(page, b"Set-Cookie: ", b";").decode()
    more = f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    answer = exchange(port, phone, f"{head('POST', path, more)}\r\n{body}".encode())
    if not answer.startswith(b"HTTP/1.1 303"):
        raise SystemExit(f"Not received: {answer[:300]!r}")


def value_of(page: bytes, name: bytes) -> str:
    return between(page[page.index(name) :], b'value="', b'"').decode()


def visits_a_second(act: Callable[[], None], seconds: float = SECONDS) -> float:
    """How many times a second 8 visitors at once complete `act`."""
    end = time.perf_counter() + seconds
    done = [0] * AT_A_TIME

    def keep_visiting(number: int) -> None:
        while time.perf_counter() < end:
            act()
            done[number] += 1

    visitors = [threading.Thread(target=keep_visiting, args=[number]) for number in range(AT_A_TIME)]
    start = time.perf_counter()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return sum(done) / (time.perf_counter() - start)


def make_event(stored: int) -> dict[str, str]:
    """An open event of five questions with this many responses; returns what a delegate fills in."""
    from webapp.collect.models import Answer, Response
    from webapp.extensions import db
    from webapp.programme.models import Event, Question, Series

    at = datetime.now(UTC)
    series = Series(title="Bench", organisation_types=["District council", "County council"], created_at=at)
    event = Event(
        series=series, title="Bench", starts_on=date(2003, 7, 8), time_zone="Europe/London", code=f"B{stored}",
        opens_at=at, created_at=at,
    )  # fmt: skip
    texts = [Question(text=f"What about {word}?", kind="free_text", position=i) for i, word in enumerate("abc")]
    rating = Question(text="How useful was it?", kind="rating", position=4)
    choice = Question(text="Again?", kind="one_choice", choices=["Yes", "No"], position=5)
    event.questions = [*texts, rating, choice]
    db.session.add(series)
    db.session.commit()
    keys = [f"{event.id}-{number}" for number in range(stored)]
    common = {"event_id": event.id, "consent": "quote", "received_at": at, "organisation_type": ""}
    rows = [{**common, "client_key": key, "receipt_code": key} for key in keys]
    if rows:
        ids = list(db.session.scalars(db.insert(Response).returning(Response.id), rows))
        answers = [{"response_id": id_, "question_id": q.id, "text": TEXT} for id_ in ids for q in texts]
        db.session.execute(db.insert(Answer), answers)
        db.session.commit()
    said = {f"q{question.id}": TEXT for question in texts}
    about = {"organisation_type": "County council", "consent": "use"}
    return {**said, f"q{rating.id}": "4", f"q{choice.id}": "Yes", **about}


def compare(label: str, settings: dict[str, str], forms: dict[int, dict[str, str]]) -> list[str]:
    """The lines of the table for one database, `label` in the first column."""
    # Once, before two workers would do it at the same time.
    make_table = [sys.executable, "-c", "import visits; visits.bare_app()"]
    subprocess.run(make_table, cwd=Path(__file__).parent, env={**os.environ, **settings}, check=True)
    with production("visits:bare_app()", **settings) as bare, production("wsgi:app", **settings) as ours:
        acts: dict[str, Callable[[], None]] = {"bare": lambda: visit(bare, "/", dict.fromkeys("abcde", TEXT))}
        for stored, fields in forms.items():
            acts[str(stored)] = lambda s=stored, f=fields: visit(ours, f"/e/B{s}", f)
        for act in acts.values():
            visits_a_second(act, 1.0)
        rates: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(ROUNDS):
            for name, act in acts.items():
                rates[name].append(visits_a_second(act))
    lines = []
    for stored in forms:
        ours_rates = rates[str(stored)]
        # Round by round, because what else the machine does changes from round to round.
        ratio = median(mine / theirs for mine, theirs in zip(ours_rates, rates["bare"], strict=True))
        figures = f"{median(ours_rates):>10.0f}{median(rates['bare']):>10.0f}{ratio:>8.2f}"
        lines.append(f"{label:<12}{stored:>17,}{figures}")
    return lines


def make_forms(url: str | None) -> dict[int, dict[str, str]]:
    """What a delegate fills in, by how many responses the event has before, in a database with its tables."""
    from webapp import create_app
    from webapp.extensions import db

    with create_app({"SQLALCHEMY_DATABASE_URI": url} if url else None).app_context():
        db.create_all()
        forms = {stored: make_event(stored) for stored in (0, STORED)}
        db.engine.dispose()
    return forms


def on_sqlite(instance: Path) -> Iterator[str]:
    forms = make_forms(None)
    for synchronous in ("NORMAL", "FULL"):
        bare = f"sqlite:///{instance}/bare-{synchronous}.db"
        yield from compare(synchronous, {"SQLITE_SYNCHRONOUS": synchronous, "BARE_URL": bare}, forms)


def on_postgresql() -> Iterator[str]:
    from tests.databases import postgres_cluster

    with postgres_cluster() as url:
        yield from compare("PostgreSQL", {"DATABASE_URL": url, "BARE_URL": url}, make_forms(url))


def main() -> None:
    instance = prepare_instance()
    print(f"visits a second, {AT_A_TIME} at a time, median of {ROUNDS} rounds of {SECONDS} s")
    print(f"ratio: must {MUST}, aim {AIM}")
    print(f"{'database':<12}{'stored before':>17}{'ours':>10}{'bare':>10}{'ratio':>8}")
    for line in on_postgresql() if sys.argv[1:] == ["postgresql"] else on_sqlite(instance):
        print(line, flush=True)


if __name__ == "__main__":
    main()
