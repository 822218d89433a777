from datetime import timedelta

import pytest

from tests.factories import (
    NOON,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_session,
    make_table,
)
from webapp.collect.actions import correct_response, delete_note, edit_note, withdraw_response
from webapp.extensions import db
from webapp.themes import reading
from webapp.themes.models import Statement
from webapp.themes.queries import accounts_of, boards_of
from webapp.themes.understanding import understand_statements

LATER = NOON + timedelta(minutes=5)


def live() -> list[Statement]:
    query = db.select(Statement).where(Statement.retired_at.is_(None)).order_by(Statement.id)
    return list(db.session.scalars(query))


def test_each_statement_is_a_slice_of_its_answer() -> None:
    event = make_event()
    text = "  Targets are set too late. We never see the results!  "
    response = make_response(event, {make_question(event): text})

    assert reading.read_statements(event, NOON) == 2

    assert [s.text for s in live()] == ["Targets are set too late.", "We never see the results!"]
    assert all(text[s.start : s.end] == s.text for s in live())
    assert {s.answer_id for s in live()} == {response.answers[0].id}


def test_reading_twice_adds_nothing() -> None:
    event = make_event()
    make_response(event, {make_question(event): "Targets are set too late."})
    reading.read_statements(event, NOON)

    assert reading.read_statements(event, LATER) == 0
    assert len(live()) == 1


def test_many_texts_are_read_in_short_transactions_and_lose_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    event = make_event()
    question = make_question(event)
    texts = [f"Target number {number} of our council is set too late by the people above." for number in "12314"]
    for text in texts:
        make_response(event, {question: text})
    commits: list[object] = []
    note = commits.append
    db.event.listen(db.session, "after_commit", note)

    assert reading.read_statements(event, NOON) == 5

    db.event.remove(db.session, "after_commit", note)
    assert [s.text for s in live()] == texts
    assert [s.duplicate_of_id for s in live()] == [None, None, None, live()[0].id, None]
    assert len(commits) == 3


def test_statements_inherit_channel_speaker_and_own_facet() -> None:
    event = make_event()
    discussion, talk = make_session(event), make_session(event, kind="presentation")
    asking = make_session(event, kind="qa")
    note = make_note(make_table(discussion), "Members do not read reports", facet="problem", weight="table")
    make_note(make_table(talk, name="Scribe"), "Start with what residents notice")
    asked = make_floor_question(asking, "Who checks the checkers?")

    reading.read_statements(event, NOON)

    assert [(s.channel, s.speaker_key, s.facet_own, s.weight) for s in live()] == [
        ("table", f"t{note.table_id}", "problem", "table"),
        ("presentation", f"p{talk.id}", None, "one"),
        ("floor", f"f{asked.id}", None, "one"),
    ]


def test_what_says_nothing_is_set_aside_and_counted() -> None:
    event = make_event()
    question = make_question(event)
    for text in ("n/a", "-", "Too many indicators."):
        make_response(event, {question: text})

    reading.read_statements(event, NOON)

    figures = accounts_of([board.id for board in boards_of(event.series_id)])
    assert (figures.received, figures.withheld, figures.in_no_theme) == (3, 2, 1)
    assert {s.withheld for s in live()} == {"says_nothing", None}


def test_what_its_author_keeps_out_is_withheld_from_the_start() -> None:
    event = make_event()
    make_response(event, {make_question(event): "Our chief executive hides bad news."}, consent="none")
    reading.read_statements(event, NOON)
    assert [s.withheld for s in live()] == ["consent"]


def test_answers_about_the_project_stand_on_a_board_of_their_own() -> None:
    event = make_event()
    answers = {make_question(event): "Too many targets.", make_question(event, about_project=True): "One tool for all."}
    make_response(event, answers)

    reading.read_statements(event, NOON)

    subject, project = boards_of(event.series_id)
    assert {s.board_id: s.text for s in live()} == {subject.id: "Too many targets.", project.id: "One tool for all."}


@pytest.mark.parametrize(
    ("first", "second", "duplicates"),
    [
        ("More time, please.", "more time please", 0),
        ("We would like to see more time given to questions.", "we would like to see MORE time given to questions", 1),
        ("Business cases. Nobody here has ever been shown how one is written.",) * 2 + (2,),
    ],
)
def test_a_text_sent_twice_is_a_duplicate_but_a_common_phrase_is_not(first: str, second: str, duplicates: int) -> None:
    event = make_event()
    question = make_question(event)
    make_response(event, {question: first})
    make_response(event, {question: second})

    reading.read_statements(event, NOON)

    assert sum(s.duplicate_of_id is not None for s in live()) == duplicates


