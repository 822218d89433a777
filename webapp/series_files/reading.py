"""A series out of its file: every number is kept, every row is checked, and all of it comes in or none."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from ..accounts.audit import record_audit
from ..accounts.models import Membership, User
from ..extensions import db
from ..report.logos import checked_logo
from .people import accounts_for, rename_people
from .tables import KEPT_STATES, LEFT_OUT, PARENTS, SEALED, key_of, people_columns, refers_to, table_named
from .values import SeriesFileError, read
from .writing import FORMAT, MANIFEST, PEOPLE, VERSION, lines_of, schema_of

AT_ONCE = 500
Numbers = dict[str, set[int]]


def import_series(file: Path, owner: User, now: datetime) -> tuple[int, dict[str, Any]]:
    """Bring the series in, with `owner` as its one owner. Returns its number and the manifest.

    It is exported again before anything is kept: SeriesFileError, and nothing changed, where that gives other lines.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = checked_manifest(archive)
            series_id = add_rows(archive, manifest)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise SeriesFileError(f"{file} is no series file, or is not whole: {error}") from error
    except (IntegrityError, DataError) as error:
        raise SeriesFileError(f"The file does not fit this installation: {error.orig}") from error
    db.session.add(Membership(user_id=owner.id, series_id=series_id, role="owner", since=now))
    go_on_counting()
    check_again(series_id, manifest)
    record_audit("import", f"series {series_id} from a series file, for {owner.email}", now, series_id=series_id)
    db.session.commit()
    return series_id, manifest


def checked_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What the file says of itself. SeriesFileError where this installation cannot take it."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        known = manifest["format"] == FORMAT and manifest["version"] == VERSION
        entries = manifest["entries"]
        names = {*entries}
        complete = all({*about} == {"rows", "sha256"} for about in entries.values())
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SeriesFileError("It is no series file: its manifest cannot be read.") from error
    if not known:
        raise SeriesFileError("It is no series file of a kind that this version can read.")
    if manifest.get("schema") != schema_of(db.session.connection()):
        raise SeriesFileError(
            "It was exported by another version. Bring both installations to the same version, then export it again."
        )
    wanted = {PEOPLE, *(f"{name}.jsonl" for name in PARENTS)}
    if names != wanted or {*archive.namelist()} != {*wanted, MANIFEST} or not complete:
        raise SeriesFileError("The file does not hold what a series file holds.")
    return dict(manifest)


