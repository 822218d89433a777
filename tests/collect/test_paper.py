"""The form on paper, and what comes back on it."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_event, make_question, make_series, make_user
from webapp.accounts.models import User
from webapp.collect.cards import MOST_CARDS, next_serial, print_cards, sheets_of, sides_of
from webapp.collect.models import Response
from webapp.collect.received import received_by_event
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event, Question
from webapp.programme.queries import questions_of


def hall(organiser: User) -> tuple[Event, dict[str, Question]]:
    """An event of the organiser's with a question of each kind."""
    event = make_event(make_series(organiser), title="Hall", closes_at=NOON)
    choices = ["Talks", "Tables", "Breaks"]
    kinds = ("free_text", "rating", "rating_10", "one_choice", "several_choices", "several_or_other", "ranking")
    kinds += ("session_ratings",)
    questions = {}
    for kind in kinds:
        offered = choices if kind in kinds[3:] else []
        questions[kind] = make_question(event, kind, text=f"What of {kind}?", choices=offered)
    return event, questions


def filled(questions: dict[str, Question], **values: str) -> dict[str, str]:
    card = {
        "serial": "0017",
        f"q{questions['free_text'].id}": "Too many\nsystems ",
        f"f{questions['free_text'].id}": "2",
        f"q{questions['rating'].id}": "4",
        f"q{questions['rating_10'].id}": "0",
        f"q{questions['one_choice'].id}": "3",
        f"q{questions['several_choices'].id}": "3, 1",
        f"q{questions['several_or_other'].id}": "2",
        f"o{questions['several_or_other'].id}": "The lunch",
        f"q{questions['ranking'].id}": "2 0 1",
        f"q{questions['session_ratings'].id}": "5 0 -",
        "kind": "1",
        "consent": "2",
    }
    return {**card, **values}


def test_each_print_has_numbers_of_its_own(organiser: User) -> None:
    event, _ = hall(organiser)
    first, second = (print_cards(event, count, "en", organiser, NOON) for count in (40, 5))
    assert [(each.first, each.last) for each in (first, second)] == [(1, 40), (41, 45)]
    assert (next_serial(event), next_serial(make_event())) == (46, 1)
    for count in (0, MOST_CARDS + 1):
        with pytest.raises(Refused):
            print_cards(event, count, "en", organiser, NOON)


def test_every_question_stands_whole_on_one_side(organiser: User) -> None:
    event, _ = hall(organiser)
    asked = questions_of(event)
    sides = sides_of(event, asked)
    assert [question for side in sides for question in side.questions] == asked
    assert [side.closing for side in sides] == [False, False, True]
    short = make_event(make_series(organisation_types=[]), ask_consent=False)
    make_question(short)
    assert len(sides_of(short, questions_of(short))) == 1


def test_a_cards_back_is_printed_behind_its_front() -> None:
    assert sheets_of([1, 2, 3], 2) == [
        ((1, 0), (2, 0)),
        ((2, 1), (1, 1)),
        ((3, 0), None),
        (None, (3, 1)),
    ]
    assert sheets_of([1, 2], 3)[2:] == [((1, 2), (2, 2)), (None, None)]
    assert sheets_of([1, 2, 3], 1) == [((1, 0), (2, 0)), ((3, 0), None)]


def test_cards_are_made_and_printed_in_the_chosen_language(signed_in: FlaskClient, organiser: User) -> None:
    event, questions = hall(organiser)
    address = f"/events/{event.id}/cards"
    assert "They get the numbers from 1 on." in signed_in.get(address).text
    assert "From 1 to 500 cards can be printed at a time." in signed_in.post(address, data={"count": "501"}).text
    made = signed_in.post(address, data={"count": "2", "language": "cy", "layout": "two"})
    page = signed_in.get(made.location).text
    assert page.count('<article class="card">') == 6 and page.count('class="sheet two"') == 4
    assert "Cerdyn 0001" in page and "Cerdyn 0002" in page and 'lang="cy"' in page
    assert all(question.text in page for question in questions.values())
    assert event.code in page and "District council" in page
    one = signed_in.get(made.location.replace("two", "one")).text
    assert one.count('class="sheet one"') == 8
    assert "1 to 2" in signed_in.get(address).text and "0 of 2" in signed_in.get(address).text


