"""A delegate's phone and a facilitator's laptop in a real Chromium, with the network cut."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from sqlalchemy import func, select
from werkzeug.serving import make_server

from tests.factories import make_event, make_note, make_question, make_session, make_table
from webapp.collect.models import Answer, GroupNote, Response
from webapp.extensions import db
from webapp.wording import now

CHROMIUM = Path("/usr/bin/chromium")
# Resolves once the phone's own store holds the form and its two files, and the worker serves the page from it.
KEPT = """async () => {
  const pause = () => new Promise((go) => setTimeout(go, 20));
  while ((await (await caches.open("forms-2")).keys()).length < 3) await pause();
  while (navigator.serviceWorker.controller?.state !== "activated") await pause();
}"""
# The same of a table's page.
TABLE_KEPT = """async () => {
  const pause = () => new Promise((go) => setTimeout(go, 20));
  while (!(await caches.match(location.href) && await caches.match(document.scripts[0].src))) await pause();
  while (navigator.serviceWorker.controller?.state !== "activated") await pause();
}"""
# A busy machine is slow, and that is no fault.
expect.set_options(timeout=20_000)
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed on this machine"),
]


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def texts() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(select(Answer.text).order_by(Answer.id)))


def stored_on(page: Page) -> int:
    """How many drafts and waiting responses the phone holds."""
    return page.evaluate(
        """async () => {
  const db = await new Promise((go) => { indexedDB.open("rapporteur").onsuccess = (e) => go(e.target.result); });
  const names = ["drafts", "outbox"], all = db.transaction(names);
  const count = (name) => new Promise((go) => {
    all.objectStore(name).count().onsuccess = (e) => go(e.target.result);
  });
  return (await Promise.all(names.map(count))).reduce((sum, each) => sum + each);
}"""
    )


def test_words_typed_without_a_network_arrive_once(address: str, chromium: Browser) -> None:
    event = make_event(code="HALL")
    question = make_question(event)
    phone = chromium.new_context(viewport={"width": 360, "height": 780})
    page = phone.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/e/HALL", wait_until="networkidle")
    assert len(asked) == 3
    box, state = page.locator(f"#q{question.id}"), page.locator("#state")
    box.fill("Typed with a network")
    expect(state).to_have_text("Saved on this phone")
    page.evaluate(KEPT)
    phone.set_offline(True)
    page.reload()
    expect(box).to_have_value("Typed with a network")
    box.fill("Typed without one")
    page.get_by_role("button", name="Send").click()
    expect(state).to_have_text("No connection")
    page.reload()
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    box.fill("Changed without one")
    page.get_by_role("button", name="Send").click()
    expect(box).to_be_hidden()
    phone.set_offline(False)
    page.wait_for_url("**/r/*")
    assert texts() == ["Changed without one"]
    page.get_by_role("link", name="Next person on this phone").click()
    expect(box).to_have_value("")
    assert stored_on(page) == 0
    phone.close()


def test_the_next_person_sees_nothing_of_what_still_waits(address: str, chromium: Browser) -> None:
    question = make_question(make_event(code="NEXT"))
    phone = chromium.new_context()
    page = phone.new_page()
    page.goto(f"{address}/e/NEXT")
    box = page.locator(f"#q{question.id}")
    box.fill("x")
    page.evaluate(KEPT)
    phone.set_offline(True)
    for words in ("The first person's", "The second person's"):
        box.fill(words)
        page.get_by_role("button", name="Send").click()
        with page.expect_navigation():
            page.get_by_role("link", name="Next person on this phone").click()
        expect(box).to_have_value("")
        expect(page.locator("progress")).to_be_attached()
    expect(page.locator("#queue")).to_have_text("Waiting on this phone to be sent: 2.")
    box.fill("Being typed")
    phone.set_offline(False)
    expect(page.locator("#queue")).to_be_empty()
    expect(page.locator("#state")).to_contain_text("Received")
    expect(box).to_have_value("Being typed")
    assert sorted(texts()) == ["The first person's", "The second person's"]
    assert stored_on(page) == 1
    phone.close()


def test_a_tab_closed_in_mid_send_leaves_one_response_for_the_next_tab_to_fetch(
    address: str, chromium: Browser
) -> None:
    question = make_question(make_event(code="CRASH"))
    phone = chromium.new_context(service_workers="block")
    page = phone.new_page()
    page.goto(f"{address}/e/CRASH")

    sent: list[Route] = []

    def commit_and_never_answer(route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
        else:
            route.fetch(max_redirects=0)
            sent.append(route)

    page.route("**/e/CRASH", commit_and_never_answer)
    page.locator(f"#q{question.id}").fill("Once")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#state")).to_have_text("Sending")
    while not sent:
        page.wait_for_timeout(10)
    page.close()
    later = phone.new_page()
    later.goto(f"{address}/e/CRASH")
    later.wait_for_url("**/r/*")
    assert texts() == ["Once"]
    phone.close()


def test_an_event_that_closes_while_somebody_writes_takes_it_when_it_opens_again(
    address: str, chromium: Browser
) -> None:
    event = make_event(code="SHUT")
    question = make_question(event)
    page = chromium.new_page()
    page.goto(f"{address}/e/SHUT")
    page.locator(f"#q{question.id}").fill("Written late")
    event.closes_at = now()
    db.session.commit()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".said")).to_have_text("Written late")
    page.reload()
    expect(page.locator(".said")).to_have_text("Written late")
    event.closes_at = None
    db.session.commit()
    page.reload()
    page.wait_for_url("**/r/*")
    assert texts() == ["Written late"]
    page.close()


def test_a_worker_of_an_older_version_gives_way_and_its_forms_still_open(address: str, chromium: Browser) -> None:
    question = make_question(make_event(code="OLDER"))
    phone = chromium.new_context()
    page = phone.new_page()
    page.goto(f"{address}/e/OLDER")
    page.evaluate("async () => (await caches.open('forms-1')).put('/e/OLDER', new Response('An older form'))")
    page.locator(f"#q{question.id}").fill("Typed")
    page.evaluate(KEPT)
    assert page.evaluate("caches.keys()") == ["forms-2"]
    phone.set_offline(True)
    page.reload()
    expect(page.locator(f"#q{question.id}")).to_have_value("Typed")
    phone.close()


def test_a_reply_lost_after_the_commit_makes_no_second_response(address: str, chromium: Browser) -> None:
    question = make_question(make_event(code="LOST"))
    phone = chromium.new_context(service_workers="block")
    page = phone.new_page()
    page.goto(f"{address}/e/LOST")
    lost: list[Route] = []

    def lose_the_first_reply(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route)
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route("**/e/LOST", lose_the_first_reply)
    page.locator(f"#q{question.id}").fill("Once")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/r/*")
    assert (len(lost), texts()) == (1, ["Once"])
    phone.close()


def test_a_paste_of_a_million_letters_is_not_sent_and_stays_on_the_page(address: str, chromium: Browser) -> None:
    question = make_question(make_event(code="LONG"))
    page = chromium.new_page()
    page.goto(f"{address}/e/LONG")
    box = page.locator(f"#q{question.id}")
    # Without dir, because Chromium takes minutes to find the direction of so long a text.
    box.evaluate("box => { box.removeAttribute('dir'); box.value = 'x'.repeat(999) + '\\n'; }")
    box.evaluate("box => { box.value = box.value.repeat(1001); box.form.requestSubmit(); }")
    expect(page.locator("#state")).to_contain_text("Nothing was sent: this is too much at once.")
    assert box.evaluate("box => box.value.length") == 1_001_000
    assert texts() == []
    page.close()


def test_two_tabs_of_one_phone_send_one_response(address: str, chromium: Browser) -> None:
    question = make_question(make_event(code="TABS"))
    phone = chromium.new_context()
    first, second = phone.new_page(), phone.new_page()
    first.goto(f"{address}/e/TABS")
    first.locator(f"#q{question.id}").fill("Same words")
    second.goto(f"{address}/e/TABS")
    expect(second.locator(f"#q{question.id}")).to_have_value("Same words")
    for tab in (first, second):
        tab.get_by_role("button", name="Send").click()
    for tab in (first, second):
        tab.wait_for_url("**/r/*")
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
    phone.close()


def test_a_tables_lines_wait_for_the_network_and_reach_the_other_device(address: str, chromium: Browser) -> None:
    link = f"{address}/t/{make_table(make_session()).token}"
    laptop, other = chromium.new_context(), chromium.new_context()
    page, elsewhere = laptop.new_page(), other.new_page()
    page.goto(link)
    elsewhere.goto(link)
    line, state = page.get_by_label("Next point"), page.locator("#state")
    page.evaluate(TABLE_KEPT)
    laptop.set_offline(True)
    for words, keys in [("First", "Alt+Digit2"), ("Second", "Alt+Digit7")]:
        line.fill(words)
        line.press(keys)
        line.press("Enter")
    expect(state).to_contain_text("No connection. Kept on this device")
    page.reload()
    expect(page.locator(".pending .said")).to_have_text(["First", "Second"])
    laptop.set_offline(False)
    expect(state).to_have_text("All lines received")
    expect(elsewhere.locator("#lines")).to_contain_text("Second")
    rows = db.session.execute(select(GroupNote.text, GroupNote.facet, GroupNote.weight).order_by(GroupNote.id)).all()
    assert [tuple(row) for row in rows] == [("First", "problem", "one"), ("Second", None, "table")]
    laptop.close()
    other.close()


def test_a_line_changed_in_place_without_a_network_outlives_a_reload(address: str, chromium: Browser) -> None:
    note = make_note(make_table(make_session()), "Before")
    laptop = chromium.new_context()
    page = laptop.new_page()
    page.goto(f"{address}/t/{note.table.token}")
    page.evaluate(TABLE_KEPT)
    laptop.set_offline(True)
    page.locator("#lines summary").click()
    page.get_by_label("The line").fill("After")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("No connection. Kept on this device")
    page.reload()
    expect(page.get_by_label("The line")).to_have_value("After")
    laptop.set_offline(False)
    expect(page.locator("#lines span.said")).to_have_text("After")
    db.session.refresh(note)
    assert note.text == "After"
    laptop.close()
