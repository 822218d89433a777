"""`flask backup FILE` and `flask restore FILE`: the whole database in one file, taken while it is in use, and checked.

The file is a tar of `database` (a SQLite file, or pg_dump's own format) and `manifest.json`, which says what it is, how
many rows each table has, and the SHA-256 of the other. Secrets that are kept beside the data are not in it.
"""

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import Connection, inspect, text

from . import backup_postgresql, backup_sqlite, wording
from .accounts.audit import record_audit
from .extensions import db

FORMAT = 1


class BackupError(click.ClickException):
    """The backup or the restoring did not happen; what was there before is there still."""


def join(app: Flask) -> None:
    app.cli.add_command(backup_command)
    app.cli.add_command(restore_command)


def kind_of_database() -> Any:
    """The module that copies this kind of database."""
    return backup_postgresql if db.engine.dialect.name == "postgresql" else backup_sqlite


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup_command(file: Path) -> None:
    """Write the whole database into FILE, while it is in use."""
    if file.exists():
        raise BackupError(f"{file} is there already. Nothing was written.")
    manifest = back_up(file, wording.now())
    rows = sum(manifest["rows"].values())
    click.echo(f"{file}: {len(manifest['rows'])} tables, {rows:,} rows, checked.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in place of what is in the database now, which is lost.")
@with_appcontext
def restore_command(file: Path, replace: bool) -> None:
    """Put the backup in FILE into the database. Stop web and worker first."""
    held = rows_held()
    if held and not replace:
        raise BackupError(f"The database is not empty ({held:,} rows). To lose them and restore, add --replace.")
    manifest = restore(file)
    record_audit("backup", f"restored the backup of {manifest['made_at']}", wording.now())
    db.session.commit()
    click.echo(f"{sum(manifest['rows'].values()):,} rows restored, and each table has as many as it had.")
    click.echo("Run `flask db upgrade` if the backup is of an older version.")


def back_up(file: Path, now: datetime) -> dict[str, Any]:
    """Copy, check the copy, and only then give it its name. Returns the manifest."""
    record_audit("backup", f"to {file.name}", now)
    db.session.commit()
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        copy, part = Path(folder) / "database", Path(folder) / "part"
        rows = kind_of_database().copy(copy, rows_in)
        manifest = {
            "format": FORMAT,
            "kind": db.engine.dialect.name,
            "made_at": now.isoformat(timespec="seconds"),
            "sha256": digest_of(copy),
            "rows": rows,
        }
        with tarfile.open(part, "w") as tar:
            about = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo("manifest.json")
            entry.size = len(about)
            tar.addfile(entry, io.BytesIO(about))
            tar.add(copy, "database")
        part.chmod(0o600)
        part.rename(file)
    return manifest


def restore(file: Path) -> dict[str, Any]:
    """Check the backup, put it in place in one transaction, and count again. Returns the manifest."""
    with tempfile.TemporaryDirectory(prefix="rapporteur-restore-") as folder:
        try:
            unpack(file, Path(folder))
            manifest = json.loads((Path(folder) / "manifest.json").read_text())
        except (tarfile.TarError, OSError, ValueError, KeyError) as error:
            raise BackupError(f"{file} is no backup, or is not whole: {error}") from error
        if manifest["kind"] != db.engine.dialect.name:
            raise BackupError(f"{file} is of a {manifest['kind']} database, and this is {db.engine.dialect.name}.")
        if digest_of(Path(folder) / "database") != manifest["sha256"]:
            raise BackupError(f"{file} is damaged: its SHA-256 is not what it was. Nothing was changed.")
        db.session.remove()
        db.engine.dispose()
        kind_of_database().put_back(Path(folder) / "database", manifest["rows"], rows_in)
    with db.engine.connect() as connection:
        if rows_in(connection) != manifest["rows"]:
            raise BackupError("The rows restored are not as many as in the backup. Do not serve from this database.")
    return dict(manifest)


def unpack(file: Path, folder: Path) -> None:
    """Only our two, one by one: what makes `extractall` safe is not in every Python 3.11, and not in Debian 12's."""
    with tarfile.open(file) as tar:
        for name in ("manifest.json", "database"):
            content = tar.extractfile(name)
            if content is None:
                raise tarfile.ReadError(f"{name} in it is no file")
            with content, (folder / name).open("wb") as out:
                shutil.copyfileobj(content, out)


def rows_in(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    quote = connection.dialect.identifier_preparer.quote
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.execute(text(f"SELECT count(*) FROM {quote(name)}")).scalar_one() for name in names}


def rows_held() -> int:
    """How many rows would be lost; the mark of the last migration is none."""
    with db.engine.connect() as connection:
        return sum(rows for name, rows in rows_in(connection).items() if name != "alembic_version")


def digest_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
