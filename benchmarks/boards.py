"""50 open coverage boards on the production server (2 workers of 4 threads, SQLite) while a table writes and delegates
send: how long until each board shows a new line, and what the boards cost. Beside it, how many boards could be open at
once if each held a stream of server-sent events."""

import http.client
import random
import re
import resource
import sys
import threading
import time
from datetime import UTC, date, datetime
from statistics import median
from urllib.parse import urlencode

from serving import prepare_instance, production

BOARDS, EVERY, SECONDS, LINE_EVERY = 50, 2.0, 40, 3.0
MUST = 3.0
PASSWORD = "a password for benchmarks"


def streaming_app():
    """The least that sends events: each stream holds a thread of the server for as long as its page is open."""
    from flask import Flask, Response

    app = Flask("streams")

    @app.get("/stream")
    def stream():
        def events():
            while True:
                yield "data: now\n\n"
                time.sleep(1)

        return Response(events(), mimetype="text/event-stream")

    return app


class Browser:
    """One browser's connection and cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, **headers: str):
        """The answer and its text; a connection that the server closed meanwhile is opened again."""
        sent = {"Cookie": self.cookie, **headers}
        if fields is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        for _ in range(2):
            try:
                self.connection.request(method, path, urlencode(fields) if fields is not None else None, sent)
                answer = self.connection.getresponse()
                break
            except (http.client.RemoteDisconnected, ConnectionError):
                self.connection.close()
        text = answer.read().decode()
        for kept in answer.headers.get_all("Set-Cookie") or []:
            name = kept.split("=", 1)[0]
            others = [part for part in self.cookie.split("; ") if part and not part.startswith(f"{name}=")]
            self.cookie = "; ".join([*others, kept.split(";", 1)[0]])
        return answer, text

    def token(self, path: str) -> str:
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask("GET", path)[1])[1]


def make_event() -> tuple[str, str]:
    """An open event of 14 tables, 5 questions, 160 lines and 300 responses; its board's address, a table's token."""
    from webapp.accounts.actions import create_organiser
    from webapp.accounts.models import Membership
    from webapp.collect.models import GroupNote, Response
    from webapp.extensions import db
    from webapp.programme.models import DiscussionTable, Event, EventSession, Question, Series

    at = datetime.now(UTC)
    user = create_organiser("bench@example.org", "Bench", PASSWORD, at)
    event = Event(
        title="Bench", starts_on=date(2003, 7, 8), time_zone="Europe/London", code="BENCH", opens_at=at, created_at=at
    )
    series = Series(title="Bench", created_at=at, events=[event])
    event.questions = [
        Question(text=f"What about {word}?", kind="free_text", position=i) for i, word in enumerate("abcde")
    ]
    event.sessions = [EventSession(title=f"Discussion {n}", kind="group_discussion", position=n) for n in range(2)]
    tables = [
        DiscussionTable(session=session, name=f"Table {n}", token=f"bench{session.position}-{n}")
        for session in event.sessions
        for n in range(7)
    ]
    db.session.add(series)
    db.session.flush()
    db.session.add(Membership(user_id=user.id, series_id=series.id, role="owner", since=at))
    for number in range(160):
        question = event.questions[number % 5]
        db.session.add(
            GroupNote(
                table_id=tables[number % 13].id,
                question_id=question.id,
                client_key=f"n{number}",
                text="Line",
                noted_at=at,
            )
        )
    for number in range(300):
        db.session.add(
            Response(
                event_id=event.id, client_key=f"r{number}", receipt_code=f"R{number}", consent="quote", received_at=at
            )
        )
    db.session.commit()
    return f"/series/{series.id}/collect/board/{event.id}", tables[0].token


def sign_in(port: int) -> str:
    browser = Browser(port)
    token = browser.token("/sign-in")
    answer, _ = browser.ask(
        "POST", "/sign-in", {"csrf_token": token, "email": "bench@example.org", "password": PASSWORD}
    )
    if answer.status not in (302, 303):
        raise SystemExit(f"Not signed in: {answer.status}")
    return browser.cookie


def write_lines(port: int, table: str, end: float, written: dict[int, float], first: int) -> None:
    """A line every few seconds; when each was answered for."""
    browser = Browser(port)
    token = browser.token(f"/t/{table}")
    number = first
    while time.perf_counter() < end - EVERY * 2:
        number += 1
        key = f"line{number}{random.randrange(10**9)}"
        answer, _ = browser.ask("POST", f"/t/{table}", {"csrf_token": token, "text": "Line", "client_key": key})
        if answer.status != 303:
            raise SystemExit(f"Not written: {answer.status}")
        written[number] = time.perf_counter()
        time.sleep(LINE_EVERY)


def watch(
    port: int, cookie: str, board: str, end: float, seen: list[tuple[int, float]], polls: list[tuple[int, float]]
) -> None:
    """One open board: asks as the page's script does, from a moment of its own."""
    browser, version = Browser(port, cookie), 'W/""'
    time.sleep(random.random() * EVERY)
    while time.perf_counter() < end:
        start = time.perf_counter()
        answer, text = browser.ask("GET", f"{board}/now", **{"If-None-Match": version})
        polls.append((answer.status, time.perf_counter() - start))
        if answer.status == 200:
            version = answer.headers["ETag"]
            seen.append((int(re.search(r"(\d+) lines? from", text)[1]), time.perf_counter()))
        time.sleep(max(0.0, EVERY - (time.perf_counter() - start)))


