"""The migrations make just what the models say, and go back to nothing, on the database that the tests run on."""

from collections.abc import Iterator
from pathlib import Path

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
