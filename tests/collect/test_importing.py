"""Comments from a CSV, however it was written."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories import NOON, make_event, make_series, make_user
from webapp.accounts.models import Membership
from webapp.collect import signals
from webapp.collect.actions import import_comments
from webapp.collect.csv_reading import UnreadableFile, rows_of
from webapp.collect.models import FREE_TEXT_LIMIT, Answer, Response
from webapp.extensions import db
from webapp.programme.models import Event, Series

HEADING = "text,label,votes,event,session\n"
THREE = (
    HEADING
    + "Too fast,improve,3,2023-03-21-workshop,day1\n"
    + "Good exercises,good,0,2023-03-21-workshop,day1\n"
    + '"Fine, really",good,0,2024-03-12-workshop,\n'
)


def texts(content: bytes, column: str | None = None) -> list[str]:
    return [row.cells["text"] for row in rows_of(content, column)]


@pytest.mark.parametrize(
    "content",
    [
        "text,event\nCafé – “très” bien,A\n".encode(),
        "text,event\nCafé – “très” bien,A\n".encode("utf-8-sig"),
        "text,event\nCafé – “très” bien,A\n".encode("cp1252"),
        "text,event\nCafé – “très” bien,A\n".encode("utf-16"),
        "event;text\r\nA;Café – “très” bien\r\n".encode(),
        "event\ttext\nA\tCafé – “très” bien\n".encode(),
        'Comment\n"Café – “très” bien"\n'.encode(),
        "\r\n Text \nCafé – “très” bien\n\n\n".encode(),
        "text\nCafé\x00 – “très” bien\x00\n".encode(),
    ],
)
def test_a_file_is_read_whatever_its_encoding_and_delimiter(content: bytes) -> None:
    assert texts(content) == ["Café – “très” bien"]


def test_quoted_cells_keep_their_commas_quotes_and_lines() -> None:
    assert texts(b'text,event\n"One, ""two""\nthree",A\n') == ['One, "two"\nthree']


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_file_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="The file is empty"):
        rows_of(content)


def test_a_file_without_texts_names_the_columns_it_has() -> None:
    with pytest.raises(UnreadableFile, match='The columns found are: "name" and "age"'):
        rows_of(b"name,age\nAda,36\n")
    with pytest.raises(UnreadableFile, match='No column is named "remark"'):
        rows_of(b"text\nHello\n", "Remark")
    assert texts(b"name,Remark\nAda,Hello\n", " remark ") == ["Hello"]


def test_a_row_is_one_response_at_its_event_session_and_question() -> None:
    series = make_series(organisation_types=[])
    report = import_comments(series, rows_of(THREE.encode()), NOON, "feedback.csv")
    assert (report.read, report.added, report.already_there, report.skipped) == (3, 3, 0, [])
    assert report.new_events == ["2023-03-21-workshop", "2024-03-12-workshop"]
    assert [(event.title, event.starts_on) for event in series.events] == [
        ("2023-03-21-workshop", date(2023, 3, 21)),
        ("2024-03-12-workshop", date(2024, 3, 12)),
    ]
    found = db.session.scalars(select(Answer).order_by(Answer.id)).all()
    assert [
        (a.text, a.question.text, a.votes, a.question.session.title if a.question.session else None) for a in found
    ] == [
        ("Too fast", "improve", 3, "day1"),
        ("Good exercises", "good", 0, "day1"),
        ("Fine, really", "good", 0, None),
    ]
    assert {a.response.imported_from for a in found} == {"feedback.csv"}
    assert {event.state(NOON + timedelta(days=1)) for event in series.events} == {"closed"}


def test_the_same_file_again_adds_nothing_and_a_longer_one_adds_its_new_rows() -> None:
    series = make_series()
    twice = HEADING + "Same,good,0,A,\nSame,good,0,A,\n"
    assert import_comments(series, rows_of(twice.encode()), NOON).added == 2
    again = import_comments(series, rows_of(twice.encode()), NOON)
    assert (again.added, again.already_there, again.new_events) == (0, 2, [])
    longer = import_comments(series, rows_of((twice + "Same,good,0,A,\nOther,good,0,A,\n").encode()), NOON)
    assert (longer.added, longer.already_there) == (2, 2)
    assert import_comments(make_series(), rows_of(twice.encode()), NOON).added == 2


def test_no_form_meets_a_row_of_a_file(client: FlaskClient) -> None:
    """A row's key is made of what the file says, which others may know; a form that comes with it is one of its own."""
    series = make_series(organisation_types=[])
    import_comments(series, rows_of((HEADING + "Too fast,improve,3,A,\n").encode()), NOON)
    [row], [event] = db.session.scalars(select(Response)).all(), series.events
    typed = {"client_key": row.client_key, f"q{event.questions[0].id}": "x", "consent": "quote"}
    closed = client.post(f"/e/{event.code}", data=typed)
    assert (closed.status_code, row.receipt_code in closed.text) == (409, False)
    event.closes_at = None
    db.session.commit()
    sent = client.post(f"/e/{event.code}", data=typed)
    assert (sent.status_code, row.receipt_code in sent.location) == (303, False)
    assert db.session.scalar(select(func.count()).select_from(Response)) == 2


