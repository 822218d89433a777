"""What a page is served with: files under hashed names, and compression."""

import gzip
import re
from pathlib import Path

import brotli
from flask.testing import FlaskClient

from tests.factories import make_event, make_question
from webapp.static_files import SOURCE, hashed_name, publish, write_whole

CSS = re.compile(r'href="(/static/delegate\.[0-9a-f]{10}\.css)"')


def test_a_page_names_its_files_by_their_content_and_browsers_keep_them_for_a_year(client: FlaskClient) -> None:
    make_question(make_event(code="HALL"))
    address = CSS.search(client.get("/e/HALL").text).group(1)
    found = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert found.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Encoding"] == "br"
    assert brotli.decompress(found.data) == (SOURCE / "delegate.css").read_bytes()


def test_a_changed_file_has_another_name_and_the_old_one_stays(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    (source / "a.css").write_text("a{color:red}" * 40)
    first = publish(source, target)
    (source / "a.css").write_text("a{color:tan}" * 40)
    second = publish(source, target)
    assert first["a.css"] == hashed_name("a.css", b"a{color:red}" * 40) != second["a.css"]
    kept = sorted(path.name for path in target.iterdir())
    assert kept == sorted(f"{name}{twin}" for name in (first["a.css"], second["a.css"]) for twin in ("", ".br", ".gz"))
    assert gzip.decompress((target / f"{second['a.css']}.gz").read_bytes()) == b"a{color:tan}" * 40


def test_pages_travel_compressed_unless_their_address_asks_something(client: FlaskClient) -> None:
    make_question(make_event(code="HALL"))
    accepts = {"Accept-Encoding": "gzip, br"}
    plain, small = client.get("/e/HALL"), client.get("/e/HALL", headers=accepts)
    asked = client.get("/e/HALL?anything=at+all", headers=accepts)
    assert small.headers["Content-Encoding"] == "br" and "Accept-Encoding" in small.headers["Vary"]
    assert b"What gets in the way?" in brotli.decompress(small.data)
    assert [page.headers.get("Content-Encoding") for page in (plain, asked)] == [None, None]


def test_a_file_that_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.css"
    write_whole(path, b"a { color: red }")
    before = path.stat().st_ino
    write_whole(path, b"a { color: red }")
    assert path.stat().st_ino == before
    write_whole(path, b"a { color: blue }")
    assert path.read_bytes() == b"a { color: blue }" and path.stat().st_ino != before
