"""A backup taken while the database is in use, and put back."""

import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import text

from tests.factories import make_event, make_series, make_user
from tests.test_migrations import empty_app  # noqa: F401
from webapp.accounts.audit import first_fault, head_of_chain
from webapp.extensions import db
from webapp.programme.models import Series


@pytest.fixture
def installed(empty_app: Flask) -> Iterator[Flask]:  # noqa: F811
    """An installation with one series."""
    flask_migrate.upgrade()
    make_event(make_series(make_user(), title="Kept"))
    yield empty_app


def run(app: Flask, *arguments: Any) -> Any:
    return app.test_cli_runner().invoke(args=[str(each) for each in arguments])


def titles() -> list[str]:
    db.session.remove()
    return [series.title for series in db.session.query(Series).order_by(Series.id)]


def test_a_backup_brings_back_what_was_there(installed: Flask, tmp_path: Path) -> None:
    made = run(installed, "backup", tmp_path / "copy.backup")
    assert made.exit_code == 0, made.output
    assert made.output.endswith("rows, checked.\n")
    make_series(title="Made later")

    refused = run(installed, "restore", tmp_path / "copy.backup")
    assert refused.exit_code == 1
    assert "The database is not empty" in refused.output
    assert titles() == ["Kept", "Made later"]

    done = run(installed, "restore", tmp_path / "copy.backup", "--replace")
    assert done.exit_code == 0, done.output
    assert titles() == ["Kept"]
    # The log goes on after the entry of the backup, and the database still guards it.
    assert head_of_chain()[0] == 2
    assert first_fault() is None
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(text("UPDATE audit_entry SET detail = ''"))
    db.session.rollback()


def test_a_backup_is_put_back_by_the_python_of_debian_12(
    installed: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_3_11_2(self: tarfile.TarFile, path: str = ".", members: Any = None, *, numeric_owner: bool = False) -> None:
        raise AssertionError("it would put files wherever the archive says")

    monkeypatch.setattr(tarfile.TarFile, "extractall", of_3_11_2)
    run(installed, "backup", tmp_path / "copy.backup")
    make_series(title="Made later")
    done = run(installed, "restore", tmp_path / "copy.backup", "--replace")
    assert done.exit_code == 0, done.output
    assert titles() == ["Kept"]


def test_a_file_without_a_database_is_no_backup(installed: Flask, tmp_path: Path) -> None:
    (tmp_path / "database").mkdir()
    for names in (["manifest.json"], ["manifest.json", "database"]):
        (tmp_path / "manifest.json").write_text("{}")
        with tarfile.open(tmp_path / "copy.backup", "w") as tar:
            for name in names:
                tar.add(tmp_path / name, name)
        refused = run(installed, "restore", tmp_path / "copy.backup", "--replace")
        assert refused.exit_code == 1
        assert "is no backup, or is not whole" in refused.output
    assert titles() == ["Kept"]


def test_a_backup_goes_into_an_empty_database(installed: Flask, tmp_path: Path) -> None:
    run(installed, "backup", tmp_path / "copy.backup")
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    if db.engine.dialect.name == "sqlite":
        db.engine.dispose()
        Path(str(db.engine.url.database)).unlink()
    done = run(installed, "restore", tmp_path / "copy.backup")
    assert done.exit_code == 0, done.output
    assert titles() == ["Kept"]


def test_a_backup_is_not_written_over(installed: Flask, tmp_path: Path) -> None:
    (tmp_path / "copy.backup").write_text("something else")
    assert run(installed, "backup", tmp_path / "copy.backup").exit_code == 1
    assert (tmp_path / "copy.backup").read_text() == "something else"


def test_a_damaged_backup_changes_nothing(installed: Flask, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    run(installed, "backup", file)
    content = bytearray(file.read_bytes())
    with tarfile.open(file) as tar:
        middle = tar.getmember("database").offset_data + 2000
    content[middle] ^= 0xFF
    file.write_bytes(content)
    for damaged in (file, tmp_path / "no.backup"):
        if damaged != file:
            damaged.write_bytes(b"not a backup at all")
        result = run(installed, "restore", damaged, "--replace")
        assert result.exit_code == 1
        assert titles() == ["Kept"]


def test_the_copy_is_a_database_of_its_own(installed: Flask, tmp_path: Path) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's dump is read by pg_restore alone")
    run(installed, "backup", tmp_path / "copy.backup")
    with tarfile.open(tmp_path / "copy.backup") as tar:
        tar.extract("database", tmp_path, filter="data")
    connection = sqlite3.connect(tmp_path / "database")
    assert connection.execute("SELECT title FROM series").fetchall() == [("Kept",)]
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