def test_rows_that_cannot_be_stored_are_named_by_line_and_the_others_are_kept() -> None:
    content = (
        HEADING
        + "Good,good,0,A,day1\n"
        + ",good,0,A,day1\n"
        + "\n"
        + "Cut, by a comma,good,0,A,day1\n"
        + '"Two\nlines",good,0,A,day1\n'
        + "Short row\n"
        + "Blank cells at the end,good,0,A,day1,,\n"
        + "x" * (FREE_TEXT_LIMIT + 1)
        + ",good,0,A,day1\n"
    )
    report = import_comments(make_series(), rows_of(content.encode()), NOON)
    assert report.skipped == [
        (3, "it has no text"),
        (5, "it has 6 cells under 5 headings"),
        (
            10,
            "This text has 20,001 characters; at most 20,000 can be sent. Shorten it, or split it over several answers",
        ),
    ]
    assert (report.read, report.added) == (7, 4)
    assert db.session.scalars(select(Answer.text).order_by(Answer.id)).all() == [
        "Good",
        "Two\nlines",
        "Short row",
        "Blank cells at the end",
    ]


def test_an_event_of_the_series_is_used_by_its_title() -> None:
    series = make_series()
    event = make_event(series, title="London")
    import_comments(
        series,
        rows_of(b"text,event,organisation type,date\nHere,London,Police,2003-07-08T14:00:00+01:00\n"),
        NOON,
    )
    response = db.session.scalar(select(Response))
    assert (response.event_id, response.organisation_type) == (event.id, "Police")
    assert response.received_at == datetime(2003, 7, 8, 13, 0, tzinfo=UTC)


def test_each_event_is_heard_of_once() -> None:
    series = make_series()
    heard = []

    def listener(_sender: object, event_id: int) -> None:
        heard.append(event_id)

    with signals.words_changed.connected_to(listener):
        import_comments(series, rows_of(THREE.encode()), NOON)
    assert heard == [event.id for event in series.events]


def test_the_command_makes_the_series_and_reports(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "feedback.csv"
    path.write_text(THREE)
    run = app.test_cli_runner().invoke
    nobody = run(args=["import-comments", str(path), "--series", "Workshops"])
    assert (nobody.exit_code, "There is no organiser yet" in nobody.output) == (1, True)
    ada = make_user("ada@example.org")
    first = run(args=["import-comments", str(path), "--series", "Workshops"])
    assert first.output == (
        "3 rows read.\n3 responses added, 0 already there, 0 skipped.\n"
        "New events: 2023-03-21-workshop; 2024-03-12-workshop.\n"
    )
    make_user("second@example.org")
    ambiguous = run(args=["import-comments", str(path), "--series", "Workshops"])
    assert "There is more than one organiser" in ambiguous.output
    again = run(args=["import-comments", str(path), "--series", "Workshops", "--owner", "Ada@example.org"])
    assert again.output == "3 rows read.\n0 responses added, 3 already there, 0 skipped.\n"
    assert db.session.scalars(select(Series.title)).all() == ["Workshops"]
    assert [(row.user_id, row.role) for row in db.session.scalars(select(Membership))] == [(ada.id, "owner")]
    path.write_text("name\nAda\n")
    wrong = run(args=["import-comments", str(path), "--series", "New", "--owner", "ada@example.org"])
    assert (wrong.exit_code, 'The columns found are: "name"' in wrong.output) == (1, True)
    assert db.session.scalar(select(func.count()).select_from(Series)) == 1


def test_codes_of_imported_events_are_their_own() -> None:
    series = make_series()
    out = io.StringIO()
    csv.writer(out).writerows([("text", "event"), *((f"Text {n}", f"Event {n}") for n in range(20))])
    import_comments(series, rows_of(out.getvalue().encode()), NOON)
    codes = db.session.scalars(select(Event.code)).all()
    assert len(set(codes)) == 20


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "0001-01-01"])
def test_a_date_that_cannot_be_right_is_left_out(when: str) -> None:
    series = make_series()
    rows = rows_of(f"text,event,date\nToo fast,{when} meeting,{when}\n".encode())
    assert import_comments(series, rows, NOON).added == 1
    response = db.session.scalar(select(Response))
    assert (response.received_at, response.event.starts_on) == (NOON, NOON.date())
