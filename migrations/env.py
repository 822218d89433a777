"""Runs the migrations on the app's own database, each in a transaction of its own."""

from typing import Any

from alembic import context
from flask import current_app
from flask_security import AsaList

from webapp.extensions import UtcDateTime, db


def render_type(kind: str, item: Any, _autogenerate: Any) -> str | bool:
    """Write the app's own column types as what the database sees, so that old migrations never import the app."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AsaList):
        return "sa.Text()"
    return False


with db.engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        # SQLite changes a column by making the table anew. With foreign keys on, dropping the old table would delete
        # every row that refers to it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_type,
        transaction_per_migration=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
