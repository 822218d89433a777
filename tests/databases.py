"""The database that the tests run on: SQLite, or a PostgreSQL cluster of their own where TEST_DATABASE=postgresql."""

import getpass
import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or [shutil.which("initdb") or ""]
    return Path(found[-1]).parent if found[-1] else None


@contextmanager
def postgres_cluster() -> Iterator[str]:
    """A PostgreSQL server with a socket in a folder of its own; yields its SQLAlchemy URL."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs are not installed on this machine")
    folder = Path(tempfile.mkdtemp(prefix="rapporteur-pg-"))
    # The server refuses to run as root, so that root runs it as the account that Debian made for it.
    become = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    if become:
        shutil.chown(folder, "postgres")
    run = [
        *become,
        str(programs / "initdb"),
        "-D",
        f"{folder}/data",
        "-U",
        "rapporteur",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    ]
    subprocess.run(run, check=True, capture_output=True, cwd=folder)
    options = f"-k {folder} -h '' -F -c full_page_writes=off"
    control = [
        *become,
        str(programs / "pg_ctl"),
        "-D",
        f"{folder}/data",
        "-w",
        "-l",
        f"{folder}/log",
        "-o",
        options,
    ]
    subprocess.run([*control, "start"], check=True, capture_output=True, cwd=folder)
    try:
        yield f"postgresql+psycopg://rapporteur@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def for_tests() -> Iterator[str]:
    if os.environ.get("TEST_DATABASE") == "postgresql":
        with postgres_cluster() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(prefix="rapporteur-db-") as folder:
            yield f"sqlite:///{folder}/test.db"


def empty(db: SQLAlchemy) -> None:
    """Delete every row of every table."""
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
            # A test that left a transaction open fails here, instead of hanging.
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(db.metadata.sorted_tables):
                connection.execute(table.delete())
            connection.exec_driver_sql("DELETE FROM sqlite_sequence")
