"""Ratings and choices stand in the report as counts of delegates."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_event, make_question, make_response, make_series, make_session
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.programme.models import Event
from webapp.report import editing
from webapp.report.document import Section
from webapp.report.drafts import assembled_for
from webapp.report.files import FILES
from webapp.report.queries import report_for


@pytest.fixture
def event() -> Event:
    return make_event(make_series(small_group=3))


def section_of(event: Event) -> Section | None:
    return next((each for each in report_for(event.series).sections if each.key == "answers"), None)


def test_a_rating_has_a_row_for_each_point_and_a_mean(event: Event) -> None:
    question = make_question(event, "rating", text="How useful was it?")
    for value in (5, 4, 4, 2):
        make_response(event, {question: value})
    make_response(event, {question: 1}, consent="none")
    withdraw_response(make_response(event, {question: 1}), NOON + timedelta(hours=1))
    section = section_of(event)
    assert section is not None and section.title == "Answers to set questions"
    (told,) = section.paragraphs
    assert told.text == "Four delegates answered: How useful was it? Their mean is 3.8, on a scale from 1 to 5."
    assert told.figures is not None
    assert told.figures.head == ("Answer", "Delegates", "Share")
    assert told.figures.rows == (
        ("1", "0", "0%"),
        ("2", "1", "25%"),
        ("3", "0", "0%"),
        ("4", "2", "50%"),
        ("5", "1", "25%"),
    )


def test_choices_that_are_numbers_have_no_mean_and_several_may_be_chosen(event: Event) -> None:
    years = make_question(event, "one_choice", text="Since when", choices=["2001", "2002"])
    more = make_question(event, "several_or_other", text="What do you use?", choices=["Plans", "Targets"])
    for chosen in (["Plans"], ["Plans", "Targets"], []):
        make_response(event, {years: "2002", more: {"choices": chosen, "other": "" if chosen else "Tea leaves"}})
    section = section_of(event)
    assert section is not None
    assert [each.text for each in section.paragraphs] == [
        "Three delegates answered: Since when.",
        "Three delegates answered: What do you use?",
    ]
    rows = [each.figures.rows for each in section.paragraphs if each.figures]
    assert rows[1] == (("Plans", "2", "67%"), ("Targets", "1", "33%"), ("Other", "1", "33%"))
    notes = [each.figures.note for each in section.paragraphs if each.figures]
    assert notes == ["", "Several answers could be chosen, so that the shares add up to more than 100 per cent."]
    assert "Tea leaves" not in str(section)


def test_each_session_is_rated_on_its_own(event: Event) -> None:
    make_session(event, title="Plenary")
    question = make_question(event, "session_ratings", text="How was", choices=["Plenary", "Lunch"])
    for plenary, lunch in ((5, 1), (4, 1), (4, 2)):
        make_response(event, {question: {"Plenary": plenary, "Lunch": lunch}})
    section = section_of(event)
    assert section is not None
    assert [each.text for each in section.paragraphs] == [
        "Three delegates answered: How was Plenary. Their mean is 4.3, on a scale from 1 to 5.",
        "Three delegates answered: How was Lunch. Their mean is 1.3, on a scale from 1 to 5.",
    ]


def test_what_too_few_answered_is_left_out_and_that_is_said(event: Event) -> None:
    asked, rare = make_question(event, "rating"), make_question(event, "rating", text="And the lunch?")
    for _ in range(3):
        make_response(event, {asked: 4})
    make_response(event, {rare: 1})
    section = section_of(event)
    assert section is not None
    assert section.paragraphs[-1].text == ("1 more question is left out, because fewer than 3 delegates answered it.")
    assert "lunch" not in str(section)


def test_without_set_questions_there_is_no_such_section(event: Event) -> None:
    make_response(event, {make_question(event): "Too late."})
    assert section_of(event) is None


@pytest.mark.parametrize("kind", ["html", "md", "pdf", "docx", "json"])
def test_every_file_of_the_report_holds_it(event: Event, kind: str) -> None:
    question = make_question(event, "rating", text="How useful was it?")
    for value in (5, 4, 4):
        make_response(event, {question: value})
    report = report_for(event.series)
    assert any("How useful was it?" in each.text for each in report.all_paragraphs())
    assert FILES[kind].render(report)


def test_the_same_question_on_two_scales_is_two_paragraphs_and_one_can_be_edited(event: Event, organiser: User) -> None:
    five = make_question(event, "rating", text="How useful was it?")
    ten = make_question(make_event(event.series), "rating_10", text="How useful was it?")
    for _number in range(3):
        make_response(event, {five: 4})
        make_response(ten.event, {ten: 8})
    section = section_of(event)
    assert section is not None
    first, second = section.paragraphs
    assert first.key != second.key

    editing.write_paragraph(event.series, None, first.key, "It was useful.", organiser, NOON)

    report = assembled_for(event.series).report
    assert {one.key: one.text for one in report.all_paragraphs() if one.key.startswith("answers")} == {
        first.key: "It was useful.",
        second.key: second.text,
    }
