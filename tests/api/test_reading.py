"""What programs read: every list and every single thing, its pages and filters, and what is in no answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.factories import (
    NOON,
    join_series,
    make_event,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
    make_user,
)
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.extensions import db
from webapp.programme.models import Series
from webapp.report.models import ReportDraft
from webapp.report.publishing import publish, unpublish
from webapp.themes.models import Placement, Statement

Programs = Callable[..., Any]
WORDS = ("Too many targets.", "Nobody reads the returns.", "The data come too late.")


@pytest.fixture
def owner() -> Any:
    return make_user()


@pytest.fixture
def series(owner: Any) -> Series:
    return make_series(owner)


def ids(page: dict[str, Any]) -> list[int]:
    return [each["id"] for each in page["items"]]


def test_the_programme_of_a_series(program_of: Programs, owner: Any, series: Series) -> None:
    event = make_event(series)
    session = make_session(event, "qa", title="Questions", speaker="A. Speaker")
    question = make_question(event, "one_choice", choices=["Yes", "No"], session_id=session.id, required=True)
    program = program_of(owner)

    read = program.read(f"series/{series.id}")
    assert (read["title"], read["role"], read["small_group"]) == ("Managing performance", "owner", 5)
    listed = program.read(f"series/{series.id}/events")["items"]
    assert listed == [program.read(f"events/{event.id}")]
    assert listed[0]["sessions"] == [{"id": session.id, "title": "Questions", "kind": "qa", "speaker": "A. Speaker"}]
    assert listed[0]["form_address"] == f"http://localhost/e/{event.code}"
    assert (listed[0]["state"], listed[0]["opens_at"]) == ("open", "2003-07-08T11:00:00+00:00")
    asked = program.read(f"events/{event.id}/questions")["items"]
    assert asked == [program.read(f"questions/{question.id}")]
    assert (asked[0]["choices"], asked[0]["session_id"], asked[0]["required"]) == (["Yes", "No"], session.id, True)


def test_pages_follow_each_other_without_gap_or_repeat(program_of: Programs, owner: Any, series: Series) -> None:
    made = [make_event(series).id for _ in range(5)]
    program = program_of(owner)
    first = program.read(f"series/{series.id}/events?limit=2")
    assert (ids(first), first["next_after"]) == (made[:2], made[1])
    # What comes in meanwhile is on the last page, and moves nothing.
    made.append(make_event(series).id)
    second = program.read(f"series/{series.id}/events?limit=2&after={first['next_after']}")
    third = program.read(f"series/{series.id}/events?limit=2&after={second['next_after']}")
    assert ids(second) + ids(third) == made[2:]
    assert third["next_after"] is None


def test_values_that_will_not_do_are_named(program_of: Programs, owner: Any, series: Series) -> None:
    program = program_of(owner)
    for query in ("limit=0", "limit=101", "limit=many", "limit=1.5", "after=-1", "limit=", "limit=٣", "limit=1_0"):
        answer = program.ask(f"series?{query}")
        assert answer.status_code == 422, query
        assert [each["parameter"] for each in answer.get_json(force=True)["errors"]] == [query.partition("=")[0]]
    unknown = program.ask(f"series/{series.id}/statements?colour=red&read_since=yesterday&facet=nonsense")
    assert unknown.status_code == 422
    named = {each["parameter"] for each in unknown.get_json(force=True)["errors"]}
    assert named == {"colour", "read_since", "facet"}


def test_statements_are_told_as_the_reports_files_tell_them(program_of: Programs, owner: Any, series: Series) -> None:
    event = make_event(series)
    board = make_board(event)
    quoted, used, withheld, retired, copy, unplaced = make_statements(
        board, [*WORDS, "This was taken back.", "Too many targets!", "Something else entirely."]
    )
    theme = make_theme(board, "Targets", [quoted, used])
    used.consent = "use"
    withheld.withheld = "personal"
    retired.retired_at = NOON
    copy.duplicate_of_id = quoted.id
    db.session.commit()
    program = program_of(owner, "read")

    listed = program.read(f"series/{series.id}/statements")["items"]
    assert [(each["id"], each["fate"], each["text"]) for each in listed] == [
        (quoted.id, "used", WORDS[0]),
        (used.id, "used", None),
        (copy.id, "duplicate", "Too many targets!"),
        (unplaced.id, "in_no_theme", "Something else entirely."),
    ]
    assert [each["theme_id"] for each in listed] == [theme.id, theme.id, None, None]
    assert listed[0] == program.read(f"statements/{quoted.id}")
    for hidden in (withheld, retired):
        answer = program.ask(f"statements/{hidden.id}")
        assert answer.status_code == 404
        assert hidden.text not in answer.text


def test_statements_are_narrowed(program_of: Programs, owner: Any, series: Series) -> None:
    here, there = make_event(series), make_event(series)
    session = make_session(here)
    board, project = make_board(here), make_board(here, about_project=True)
    first, second = make_statements(board, WORDS[:2], here)
    [elsewhere] = make_statements(board, WORDS[2:], there)
    [about] = make_statements(project, ["The conference was well run."], here)
    first.session_id, first.channel, first.weight = session.id, "table", "several"
    second.facet_set, second.read_at = "problem", NOON + timedelta(days=1)
    db.session.commit()
    theme = make_theme(board, "Targets", [first])
    program = program_of(owner)
    wanted = {
        f"event={there.id}": [elsewhere.id],
        f"session={session.id}": [first.id],
        f"question={second.question_id}": [first.id, second.id],
        f"theme={theme.id}": [first.id],
        "channel=table": [first.id],
        "facet=problem": [second.id],
        "fate=in_no_theme": [second.id, elsewhere.id, about.id],
        "board=project": [about.id],
        "read_since=2003-07-09T13:00:00%2B01:00": [second.id],
        f"event={here.id}&board=subject&facet=observation": [first.id],
    }
    found = {query: ids(program.read(f"series/{series.id}/statements?{query}")) for query in wanted}
    assert found == wanted
    assert program.read(f"statements/{first.id}")["weight"] == "several"
    assert program.read(f"statements/{second.id}")["weight"] is None


def test_themes_and_placements_as_they_stand(program_of: Programs, owner: Any, series: Series) -> None:
    here, there = make_event(series), make_event(series)
    board = make_board(here)
    statements = [*make_statements(board, WORDS[:2], here), *make_statements(board, WORDS[2:], there)]
    theme, gone = make_theme(board, "Targets", statements), make_theme(board, "Gone")
    gone.deleted = True
    placed = db.session.query(Placement).filter_by(statement_id=statements[0].id).one()
    placed.by_person, placed.confidence = True, None
    statements[1].withheld = "personal"
    db.session.commit()
    program = program_of(owner)

    [read] = program.read(f"series/{series.id}/themes")["items"]
    assert read == program.read(f"themes/{theme.id}")
    assert {name: read[name] for name in ("title", "number", "board", "statements", "people", "events")} == {
        "title": "Targets",
        "number": 1,
        "board": "subject",
        "statements": 2,
        "people": 2,
        "events": 2,
    }
    [there_alone] = program.read(f"series/{series.id}/themes?event={there.id}")["items"]
    assert (there_alone["statements"], there_alone["events"]) == (1, 1)
    assert program.read(f"series/{series.id}/themes?board=project")["items"] == []
    assert program.ask(f"themes/{gone.id}").status_code == 404
    assert program.read(f"series/{series.id}/placements")["items"] == [
        {"statement_id": statements[0].id, "theme_id": theme.id, "placed_by": "person", "confidence": None},
        {"statement_id": statements[2].id, "theme_id": theme.id, "placed_by": "software", "confidence": 0.5},
    ]
    one = program.read(f"series/{series.id}/placements?theme={theme.id}&event={there.id}&limit=1")
    assert [each["statement_id"] for each in one["items"]] == [statements[2].id]


def published_edition(series: Series, owner: Any) -> Any:
    board = make_board(make_event(series))
    make_theme(board, "Targets", make_statements(board, WORDS))
    return publish(series, None, owner, NOON)


def test_an_edition_reads_as_its_public_file(app: Flask, program_of: Programs, owner: Any, series: Series) -> None:
    edition = published_edition(series, owner)
    program = program_of(owner)
    [listed] = program.read(f"series/{series.id}/editions")["items"]
    assert listed == program.read(f"editions/{edition.id}")
    slug = db.session.get_one(ReportDraft, edition.draft_id).slug
    assert listed["address"] == f"http://localhost/reports/{slug}/1"
    assert listed["report"] == f"http://localhost/api/v1/editions/{edition.id}/report"
    report = program.ask(f"editions/{edition.id}/report")
    assert report.data == app.test_client().get(f"/reports/{slug}/1/report.json").data
    assert program.read(f"series/{series.id}/editions?published_since=2003-07-09T00:00:00Z")["items"] == []


def test_an_edition_that_was_taken_back_is_gone(program_of: Programs, owner: Any, series: Series) -> None:
    edition = published_edition(series, owner)
    unpublish(edition.draft, 1, "A figure was wrong.", owner, NOON)
    program = program_of(owner)
    assert program.read(f"editions/{edition.id}")["unpublished_reason"] == "A figure was wrong."
    answer = program.ask(f"editions/{edition.id}/report")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")


def test_a_viewer_reads_what_an_owner_reads(program_of: Programs, owner: Any, series: Series) -> None:
    edition = published_edition(series, owner)
    viewer = make_user()
    join_series(viewer, series, "viewer")
    one, other = program_of(owner), program_of(viewer)
    for path in ("events", "statements", "themes", "placements", "editions", "responses"):
        assert other.read(f"series/{series.id}/{path}") == one.read(f"series/{series.id}/{path}")
    assert other.read(f"editions/{edition.id}/report") == one.read(f"editions/{edition.id}/report")


def test_table_notes_are_statements_with_their_weight(program_of: Programs, owner: Any, series: Series) -> None:
    event = make_event(series)
    note = make_note(make_table(make_session(event)), "Nobody has the time.", weight="table")
    board = make_board(event)
    db.session.add(
        Statement(
            board_id=board.id,
            event_id=event.id,
            note_id=note.id,
            channel="table",
            speaker_key="t1",
            weight="table",
            start=0,
            end=20,
            text="Nobody has the time.",
            wording_key="x",
            read_at=NOON,
        )
    )
    db.session.commit()
    [read] = program_of(owner).read(f"series/{series.id}/statements?channel=table")["items"]
    assert (read["weight"], read["facet"], read["question_id"]) == ("table", "observation", None)


def test_a_longer_page_asks_the_database_no_more(program_of: Programs, owner: Any, series: Series) -> None:
    published_edition(series, owner)
    here = make_event(series)
    questions = [make_question(here), make_question(here, "rating")]
    for number in range(6):
        make_session(make_event(series), position=number)
        make_response(here, {questions[0]: f"Number {number}.", questions[1]: 3})
    program = program_of(owner)
    program.read("series")
    for path in ("events", "responses", "statements", "placements", "editions"):
        counts = []
        for limit in (1, 50):
            db.session.expire_all()
            with queries_counted() as asked:
                program.read(f"series/{series.id}/{path}?limit={limit}")
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 10, (path, counts)


@contextmanager
def queries_counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
