"""A series in one file: a ZIP of one line of JSON for each row, by table, and a manifest with their SHA-256.

The same series gives the same bytes, here and where it was imported: no moment of writing stands in it.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from alembic.migration import MigrationContext
from sqlalchemy import Connection, select

from ..extensions import db
from .people import people_of, rename_people
from .sealed import Seals, leave_words_behind, seals_of
from .tables import EMPTIED, PARENTS, belongs, key_of, keys_in, table_named
from .values import SeriesFileError, line_of, written

FORMAT = "rapporteur series"
VERSION = 1
MANIFEST, PEOPLE = "manifest.json", "people.jsonl"
# The earliest moment that a ZIP can hold.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)


@contextmanager
def one_moment() -> Iterator[Connection]:
    """A connection that sees the database as it stands at one moment, whatever is written meanwhile."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            # The driver begins a transaction before it writes, and not before it reads.
            connection.exec_driver_sql("BEGIN")
        yield connection


def export_series(series_id: int, file: Path) -> dict[str, Any]:
    """Write the series into a file that is not there yet. Returns the manifest."""
    with one_moment() as connection, tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder:
        part = Path(folder) / "part"
        with part.open("wb") as out:
            manifest = write_series(connection, series_id, out)
        part.chmod(0o600)
        os.link(part, file)
    return manifest


def write_series(connection: Connection, series_id: int, out: BinaryIO) -> dict[str, Any]:
    """Write the series as the connection sees it. SeriesFileError while a file of answers is being imported."""
    imports = table_named("file_import")
    if connection.scalar(
        select(imports.c.id).where(imports.c.series_id == series_id, imports.c.state == "importing").limit(1)
    ):
        raise SeriesFileError("A file of answers is being imported into the series. Try again when that has finished.")
    manifest: dict[str, Any] = {"format": FORMAT, "version": VERSION, "schema": schema_of(connection)}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        manifest["entries"] = {
            name: write_entry(archive, name, lines) for name, lines in lines_of(connection, series_id)
        }
        archive.writestr(entry_named(MANIFEST), json.dumps(manifest, indent=1))
    return manifest


def schema_of(connection: Connection) -> str:
    """The last migration of the database: a file fits where the tables are the same."""
    return MigrationContext.configure(connection).get_current_revision() or "none"


def lines_of(connection: Connection, series_id: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each entry's name and its lines: the people, then the tables, a row's parents always before it."""
    people = people_of(connection, series_id)
    numbers = {person.id: number for number, person in enumerate(people, start=1)}
    yield (
        PEOPLE,
        (
            line_of({"number": number, "email": person.email, "name": person.name})
            for number, person in enumerate(people, start=1)
        ),
    )
    seals = seals_of(connection, series_id)
    for name in PARENTS:
        yield f"{name}.jsonl", rows_of(connection, name, series_id, numbers, seals)


def rows_of(
    connection: Connection, name: str, series_id: int, numbers: dict[int, int], seals: Seals
) -> Iterator[bytes]:
    table = table_named(name)
    query = select(table).where(belongs(name, series_id)).order_by(key_of(table))
    questions = set(connection.scalars(keys_in(name, series_id))) if name == "question" else set()
    for row in connection.execute(query.execution_options(yield_per=500)).mappings():
        values = {
            column.name: None if (name, column.name) in EMPTIED else written(column, row[column.name])
            for column in table.columns
        }
        rename_people(name, values, numbers)
        leave_words_behind(connection, name, values, seals)
        if name == "question" and values["copied_from_id"] not in questions:
            # Copied from another series, which is not there.
            values["copied_from_id"] = None
        yield line_of(values)


def write_entry(archive: zipfile.ZipFile, name: str, lines: Iterator[bytes]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with archive.open(entry_named(name), "w", force_zip64=True) as out:
        for line in lines:
            out.write(line)
            digest.update(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def entry_named(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
