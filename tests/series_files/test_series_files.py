"""A series goes from one installation to another, and is the same there."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import join_series, make_event, make_series, make_user
from tests.series_files.whole_series import NAME, PRINTED_NAME, SAID, make_whole_series
from tests.test_migrations import empty_app  # noqa: F401
from webapp import create_app
from webapp.accounts.models import Membership, User
from webapp.accounts.models_audit import AuditEntry
from webapp.collect.models import Response
from webapp.collect.models_imports import FileImport
from webapp.extensions import db
from webapp.programme.models import Question, Series
from webapp.report.editions import latest_edition, published
from webapp.report.models import ReportDraft
from webapp.series_files.tables import LEFT_OUT, PARENTS
from webapp.themes.curation import PLACEMENT, placement_value
from webapp.themes.duplicates import wording_key
from webapp.themes.models import CurationEntry, Placement
from webapp.themes.replaying import replay


def run(app: Flask, *arguments: Any) -> Any:
    return app.test_cli_runner().invoke(args=[str(each) for each in arguments])


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A series file from an installation on SQLite, whatever the tests run on."""
    folder = tmp_path_factory.mktemp("there")
    there = create_app(
        {"TESTING": True, "TASKS_IMMEDIATE": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/there.db"}
    )
    with there.test_request_context():
        flask_migrate.upgrade()
        make_event(make_series(make_user("somebody.else@example.org")))
        series = make_whole_series(make_user("Olwen@example.org", "Olwen"), make_user("ed@example.org", "Ed"))
        done = run(there, "export-series", series.id, folder / "series.zip")
        assert done.exit_code == 0, done.output
        db.session.remove()
        db.engine.dispose()
    return folder / "series.zip"


@pytest.fixture
def here(empty_app: Flask) -> Iterator[Flask]:  # noqa: F811
    """An installation of its own with accounts, one of them of somebody whom the file names."""
    with empty_app.test_request_context():
        flask_migrate.upgrade()
        for email in ("new.owner@example.org", "a@example.org", "b@example.org"):
            make_user(email)
        make_user("OLWEN@example.org", "Olwen Here")
        yield empty_app


def rows(file: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(file) as archive:
        return [json.loads(line) for line in archive.read(f"{name}.jsonl").splitlines()]


def bring_in(app: Flask, file: Path) -> Any:
    return run(app, "import-series", file, "--owner", "new.owner@example.org")


def test_every_table_has_its_decision() -> None:
    assert {*PARENTS} | {*LEFT_OUT} == {*db.metadata.tables}
    assert not {*PARENTS} & {*LEFT_OUT}


def test_the_file_has_something_of_every_table_and_nothing_of_other_series(exported: Path) -> None:
    assert {name: len(rows(exported, name)) > 0 for name in PARENTS} == dict.fromkeys(PARENTS, True)
    assert [series["title"] for series in rows(exported, "series")] == ["What is carried"]
    assert {event["series_id"] for event in rows(exported, "event")} == {2}
    people = [{"number": 1, "email": "ed@example.org", "name": "Ed"}]
    people.append({"number": 2, "email": "olwen@example.org", "name": "Olwen"})
    assert rows(exported, "people") == people


def test_what_is_unfinished_or_was_cut_stays_behind(exported: Path) -> None:
    assert [(one["state"], one["content"]) for one in rows(exported, "file_import")] == [("done", None)]
    assert [one["state"] for one in rows(exported, "theme_run")] == ["done"]
    with zipfile.ZipFile(exported) as archive:
        words = {name: archive.read(name).decode() for name in archive.namelist()}
    cut = ("Quill", *PRINTED_NAME.split())
    assert not [name for name, text in words.items() for each in cut if each in text]
    # Of words of which all but a name is shown a digest tells the name to whoever tries some.
    sent = (f"Ask {NAME} about it — he knows.", SAID, f"Ask {PRINTED_NAME}, she knows what becomes of the figures.")
    assert not [name for name, text in words.items() for each in sent if wording_key(each) in text]
    sealed = rows(exported, "sealed_text")[0]
    (answer,) = [one for one in rows(exported, "answer") if one["id"] == sealed["answer_id"]]
    assert (
        answer["text"]
        == sealed["text"]
        == ("Targets come too late. Ask [name removed] about it — he knows. 😀 The soup was cold.")
    )
    there = [one for one in rows(exported, "redaction") if one["sealed_id"] == sealed["id"]]
    assert [sealed["text"][one["start"] : one["end"]] for one in there] == ["[name removed]"] * 2


def test_an_edition_from_before_a_cut_goes_as_its_readers_get_it(here: Flask, exported: Path) -> None:
    assert bring_in(here, exported).exit_code == 0
    edition = latest_edition(db.session.scalars(db.select(ReportDraft)).one())
    assert edition is not None
    shown = published(edition)
    assert shown.taken_back == 1
    assert "[name removed] helps." in [paragraph.text for paragraph in shown.report.all_paragraphs()]


def test_it_comes_in_and_goes_out_the_same(here: Flask, exported: Path, tmp_path: Path) -> None:
    done = bring_in(here, exported)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Series 2: 37 tables, ")
    assert done.output.endswith(
        "exported again and found the same.\nnew.owner@example.org owns it. Invite the others from its People page.\n"
    )

    db.session.expire_all()
    db.session.scalars(db.select(User).where(User.name == "Olwen Here")).one().name = "Olwen"
    db.session.commit()
    assert run(here, "export-series", 2, tmp_path / "again.zip").exit_code == 0
    assert (tmp_path / "again.zip").read_bytes() == exported.read_bytes()


def test_it_works_where_it_came_in(here: Flask, exported: Path) -> None:
    assert bring_in(here, exported).exit_code == 0
    series = db.session.get_one(Series, 2)
    olwen, ed = (db.session.scalars(db.select(User).where(User.name == name)).one() for name in ("Olwen Here", "Ed"))
    assert (ed.active, ed.password) == (False, None)
    assert [(one.user.email, one.role) for one in db.session.scalars(db.select(Membership))] == [
        ("new.owner@example.org", "owner")
    ]
    # The log's people are the accounts here, in its columns and within its values.
    entries = list(db.session.scalars(db.select(CurationEntry).order_by(CurationEntry.number)))
    assert [entry.actor_id for entry in entries[:3]] == [ed.id, olwen.id, ed.id]
    assert {change[3][2] for change in entries[0].changes} == {ed.id}
    # The log, replayed, gives the placements that stand.
    placed = {row: value for (field, row), value in replay(entries).items() if field == PLACEMENT}
    stands = db.session.scalars(db.select(Placement).where(Placement.statement_id.in_(placed)))
    assert {one.statement_id: placement_value(one) for one in stands} == placed
    draft = db.session.scalars(db.select(ReportDraft)).one()
    edition = latest_edition(draft)
    assert edition is not None
    assert published(edition).report.title
    # Rows that are added from now on find numbers of their own.
    make_event(series)
    added = Question(event_id=series.events[0].id, text="More?", kind="free_text", position=9)
    db.session.add(added)
    db.session.commit()
    assert added.id > max(one["id"] for one in rows(exported, "question"))
    assert db.session.scalars(db.select(AuditEntry.kind)).all() == ["import"]


def test_taken_numbers_are_refused_and_nothing_is_changed(here: Flask, exported: Path) -> None:
    assert bring_in(here, exported).exit_code == 0
    before = db.session.scalar(db.select(db.func.count()).select_from(Response))
    again = bring_in(here, exported)
    assert again.exit_code == 1
    assert "Number 2 of series is taken on this installation." in again.output
    assert db.session.scalar(db.select(db.func.count()).select_from(Response)) == before


def changed(file: Path, target: Path, entry: str, old: bytes, new: bytes, mend: bool = True) -> Path:
    """A copy in which something was put in another's place; with `mend`, under the SHA-256 that it then has."""
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert old in held[entry]
    held[entry] = held[entry].replace(old, new, 1)
    if mend and entry != "manifest.json":
        manifest = json.loads(held["manifest.json"])
        manifest["entries"][entry]["sha256"] = hashlib.sha256(held[entry]).hexdigest()
        held["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("entry", "old", "new", "mend", "said"),
    [
        ("answer.jsonl", b"twice", b"once!", False, "answer.jsonl is not what it was"),
        ("manifest.json", b'"version": 1', b'"version": 2', True, "no series file of a kind"),
        ("manifest.json", b'"schema": "', b'"schema": "x', True, "exported by another version"),
        ("manifest.json", b"{", b"[", True, "its manifest cannot be read"),
        ("manifest.json", b'"answer.jsonl"', b'"other.jsonl"', True, "does not hold what a series file holds"),
        ("event.jsonl", b'"series_id":2', b'"series_id":1', True, "hangs on a row that is not in the file"),
        ("event.jsonl", b'"title"', b'"tide"', True, "has other columns"),
        ("event.jsonl", b'"London"', b"5", True, "event.place holds '5'"),
        ("event.jsonl", b"+00:00", b"", True, "event.opens_at holds"),
        ("response.jsonl", b'"keyed_by_id":1', b'"keyed_by_id":9', True, "names a person who is not in the file"),
        ("people.jsonl", b"olwen@example.org", b"ed@example.org", True, "names a person twice"),
        ("theme_run.jsonl", b'"done"', b'"running"', True, "is unfinished"),
        ("statement.jsonl", b'"text":"Targets', b'"text":"T\\u0000argets', True, "statement.text holds"),
        ("series.jsonl", b"\n", b"\n[]\n", True, "Line 2 of series.jsonl is no row."),
        ("curation_entry.jsonl", b'"changes":[[', b'"changes":[["statement.placement"],[', True, "is not written as"),
    ],
)
def test_a_file_that_was_changed_is_refused(
    here: Flask, exported: Path, tmp_path: Path, entry: str, old: bytes, new: bytes, mend: bool, said: str
) -> None:
    refused = bring_in(here, changed(exported, tmp_path / "changed.zip", entry, old, new, mend))
    assert refused.exit_code == 1
    assert said in refused.output
    assert db.session.scalar(db.select(db.func.count()).select_from(Series)) == 0
    assert db.session.scalar(db.select(db.func.count()).select_from(User)) == 4


def test_what_is_no_archive_is_refused(here: Flask, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(exported.read_bytes()[:-50])
    assert "is no series file, or is not whole" in bring_in(here, tmp_path / "cut.zip").output


def test_the_commands_say_what_is_missing(app: Flask, organiser: User, tmp_path: Path) -> None:
    series = make_series(organiser)
    (tmp_path / "there").write_text("something")
    assert "is there already" in run(app, "export-series", series.id, tmp_path / "there").output
    assert "There is no series 999" in run(app, "export-series", 999, tmp_path / "new").output
    refused = run(app, "import-series", tmp_path / "there", "--owner", "nobody@example.org")
    assert "Nobody can sign in with the address nobody@example.org." in refused.output
    assert (tmp_path / "there").read_text() == "something"


def test_an_owner_downloads_it_and_the_log_says_so(signed_in: FlaskClient, organiser: User, tmp_path: Path) -> None:
    series = make_whole_series(organiser, make_user())
    assert "Words that were cut" in signed_in.get(f"/series/{series.id}/file").text
    file = signed_in.post(f"/series/{series.id}/file")
    assert file.headers["Content-Disposition"] == f"attachment; filename=series-{series.id}.zip"
    (tmp_path / "series.zip").write_bytes(file.data)
    assert [one["title"] for one in rows(tmp_path / "series.zip", "series")] == ["What is carried"]
    assert NAME.encode() not in file.data
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.kind == "export")).one()
    assert (entry.series_id, entry.actor, entry.detail) == (series.id, organiser.email, "the whole series as a file")


def test_it_waits_for_an_import_of_answers(signed_in: FlaskClient, organiser: User) -> None:
    series = make_whole_series(organiser, make_user())
    db.session.execute(db.update(FileImport).values(state="importing"))
    db.session.commit()
    refused = signed_in.post(f"/series/{series.id}/file")
    assert refused.status_code == 409
    assert "A file of answers is being imported" in refused.text


def test_editors_do_not_get_it(app: Flask, organiser: User) -> None:
    series, editor = make_series(organiser), make_user()
    join_series(editor, series, "editor")
    browser = browser_of(app, editor)
    assert [browser.get(f"/series/{series.id}/file").status_code] == [403]
    assert browser.post(f"/series/{series.id}/file").status_code == 403
