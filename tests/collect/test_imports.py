"""Files as Microsoft Forms, Google Forms, SurveyMonkey, LimeSurvey and Slido export them, on their way in."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.collect.import_files import (
    PARTS,
    RANK,
    TALK,
    USE,
    WAY,
    brought_in,
    clock,
    conference,
    counts,
    stored,
    uploaded,
)
from tests.factories import NOON, make_event, make_question, make_series
from webapp.collect.import_receiving import map_file
from webapp.collect.import_running import begin, try_import
from webapp.collect.mapping import Mapping
from webapp.collect.models import Answer, Response
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Question

FIRST = datetime(2003, 7, 8, 15, 2, 30, tzinfo=UTC)


def test_microsoft_forms() -> None:
    event = conference()
    imported = brought_in(uploaded(event, "microsoft-forms.xlsx"))
    assert (imported.tool, counts(imported)) == ("microsoft", (3, 0, 0))
    assert stored() == [
        {
            USE: 4,
            PARTS: ["Presentations", TALK],
            WAY: "Targets change before anybody has met them.\nAnd nobody says why.",
            RANK: ["Time", "Money", "Training"],
        },
        {USE: 5, PARTS: ["Group discussions"], WAY: "Too many systems", RANK: ["Training", "Time", "Money"]},
        {USE: 2, PARTS: ["Presentations"], RANK: ["Money", "Training", "Time"]},
    ]
    first = db.session.scalars(select(Response).order_by(Response.id)).first()
    assert (first.received_at, first.organisation_type) == (FIRST, "District council")
    assert (first.imported_from, first.channel, first.import_id) == ("microsoft-forms.xlsx", "file", imported.id)
    made = db.session.get(Question, imported.made_questions[0])
    assert (made.text, made.kind, made.choices) == (RANK, "ranking", ["Time", "Money", "Training"])


def test_google_forms() -> None:
    imported = brought_in(uploaded(conference(), "google-forms.csv"))
    assert (imported.tool, counts(imported)) == ("google", (3, 0, 0))
    clear = "How clear were these? [The aims]", "How clear were these? [The timetable]"
    assert stored() == [
        {
            USE: 4,
            PARTS: ["Presentations", TALK],
            WAY: "Targets change before anybody has met them.",
            clear[0]: "Clear",
            clear[1]: "Not clear",
        },
        {
            USE: 5,
            PARTS: ["Presentations", "Group discussions"],
            WAY: "Too many systems",
            clear[0]: "Clear",
            clear[1]: "Clear",
        },
        {USE: 2, PARTS: ["Presentations"], clear[0]: "Not clear", clear[1]: "Clear"},
    ]
    assert db.session.scalars(select(Response.received_at).order_by(Response.id)).first() == FIRST


def test_surveymonkey_with_its_two_heading_rows() -> None:
    imported = brought_in(uploaded(conference("several_or_other"), "surveymonkey.csv"))
    assert (imported.tool, counts(imported)) == ("surveymonkey", (3, 0, 0))
    assert stored() == [
        {
            USE: 4,
            PARTS: {"choices": ["Presentations", TALK], "other": ""},
            WAY: "Targets change before anybody has met them.",
        },
        {USE: 5, PARTS: {"choices": ["Group discussions"], "other": "The lunch"}, WAY: "Too many systems"},
        {USE: 2, PARTS: {"choices": ["Presentations"], "other": ""}},
    ]
    # Month first: 7/13 tells.
    assert db.session.scalars(select(Response.received_at).order_by(Response.id)).all()[2] == datetime(
        2003, 7, 13, 8, 6, 9, tzinfo=UTC
    )


def test_limesurvey_in_full_words() -> None:
    imported = brought_in(uploaded(conference("several_or_other"), "limesurvey-words.csv"))
    assert (imported.tool, counts(imported)) == ("limesurvey", (2, 0, 1))
    assert imported.problems == [[4, "it says nothing in the columns that are read"]]
    assert stored() == [
        {
            USE: 4,
            PARTS: {"choices": ["Presentations", TALK], "other": ""},
            WAY: "Targets change before anybody has met them.",
            RANK: ["Time", "Money", "Training"],
        },
        {
            USE: 5,
            PARTS: {"choices": ["Group discussions"], "other": "Y cinio"},
            WAY: "Gormod o systemau",
            RANK: ["Training", "Time"],
        },
    ]
    # The second was not dated: it came when it was imported.
    assert db.session.scalars(select(Response.received_at).order_by(Response.id)).all() == [FIRST, NOON]


def test_limesurvey_in_codes_makes_its_own_questions() -> None:
    imported = brought_in(uploaded(make_event(), "limesurvey-codes.csv"))
    assert (imported.tool, counts(imported)) == ("limesurvey", (2, 0, 0))
    assert stored() == [
        {
            "G01Q01": 4,
            "G01Q02": {"choices": ["SQ001", "SQ003"], "other": ""},
            "G01Q03": "Targets change before anybody has met them.",
            "G02Q04": ["Time", "Money"],
        },
        {
            "G01Q01": 5,
            "G01Q02": {"choices": ["SQ002"], "other": "The lunch"},
            "G01Q03": "Too many systems",
            "G02Q04": ["Training", "Time"],
        },
    ]


def test_slido() -> None:
    event = conference()
    questions = brought_in(uploaded(event, "slido-questions.xlsx"))
    assert (questions.tool, counts(questions)) == ("slido_questions", (2, 0, 0))
    assert db.session.execute(select(Answer.text, Answer.votes).order_by(Answer.id)).all() == [
        ("Who pays for the training?", 14),
        ("Will small districts get help?", 9),
    ]
    polls = brought_in(uploaded(event, "slido-polls.csv"))
    assert (polls.tool, counts(polls)) == ("slido_polls", (2, 0, 0))
    options = brought_in(uploaded(event, "slido-poll-options.csv"))
    assert counts(options) == (2, 0, 0)
    word = "In a word, how was it?"
    assert stored()[2:] == [
        {USE: 4, PARTS: ["Presentations", TALK], word: "Lively"},
        {USE: 5, PARTS: ["Group discussions"]},
        {word: "Lively"},
        {word: "Long"},
    ]


def test_a_list_of_comments_makes_the_events_that_it_names() -> None:
    series = make_series()
    imported = uploaded(None, "comments.csv", series)
    assert (imported.tool, imported.mapping["targets"]) == ("comments", ["comment", "event", "votes"])
    brought_in(imported)
    assert [(event.title, str(event.starts_on)) for event in series.events] == [("2003-07-08 London", "2003-07-08")]
    assert stored() == [{"Comments": "Café trop petit – “très” serré"}, {"Comments": "Parking"}]


def test_choices_that_are_not_offered_are_problems_until_they_may_be_added() -> None:
    event = make_event()
    question = make_question(event, "one_choice", text="Would you come again?", choices=["Yes", "No"])
    rows = "Would you come again?,Why?\nyes,Tea\nPerhaps,Rain\n"
    imported = uploaded(event, "again.csv", content=rows.encode())
    assert imported.mapping["targets"][0] == f"q:{question.id}"
    begin(imported, "checking", NOON)
    try_import(imported, clock, "UTC")
    assert imported.problems == [
        [3, "Would you come again?: “Perhaps” is not among the question's choices"],
    ]
    assert question.choices == ["Yes", "No"]
    map_file(imported, imported.mapping["targets"], day_first=True, add_choices=True)
    brought_in(imported)
    assert question.choices == ["Yes", "No", "Perhaps"]
    assert [each["Would you come again?"] for each in stored()] == ["Yes", "Perhaps"]


def test_mappings_that_make_no_response_are_refused() -> None:
    event = conference()
    imported = uploaded(event, "microsoft-forms.xlsx")
    count = len(imported.fields)
    twice = f"q:{event.questions[0].id}"
    elsewhere = f"q:{make_question().id}"
    for targets in (["out"] * count, [twice] * count, [elsewhere] + ["out"] * (count - 1), ["out"], ["q:x"] * count):
        with pytest.raises(Refused):
            map_file(imported, targets, True, False)
    assert imported.mapping == Mapping(**imported.mapping).as_json()
