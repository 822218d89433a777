"""Static files under names that hold their content's hash, compressed at start-up and kept by browsers for a year."""

import gzip
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from config import INSTANCE, ROOT

SOURCE = ROOT / "webapp" / "static"
YEAR = 365 * 24 * 3600


def hashed_name(name: str, content: bytes) -> str:
    """delegate.css -> delegate.1f3a9c04d2.css."""
    path = Path(name)
    return str(path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a second process, starting at the same time, sees all of it or none. What is there already
    is left alone: a server can start on a disk that takes no writing."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".")
    with open(handle, "wb") as out:
        out.write(content)
    os.chmod(part, 0o644)
    os.replace(part, path)


def publish(source: Path, target: Path) -> dict[str, str]:
    """Put each file of `source` into `target` as it is served, with its compressed twins. Returns new name by old."""
    names: dict[str, str] = {}
    for path in sorted(each for each in source.rglob("*") if each.is_file()):
        name, content = path.relative_to(source).as_posix(), path.read_bytes()
        names[name] = hashed_name(name, content)
        served = target / names[name]
        for suffix, compress in (("", bytes), (".br", brotli.compress), (".gz", gzip.compress)):
            twin = served.with_name(served.name + suffix)
            if not twin.exists():
                write_whole(twin, compress(content))
    return names


def as_what_it_is_named(headers: Headers, _path: str, _url: str) -> None:
    """No browser takes a file for anything else; pages say so in `response_headers`, which files do not pass."""
    headers["X-Content-Type-Options"] = "nosniff"


def serve_static_files(app: Flask) -> None:
    """WhiteNoise serves the published files before Flask is reached; `url_for("static", ...)` gives their names."""
    target = INSTANCE / "static"
    names = publish(SOURCE, target)
    served = WhiteNoise(
        app.wsgi_app, immutable_file_test=lambda _path, _url: True, add_headers_function=as_what_it_is_named
    )
    served.FOREVER = YEAR
    served.add_files(str(target), prefix="static/")
    app.wsgi_app = served  # type: ignore[method-assign]
    app.add_url_rule("/static/<path:filename>", endpoint="static", build_only=True)

    @app.url_defaults
    def use_hashed_name(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = names.get(values["filename"], values["filename"])
