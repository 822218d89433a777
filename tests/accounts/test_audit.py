"""The audit log: what is noted, and that nothing in it can be changed unseen."""

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests.conftest import browser_of
from tests.factories import NOON, join_series, make_event, make_response, make_series, make_user
from webapp.accounts import actions
from webapp.accounts.audit import first_fault, head_of_chain, record_audit, stands_in_chain
from webapp.accounts.models_audit import FIRST, AuditEntry
from webapp.accounts.queries import members_of
from webapp.extensions import db


def kinds() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


def three_entries() -> None:
    for detail in ("one", "two", "three"):
        record_audit("export", detail, NOON)
    db.session.commit()


def test_entries_are_numbered_and_each_holds_the_hash_of_the_one_before() -> None:
    three_entries()
    one, two, three = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    assert [one.number, two.number, three.number] == [1, 2, 3]
    assert [one.previous, two.previous, three.previous] == [FIRST, one.hash, two.hash]
    assert first_fault() is None
    assert head_of_chain() == (3, three.hash)


def test_what_is_rolled_back_is_not_recorded() -> None:
    record_audit("export", "never happened", NOON)
    db.session.rollback()
    assert kinds() == []


def test_a_kind_that_nobody_wrote_down_is_a_slip() -> None:
    with pytest.raises(ValueError, match="'exprot' is no kind of audit entry"):
        record_audit("exprot", "", NOON)


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE audit_entry SET detail = 'nothing' WHERE number = 2", "entry 2 was changed"),
        ("UPDATE audit_entry SET actor = 'eve@example.org' WHERE number = 1", "entry 1 was changed"),
        ("DELETE FROM audit_entry WHERE number = 2", "entry 2 is missing"),
        ("UPDATE audit_entry SET previous = hash WHERE number = 3", "entry 3 does not follow the one before it"),
    ],
)
def test_the_check_finds_what_was_changed_past_the_database(app: Flask, tampering: str, fault: str) -> None:
    three_entries()
    db.session.execute(text(tampering))
    db.session.commit()
    assert first_fault().reason == fault  # type: ignore[union-attr]
    result = app.test_cli_runner().invoke(args=["audit", "--check"])
    assert (result.exit_code, result.output) == (1, f"Error: The audit log's chain is broken: {fault}.\n")


def test_a_log_that_was_cut_off_has_lost_the_fingerprint_noted_earlier(app: Flask) -> None:
    three_entries()
    _, noted = head_of_chain()
    assert stands_in_chain(noted)
    run = app.test_cli_runner().invoke
    assert run(args=["audit", "--check", "--head", noted]).output.startswith("3 entries, every link holds.")
    db.session.execute(text("DELETE FROM audit_entry WHERE number = 3"))
    db.session.commit()
    assert first_fault() is None
    assert run(args=["audit", "--check", "--head", noted]).exit_code == 1


def test_writers_at_the_same_time_make_one_chain(app: Flask) -> None:
    def write() -> None:
        with app.app_context():
            for _ in range(5):
                record_audit("export", "", NOON)
                db.session.commit()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert first_fault() is None
    assert head_of_chain()[0] == 20


def test_two_owners_who_demote_each_other_at_once_leave_one(app: Flask) -> None:
    series = make_series(make_user())
    join_series(make_user(), series, "owner")
    series_id = series.id
    first, second = [member.id for member in members_of(series_id)]
    db.session.commit()
    refused: list[str] = []
    start = threading.Barrier(2)

    def demote(membership_id: int) -> None:
        with app.app_context():
            member = db.session.get_one(actions.Membership, membership_id)
            start.wait()
            try:
                actions.change_role(member, "viewer", NOON)
            except actions.Refused as error:
                refused.append(str(error))
                db.session.rollback()

    threads = [threading.Thread(target=demote, args=(each,)) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert sorted(member.role for member in members_of(series_id)) == ["owner", "viewer"]
    assert len(refused) == 1


def test_sign_ins_and_failures_are_recorded_without_what_was_typed(client: FlaskClient) -> None:
    ada = actions.create_organiser("ada@example.org", "Ada", "correct horse battery", NOON)
    for email, password in (
        ("ada@example.org", "wrong"),
        ("my-password-by-mistake@example.org", "x"),
        ("ada@example.org", "correct horse battery"),
    ):
        client.post("/sign-in", data={"email": email, "password": password})
    client.post("/sign-out")
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [(entry.kind, entry.actor_id, entry.detail) for entry in entries[1:]] == [
        ("sign-in failed", ada.id, "wrong password"),
        ("sign-in failed", None, "no such account"),
        ("sign-in", ada.id, ""),
        ("sign-out", ada.id, ""),
    ]
    assert {entry.address for entry in entries[1:]} == {"127.0.0.1"}


def test_exports_and_withdrawals_are_recorded(app: Flask) -> None:
    ada = make_user()
    series = make_series(ada)
    event = make_event(series, opens_at=None)
    event.opens_at = NOON
    response = make_response(event)
    browser = browser_of(app, ada)
    assert browser.get(f"/series/{series.id}/report.md").status_code == 200
    assert browser.get(f"/series/{series.id}/themes/log.csv").status_code == 200
    assert app.test_client().post(f"/r/{response.receipt_code}/withdraw").status_code == 303
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [(entry.kind, entry.actor, entry.series_id, entry.detail) for entry in entries] == [
        ("export", ada.email, series.id, "report as Markdown"),
        ("export", ada.email, series.id, "curation log as CSV"),
        ("withdrawal", "", series.id, f"a response to event {event.id}, by its receipt"),
    ]
    # A delegate stays nobody in particular.
    assert entries[2].address == ""
