"""Bytes and requests of a delegate's first visit to a form of 8 questions, in Chromium, from the production server."""

import os
import shutil
from datetime import UTC, date, datetime

from playwright.sync_api import Page, sync_playwright
from serving import prepare_instance, production

MUST, AIM = (14_000, 3), (10_000, 2)
TYPES = ["District council", "County council", "Unitary council", "Metropolitan borough", "London borough", "Other"]
PARTS = ["Presentations", "Group discussions", "Questions and answers", "The breaks"]
QUESTIONS = [
    ("How useful was this event for your own work?", "rating", "1 means not useful at all, 5 means very useful.", []),
    ("What did you hear that you will use, and how?", "free_text", "", []),
    ("What was missing, or should have been done differently?", "free_text", "", []),
    ("What gets in the way of doing this well where you work?", "free_text", "", []),
    ("Which parts of the day were worth your time?", "several_choices", "Choose as many as you like.", PARTS),
    ("Would you tell a colleague to come next time?", "one_choice", "", ["Yes", "Perhaps", "No"]),
    ("What should this project produce that you would really use?", "free_text", "", []),
    ("Is there anything else that the organisers should know?", "free_text", "", []),
]


def make_event() -> None:
    """An open event HALL with the questions, in the database of the benchmark's instance."""
    from webapp import create_app
    from webapp.extensions import db
    from webapp.programme.models import Event, Question, Series

    at = datetime.now(UTC)
    series = Series(title="Managing performance", organisation_types=TYPES, created_at=at)
    event = Event(
        series=series, title="Managing performance, London", starts_on=date(2003, 7, 8), time_zone="Europe/London",
        code="HALL", opens_at=at, created_at=at,
    )  # fmt: skip
    for position, (text, kind, help_, choices) in enumerate(QUESTIONS):
        event.questions.append(Question(text=text, kind=kind, help=help_, choices=choices, position=position))
    with create_app().app_context():
        db.create_all()
        db.session.add(series)
        db.session.commit()


def measure(page: Page, url: str) -> list[tuple[str, int]]:
    """Each request of a cold visit, with the bytes of its head and body as they travelled."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda sent: urls.update({sent["requestId"]: sent["request"]["url"]}))
    session.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    page.goto(url, wait_until="networkidle")
    return [(url, int(sizes[id_])) for id_, url in urls.items() if url.startswith("http") and id_ in sizes]


def main() -> None:
    prepare_instance()
    make_event()
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    with production("wsgi:app") as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        page = chromium.new_page(viewport={"width": 360, "height": 780}, locale="en-GB")
        rows = measure(page, f"http://127.0.0.1:{port}/e/HALL")
        chromium.close()
    for url, size in rows:
        print(f"{size:>8,} bytes  {url.split('/', 3)[3]}")
    total = sum(size for _, size in rows)
    print(f"{total:>8,} bytes in {len(rows)} requests, heads included")
    print(f"must {MUST[0]:,} / {MUST[1]}, aim {AIM[0]:,} / {AIM[1]}")
    if total > MUST[0] or len(rows) > MUST[1]:
        raise SystemExit("More than the form may weigh.")


if __name__ == "__main__":
    main()