@pytest.mark.parametrize("first", ["none", "quote"])
def test_words_that_their_author_kept_out_of_reports_take_nobody_elses_along(first: str) -> None:
    event = make_event()
    question = make_question(event)
    for consent in (first, "quote" if first == "none" else "none"):
        make_response(event, {question: "We would like to see more time given to questions."}, consent=consent)

    reading.read_statements(event, NOON)

    assert sorted((s.withheld or "", s.duplicate_of_id) for s in live()) == [("", None), ("consent", None)]


def test_a_correction_retires_the_old_words_and_reads_the_new() -> None:
    event = make_event()
    question = make_question(event)
    response = make_response(event, {question: "Targets are late."})
    reading.read_statements(event, NOON)

    correct_response(response, {question.id: "Targets are early."}, LATER)
    reading.read_statements(event, LATER)

    assert [s.text for s in live()] == ["Targets are early."]
    assert db.session.query(Statement).count() == 2


def test_a_correction_of_consent_alone_is_followed_without_losing_the_place() -> None:
    event = make_event()
    question = make_question(event)
    response = make_response(event, {question: "Targets are late."}, organisation_type="District council")
    reading.read_statements(event, NOON)
    (first,) = live()

    correct_response(
        response, {question.id: "Targets are late."}, LATER, organisation_type="County council", consent="use"
    )
    reading.read_statements(event, LATER)
    assert [(s.id, s.consent, s.organisation_type) for s in live()] == [(first.id, "use", "County council")]

    correct_response(response, {question.id: "Targets are late."}, LATER, consent="none")
    reading.read_statements(event, LATER)
    assert [(s.consent, s.withheld) for s in live()] == [("none", "consent")]


def test_a_withdrawn_response_leaves_the_accounts_and_its_copy_takes_its_place() -> None:
    event = make_event()
    question = make_question(event)
    text = "We would like to see more time given to questions."
    first, second = make_response(event, {question: text}), make_response(event, {question: text})
    reading.read_statements(event, NOON)

    withdraw_response(first, LATER)
    reading.read_statements(event, LATER)

    assert [(s.speaker_key, s.duplicate_of_id) for s in live()] == [(f"r{second.id}", None)]


def test_words_that_are_taken_back_are_gone_at_once_without_a_worker() -> None:
    event = make_event()
    question = make_question(event)
    response = make_response(event, {question: "Our chief executive hides bad news."})
    note = make_note(make_table(make_session(event)), "Never mind")
    reading.read_statements(event, NOON)

    withdraw_response(response, LATER)
    delete_note(note, LATER)

    assert live() == []


def test_an_edited_note_is_read_again_and_a_deleted_one_not() -> None:
    event = make_event()
    table = make_table(make_session(event))
    kept, gone = make_note(table, "Members do not read"), make_note(table, "Never mind")
    reading.read_statements(event, NOON)

    edit_note(kept, "Members do not read reports", LATER, facet=None, weight="several")
    delete_note(gone, LATER)
    reading.read_statements(event, LATER)

    assert [(s.text, s.weight) for s in live()] == [("Members do not read reports", "several")]


@pytest.mark.parametrize(
    "text", ["🎉🎉🎉", "لا توجد بيانات موثوقة. نحتاج إلى المزيد.", "x" * 20_000, "¿?", "1) one 2) two; three"]
)
def test_any_text_becomes_at_least_one_statement_that_is_its_slice(text: str) -> None:
    event = make_event()
    make_response(event, {make_question(event): text})
    reading.read_statements(event, NOON)
    assert live()
    assert all(text[s.start : s.end] == s.text for s in live())


def test_every_statement_gets_a_facet_and_a_vector() -> None:
    event = make_event()
    make_response(event, {make_question(event): "The council should publish fewer indicators."})
    reading.read_statements(event, NOON)
    board = boards_of(event.series_id)[0]

    assert understand_statements(board) == 1
    assert understand_statements(board) == 0

    statement = live()[0]
    assert statement.facet == "suggestion"
    assert len(statement.vector or b"") == 384 * 2
