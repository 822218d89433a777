"""The migrations make just what the models say, and go back to nothing, on the database that the tests run on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from tests.factories import NOON
from webapp import create_app
from webapp.accounts.audit import first_fault, head_of_chain, record_audit
from webapp.extensions import db


@pytest.fixture
def empty_app(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An app on an empty database of its own."""
    url = f"sqlite:///{tmp_path}/migrations.db"
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("DROP DATABASE IF EXISTS migrations")
            connection.exec_driver_sql("CREATE DATABASE migrations")
        url = db.engine.url.set(database="migrations").render_as_string(hide_password=False)
    empty = create_app({"TESTING": True, "TASKS_IMMEDIATE": True, "SQLALCHEMY_DATABASE_URI": url})
    with empty.app_context():
        yield empty
        db.session.remove()
        db.engine.dispose()


def test_up_gives_the_models_tables_and_down_takes_all_away(empty_app: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []

    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]

    flask_migrate.upgrade()
    assert set(inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}


def test_what_an_old_database_holds_is_there_after_the_upgrade(empty_app: Flask) -> None:
    """SQLite makes a table anew to change a column: nothing that refers to the old one may go with it."""
    flask_migrate.upgrade(revision="0001")
    day = "'2003-07-08 12:00:00+00:00'"
    rows = (
        "INSERT INTO series (id, title, purpose, organisers, what_next, about_bodies, contacts, organisation_types,"
        f" facet_words, small_group, created_at) VALUES (1, 'S', '', '', '', '', '', '[]', '{{}}', 5, {day})",
        "INSERT INTO event (id, series_id, title, place, starts_on, time_zone, code, default_consent, ask_consent,"
        f" created_at) VALUES (1, 1, 'E', '', '2003-07-08', 'UTC', 'CODE', 'quote', true, {day})",
        "INSERT INTO question (id, event_id, text, help, kind, choices, required, about_project, position)"
        " VALUES (1, 1, 'Why?', '', 'free_text', '[]', false, false, 1)",
        "INSERT INTO response (id, event_id, client_key, receipt_code, organisation_type, consent, received_at)"
        f" VALUES (1, 1, 'key', 'receipt', '', 'quote', {day})",
        "INSERT INTO answer (id, response_id, question_id, text) VALUES (1, 1, 1, 'Because')",
    )
    for row in rows:
        db.session.execute(text(row))
    db.session.commit()
    flask_migrate.upgrade()
    for table in ("series", "event", "question", "response", "answer"):
        assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 1, table
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


def shapes() -> dict[str, Any]:
    """Each table's columns, constraints and indexes."""
    found = inspect(db.engine)
    parts = ("columns", "foreign_keys", "unique_constraints", "check_constraints", "indexes")
    return {
        f"{table} {part}": sorted(json.dumps(each, default=str) for each in getattr(found, f"get_{part}")(table))
        for table in found.get_table_names()
        for part in parts
    }


def test_tables_whose_numbers_are_given_once_keep_their_shape_and_their_rows(empty_app: Flask) -> None:
    flask_migrate.upgrade(revision="encoding")
    day = "'2003-07-08 12:00:00+00:00'"
    columns = "id, board_id, event_id, answer_id, channel, speaker_key, organisation_type, weight, consent, start"
    columns += ', "end", text, wording_key, source_key, kept_apart, practice_vouched_by, read_at'
    said = f"1, 1, 1, 'written', 'r1', '', 'one', 'quote', {{}}, 9, 'Because', '', '', false, '', {day}"
    statement = f"INSERT INTO statement ({columns}) VALUES ({{}}, {said})"
    rows = (
        "INSERT INTO series (id, title, purpose, organisers, what_next, about_bodies, contacts, organisation_types,"
        f" facet_words, small_group, created_at) VALUES (1, 'S', '', '', '', '', '', '[]', '{{}}', 5, {day})",
        "INSERT INTO event (id, series_id, title, place, starts_on, time_zone, code, default_consent, ask_consent,"
        f" created_at) VALUES (1, 1, 'E', '', '2003-07-08', 'UTC', 'CODE', 'quote', true, {day})",
        "INSERT INTO question (id, event_id, text, help, kind, choices, required, about_project, position)"
        " VALUES (1, 1, 'Why?', '', 'free_text', '[]', false, false, 1)",
        "INSERT INTO response (id, event_id, client_key, receipt_code, organisation_type, consent, received_at)"
        f" VALUES (1, 1, 'key', 'receipt', '', 'quote', {day})",
        "INSERT INTO answer (id, response_id, question_id, text) VALUES (1, 1, 1, 'Because')",
        "INSERT INTO board (id, series_id, about_project, version) VALUES (1, 1, false, 1)",
        statement.format(1, 0),
        statement.format(2, 1),
        "UPDATE statement SET duplicate_of_id = 1 WHERE id = 2",
        # A decision on a theme, and messages about a response: all of them deleted since.
        "INSERT INTO curation_entry (id, board_id, number, at, verb, summary, note, changes, undone)"
        f""" VALUES (1, 1, 1, {day}, 'rename', '', '', '[["theme.title", 12, "a", "b"]]', false)""",
        "INSERT INTO report_draft (id, series_id, slug, version, numbers, begun_at)"
        f" VALUES (1, 1, 's', 1, '{{}}', {day})",
        "INSERT INTO edition (id, draft_id, number, contents, published_at, unpublished_reason)"
        f""" VALUES (1, 1, 1, '{{"statements": [{{"id": 1}}, {{"id": 40}}]}}', {day}, '')""",
    )
    for row in rows:
        db.session.execute(text(row))
    db.session.commit()
    before = shapes()
    flask_migrate.upgrade(revision="numbers_never_again")
    assert shapes() == before
    kept = "SELECT id, start, text, duplicate_of_id, retired_at, not_personal FROM statement ORDER BY id"
    assert [tuple(row) for row in db.session.execute(text(kept))] == [
        (1, 0, "Because", None, None, False),
        (2, 1, "Because", 1, None, False),
    ]
    with pytest.raises(DatabaseError):
        db.session.execute(text(statement.format(3, 0)))
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        numbers = dict(db.session.execute(text("SELECT name, seq FROM sqlite_sequence")).tuples().all())
        assert (numbers["statement"], numbers["theme"], numbers["answer"], numbers["redaction"]) == (40, 12, 1, 0)
    db.session.commit()
    flask_migrate.downgrade(revision="encoding")
    assert shapes() == before
    flask_migrate.upgrade()
    if db.engine.dialect.name == "sqlite":
        made = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).tuples()
        once = {name for name, sql in made if "AUTOINCREMENT" in sql}
        assert once == {table.name for table in db.metadata.tables.values() if table.kwargs.get("sqlite_autoincrement")}


def test_the_database_refuses_to_change_or_delete_an_entry(empty_app: Flask) -> None:
    flask_migrate.upgrade()
    for detail in ("one", "two", "three"):
        record_audit("export", detail, NOON)
    db.session.commit()
    attempts = [
        "UPDATE audit_entry SET detail = 'nothing'",
        "DELETE FROM audit_entry WHERE number = 3",
        "DELETE FROM audit_entry",
    ]
    if db.engine.dialect.name == "postgresql":
        attempts.append("TRUNCATE audit_entry")
    else:
        attempts.append("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 1")
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="the audit log is append-only"):
            db.session.execute(text(attempt))
        db.session.rollback()
    record_audit("export", "four", NOON)
    db.session.commit()
    assert head_of_chain()[0] == 4
    assert first_fault() is None