def run(boards: int, board: str, table: str, first: int) -> tuple[float, list[float], list[tuple[int, float]], int]:
    """CPU seconds of the server, the delays of the lines, the polls (status, seconds), and the lines that there are."""
    written: dict[int, float] = {}
    seen: list[list[tuple[int, float]]] = [[] for _ in range(boards)]
    polls: list[tuple[int, float]] = []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with production("wsgi:app") as port:
        cookie = sign_in(port)
        end = time.perf_counter() + SECONDS
        threads = [threading.Thread(target=write_lines, args=(port, table, end, written, first))]
        threads += [threading.Thread(target=watch, args=(port, cookie, board, end, each, polls)) for each in seen]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    delays = []
    for of_board in seen:
        for number, at in written.items():
            shown = [moment for count, moment in of_board if count >= number]
            delays.append(min(shown) - at if shown else float("inf"))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, delays, polls, max(written)


def streams_held() -> int:
    """How many of as many streams get their first event within 5 seconds."""
    got: list[int] = []

    def listen(port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/stream")
            got.append(len(connection.getresponse().read(1)))
            time.sleep(5)
        except TimeoutError:
            pass
        finally:
            connection.close()

    with production("boards:streaming_app()", PYTHONWARNINGS="ignore") as port:
        threads = [threading.Thread(target=listen, args=(port,)) for _ in range(BOARDS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return len(got)


def main() -> None:
    prepare_instance()
    from webapp import create_app
    from webapp.extensions import db

    with create_app().app_context():
        db.create_all()
        board, table = make_event()
        db.engine.dispose()
    alone, _, _, lines = run(0, board, table, 160)
    cpu, delays, polls, _ = run(BOARDS, board, table, lines)
    times = sorted(seconds for _status, seconds in polls)
    unchanged = sum(status == 304 for status, _ in polls) / len(polls)
    delays.sort()
    late, slow = delays[int(len(delays) * 0.95)], times[int(len(times) * 0.95)]
    print(f"{BOARDS} boards that ask every {EVERY:.0f} s; a table writes a line every {LINE_EVERY:.0f} s")
    print(f"a new line is shown after {median(delays):.1f} s, 95 % under {late:.1f} s", end="")
    print(f", longest {delays[-1]:.1f} s (must: {MUST:.0f} s)")
    print(f"{len(polls) / SECONDS:.0f} requests a second, {unchanged:.0%} of them answered 304", end="")
    print(f": median {median(times) * 1000:.0f} ms, 95 % under {slow * 1000:.0f} ms")
    print(f"the boards cost {(cpu - alone) / SECONDS:.0%} of one core")
    print(f"server-sent events in their place: {streams_held()} of {BOARDS} streams answered within 5 s")
    if delays[-1] > MUST:
        sys.exit("A line was shown too late.")


if __name__ == "__main__":
    main()
