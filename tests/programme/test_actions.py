from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import (
    NOON,
    make_event,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_user,
)
from webapp.accounts.queries import role_in_series
from webapp.errors import DomainError, NotFound, Refused
from webapp.extensions import db
from webapp.programme import actions
from webapp.programme.models import FACET_WORDS, DiscussionTable, Event, EventSession, Question, Series
from webapp.programme.queries import questions_of
from webapp.programme.question_sets import QUESTION_SETS
from webapp.programme.rules import CODE_LETTERS, NotValid, moment_there
from webapp.programme.states import next_step, state_in_words

HOUR = timedelta(hours=1)
DAY = date(2003, 7, 8)


def new_event(series: Series, **values: object) -> Event:
    usual = {"title": "London", "place": "", "starts_on": DAY, "time_zone": "Europe/London", "now": NOON}
    return actions.create_event(series, **{**usual, **values})


def test_who_makes_a_series_owns_it() -> None:
    user = make_user()
    series = actions.create_series(user, "  Listening\x00 well ", NOON, purpose="To hear.", facet_words={"problem": ""})
    assert series.title == "Listening well"
    assert series.purpose == "To hear."
    assert series.facet_words == FACET_WORDS
    assert role_in_series(user, series.id) == "owner"


@pytest.mark.parametrize("title", ["", "  ", "x" * 301])
def test_a_series_needs_a_title_that_fits(title: str) -> None:
    with pytest.raises(NotValid) as caught:
        actions.create_series(make_user(), title, NOON)
    assert caught.value.field == "title"


def test_a_new_event_gets_a_code_without_letters_that_look_alike() -> None:
    event = new_event(make_series())
    assert len(event.code) == 6
    assert set(event.code) <= set(CODE_LETTERS)
    assert event.state(NOON) == "before"
    assert state_in_words(event, NOON) == "not opened yet"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}),
        ("time_zone", {"time_zone": "Europe/Atlantis"}),
        ("code", {"code": "AB"}),
        ("code", {"code": "ABCDEFGHJKLMN"}),
        ("code", {"code": "ÄBC1"}),
        ("ends_on", {"ends_on": date(2003, 7, 7)}),
        ("starts_on", {"starts_on": date(1, 1, 1)}),
        ("closes_at", {"opens_at": NOON, "closes_at": NOON}),
        ("opens_at", {"closes_at": NOON}),
        ("default_consent", {"default_consent": "sell"}),
    ],
)
def test_an_event_that_cannot_be_says_which_value_is_wrong(field: str, values: dict[str, object]) -> None:
    series = make_series()
    with pytest.raises(NotValid) as caught:
        new_event(series, **values)
    assert caught.value.field == field


def test_a_code_is_written_in_capitals_and_belongs_to_one_event() -> None:
    series = make_series()
    assert new_event(series, code="lon-don 1").code == "LONDON1"
    with pytest.raises(NotValid, match="Another event has the code LONDON1"):
        new_event(series, code="London1")


def test_an_event_keeps_its_own_code_when_it_is_changed() -> None:
    event = new_event(make_series(), code="ABC")
    actions.update_event(event, code="abc", attended=120)
    assert (event.code, event.attended) == ("ABC", 120)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    assert moment_there(datetime(2003, 7, 8, 9), "Europe/London", "opens_at") == datetime(2003, 7, 8, 8, tzinfo=UTC)
    with pytest.raises(NotValid, match="the clocks go forward"):
        moment_there(datetime(2003, 3, 30, 1, 30), "Europe/London", "opens_at")


def test_opening_closing_and_opening_again() -> None:
    event = new_event(make_series())
    with pytest.raises(Refused):
        actions.close_event(event, NOON)
    actions.open_event(event, NOON)
    assert state_in_words(event, NOON) == "open"
    actions.close_event(event, NOON + HOUR)
    actions.close_event(event, NOON + 2 * HOUR)
    assert state_in_words(event, NOON + 2 * HOUR) == "closed 8 July 2003, 14:00"
    actions.open_event(event, NOON + 2 * HOUR)
    assert (event.opens_at, event.closes_at) == (NOON, None)


