"""A board for journeys: themes with statements, ten statements in none, and two people who may edit it."""

import re

from playwright.sync_api import Page

from tests.factories import NOON, join_series, make_event, make_series
from tests.journeys.conftest import PASSWORD
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.actions import create_organiser
from webapp.themes.models import Board
from webapp.themes.understanding import understand_statements

TOPICS = {
    "Parking": "the car park is full|parking costs too much|no parking for bicycles|the car park is far away",
    "Cars": "too many cars at the venue|cars block the entrance|people should share cars|nobody came by bus",
    "Lunch": "lunch was cold|the lunch queue was long|vegetarian food ran out|the sandwiches were dry",
    "Figures": "figures arrive late|nobody trusts the figures|the figures have no story|indicators change every year",
    "Members": "councillors never ask|members need training|members want fewer pages|councillors read the summary",
}
UNPLACED = (
    "parking is a nightmare|where can one park a bicycle|the car park flooded|lunch came too late|the soup was good|"
    "more fruit at lunch please|these figures mean nothing to me|figures should come monthly|"
    "members should set targets|councillors need a short summary"
)


def make_journey_board(name: str) -> Board:
    """A board of five themes; `name` makes the two people's addresses: NAME@ and bo-NAME@example.org."""
    owner = create_organiser(f"{name}@example.org", "Ada Organiser", PASSWORD, NOON)
    series = make_series(owner, f"Board of {name}")
    join_series(create_organiser(f"bo-{name}@example.org", "Bo Editor", PASSWORD, NOON), series, "editor")
    board = make_board(make_event(series))
    for title, texts in TOPICS.items():
        make_theme(board, title, make_statements(board, texts.split("|")))
    make_statements(board, UNPLACED.split("|"))
    understand_statements(board)
    return board


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label(re.compile("e-?mail", re.I)).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
