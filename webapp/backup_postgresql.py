"""A PostgreSQL database copied by pg_dump and put back by pg_restore and psql, which have to be installed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import Connection, text

from .extensions import db


def copy(target: Path, rows_in: Callable[[Connection], dict[str, int]]) -> dict[str, int]:
    """Dump the database as it stands at one moment; the rows are counted at the same. Returns them by table."""
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        rows = rows_in(connection)
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        run("pg_dump", *options, "--schema=public", f"--file={target}")
    # Its list can be read only where the file is whole.
    run("pg_restore", "--list", str(target))
    return rows


def put_back(source: Path, rows: dict[str, int], _rows_in: Callable[[Connection], dict[str, int]]) -> None:
    """Empty the database and fill it again, in one transaction: where any of it fails, nothing has happened."""
    script = source.with_name("restore.sql")
    run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
    # The dump begins by making the schema that it holds.
    clear = "DROP SCHEMA IF EXISTS public CASCADE"
    options = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    run("psql", *options, f"--command={clear}", f"--file={script}")


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database; the password travels in the environment, not in the list."""
    if shutil.which(program) is None:
        raise click.ClickException(f"{program} is not installed. On Debian it is in the package postgresql-client.")
    url = db.engine.url
    where = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    environment = os.environ | {name: str(value) for name, value in where.items() if value}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"{program} failed, and nothing was changed:\n{done.stderr.strip()}")