def test_opening_early_keeps_the_closing_time() -> None:
    event = new_event(make_series(), opens_at=NOON + HOUR, closes_at=NOON + 3 * HOUR)
    assert state_in_words(event, NOON) == "opens 8 July 2003, 14:00"
    actions.open_event(event, NOON)
    assert state_in_words(event, NOON) == "open until 8 July 2003, 16:00"


def test_an_event_is_deleted_with_all_that_was_said_but_only_by_its_title() -> None:
    event = make_event()
    make_response(event, {make_question(event): "Too many forms"})
    with pytest.raises(NotValid, match="Nothing was deleted"):
        actions.delete_event(event, "something else", NOON)
    assert db.session.get(Event, event.id) is event
    key = event.id
    actions.delete_event(event, " london CONFERENCE ", NOON)
    assert db.session.get(Event, key) is None


def test_a_series_is_deleted_only_by_its_title() -> None:
    series = make_series(make_user(), title="Listening")
    make_session(make_event(series))
    with pytest.raises(NotValid):
        actions.delete_series(series, "", NOON)
    key = series.id
    actions.delete_series(series, "Listening", NOON)
    assert db.session.get(Series, key) is None
    assert db.session.query(EventSession).count() == 0


def test_sessions_move_and_stay_at_the_ends() -> None:
    event = make_event()
    first, second, third = (actions.add_session(event, title, "other") for title in ("A", "B", "C"))
    actions.move_session(first, -1)
    actions.move_session(third, 1)
    actions.move_session(third, -1)
    db.session.expire_all()
    assert [session.title for session in event.sessions] == ["A", "C", "B"]
    assert [second.position, third.position] == [3, 2]


def test_a_session_is_removed_unless_something_was_said_in_it() -> None:
    session = make_session()
    table = actions.add_table(session, "Table 1")
    note = make_note(table, "Nobody reads the targets")
    with pytest.raises(Refused, match="it holds 1 note or question"):
        actions.remove_session(session)
    db.session.delete(note)
    db.session.commit()
    actions.remove_session(session)
    assert db.session.query(DiscussionTable).count() == 0


def test_tables_are_added_up_to_a_number_once() -> None:
    session = make_session()
    actions.add_table(session, "Table 2", "Mary")
    assert [table.name for table in actions.add_tables(session, 3)] == ["Table 1", "Table 3"]
    assert actions.add_tables(session, 3) == []
    for number in (0, 101):
        with pytest.raises(NotValid):
            actions.add_tables(session, number)


def test_a_new_link_stops_the_old_one_and_a_table_with_notes_stays() -> None:
    table = actions.add_table(make_session(), "Table 1")
    old = table.token
    actions.renew_link(table)
    assert table.token != old
    make_note(table, "Targets change every quarter")
    assert actions.remove_table(table, NOON) is False
    assert table.revoked_at == NOON
    actions.renew_link(table)
    assert table.revoked_at is None
    empty = actions.add_table(table.session, "Table 2")
    assert actions.remove_table(empty, NOON) is True


