"""Table notes and questions from the floor."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOON, make_event, make_floor_question, make_question, make_session, make_table
from webapp.collect.actions import (
    add_note,
    answer_question,
    ask_question,
    back_question,
    delete_note,
    edit_note,
    hide_question,
    restore_note,
    show_question,
)
from webapp.collect.answers import NoSuchChoice, NothingAnswered, UnknownQuestion
from webapp.collect.models import GroupNoteRevision
from webapp.collect.models_hall import REASONS
from webapp.collect.queries import floor_of, notes_of, notes_version, questions_at
from webapp.errors import Refused
from webapp.extensions import db

LATER = NOON + timedelta(minutes=5)


def test_a_line_sent_twice_is_one_line() -> None:
    table = make_table()
    question = make_question(table.session.event)
    note = add_note(table, " Nobody reads it ", "key", NOON, facet="problem", weight="table", question=question)
    assert add_note(table, "Nobody reads it", "key", LATER).id == note.id
    assert [(line.text, line.facet, line.weight, line.question_id) for line in notes_of(table)] == [
        ("Nobody reads it", "problem", "table", question.id)
    ]


def test_a_line_is_edited_deleted_and_brought_back() -> None:
    table = make_table()
    note = add_note(table, "First words", "key", NOON)
    versions = [notes_version(table)]
    edit_note(note, "Second words", LATER, facet="approach", weight="split")
    versions.append(notes_version(table))
    assert (note.text, note.facet, note.weight, note.edited_at) == ("Second words", "approach", "split", LATER)
    assert [(row.text, row.replaced_at) for row in db.session.scalars(select(GroupNoteRevision))] == [
        ("First words", LATER)
    ]
    delete_note(note, LATER)
    versions.append(notes_version(table))
    assert notes_of(table) == []
    restore_note(note, LATER)
    assert notes_of(table) == [note]
    assert len(set(versions)) == 3


def test_what_a_table_may_not_write_is_refused() -> None:
    table = make_table()
    for error, values in [
        (NothingAnswered, {"text": "  "}),
        (NoSuchChoice, {"facet": "boast"}),
        (NoSuchChoice, {"weight": "everyone"}),
        (UnknownQuestion, {"question": make_question(make_event())}),
    ]:
        with pytest.raises(error):
            add_note(table, **{"text": "Point", "client_key": "key", "now": NOON, **values})
    add_note(table, "Point", "key", NOON)
    with pytest.raises(Refused):
        add_note(make_table(), "Point", "key", NOON)


def test_a_table_answers_its_sessions_questions_else_those_of_no_session() -> None:
    event = make_event()
    own, other = make_session(event), make_session(event)
    general = make_question(event)
    make_question(event, "rating")
    at_own = make_question(event, session_id=own.id)
    assert questions_at(make_table(own)) == [at_own]
    assert questions_at(make_table(other)) == [general]


def test_questions_are_ordered_by_backing_then_time_and_one_phone_counts_once() -> None:
    session = make_session(kind="qa")
    first = ask_question(session, "Who pays?", "a", NOON)
    second = ask_question(session, "Who decides?", "b", LATER)
    third = ask_question(session, "When?", "c", LATER + timedelta(minutes=1))
    assert ask_question(session, "Who pays?", "a", LATER).id == first.id
    for phone in ("p1", "p2", "p2"):
        back_question(second, phone)
    assert [(line.question.id, line.backings, line.backed) for line in floor_of(session, "p1")] == [
        (second.id, 2, True),
        (first.id, 0, False),
        (third.id, 0, False),
    ]
    hide_question(first, REASONS[0], LATER)
    assert [line.question.id for line in floor_of(session)] == [second.id, third.id]
    assert len(floor_of(session, hidden=True)) == 3
    show_question(first, LATER)
    assert len(floor_of(session)) == 3


def test_the_floor_is_closed_with_the_event_and_at_other_sessions() -> None:
    session = make_session(make_event(closes_at=NOON), kind="qa")
    with pytest.raises(Refused):
        ask_question(session, "Too late?", "a", NOON)
    with pytest.raises(Refused):
        ask_question(make_session(), "Here?", "b", NOON)


def test_an_answer_is_written_down_and_taken_back() -> None:
    question = make_floor_question(make_session(kind="qa"), "Who pays?")
    answer_question(question, " The council ", "Iain  Fothergill", LATER)
    assert (question.answer, question.answered_by, question.answered_at) == (
        "The council",
        "Iain Fothergill",
        LATER,
    )
    answer_question(question, "", "", LATER)
    assert question.answered_at is None
