"""A real Chromium against a running server with a database of its own."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from webapp import create_app
from webapp.extensions import db, huey

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
PASSWORD = "a password for journeys"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    # Chromium refuses its sandbox to root, which a build machine's user often is.
    return {"executable_path": CHROMIUM, "args": [*quiet, *(["--no-sandbox"] if os.getuid() == 0 else [])]}


@pytest.fixture
def app_context() -> None:
    """Journeys look at the database only where they open a context of their own."""


@pytest.fixture(scope="session")
def live_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path_factory.mktemp('journeys')}/journeys.db"
    app = create_app({"SQLALCHEMY_DATABASE_URI": url, "TASKS_IMMEDIATE": True, "RATELIMIT_ENABLED": False})
    with app.app_context():
        db.create_all()
    yield app


@pytest.fixture
def site(live_app: Flask) -> Iterator[str]:
    """The address of a running server; its tasks are done at once, in the request that asks for them."""
    before, huey.flask_app = huey.flask_app, live_app
    server = make_server("127.0.0.1", 0, live_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    huey.flask_app = before


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Fails where axe finds a violation on the page as it stands."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page).response["violations"]
        told = [f"{v['id']}: {v['help']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return check


@pytest.fixture
def no_third_party(page: Page, site: str) -> Iterator[None]:
    """Fails where a page asked any other address for anything."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield
    strangers = [url for url in asked if not re.match(rf"{site}|data:|blob:|about:", url)]
    assert strangers == []


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(autouse=True)
def impatient(page: Page) -> None:
    page.set_default_timeout(15_000)
