"""What each event's counts say: everything by its own kind, and nothing that was rejected."""

from sqlalchemy import select

from tests.factories import NOON, make_event, make_floor_question, make_note, make_session, make_table
from webapp.collect.actions import ask_question, hide_question, set_floor_rules
from webapp.collect.models_hall import REASONS
from webapp.extensions import db
from webapp.report.event_counts import event_facts
from webapp.themes.models import Statement
from webapp.themes.reading import read_statements


def test_key_points_are_the_presenters_and_never_a_tables_or_a_delegates() -> None:
    event = make_event()
    talk, discussion = make_session(event, kind="presentation"), make_session(event)
    for scribe in ("Scribe", "Second scribe"):
        make_note(make_table(talk, scribe), f"Start with what residents notice, says the {scribe}")
    make_note(make_table(discussion), "Members do not read reports")

    (facts,) = event_facts([event])

    assert (facts.presentations, facts.key_points, facts.tables, facts.notes, facts.responses) == (1, 2, 1, 1, 0)


def test_a_question_that_waits_or_was_rejected_is_neither_counted_nor_read() -> None:
    event = make_event()
    floor = make_session(event, kind="qa")
    shown = make_floor_question(floor, "Who checks the checkers?")
    hide_question(make_floor_question(floor, "Who is the worst manager in the room?"), REASONS[0], NOON)
    set_floor_rules(floor, True, REASONS, NOON)
    ask_question(floor, "Why does nobody read this?", "waits", NOON)

    read_statements(event, NOON)

    assert event_facts([event])[0].floor_questions == 1
    assert list(db.session.scalars(select(Statement.floor_question_id))) == [shown.id]
