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
