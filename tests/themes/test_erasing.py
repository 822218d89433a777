"""An owner erases a response: its words are in no table any more, and the board's accounts still balance."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_event, make_question, make_response, make_series, make_user
from webapp.accounts.models import User
from webapp.accounts.models_audit import AuditEntry
from webapp.collect.actions import correct_response, erase_response
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.programme.rules import NotValid
from webapp.themes import actions, reading, undoing
from webapp.themes.models import Board, Statement
from webapp.themes.queries import accounts_of
from webapp.themes.reading import read_statements

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser, organisation_types=["Harbour board"]), closes_at=NOON + timedelta(hours=1))


@pytest.fixture
def response(event: Event) -> Response:
    text, rating = make_question(event), make_question(event, "several_or_other", choices=["Tea"])
    said = {text: "The quokka targets come too late.", rating: {"choices": [], "other": "Wombat pie"}}
    made = make_response(event, said, organisation_type="Harbour board")
    make_response(event, {text: "Nobody reads the plans."})
    read_statements(event, NOON)
    return made


def whole_database() -> str:
    return "\n".join(str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()))


def board() -> Board:
    return db.session.scalars(db.select(Board).where(Board.about_project.is_(False))).one()


def spoken(response: Response) -> list[Statement]:
    return list(db.session.scalars(db.select(Statement).where(Statement.speaker_key == f"r{response.id}")))


def test_no_word_of_it_is_left_in_any_table_nor_what_was_corrected_or_cut(
    event: Event, response: Response, organiser: User
) -> None:
    (statement,) = spoken(response)
    actions.redact(statement, [(4, 10)], "name", organiser, NOON)
    answers = {answer.question_id: answer.value for answer in response.current_answers if answer.text is None}
    text = next(answer for answer in response.current_answers if answer.text is not None)
    correct_response(response, answers | {text.question_id: "The bandicoot targets."}, LATER, "Harbour board")
    read_statements(event, LATER)
    assert all(word in whole_database() for word in ("quokka", "bandicoot", "Wombat"))
    erase_response(response, "Asked for by letter", organiser, LATER)
    left = whole_database()
    assert not [word for word in ("quokka", "bandicoot", "Wombat") if word in left]
    assert [one.retired_at is not None for one in spoken(response)] == [True, True]


def test_what_is_erased_while_it_is_read_leaves_nothing(
    app: Flask, event: Event, response: Response, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = make_response(event, {make_question(event): "The numbat targets come too late."})
    late_id, organiser_id = late.id, organiser.id
    split = reading.analysis.split_statements

    def erase() -> None:
        with app.app_context():
            owner = db.session.get_one(User, organiser_id)
            erase_response(db.session.get_one(Response, late_id), "Asked", owner, LATER)

    def erased_meanwhile(text: str) -> list[tuple[int, int]]:
        monkeypatch.setattr(reading.analysis, "split_statements", split)
        other = threading.Thread(target=erase)
        other.start()
        other.join()
        return split(text)

    monkeypatch.setattr(reading.analysis, "split_statements", erased_meanwhile)
    db.session.commit()

    read_statements(event, LATER)
    db.session.expire_all()

    assert late.withdrawn_at is not None
    assert "numbat" not in whole_database()
    assert read_statements(event, LATER) == 0


def test_the_accounts_balance_and_other_words_stay(event: Event, response: Response, organiser: User) -> None:
    assert accounts_of([board().id]).received == 2
    erase_response(response, "Asked for by letter", organiser, LATER)
    accounts = accounts_of([board().id])
    assert accounts.received == 1 and accounts.balance
    assert "Nobody reads the plans." in whole_database()


def test_undoing_a_cut_of_what_was_erased_brings_nothing_back(response: Response, organiser: User) -> None:
    (statement,) = spoken(response)
    entry = actions.redact(statement, [(4, 10)], "name", organiser, NOON)
    erase_response(response, "Asked for by letter", organiser, LATER)
    undoing.undo(entry, organiser, LATER)
    assert "quokka" not in whole_database() and "targets" not in whole_database()


def test_it_is_erased_after_closing_too_with_a_reason_in_the_audit_log(response: Response, organiser: User) -> None:
    with pytest.raises(NotValid):
        erase_response(response, "  ", organiser, NOON)
    assert response.withdrawn_at is None
    erase_response(response, "Asked for by letter", organiser, NOON + timedelta(days=9))
    (entry,) = db.session.scalars(db.select(AuditEntry).where(AuditEntry.kind == "erasure"))
    assert entry.detail == f"response {response.id} to event {response.event_id}: Asked for by letter"


def test_owners_alone_erase_and_a_missing_reason_loses_nothing(
    app: Flask, signed_in: FlaskClient, client: FlaskClient, response: Response
) -> None:
    series = response.event.series
    editor = make_user("editor@example.org")
    join_series(editor, series, "editor")
    page = f"/series/{series.id}/collect/responses/{response.id}"
    theirs = browser_of(app, editor)
    assert theirs.post(f"{page}/erase", data={"reason": "Mine"}).status_code == 403
    assert "Erase this response" not in theirs.get(page).text and "Erase this response" in signed_in.get(page).text
    assert "quokka" in signed_in.get(f"{page}/erase").text
    refused = signed_in.post(f"{page}/erase", data={"reason": ""})
    assert refused.status_code == 400 and "Write why it is erased" in refused.text
    long = signed_in.post(f"{page}/erase", data={"reason": "x" * 301})
    assert long.status_code == 400 and "x" * 301 in long.text
    done = signed_in.post(f"{page}/erase", data={"reason": "By letter"}, follow_redirects=True)
    assert f"Response {response.id} is erased." in done.text and "quokka" not in done.text
    assert signed_in.get(page).status_code == 404
    gone = client.get(f"/r/{response.receipt_code}").text
    assert "This response was withdrawn on" in gone and "quokka" not in gone