def test_a_card_is_typed_in_as_numbers_and_words(signed_in: FlaskClient, organiser: User) -> None:
    event, questions = hall(organiser)
    address = f"/events/{event.id}/cards/type"
    assert signed_in.post(address, data=filled(questions)).location == address
    page = signed_in.get(address).text
    assert "Card 17 is in." in page and 'data-typed="17"' in page
    response = db.session.scalar(select(Response))
    said = {answer.question.kind: answer.text or answer.value for answer in response.answers}
    assert said == {
        "free_text": "Too many\nsystems",
        "rating": 4,
        "rating_10": 0,
        "one_choice": "Breaks",
        "several_choices": ["Talks", "Breaks"],
        "several_or_other": {"choices": ["Tables"], "other": "The lunch"},
        "ranking": ["Breaks", "Talks"],
        "session_ratings": {"Talks": 5, "Tables": None},
    }
    assert [answer.facet for answer in response.answers if answer.facet] == ["problem"]
    assert (response.organisation_type, response.consent) == ("District council", "use")
    assert (response.channel, response.paper_serial, response.keyed_by) == ("paper", 17, organiser)
    assert received_by_event(event.series)[event.id].responses == 1
    shown = signed_in.get(f"/series/{event.series_id}/collect/responses/{response.id}").text
    assert "typed in from paper card 17 by Ada Organiser" in shown


def test_a_number_that_came_before_is_warned_of_and_nothing_typed_is_lost(
    signed_in: FlaskClient, organiser: User
) -> None:
    event, questions = hall(organiser)
    address = f"/events/{event.id}/cards/type"
    signed_in.post(address, data=filled(questions, client_key="a1"))
    again = signed_in.post(address, data=filled(questions, client_key="b2"))
    assert (
        again.status_code == 400 and "Card 17 was typed in before" in again.text and "Too many\nsystems" in again.text
    )
    assert signed_in.post(address, data=filled(questions, client_key="a1")).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
    signed_in.post(address, data=filled(questions, client_key="b2", another="on"))
    assert db.session.scalar(select(func.count()).select_from(Response)) == 2


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("serial", "", "Type the number at the top of the card."),
        ("serial", "-3", "Type the number at the top of the card."),
        ("rating", "11", "A rating is a whole number from 1 to 5."),
        ("one_choice", "1 2", "Type one number only."),
        ("one_choice", "x", "Type numbers here, with spaces between them."),
        ("several_choices", "4", "Type a number from 1 to 3."),
        ("ranking", "1 2", "Type 3 numbers, one for each choice"),
        ("session_ratings", "1 2", "Type 3 of them, one for each session"),
        ("session_ratings", "1 6 -", "A rating is a whole number from 1 to 5."),
        ("ranking", "1 1 2", "Two choices have the same rank."),
        ("kind", "9", "Type a number from 1 to 2."),
        ("consent", "0", "Type a number from 1 to 3."),
    ],
)
def test_what_cannot_be_is_said_at_its_line(
    signed_in: FlaskClient, organiser: User, field: str, typed: str, words: str
) -> None:
    event, questions = hall(organiser)
    name = f"q{questions[field].id}" if field in questions else field
    page = signed_in.post(f"/events/{event.id}/cards/type", data=filled(questions, **{name: typed}))
    assert (page.status_code, words in page.text, "Too many\nsystems" in page.text) == (400, True, True)
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_an_empty_card_is_not_stored(signed_in: FlaskClient, organiser: User) -> None:
    event, _ = hall(organiser)
    page = signed_in.post(f"/events/{event.id}/cards/type", data={"serial": "3"})
    assert "Nothing of the card is typed in yet." in page.text


def test_a_card_that_was_typed_wrongly_is_taken_out_and_typed_again(signed_in: FlaskClient, organiser: User) -> None:
    event, questions = hall(organiser)
    address = f"/events/{event.id}/cards/type"
    signed_in.post(address, data=filled(questions))
    out = re.search(r'action="([^"]+/take-out)"', signed_in.get(address).text)[1]
    signed_in.post(out)
    assert received_by_event(event.series)[event.id].responses == 0
    assert signed_in.post(address, data=filled(questions)).status_code == 303


def test_strangers_and_viewers_make_and_type_no_cards(signed_in: FlaskClient, organiser: User) -> None:
    event, _ = hall(make_user())
    pages = [f"/events/{event.id}/cards", f"/events/{event.id}/cards/type"]
    assert [signed_in.get(page).status_code for page in pages] == [404, 404]
    join_series(organiser, event.series, "viewer")
    assert [signed_in.get(page).status_code for page in pages] == [403, 403]


def test_one_card_that_two_type_at_once_is_stored_once(app: Flask, organiser: User) -> None:
    event, questions = hall(organiser)
    address, browsers = f"/events/{event.id}/cards/type", [browser_of(app, organiser) for _ in range(6)]
    typed = filled(questions)
    db.session.remove()
    together = threading.Barrier(len(browsers))

    def send(browser: FlaskClient) -> int:
        together.wait()
        # Each thread has an application context of its own, as each request has.
        return FlaskClient.open(browser, address, method="POST", data=typed).status_code

    with ThreadPoolExecutor(len(browsers)) as threads:
        answers = sorted(threads.map(send, browsers))
    assert answers == [303, 400, 400, 400, 400, 400]
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
