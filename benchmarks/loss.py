"""Responses lost or doubled in 200 rounds of dropped replies, killed tabs and browsers, offline spells and restarts of
the server: one phone, a real Chromium, the production server, and a proxy that drops replies after the commit."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime

from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright
from serving import free_port, prepare_instance, serve
from serving.faulty_proxy import FaultyProxy

ROUNDS = int(os.environ.get("ROUNDS", "200"))
SEED = 7
PATIENCE = 40.0
FAULTS = (
    "reply dropped", "two replies dropped", "tab killed", "tab killed, reply dropped", "browser killed", "offline",
    "offline, next person", "offline, tab killed", "server restarted", "server killed", "two tabs", "no fault",
)  # fmt: skip


class Hall:
    """The server, the proxy before it, and one phone: all that can fail."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright, self.chance = playwright, random.Random(SEED)
        self.port = free_port()
        self.server = serve("wsgi:app", self.port)
        self.proxy = FaultyProxy(self.port)
        threading.Thread(target=self.proxy.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.proxy.server_port}/e/LOSS"
        self.profile = tempfile.mkdtemp(prefix="rapporteur-phone-")
        self.phone = self.switched_on()

    def switched_on(self) -> BrowserContext:
        root = ["--no-sandbox"] if os.getuid() == 0 else []
        phone = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=shutil.which("chromium"), args=root, viewport={"width": 360, "height": 780}
        )
        phone.set_default_timeout(60_000)
        return phone

    def kill_browser(self) -> None:
        """As a phone whose battery dies; then it is switched on again."""
        listed = subprocess.run(["pgrep", "-f", f"user-data-dir={self.profile}"], capture_output=True, text=True)
        for pid in listed.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        with suppress(Error):
            self.phone.close()
        self.phone = self.switched_on()

    def restart_server(self, how: signal.Signals) -> None:
        os.killpg(self.server.pid, how)
        self.server.wait()
        self.server = serve("wsgi:app", self.port)

    def open_form(self) -> Page:
        page = self.phone.new_page()
        page.goto(self.url)
        page.locator("progress.where, h1").first.wait_for(state="attached")
        return page

    def close(self) -> None:
        self.phone.close()
        self.proxy.shutdown()
        os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait()


def moment(hall: Hall) -> None:
    time.sleep(hall.chance.choice((0, 0.005, 0.02, 0.05, 0.2)))


def pressed(page: Page) -> None:
    # Another tab's receipt may have taken the page away meanwhile.
    with suppress(Error):
        page.locator("button.primary").click(timeout=2000, no_wait_after=True)


def strike(hall: Hall, fault: str, page: Page) -> None:
    """Press Send on the page, and let the fault happen."""
    if "dropped" in fault:
        hall.proxy.lose_replies = 2 if "two" in fault else 1
    if "offline" in fault:
        hall.phone.set_offline(True)
    if fault == "two tabs":
        other = hall.open_form()
        pressed(other)
    if "server" in fault:
        how = signal.SIGKILL if "killed" in fault else signal.SIGTERM
        restarting = threading.Thread(target=hall.restart_server, args=[how])
        restarting.start()
    moment(hall)
    pressed(page)
    moment(hall)
    if "next person" in fault:
        page.locator("#waiting [data-next]").click()
    if "tab killed" in fault:
        page.close()
    if fault == "browser killed":
        hall.kill_browser()
    if "server" in fault:
        restarting.join()
    hall.proxy.lose_replies = 0 if "tab" in fault else hall.proxy.lose_replies
    moment(hall)
    hall.phone.set_offline(False)


def finish(hall: Hall, words: str) -> None:
    """Do what a person would: come back to the form, press again where the words still stand, wait for the receipt, or
    until nothing waits on the phone."""
    until = time.monotonic() + PATIENCE
    page = next((each for each in hall.phone.pages if each.url.startswith("http")), None) or hall.open_form()
    while time.monotonic() < until:
        with suppress(Error):
            if "/r/" in page.url:
                return
            if not page.url.startswith("http"):
                page.goto(hall.url)
            box = page.locator("textarea")
            if box.is_visible() and box.is_editable(timeout=100):
                said = box.input_value(timeout=100)
                if said == words:
                    # Not for long: it may be on its way already, and then there is no button.
                    page.locator("button.primary").click(timeout=500)
                elif not said and not page.locator("#queue").inner_text(timeout=100) and received_with(words):
                    return
            page.wait_for_timeout(50)


def received_with(words: str) -> int:
    from sqlalchemy import func, select

    from webapp.collect.models import Answer
    from webapp.extensions import db

    with db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Answer).where(Answer.text == words)) or 0


def make_event() -> None:
    from webapp.extensions import db
    from webapp.programme.models import Event, Question, Series

    at = datetime.now(UTC)
    event = Event(
        series=Series(title="Loss", created_at=at), title="Loss", starts_on=date(2003, 7, 8), opens_at=at,
        time_zone="Europe/London", code="LOSS", created_at=at,
    )  # fmt: skip
    event.questions.append(Question(text="What gets in the way?", kind="free_text"))
    db.session.add(event)
    db.session.commit()
    db.session.remove()


def blank_form(hall: Hall) -> Page:
    """The form for the next response; a receipt that the phone still had to show comes before it."""
    page = hall.open_form()
    for _ in range(100):
        page.wait_for_timeout(200)
        if "/r/" in page.url:
            page.goto(hall.url)
        elif page.locator("textarea").is_visible() and not page.locator("textarea").input_value():
            break
    return page


def play(hall: Hall, fault: str, words: str) -> None:
    page = blank_form(hall)
    page.locator("textarea").fill(words)
    page.locator("#state:not(:empty)").wait_for()
    strike(hall, fault, page)
    finish(hall, words)
    hall.proxy.lose_replies = 0
    for page in hall.phone.pages[1:]:
        page.close()
    hall.phone.pages[0].goto("about:blank")


def main() -> None:
    prepare_instance()
    from webapp import create_app
    from webapp.extensions import db

    start = time.monotonic()
    with create_app().app_context(), sync_playwright() as playwright:
        db.create_all()
        make_event()
        hall = Hall(playwright)
        said = {f"Round {number}: what was said": FAULTS[number % len(FAULTS)] for number in range(ROUNDS)}
        try:
            for words, fault in said.items():
                play(hall, fault, words)
                print(".", end="", flush=True)
            time.sleep(2)
        finally:
            hall.close()
        counts = {words: received_with(words) for words in said}
    print()
    lost = Counter(said[words] for words, count in counts.items() if count == 0)
    doubled = Counter(said[words] for words, count in counts.items() if count > 1)
    for fault, rounds in Counter(said.values()).items():
        print(f"{fault:<28}{rounds:>4} rounds{lost[fault]:>4} lost{doubled[fault]:>4} doubled")
    print(f"{ROUNDS} rounds in {time.monotonic() - start:.0f} s, {hall.proxy.lost} replies dropped after the commit")
    print(f"lost {lost.total()}, doubled {doubled.total()}; must 0, 0")
    if lost or doubled:
        raise SystemExit("Something was lost or doubled.")


if __name__ == "__main__":
    main()
