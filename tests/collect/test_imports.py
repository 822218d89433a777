"""Files as Microsoft Forms, Google Forms, SurveyMonkey, LimeSurvey and Slido export them, on their way in."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.factories import NOON, join_series, make_event, make_question, make_response, make_series, make_user
from webapp.accounts.models import User
from webapp.collect.import_receiving import map_file, receive_file
from webapp.collect.import_running import begin, run_import, try_import
from webapp.collect.import_taking_back import take_back
from webapp.collect.mapping import Mapping
from webapp.collect.models import Answer, Response
from webapp.collect.models_imports import FileImport
from webapp.collect.received import received_by_event
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event, Question, Series
from webapp.programme.queries import questions_of

EXPORTS = Path(__file__).parent / "exports"
WAY = "What gets in the way of managing performance?"
USE = "How useful was the day?"
PARTS = "Which parts were worth your time?"
RANK = "Put these in order of importance"
TALK = "Talking to others, in the breaks"
# 16:02:30 in London, in summer.
FIRST = datetime(2003, 7, 8, 15, 2, 30, tzinfo=UTC)


def clock() -> datetime:
    return NOON


def conference(parts: str = "several_choices") -> Event:
    event = make_event(make_series(), title="London")
    make_question(event, text=WAY)
    make_question(event, "rating", text=USE)
    make_question(event, parts, text=PARTS, choices=["Presentations", "Group discussions", TALK])
    return event


def uploaded(event: Event | None, name: str, series: Series | None = None, content: bytes | None = None) -> FileImport:
    content = (EXPORTS / name).read_bytes() if content is None else content
    series = series or event.series
    return receive_file(series, event, content, name, make_user(), NOON)


def brought_in(imported: FileImport) -> FileImport:
    """Tried, then imported; the trial and the run must tell the same."""
    assert begin(imported, "checking", NOON)
    try_import(imported, clock, "Europe/London")
    told = (imported.state, imported.added, imported.already_there, imported.faulty, imported.problems)
    assert told[0] == "checked", imported.error
    before = db.session.scalar(select(func.count()).select_from(Response))
    assert begin(imported, "importing", NOON)
    run_import(imported, clock, "Europe/London")
    assert (imported.state, imported.added, imported.already_there, imported.faulty, imported.problems) == (
        "done",
        *told[1:],
    )
    assert db.session.scalar(select(func.count()).select_from(Response)) == before + imported.added
    return imported


def stored() -> list[dict[str, Any]]:
    """What each stored response says, by the words of its questions."""
    responses = db.session.scalars(select(Response).where(Response.withdrawn_at.is_(None)).order_by(Response.id))
    return [
        {a.question.text: a.text if a.text is not None else a.value for a in response.answers} for response in responses
    ]


def counts(imported: FileImport) -> tuple[int, int, int]:
    return imported.added, imported.already_there, imported.faulty


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


@pytest.mark.parametrize("path", sorted(EXPORTS.iterdir()), ids=lambda path: path.name)
def test_the_same_file_again_adds_nothing_and_maps_itself(path: Path) -> None:
    event = conference("several_or_other")
    first = brought_in(uploaded(event, path.name))
    again = uploaded(event, path.name)
    assert (again.remembered, again.tool) == (True, first.tool)
    brought_in(again)
    assert counts(again) == (0, first.added, first.faulty)
    assert again.made_questions == []


def test_a_form_that_grew_a_question_is_still_the_same_form() -> None:
    event = conference()
    text = (EXPORTS / "surveymonkey.csv").read_text(encoding="utf-8-sig").splitlines()
    event.questions[2].kind = "several_or_other"
    brought_in(uploaded(event, "surveymonkey.csv"))
    longer = [text[0] + ",Anything else?", text[1] + ",Open-Ended Response", *(line + ",More" for line in text[2:])]
    longer.append(longer[-1].replace("10045001535", "10045001536"))
    grown = uploaded(event, "grown.csv", content="\n".join(longer).encode())
    assert not grown.remembered
    brought_in(grown)
    assert counts(grown) == (1, 3, 0)


def test_another_form_with_the_same_ids_is_another() -> None:
    event = make_event()
    head = "ID,Start time,Completion time,Email,Name,"
    row = "1,7/8/2003 15:00,7/8/2003 15:02,,,"
    brought_in(uploaded(event, "a.csv", content=f"{head}What worked?\n{row}Tea\n".encode()))
    other = uploaded(
        event, "b.csv", content=f"{head}What did not?,Why not?,Who said so?,Since when?\n{row}A,B,C,D\n".encode()
    )
    # They share their tool's own columns, and those are five of ten.
    assert counts(brought_in(other)) == (1, 0, 0)


def test_a_remembered_mapping_finds_the_same_questions_at_another_event() -> None:
    event = conference()
    brought_in(uploaded(event, "microsoft-forms.xlsx"))
    second = make_event(event.series, title="Leeds")
    own = make_question(second, text=WAY)
    imported = uploaded(second, "microsoft-forms.xlsx")
    assert imported.remembered
    assert imported.mapping["targets"][7:] == ["new:rating", "new:several_choices", f"q:{own.id}", "new:ranking"]
    assert counts(brought_in(imported)) == (3, 0, 0)
    assert len(questions_of(second)) == 4


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


def test_an_import_is_taken_back_exactly_and_can_come_again() -> None:
    event = conference()
    theirs = make_response(event, {event.questions[0]: "Sent from a phone"})
    imported = brought_in(uploaded(event, "microsoft-forms.xlsx"))
    assert received_by_event(event.series)[event.id].responses == 4
    assert take_back(imported, make_user(name="Bob"), NOON) == 3
    assert received_by_event(event.series)[event.id].responses == 1
    assert db.session.get(Response, theirs.id).withdrawn_at is None
    assert [question.text for question in questions_of(event)] == [WAY, USE, PARTS]
    assert (imported.state, imported.taken_back_by.name) == ("taken_back", "Bob")
    with pytest.raises(Refused):
        take_back(imported, make_user(), NOON)
    assert counts(brought_in(uploaded(event, "microsoft-forms.xlsx"))) == (3, 0, 0)


def test_an_interrupted_import_goes_on_where_it_stopped() -> None:
    event = make_event()
    content = "What?\n" + "".join(f"Text {number}\n" for number in range(1200))
    imported = uploaded(event, "long.csv", content=content.encode())
    begin(imported, "importing", NOON)
    calls = iter([NOON, NOON])
    with pytest.raises(RuntimeError):
        # The clock is asked once a chunk: the worker dies in the second one.
        run_import(imported, lambda: next(calls, None) or _die(), "UTC")
    db.session.rollback()
    assert (imported.state, imported.progress) == ("importing", 500)
    assert not begin(imported, "importing", NOON + timedelta(seconds=5))
    later = NOON + timedelta(minutes=2)
    assert begin(imported, "importing", later)
    run_import(imported, lambda: later, "UTC")
    assert (imported.state, counts(imported)) == ("done", (1200, 0, 0))


def _die() -> datetime:
    raise RuntimeError("the worker was killed")


CELLS = st.text(alphabet=st.sampled_from("aé ,;\"'\n=1★"), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12), st.sampled_from("\t;,"))
def test_any_table_comes_in_once(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("What?", "Why?", "How?"), *rows])
    said = sum(any(cell.strip() for cell in row) for row in rows)
    assume(said)
    event = make_event()
    first = uploaded(event, "any.csv", content=out.getvalue().encode())
    map_file(first, ["new:free_text"] * 3, day_first=True, add_choices=False)
    assert counts(brought_in(first)) == (said, 0, 0)
    again = brought_in(uploaded(event, "any.csv", content=out.getvalue().encode()))
    assert counts(again) == (0, said, 0)


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


def browse(signed_in: FlaskClient, organiser: User) -> tuple[Event, str]:
    event = conference()
    join_series(organiser, event.series, "owner")
    return event, f"/series/{event.series_id}/collect/import"


def send(client: FlaskClient, address: str, content: bytes, name: str, event: Event) -> Any:
    return client.post(address, data={"file": (io.BytesIO(content), name), "event": str(event.id)})


def test_the_pages_lead_from_the_file_to_the_import_and_back(signed_in: FlaskClient, organiser: User) -> None:
    event, address = browse(signed_in, organiser)
    assert "Choose a file first." in signed_in.post(address, data={"event": "0"}).text
    sent = send(signed_in, address, (EXPORTS / "microsoft-forms.xlsx").read_bytes(), "answers.xlsx", event)
    assert sent.status_code == 303
    page = signed_in.get(sent.location).text
    assert "This looks like Microsoft Forms, with 3 rows for London." in page
    assert "Targets change before anybody has met them." in page and "Check every row" in page
    targets = dict(re.findall(r'name="(t\d+)">.*?value="([^"]+)" selected', page, re.DOTALL))
    assert len(targets) == 11
    wrong = signed_in.post(sent.location, data={**targets, "t7": "out", "t8": "out", "t9": "out", "t10": "out"})
    assert (wrong.status_code, "No column is read as an answer yet." in wrong.text) == (400, True)
    assert signed_in.post(sent.location, data={**targets, "day_first": "yes"}).location == sent.location
    checked = signed_in.get(sent.location).text
    assert "Ready to import" in checked and "Import 3 responses" in checked and stored() == []
    signed_in.post(f"{sent.location}/run")
    done = signed_in.get(sent.location).text
    assert "3 responses added" in done and "3 rows = 3 added + 0 already there + 0 not added." in done
    assert len(stored()) == 3
    listed = signed_in.get(address).text
    assert "answers.xlsx" in listed and "Ada Organiser" in listed and "3 added, 0 already there" in listed
    assert "Take back this import?" in signed_in.get(f"{sent.location}/take-back").text
    signed_in.post(f"{sent.location}/take-back")
    assert "Taken back" in signed_in.get(sent.location).text and stored() == []


def test_a_file_is_given_up_and_its_words_with_it(signed_in: FlaskClient, organiser: User) -> None:
    event, address = browse(signed_in, organiser)
    sent = send(signed_in, address, b"Name,What?\nAda,Tea\n", "a.csv", event)
    signed_in.post(f"{sent.location}/give-up")
    assert signed_in.get(sent.location).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(FileImport)) == 0


def test_strangers_and_viewers_see_no_import(signed_in: FlaskClient, organiser: User) -> None:
    imported = uploaded(conference(), "google-forms.csv")
    page = f"/series/{imported.series_id}/collect/imports/{imported.id}"
    assert [signed_in.get(page).status_code, signed_in.post(f"{page}/run").status_code] == [404, 404]
    own = make_series(organiser)
    assert signed_in.get(f"/series/{own.id}/collect/imports/{imported.id}").status_code == 404
    join_series(organiser, imported.series, "viewer")
    assert [signed_in.get(page).status_code, signed_in.post(f"{page}/run").status_code] == [403, 403]
