"""A SQLite database copied and put back by SQLite's own backup, which waits for nobody and stops nobody."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import Connection, create_engine

from .extensions import db


def copy(target: Path, rows_in: Callable[[Connection], dict[str, int]]) -> dict[str, int]:
    """Copy the database into a file as it stands at one moment, and check the copy. Returns the rows by table."""
    with closing(sqlite3.connect(str(db.engine.url.database))) as source, closing(sqlite3.connect(target)) as made:
        source.backup(made, pages=2000, sleep=0.01)
        # One file, without the journal beside it.
        made.execute("PRAGMA journal_mode=DELETE")
    return checked(target, rows_in)


def checked(file: Path, rows_in: Callable[[Connection], dict[str, int]]) -> dict[str, int]:
    """The rows by table of a SQLite file that is whole."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or broken:
        raise click.ClickException(f"The copy is not sound ({found}; {broken}). Nothing was changed.")
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            return rows_in(connection)
    finally:
        engine.dispose()


def put_back(source: Path, rows: dict[str, int], rows_in: Callable[[Connection], dict[str, int]]) -> None:
    """Put a checked copy in place of the database, whole or not at all."""
    if checked(source, rows_in) != rows:
        raise click.ClickException("The backup's rows are not as many as it says. Nothing was changed.")
    with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(str(db.engine.url.database))) as target:
        target.execute("PRAGMA busy_timeout=10000")
        kept.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