@pytest.mark.parametrize(
    ("kind", "choices", "field"),
    [
        ("essay", [], "kind"),
        ("one_choice", ["Yes"], "choices"),
        ("several_choices", ["Yes", " yes", "Yes "], "choices"),
        ("one_choice", ["x" * 301, "y"], "choices"),
        ("one_choice", [str(number) for number in range(51)], "choices"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(kind: str, choices: list[str], field: str) -> None:
    with pytest.raises(NotValid) as caught:
        actions.add_question(make_event(), "Which?", kind, choices=choices)
    assert caught.value.field == field


def test_choices_of_a_free_text_are_forgotten_and_words_are_needed() -> None:
    event = make_event()
    assert actions.add_question(event, "Why?", "free_text", choices=["a", "b"]).choices == []
    for text in ("", "\x00 ", "x" * 2001):
        with pytest.raises(NotValid):
            actions.add_question(event, text, "free_text")
    with pytest.raises(NotValid, match="another event"):
        actions.add_question(event, "Why?", "free_text", session=make_session())


def test_a_question_with_answers_keeps_its_kind_and_its_choices() -> None:
    event = make_event()
    question = actions.add_question(event, "Again?", "one_choice", choices=["Yes", "No"])
    make_response(event, {question: "Yes"})
    with pytest.raises(NotValid) as caught:
        actions.update_question(question, text="Again?", kind="free_text")
    assert caught.value.field == "kind"
    with pytest.raises(NotValid, match="“No”"):
        actions.update_question(question, text="Again?", kind="one_choice", choices=["Yes", "Never"])
    actions.update_question(question, text="Once more?", kind="one_choice", choices=["Yes", "No", "Perhaps"])
    assert (question.text, question.choices) == ("Once more?", ["Yes", "No", "Perhaps"])
    with pytest.raises(Refused, match="1 answer"):
        actions.delete_question(question)


def test_a_retired_question_is_asked_no_more_and_comes_back_last() -> None:
    event = make_event()
    first, second = (actions.add_question(event, text, "free_text") for text in ("A", "B"))
    actions.retire_question(first, NOON)
    assert questions_of(event) == [second]
    actions.restore_question(first)
    assert questions_of(event) == [second, first]
    actions.move_question(first, -1)
    assert questions_of(event) == [first, second]
    actions.delete_question(second)
    assert questions_of(event) == [first]


def test_sessions_without_questions_are_copied_too() -> None:
    source, target = make_event(), make_event()
    actions.add_tables(actions.add_session(source, "Tables", "group_discussion"), 2)
    assert actions.copy_programme(source, target) == (1, 2, 0)
    db.session.expire_all()
    assert [(session.title, len(session.tables)) for session in target.sessions] == [("Tables", 2)]


@pytest.mark.parametrize("name", QUESTION_SETS)
def test_a_ready_set_is_added_once_and_read_across_events(name: str) -> None:
    series = make_series()
    first, second = make_event(series), make_event(series)
    added = actions.use_question_set(first, name)
    assert [question.text for question in questions_of(first)] == [ready.text for ready in QUESTION_SETS[name]]
    assert actions.use_question_set(first, name) == []
    again = actions.use_question_set(second, name)
    assert [question.copied_from_id for question in again] == [question.id for question in added]


def test_an_unknown_set_is_not_found() -> None:
    with pytest.raises(NotFound):
        actions.use_question_set(make_event(), "Everything")


def test_a_programme_is_copied_once_with_links_of_its_own() -> None:
    series = make_series()
    source, target = make_event(series), make_event(series)
    session = actions.add_session(source, "Tables", "group_discussion", "Mary")
    table = actions.add_table(session, "Table 1", "Tom")
    kept = actions.add_question(source, "Why?", "free_text", session=session, required=True, help="Say more.")
    actions.retire_question(actions.add_question(source, "Old?", "free_text"), NOON)
    assert actions.copy_programme(source, target) == (1, 1, 1)
    assert actions.copy_programme(source, target) == (0, 0, 0)
    db.session.expire_all()
    [copied] = target.sessions
    assert (copied.title, copied.kind, copied.speaker) == ("Tables", "group_discussion", "Mary")
    assert (copied.tables[0].name, copied.tables[0].facilitator) == ("Table 1", "")
    assert copied.tables[0].token != table.token
    [question] = questions_of(target)
    assert (question.text, question.required, question.help) == ("Why?", True, "Say more.")
    assert (question.session_id, question.copied_from_id) == (copied.id, kept.id)
    third = make_event(series)
    actions.copy_programme(target, third)
    assert questions_of(third)[0].copied_from_id == kept.id
    with pytest.raises(DomainError):
        actions.copy_programme(source, source)


def test_the_next_step_follows_the_state() -> None:
    series = make_series()
    assert next_step(series, NOON).verb == "add_event"
    event = new_event(series)
    assert next_step(series, NOON).verb == "ask"
    actions.use_question_set(event, "About the project")
    db.session.expire_all()
    assert next_step(series, NOON).verb == "open"
    actions.update_event(event, opens_at=NOON + HOUR)
    assert next_step(series, NOON).verb == "wait"
    actions.open_event(event, NOON)
    assert next_step(series, NOON).verb == "collect"
    actions.close_event(event, NOON + HOUR)
    assert next_step(series, NOON + HOUR).verb == "listen"
    assert db.session.query(Question).count() == 3
