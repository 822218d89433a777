import random
from datetime import timedelta

import pytest

from tests.factories import (
    NOON,
    make_event,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
    make_user,
)
from tests.themes.factories import make_board, make_statements
from webapp.collect.actions import correct_response, delete_note, withdraw_response
from webapp.collect.models import GroupNote, Response
from webapp.extensions import db
from webapp.themes import actions, duplicates, reading
from webapp.themes.duplicates import mark_copies
from webapp.themes.models import Statement

TEXTS = [
    "More time, please.",
    "more time please",
    "We would like to see more time given to questions.",
    "We would like to see MORE time given to questions. More time, please.",
    "Business cases. Nobody here has ever been shown how one is written.",
    "Nobody here has ever been shown how one is written.",
]


def marks() -> dict[int, int | None]:
    db.session.expire_all()
    rows = db.session.execute(db.select(Statement.id, Statement.duplicate_of_id).where(Statement.retired_at.is_(None)))
    return dict(rows.tuples().all())


@pytest.mark.parametrize("seed", range(8))
def test_copies_marked_as_texts_come_and_go_are_those_found_by_looking_at_everything(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 3)
    chance = random.Random(seed)
    event = make_event()
    question, table = make_question(event), make_table(make_session(event))
    said: list[Response] = []
    notes: list[GroupNote] = []
    seen = 0
    for minute in range(30):
        at = NOON + timedelta(minutes=minute)
        deed = chance.choice(("say", "say", "say", "note", "correct", "withdraw", "delete"))
        text, consent = chance.choice(TEXTS), chance.choice(("quote", "quote", "none"))
        if deed == "say":
            said.append(make_response(event, {question: text}, consent=consent))
        elif deed == "note":
            notes.append(make_note(table, text))
        elif deed == "correct" and said:
            correct_response(chance.choice(said), {question.id: text}, at, consent=consent)
        elif deed == "withdraw" and said:
            withdraw_response(said.pop(chance.randrange(len(said))), at)
        elif deed == "delete" and notes:
            delete_note(notes.pop(), at)
        if chance.random() < 0.5:
            continue
        reading.read_statements(event, at)
        marked = marks()
        mark_copies(event.id)
        db.session.commit()
        assert marks() == marked
        seen += sum(original is not None for original in marked.values())
    assert seen


def test_what_is_held_shows_the_mark_at_once() -> None:
    first, second = make_statements(make_board(), ["We would like to see more time given to questions."] * 2)
    assert (first.duplicate_of_id, second.duplicate_of_id) == (None, None)

    mark_copies(first.event_id)

    assert second.duplicate_of_id == first.id


@pytest.mark.parametrize(
    ("text", "cut", "reason", "copies"),
    [
        ("Ask Smith about it", "Smith", "person", 0),
        ("Ask Ann Marie Jane Smith about it all", "Ann Marie Jane Smith", "name", 2),
    ],
)
def test_a_cut_makes_no_copies_and_parts_none(text: str, cut: str, reason: str, copies: int) -> None:
    owner = make_user()
    event = make_event(make_series(owner))
    question = make_question(event)
    for _number in range(2):
        make_response(event, {question: text})
    reading.read_statements(event, NOON)
    first = db.session.scalars(db.select(Statement)).first()
    assert first is not None
    start = text.index(cut)

    actions.redact(first, [(start, start + len(cut))], reason, owner, NOON, everywhere=True)
    make_response(event, {question: text})
    reading.read_statements(event, NOON)

    marked = marks()
    assert sum(original == first.id for original in marked.values()) == copies
    mark_copies(event.id)
    assert marks() == marked


def test_many_new_words_at_once_are_more_than_a_query_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["We would like to see more time given to questions.", *(f"Number {number}" for number in range(30))]
    statements = make_statements(make_board(), [*said, said[0]])
    asked: list[int] = []

    def note(_c: object, _cursor: object, _query: str, parameters: tuple[object, ...], *_rest: object) -> None:
        asked.append(len(parameters))

    monkeypatch.setattr(duplicates, "MOST_KEYS", 20)
    db.session.commit()
    db.event.listen(db.engine, "before_cursor_execute", note)
    mark_copies(statements[0].event_id, {statement.wording_key for statement in statements})
    db.event.remove(db.engine, "before_cursor_execute", note)

    assert statements[-1].duplicate_of_id == statements[0].id
    assert max(asked) <= 20