def rows_in(archive: zipfile.ZipFile, name: str, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of an entry; after the last one, SeriesFileError where they are not those that were written."""
    digest, count = hashlib.sha256(), 0
    with archive.open(name) as content:
        for line in io.BufferedReader(content):  # type: ignore[arg-type]
            digest.update(line)
            count += 1
            try:
                row = json.loads(line)
            except ValueError as error:
                raise SeriesFileError(f"Line {count} of {name} cannot be read.") from error
            if not isinstance(row, dict):
                raise SeriesFileError(f"Line {count} of {name} is no row.")
            yield row
    if digest.hexdigest() != about["sha256"] or count != about["rows"]:
        raise SeriesFileError(f"The file is damaged: {name} is not what it was. Nothing was changed.")


def add_rows(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    """Add every row, in the caller's transaction. Returns the number of the series."""
    entries = manifest["entries"]
    accounts = accounts_for(list(rows_in(archive, PEOPLE, entries[PEOPLE])))
    numbers: Numbers = {}
    for name in PARENTS:
        table = table_named(name)
        numbers[name] = set()
        later: list[dict[str, Any]] = []
        rows: list[dict[str, Any]] = []
        for given in rows_in(archive, f"{name}.jsonl", entries[f"{name}.jsonl"]):
            rows.append(checked_row(table, given, numbers, accounts))
            later += held_back(table, rows[-1])
            if len(rows) == AT_ONCE:
                add_some(table, rows)
                rows = []
        add_some(table, rows)
        add_references(table, later, numbers[name])
    if len(numbers["series"]) != 1:
        raise SeriesFileError("The file holds more or less than one series.")
    return numbers["series"].pop()


def checked_row(table: Table, given: dict[str, Any], numbers: Numbers, accounts: dict[int, int]) -> dict[str, Any]:
    """The row as it is to be stored: every column, no other, and naming nothing that is not in the file."""
    if [*given] != [column.name for column in table.columns]:
        raise SeriesFileError(f"A row of {table.name} has other columns than it has here.")
    row = {column.name: read(column, given[column.name]) for column in table.columns}
    named = [row[column] for column in people_columns(table) if row[column] is not None]
    try:
        rename_people(table.name, row, accounts)
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise SeriesFileError(f"A row of {table.name} is not written as it is here.") from error
    if any(number not in accounts for number in named):
        raise SeriesFileError(f"A row of {table.name} names a person who is not in the file.")
    for column in table.columns:
        target = refers_to(column)
        elsewhere = target in numbers and target != table.name and row[column.name] is not None
        if elsewhere and row[column.name] not in numbers[target]:
            raise SeriesFileError(f"A row of {table.name} hangs on a row that is not in the file.")
    check_by_kind(table.name, row)
    number = row[key_of(table).name]
    if not number > 0 or number in numbers[table.name]:
        raise SeriesFileError(f"Two rows of {table.name} have the number {number}.")
    numbers[table.name].add(number)
    return row


def check_by_kind(name: str, row: dict[str, Any]) -> None:
    """What a form would have refused."""
    if name in KEPT_STATES and row["state"] not in KEPT_STATES[name]:
        raise SeriesFileError(f"A row of {name} is unfinished.")
    if (
        name == "series_brand"
        and row["logo"] is not None
        and checked_logo(row["logo"]) != (row["logo_kind"], row["logo"])
    ):
        raise SeriesFileError("The logo is not as it would be kept here.")
    if name == "sealed_text" and sum(row[column] is not None for column in SEALED) != 1:
        raise SeriesFileError("A sealed text has not one source.")


def held_back(table: Table, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Take out of the row what names another row of its own table, which may not be there yet."""
    own = [column.name for column in table.columns if refers_to(column) == table.name and row[column.name] is not None]
    if not own:
        return []
    taken = {"row": row["id"], **{column: row[column] for column in own}}
    row.update(dict.fromkeys(own))
    return [taken]


def add_references(table: Table, later: list[dict[str, Any]], here: set[int]) -> None:
    for taken in later:
        values = {name: value for name, value in taken.items() if name != "row"}
        if not here.issuperset(values.values()):
            raise SeriesFileError(f"A row of {table.name} hangs on a row that is not in the file.")
        db.session.execute(update(table).where(table.c.id == taken["row"]).values(values))


def add_some(table: Table, rows: list[dict[str, Any]]) -> None:
    """Add the rows; SeriesFileError where a number of theirs is somebody else's here."""
    if not rows:
        return
    key = key_of(table)
    taken = db.session.scalar(select(func.min(key)).where(key.in_([row[key.name] for row in rows])))
    if taken is not None:
        raise SeriesFileError(
            f"Number {taken} of {table.name} is taken on this installation. A series keeps its numbers, because "
            "reports, files and addresses name them: import it where there is no other data, or where it came from "
            "after it was deleted there."
        )
    db.session.execute(insert(table), rows)


def go_on_counting() -> None:
    """PostgreSQL counts by itself: from here on beyond the numbers that came in."""
    if db.session.connection().dialect.name != "postgresql":
        return
    for name in PARENTS:
        key = key_of(table_named(name))
        sequence = db.session.scalar(
            text("SELECT pg_get_serial_sequence(:name, :key)"), {"name": name, "key": key.name}
        )
        if sequence is not None:
            last = func.greatest(func.coalesce(func.max(key), 0), func.nextval(sequence))
            db.session.execute(select(func.setval(sequence, last)))


def check_again(series_id: int, manifest: dict[str, Any]) -> None:
    """Export it from here, and compare: all but the people's names, which are theirs on this installation."""
    for name, lines in lines_of(db.session.connection(), series_id):
        digest, count = hashlib.sha256(), 0
        for line in lines:
            digest.update(line)
            count += 1
        same = name == PEOPLE or digest.hexdigest() == manifest["entries"][name]["sha256"]
        if not same or count != manifest["entries"][name]["rows"]:
            raise SeriesFileError(f"{name} does not come out as it went in. Nothing was changed.")


assert not {*PARENTS} & {*LEFT_OUT}
