"""Questions from the floor: moderated, found alike, followed by their asker, shown on the hall's screen."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, join_series, make_event, make_floor_question, make_series, make_session, make_user
from webapp.accounts.models import User
from webapp.collect.actions import (
    answer_question,
    ask_question,
    hide_question,
    mark_question,
    set_floor_rules,
    show_question,
)
from webapp.collect.answers import NoSuchChoice
from webapp.collect.floor_likeness import alike
from webapp.collect.floor_rules import decisions_of, rules_of
from webapp.collect.models_hall import REASONS
from webapp.collect.queries import floor_of
from webapp.errors import DomainError, Refused

LATER = NOON + timedelta(minutes=5)


def test_a_question_read_before_it_is_shown_waits_and_each_decision_is_logged() -> None:
    ada, session = make_user(name="Ada"), make_session(kind="qa")
    set_floor_rules(session, True, ["Off the subject", " ", "Off the subject", "Names a person"], NOON, ada)
    question = ask_question(session, "Who pays?", "a", NOON)
    assert (question.state, floor_of(session)) == ("waiting", [])
    show_question(question, LATER, ada)
    show_question(question, LATER, ada)
    assert (question.state, len(floor_of(session))) == ("open", 1)
    with pytest.raises(NoSuchChoice):
        hide_question(question, "I do not like it", LATER, ada)
    hide_question(question, "Names a person", LATER, ada)
    assert (question.state, question.hidden_reason, floor_of(session)) == ("hidden", "Names a person", [])
    assert [(each.verb, each.reason, each.actor.called) for each in decisions_of(session)] == [
        ("hide", "Names a person", "Ada"),
        ("show", "", "Ada"),
        ("reasons", "Off the subject; Names a person", "Ada"),
        ("before", "", "Ada"),
    ]


def test_reasons_stand_from_the_first_question_and_the_time_of_reading_may_still_change() -> None:
    session = make_session(kind="qa")
    ask_question(session, "Who pays?", "a", NOON)
    with pytest.raises(Refused):
        set_floor_rules(session, False, ["Awkward"], NOON)
    set_floor_rules(session, True, REASONS, NOON)
    assert (rules_of(session).before, rules_of(session).reasons) == (True, list(REASONS))
    for reasons in ([], ["  "], [f"Reason {number}" for number in range(11)], ["r" * 201]):
        with pytest.raises(DomainError):
            set_floor_rules(session, True, reasons, NOON)


def test_what_became_of_a_question_in_the_room() -> None:
    question = make_floor_question(make_session(kind="qa"), "Who pays?")
    states = []
    for outcome in ("not_reached", "answered", "open"):
        mark_question(question, outcome, LATER)
        states.append(question.state)
    assert states == ["not_reached", "answered", "open"]
    answer_question(question, "The council.", "Iain", LATER)
    with pytest.raises(Refused):
        mark_question(question, "not_reached", LATER)
    with pytest.raises(NoSuchChoice):
        mark_question(question, "shouted down", LATER)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("How can we interest members in performance targets?", ["How do you get members interested in targets?"]),
        ("What are the costs of this?", ["How much does it cost?"]),
        ("Who decides?", []),
        ("", []),
        ("?", []),
    ],
)
def test_questions_that_ask_nearly_the_same_are_found(typed: str, found: list[str]) -> None:
    session = make_session(kind="qa")
    asked = ["How do you get members interested in targets?", "How much does it cost?", "Who pays?"]
    questions = [make_floor_question(session, text) for text in asked]
    assert [question.text for question in alike(typed, questions)] == found


def test_a_likely_duplicate_is_shown_before_it_is_stored(client: FlaskClient) -> None:
    session = make_session(kind="qa")
    make_floor_question(session, "Who pays for the training?")
    page = f"/e/{session.event.code}/questions/{session.id}"
    typed = {"text": "Who will pay for training?", "client_key": "a"}
    shown = client.post(page, data=typed)
    assert (shown.status_code, "Is it one of these?" in shown.text, len(floor_of(session))) == (200, True, 1)
    assert "\nWho will pay for training?</textarea>" in shown.text and 'name="sure" value="1"' in shown.text
    # Sent all the same, then once more because the reply was lost.
    for _ in range(2):
        assert client.post(page, data={**typed, "sure": "1"}).status_code == 303
    assert client.post(page, data=typed).status_code == 303
    assert len(floor_of(session)) == 2
    assert "Who pays for the training?" in client.post(f"{page}/alike", data={"text": "who pays training"}).text


def test_the_asker_sees_what_became_of_theirs_and_a_shared_phone_forgets_it(client: FlaskClient) -> None:
    session = make_session(kind="qa")
    page = f"/e/{session.event.code}/questions/{session.id}"
    set_floor_rules(session, True, REASONS, NOON)
    sent = client.post(page, data={"text": "Who pays?", "client_key": "a"}, follow_redirects=True).text
    assert "The organiser reads it before it is shown to all." in sent and "Waits to be read" in sent
    question = floor_of(session, hidden=True)[0].question
    hide_question(question, REASONS[0], LATER)
    told = client.get(page).text
    assert "Not shown." in told and f"The organiser's reason: {REASONS[0]}" in told
    forgotten = client.post(f"{page}/forget", follow_redirects=True).text
    assert "Who pays?" not in forgotten


def test_next_person_on_the_form_takes_the_last_ones_questions_off_the_floor_too(client: FlaskClient) -> None:
    session = make_session(kind="qa")
    page = f"/e/{session.event.code}/questions/{session.id}"
    client.post(page, data={"text": "Who pays?", "client_key": "a"})
    client.post(f"{page}/{floor_of(session)[0].question.id}/back")
    before = client.get(page).text
    assert "What became of yours" in before and "You back this" in before
    client.set_cookie("next", "1")
    after = client.get(page).text
    assert "What became of yours" not in after and "You back this" not in after
    assert client.get_cookie("next") is None


def test_an_open_list_and_the_screen_are_sent_only_when_something_changed(client: FlaskClient) -> None:
    session = make_session(kind="qa")
    questions = [make_floor_question(session, f"Question {number}?") for number in range(4)]
    page = f"/e/{session.event.code}/questions/{session.id}"
    for part in ("/list", "/screen/list"):
        first = client.get(page + part)
        again = {"If-None-Match": first.headers["ETag"]}
        assert (first.status_code, client.get(page + part, headers=again).status_code) == (200, 304)
        mark_question(questions[0], "answered" if questions[0].state == "open" else "open", LATER)
        assert client.get(page + part, headers=again).status_code == 200
    mark_question(questions[0], "answered", LATER)
    screen = client.get(f"{page}/screen").text
    assert [f"Question {number}?" in screen for number in range(4)] == [False, True, True, True]
    assert session.event.code in screen and "<form" not in screen and "<button" not in screen


def test_the_organiser_sets_the_rules_and_decides(signed_in: FlaskClient, organiser: User) -> None:
    series = make_series(organiser)
    session = make_session(make_event(series), kind="qa")
    board = f"/series/{series.id}/collect/floor/{session.id}"
    assert signed_in.post(f"{board}/rules", data={"when": "before", "reasons": "Off the subject"}).status_code == 303
    question = ask_question(session, "Who pays?", "a", NOON)
    assert "Waiting to be read (1)" in signed_in.get(board).text
    refused = signed_in.post(f"{board}/rules", data={"when": "before", "reasons": "Awkward"})
    assert (refused.status_code, "the reasons stay as they were" in refused.text) == (409, True)
    for verb, data, state in [
        ("show", {}, "open"),
        ("not_reached", {}, "not_reached"),
        ("answer", {"answer": "You do.", "answered_by": "Iain"}, "answered"),
        ("hide", {"reason": "Off the subject"}, "hidden"),
    ]:
        sent = signed_in.post(f"{board}/{question.id}/{verb}", data=data)
        assert (sent.status_code, question.state) == (303, state)
    assert signed_in.post(f"{board}/{question.id}/hide", data={"reason": "Awkward"}).status_code == 400
    page = signed_in.get(board)
    assert "hidden, because “Off the subject”" in page.text
    part = signed_in.get(f"{board}/list")
    assert signed_in.get(f"{board}/list", headers={"If-None-Match": part.headers["ETag"]}).status_code == 304


def test_a_viewer_decides_nothing_and_a_stranger_finds_nothing(signed_in: FlaskClient, organiser: User) -> None:
    series, other = make_series(), make_series()
    join_series(organiser, series, "viewer")
    for of_series, reading, writing in [(series, 200, 403), (other, 404, 404)]:
        session = make_session(make_event(of_series), kind="qa")
        question = make_floor_question(session, "Who pays?")
        board = f"/series/{of_series.id}/collect/floor/{session.id}"
        assert signed_in.get(board).status_code == signed_in.get(f"{board}/list").status_code == reading
        hide = {"reason": REASONS[0]}
        assert signed_in.post(f"{board}/{question.id}/hide", data=hide).status_code == writing
        assert signed_in.post(f"{board}/rules", data={"when": "before"}).status_code == writing
        assert question.state == "open"
