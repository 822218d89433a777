"""Responses: sent once, corrected, withdrawn; and what is refused."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import NOON, make_event, make_question, make_series
from webapp.collect import signals
from webapp.collect.actions import correct_response, submit_response, subscribe_to_news, withdraw_response
from webapp.collect.answers import NoSuchChoice, NothingAnswered, RatingOutOfRange, TextTooLong, UnknownQuestion
from webapp.collect.codes import ALPHABET, as_stored, grouped, new_receipt_code
from webapp.collect.models import FREE_TEXT_LIMIT, Answer, NewsSubscriber, Response
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event

LATER = NOON + timedelta(minutes=5)


def said(response: Response) -> dict[int, object]:
    return {
        answer.question_id: answer.text if answer.text is not None else answer.value
        for answer in response.current_answers
    }


def test_every_kind_of_answer_is_stored_as_it_was_sent() -> None:
    event = make_event()
    text = make_question(event)
    rating = make_question(event, "rating")
    one = make_question(event, "one_choice", choices=["Yes", "No"])
    several = make_question(event, "several_choices", choices=["A", "B", "C"])
    blank = make_question(event)
    response = submit_response(
        event,
        {
            text.id: "  Too many targets.\r\nStill. ",
            rating.id: "4",
            one.id: "No",
            several.id: ["C", "A"],
            blank.id: " ",
        },
        "key",
        NOON,
        organisation_type="County council",
        consent="use",
        facets={text.id: "problem"},
    )
    assert said(response) == {text.id: "Too many targets.\nStill.", rating.id: 4, one.id: "No", several.id: ["A", "C"]}
    assert (response.organisation_type, response.consent, response.received_at) == ("County council", "use", NOON)
    assert [answer.facet for answer in response.answers if answer.question_id == text.id] == ["problem"]


def test_the_same_key_is_the_same_response_even_after_closing() -> None:
    event = make_event(closes_at=LATER)
    question = make_question(event)
    first = submit_response(event, {question.id: "Once"}, "key", NOON)
    again = submit_response(event, {question.id: "Once"}, "key", LATER)
    assert again.id == first.id
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


def test_a_key_of_another_event_is_refused() -> None:
    event, other = make_event(), make_event()
    submit_response(event, {make_question(event).id: "Here"}, "key", NOON)
    with pytest.raises(Refused):
        submit_response(other, {make_question(other).id: "There"}, "key", NOON)


def test_two_sendings_at_once_are_one_response(app: Flask) -> None:
    event = make_event()
    question_id, event_id = make_question(event).id, event.id
    start, codes, failures = threading.Barrier(4), [], []

    def send() -> None:
        with app.app_context():
            held = db.session.get(Event, event_id)
            start.wait()
            try:
                codes.append(submit_response(held, {question_id: "At once"}, "key", NOON).receipt_code)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(codes) == 4 and len(set(codes)) == 1
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 1


def test_two_corrections_at_once_leave_one_answer(app: Flask) -> None:
    event = make_event()
    question_id = make_question(event).id
    response_id = submit_response(event, {question_id: "Before"}, "key", NOON).id
    start, failures = threading.Barrier(4), []

    def correct(number: int) -> None:
        with app.app_context():
            held = db.session.get(Response, response_id)
            assert len(held.current_answers) == 1
            start.wait()
            try:
                correct_response(held, {question_id: f"Correction {number}"}, LATER)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=correct, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    db.session.expire_all()
    assert len(db.session.get(Response, response_id).current_answers) == 1


@pytest.mark.parametrize("opens,closes", [(None, None), (LATER, None), (NOON - timedelta(hours=2), NOON)])
def test_an_event_that_is_not_open_refuses(opens: object, closes: object) -> None:
    event = make_event(opens_at=opens, closes_at=closes)
    question = make_question(event)
    with pytest.raises(Refused):
        submit_response(event, {question.id: "Too early or too late"}, "key", NOON)
    imported = submit_response(event, {question.id: "From a file"}, "other", NOON, imported_from="old.csv")
    assert imported.imported_from == "old.csv"


def test_answers_that_were_never_offered_are_refused_and_nothing_is_stored() -> None:
    event = make_event()
    text = make_question(event)
    rating = make_question(event, "rating")
    one = make_question(event, "one_choice", choices=["Yes", "No"])
    elsewhere = make_question(make_event())
    refused = [
        ({elsewhere.id: "Another event's"}, {}, UnknownQuestion),
        ({9_999_999: "Forged"}, {}, UnknownQuestion),
        ({one.id: "Perhaps"}, {}, NoSuchChoice),
        ({one.id: ["Yes", "No"]}, {}, NoSuchChoice),
        ({rating.id: 11}, {}, RatingOutOfRange),
        ({rating.id: "0"}, {}, RatingOutOfRange),
        ({rating.id: "four"}, {}, RatingOutOfRange),
        ({rating.id: "²"}, {}, RatingOutOfRange),
        ({text.id: "x" * (FREE_TEXT_LIMIT + 1)}, {}, TextTooLong),
        ({text.id: " ", rating.id: ""}, {}, NothingAnswered),
        ({text.id: "Good"}, {"consent": "sell"}, NoSuchChoice),
        ({text.id: "Good"}, {"organisation_type": "Bank"}, NoSuchChoice),
        ({text.id: "Good"}, {"facets": {text.id: "boast"}}, NoSuchChoice),
    ]
    for answers, values, error in refused:
        with pytest.raises(error):
            submit_response(event, answers, "key", NOON, **values)
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


@pytest.mark.parametrize("text", ["🙂 fine 👩🏽‍🚀", "يجب أن نقيس أقل", "‏עברית‎ and English", "x" * FREE_TEXT_LIMIT])
def test_text_of_any_script_is_kept_letter_for_letter(text: str) -> None:
    event = make_event()
    question = make_question(event)
    submit_response(event, {question.id: text}, "key", NOON)
    db.session.expire_all()
    assert db.session.scalar(select(Answer.text)) == text


def test_control_characters_are_left_out() -> None:
    event = make_event()
    question = make_question(event)
    response = submit_response(event, {question.id: "be\x00fore\x07 after"}, "key", NOON)
    assert said(response) == {question.id: "before after"}


def test_without_a_choice_the_events_default_consent_holds() -> None:
    event = make_event(default_consent="use", ask_consent=False)
    assert submit_response(event, {make_question(event).id: "Good"}, "key", NOON).consent == "use"


def test_a_correction_supersedes_what_changed_and_keeps_what_did_not() -> None:
    event = make_event()
    kept, changed, dropped, added = (make_question(event) for _ in range(4))
    response = submit_response(
        event, {kept.id: "Stays", changed.id: "Before", dropped.id: "Gone", added.id: ""}, "key", NOON
    )
    ids = {answer.question_id: answer.id for answer in response.answers}
    correct_response(response, {kept.id: "Stays", changed.id: "After", dropped.id: "", added.id: "New"}, LATER)
    assert said(response) == {kept.id: "Stays", changed.id: "After", added.id: "New"}
    assert {answer.question_id for answer in response.answers if answer.superseded_at == LATER} == {
        changed.id,
        dropped.id,
    }
    assert db.session.get(Answer, ids[changed.id]).text == "Before"
    assert [answer.id for answer in response.current_answers if answer.question_id == kept.id] == [ids[kept.id]]
    assert response.corrected_at == LATER


def test_a_response_is_corrected_and_withdrawn_only_while_the_event_is_open() -> None:
    event = make_event(closes_at=LATER)
    question = make_question(event)
    response = submit_response(event, {question.id: "Said"}, "key", NOON)
    with pytest.raises(Refused):
        correct_response(response, {question.id: "Late"}, LATER)
    with pytest.raises(Refused):
        withdraw_response(response, LATER)
    withdraw_response(response, NOON)
    withdraw_response(response, LATER)
    assert response.withdrawn_at == NOON
    with pytest.raises(Refused):
        correct_response(response, {question.id: "After all"}, NOON)


def test_whoever_listens_hears_of_each_change_after_it_is_stored() -> None:
    event = make_event()
    question = make_question(event)
    heard = []

    def listener(_sender: object, event_id: int) -> None:
        heard.append((event_id, db.session.scalar(select(func.count()).select_from(Answer))))

    with signals.words_changed.connected_to(listener):
        response = submit_response(event, {question.id: "One"}, "key", NOON)
        submit_response(event, {question.id: "One"}, "key", NOON)
        correct_response(response, {question.id: "Two"}, NOON)
        withdraw_response(response, NOON)
    assert heard == [(event.id, 1), (event.id, 2), (event.id, 2)]


def test_receipt_codes_are_long_unambiguous_and_read_in_any_form() -> None:
    codes = {new_receipt_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {12}
    assert not set("01ILOU") & set(ALPHABET)
    assert grouped("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"
    assert as_stored(" abcd-efgh jkmn ") == "ABCDEFGHJKMN"


def test_an_address_for_news_is_stored_once_and_alone() -> None:
    series = make_series()
    subscribe_to_news(series.id, "ada@example.org")
    subscribe_to_news(series.id, "ada@example.org")
    assert [(row.series_id, row.email) for row in db.session.scalars(select(NewsSubscriber))] == [
        (series.id, "ada@example.org")
    ]
    assert set(NewsSubscriber.__table__.columns.keys()) == {"id", "series_id", "email"}


def test_a_text_may_have_a_rule_of_its_own_and_a_correction_changes_it_in_place() -> None:
    event = make_event()
    first, second = make_question(event), make_question(event)
    texts = {first.id: "Targets are late.", second.id: "Our director hides them."}
    response = submit_response(event, texts, "key", NOON, consents={second.id: "none"})
    rows = [(answer.id, answer.allowed) for answer in response.current_answers]
    assert [allowed for _id, allowed in rows] == ["quote", "none"]

    correct_response(response, texts, LATER, consent="use", consents={second.id: "quote"})

    assert [(answer.id, answer.allowed) for answer in response.current_answers] == [
        (rows[0][0], "use"),
        (rows[1][0], "quote"),
    ]


def test_a_rule_that_was_never_offered_is_refused() -> None:
    event = make_event()
    question = make_question(event)
    with pytest.raises(NoSuchChoice):
        submit_response(event, {question.id: "Good"}, "key", NOON, consents={question.id: "sell"})


def test_an_answer_in_which_nothing_can_be_seen_is_no_answer() -> None:
    event = make_event()
    with pytest.raises(NothingAnswered):
        submit_response(event, {make_question(event).id: "\u200b \u2060\ufeff"}, "key", NOON)
    joined = submit_response(event, {make_question(event).id: "می\u200cخواهیم"}, "other", NOON)
    assert joined.answers[0].text == "می\u200cخواهیم"
