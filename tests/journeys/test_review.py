"""The machine proposes: the review queue, a later analysis beside the board, and the map, by keyboard and by mouse."""

from collections.abc import Callable

import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from analysis import encoder_name, lay_out
from tests.factories import NOON
from tests.journeys.boards import make_journey_board, sign_in
from tests.journeys.test_board import press
from tests.themes.factories import make_statements
from webapp.extensions import db
from webapp.themes.analysing import ask_for_themes, suggest_themes
from webapp.themes.finding import statements_to_analyse, themes_of, vectors_of
from webapp.themes.mapping import keep_places
from webapp.themes.models import Board
from webapp.themes.places import placer_of, vectors_on
from webapp.themes.understanding import understand_statements

pytestmark = pytest.mark.skipif(not encoder_name(), reason="doubts, proposals and the map need the sentence encoder")
Check = Callable[[Page], None]
LATE = "the train was late|no trains on strike days|the train station is far|trains were full|our train stood still"


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


@pytest.fixture
def board(request: pytest.FixtureRequest, live_app: Flask, site: str, page: Page) -> tuple[int, str]:
    """The id of a new board and the address of its room, and the page signed in as its owner."""
    name = request.node.name.split("[")[0].replace("_", "-")[:40].lower()
    with live_app.app_context():
        board = make_journey_board(name)
        statements = statements_to_analyse(board)
        vectors = vectors_of(statements)
        assert vectors is not None
        keep_places(board, statements, lay_out(vectors))
        db.session.commit()
        number, series_id = board.id, board.series_id
    sign_in(page, site, f"{name}@example.org")
    return number, f"{site}/series/{series_id}/themes"


def test_the_review_queue_by_keys(page: Page, live_app: Flask, board: tuple[int, str], accessible: Check) -> None:
    with live_app.app_context():
        own = db.session.get_one(Board, board[0])
        placer = placer_of(themes_of(own), vectors_on(own))
        assert placer is not None
        for n, statement in enumerate(make_statements(own, [f"between two themes, number {n}" for n in range(4)])):
            between = (placer.middle_ + placer.middles_[n] + placer.middles_[n + 1]).astype(np.float16)
            statement.vector, statement.encoder, statement.facet_guess = between.tobytes(), encoder_name(), "problem"
        db.session.commit()
    page.goto(f"{board[1]}/review")
    accessible(page)
    left = page.locator(".lead")
    expect(left).to_contain_text("about")
    before = left.inner_text().split()[0]
    words = page.locator("#doubt blockquote").inner_text()
    page.locator("h1").click()
    press(page, "l")
    expect(left).to_contain_text("1 of them put off")
    expect(page.locator("#doubt blockquote")).not_to_have_text(words)
    press(page, "y")
    expect(page.locator(".flashes")).not_to_be_empty()
    expect(left).not_to_contain_text(f"{before} statements")
    press(page, "n")
    expect(page.locator(".flashes")).to_contain_text("no theme")
    page.set_viewport_size({"width": 768, "height": 900})
    accessible(page)
    press(page, "u")
    expect(page.locator(".flashes")).to_contain_text("Undid")


def test_a_later_analysis_is_accepted_in_parts_left_aside_and_undone(
    page: Page, live_app: Flask, board: tuple[int, str], accessible: Check
) -> None:
    with live_app.app_context():
        own = db.session.get_one(Board, board[0])
        make_statements(own, LATE.split("|"))
        understand_statements(own)
        run = ask_for_themes(own, None, NOON)
        suggest_themes(run, lambda: NOON)
        number, proposed = run.id, len(own.series.events)
        assert run.state == "done" and proposed
    page.goto(f"{board[1].partition('/series')[0]}/runs/{number}/proposal")
    accessible(page)
    group = page.locator("section.part", has=page.locator("ol.statements")).first
    title = group.locator("h2").inner_text()
    boxes = group.locator("ol.statements input[type=checkbox]")
    whole = boxes.count()
    for box in boxes.all()[1:]:
        box.uncheck()
    group.get_by_role("button", name="ticked").first.click()
    expect(page.locator(".flashes")).to_contain_text("Accepted 1 suggestion")
    rest = page.locator("section.part ol.statements input[type=checkbox]")
    left = rest.count()
    assert whole > 1 or left
    page.set_viewport_size({"width": 768, "height": 900})
    accessible(page)
    page.locator("section.part").first.get_by_role("button", name="Leave the ticked where they are").click()
    expect(page.locator(".flashes")).to_contain_text("of the analysis aside")
    assert rest.count() < left
    page.get_by_role("button", name="Undo: ").click()
    page.goto(f"{board[1].partition('/series')[0]}/runs/{number}/proposal")
    expect(rest).to_have_count(left)
    assert title


def test_the_map_is_read_and_used_by_keyboard_alone(page: Page, board: tuple[int, str], accessible: Check) -> None:
    page.goto(f"{board[1]}/map")
    canvas, reading = page.locator("#map canvas"), page.locator("#map .reading")
    expect(canvas).to_be_visible()
    accessible(page)
    canvas.focus()
    press(page, "ArrowRight")
    expect(reading).not_to_be_empty()
    first = reading.inner_text()
    met = {first}
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown"):
        press(page, key)
        met.add(reading.inner_text())
    assert len(met) > 2
    press(page, " ")
    expect(page.locator("#selected li")).to_have_count(1)
    press(page, "+", "Shift+ArrowLeft", "ArrowUp", " ")
    expect(page.locator("#selected li")).to_have_count(2)
    bar = page.locator("#verbs")
    bar.get_by_label("Theme to move to").select_option(label="1 Parking")
    bar.get_by_role("button", name="Move").first.press("Enter")
    expect(page.locator(".flashes")).to_contain_text("to “Parking”.")
    page.set_viewport_size({"width": 768, "height": 900})
    accessible(page)
    page.locator("#map canvas").focus()
    press(page, "ArrowRight", "Enter")
    page.wait_for_url("**/statements/*")


def test_the_map_is_used_by_mouse(page: Page, board: tuple[int, str]) -> None:
    page.goto(f"{board[1]}/map")
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Select by drawing round").click()
    corners = [(2, 2), (box["width"] - 3, 2), (box["width"] - 3, box["height"] - 3), (2, box["height"] - 3), (2, 3)]
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    for x, y in corners:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    page.mouse.up()
    expect(page.locator("#selected li")).to_have_count(30)
    bar = page.locator("#verbs")
    bar.get_by_label("Title of the new theme").fill("Everything")
    bar.get_by_role("button", name="Make a theme").click()
    expect(page.locator(".flashes")).to_contain_text("Made “Everything” from 30 statements.")
