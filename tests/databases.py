"""The database that the tests run on: SQLite, or a PostgreSQL cluster of their own where TEST_DATABASE=postgresql."""

import getpass
import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData


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
    """Delete every row of every table, and begin to number anew."""
    # After each test: what is empty already costs next to nothing.
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            # A test that left a transaction open fails here, instead of hanging.
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            connection.exec_driver_sql(EMPTY_POSTGRESQL)
    else:
        with closing(db.engine.raw_connection()) as connection:
            connection.driver_connection.executescript(empty_sqlite(db.metadata))


@cache
def empty_sqlite(metadata: MetaData) -> str:
    deletes = "".join(f'DELETE FROM "{table.name}";' for table in reversed(metadata.sorted_tables))
    deletes += "DELETE FROM sqlite_sequence;"
    return f"PRAGMA foreign_keys=OFF; BEGIN; {deletes} COMMIT; PRAGMA foreign_keys=ON"


EMPTY_POSTGRESQL = """
DO $$
DECLARE
    name text;
    filled text[] := '{}';
    found boolean;
BEGIN
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO found;
        IF found THEN filled := filled || name; END IF;
    END LOOP;
    IF cardinality(filled) > 0 THEN EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' CASCADE'; END IF;
    FOR name IN
        SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
    END LOOP;
END $$
"""
