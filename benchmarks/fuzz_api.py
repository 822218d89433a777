"""Schemathesis over the JSON API on a production server with the demo's series, MINUTES long (10): how many requests,
how many server errors, and how many answers that are not what the OpenAPI description says.

On SQLite; `fuzz_api.py postgresql` runs on a PostgreSQL of its own."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from serving import ROOT, prepare_instance, production
from serving.fitting_answers import CHOICES

MINUTES = float(os.environ.get("MINUTES", "10"))
SEED = os.environ.get("SEED", "7")
# Half of the time an id of something that there is; else whatever the description allows.
KNOWN = 0.5
# Schemathesis' checks, by what they find.
KINDS = {"not_a_server_error": "server errors"}
CONFORMANCE = ("status_code", "content_type", "response_headers", "response_schema", "allow_header")
KINDS |= {f"{what}_conformance": "schema breaches" for what in CONFORMANCE}


def load() -> tuple[str, dict[str, list[int]]]:
    """The demo's series, all its rows; a token that may do everything, and a few ids of each kind of thing."""
    from sqlalchemy import select

    from webapp import create_app
    from webapp.accounts.models import User
    from webapp.api.models import SCOPES
    from webapp.api.tokens import make_token
    from webapp.collect.models import Response
    from webapp.errors import DomainError
    from webapp.extensions import db
    from webapp.programme.models import Event, Question, Series
    from webapp.report.models import Edition
    from webapp.report.publishing import publish
    from webapp.themes.models import Statement, Theme

    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    for command in (["db", "upgrade"], ["demo", "--if-empty"]):
        subprocess.run([*flask, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with create_app().app_context():
        at = datetime.now(UTC)
        owner, series = db.session.scalars(select(User)).first(), db.session.scalars(select(Series)).first()
        event, asked = every_kind(series, at)
        with suppress(DomainError):
            publish(series, None, owner, at)
        _token, text = make_token(owner, "Fuzzing", list(SCOPES), at + timedelta(days=1), at)
        kinds = {"series": Series, "event": Event, "question": Question, "response": Response}
        kinds |= {"statement": Statement, "theme": Theme, "edition": Edition}
        ids = {name: some_of(kind) for name, kind in kinds.items()}
        ids |= {"open": [event], "asked": list(asked)}
        os.environ["FUZZ_ASKED"] = json.dumps(asked)
        db.engine.dispose()
    return text, ids


def some_of(kind: Any) -> list[int]:
    from sqlalchemy import select

    from webapp.extensions import db

    return list(db.session.scalars(select(kind.id).order_by(kind.id).limit(20)))


def every_kind(series: Any, at: datetime) -> tuple[int, dict[int, str]]:
    """An open event that asks a question of each kind and requires none: what is sent there can be taken. Its id, and
    the kind of each of its questions."""
    from webapp.extensions import db
    from webapp.programme.models import QUESTION_KINDS, Event, Question
    from webapp.programme.rules import KINDS_WITH_CHOICES

    when = {"starts_on": at.date(), "time_zone": "UTC", "opens_at": at, "created_at": at}
    event = Event(series_id=series.id, title="Fuzzed", code="FUZZED", **when)
    event.questions = [
        Question(text=kind, kind=kind, choices=CHOICES if kind in KINDS_WITH_CHOICES else [], position=position)
        for position, kind in enumerate(QUESTION_KINDS)
    ]
    db.session.add(event)
    db.session.commit()
    return event.id, {question.id: question.kind for question in event.questions}


def settings(ids: dict[str, list[int]]) -> str:
    """Schemathesis' configuration: where it takes known ids from, and the one thing that the description cannot say."""
    lines = ['hooks = "serving.fitting_answers"']
    for name, known in ids.items():
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(known)}"] if known else []
    lines += ["[parameters]", known_id("body.question_id", "asked")]
    for name in set(ids) - {"open", "asked"}:
        if ids[name]:
            lines += [known_id(f"path.{name}_id", name), known_id(f"query.{name}", name)]
    # Whether an answer fits its question depends on the event: there 422 is right for what the description allows.
    lines += ["[[operations]]", 'include-operation-id = "send_response"']
    lines += ["checks.positive_data_acceptance.expected-statuses = [200, 201, 401, 403, 404, 409, 422, 429]"]
    lines += ["[operations.parameters]", known_id("path.event_id", "open"), known_id("body.question_id", "asked")]
    return "\n".join(lines)


def known_id(place: str, dictionary: str) -> str:
    return f'"{place}" = {{ dictionary = "{dictionary}", probability = {KNOWN} }}'


def run(port: int, token: str, folder: Path, minutes: float) -> int:
    program = Path(sys.executable).parent / "schemathesis"
    command = [str(program), "--config-file", str(folder / "schemathesis.toml"), "run"]
    command += [f"http://127.0.0.1:{port}/api/openapi.json", "--header", f"Authorization: Bearer {token}"]
    command += ["--max-time", str(round(minutes * 60)), "--seed", SEED, "--workers", "1", "--continue-on-failure"]
    command += ["--checks", "all", "--report", "ndjson", "--report-ndjson-path", str(folder / "events.ndjson")]
    with open(folder / "schemathesis.log", "w") as log:
        paths = {"PYTHONPATH": str(ROOT / "benchmarks")}
        return subprocess.run(command, cwd=folder, env={**os.environ, **paths}, stdout=log, stderr=log).returncode


def interactions(folder: Path) -> Iterator[dict[str, Any]]:
    """What schemathesis noted of each scenario: its requests with their answers, and its checks."""
    with open(folder / "events.ndjson", encoding="utf-8") as events:
        for line in events:
            scenario = json.loads(line).get("ScenarioFinished")
            if scenario is not None:
                yield scenario["recorder"]


def counted(folder: Path) -> tuple[Counter[str], Counter[str], set[str]]:
    """Answers by status, failed checks by kind, and each different finding in words."""
    statuses: Counter[str] = Counter()
    found: Counter[str] = Counter()
    words = set()
    for scenario in interactions(folder):
        for one in (scenario.get("interactions") or {}).values():
            statuses[str((one.get("response") or {}).get("status_code", "none"))] += 1
        for checks in (scenario.get("checks") or {}).values():
            for check in checks:
                if check["status"] != "success":
                    failure = (check.get("failure_info") or {}).get("failure") or {}
                    found[KINDS.get(check["name"], "other findings")] += 1
                    words.add(f"{failure.get('operation', scenario['label'])}: {failure.get('title', check['name'])}")
    return statuses, found, words


def main() -> None:
    instance = prepare_instance()
    if "postgresql" not in sys.argv:
        return measure(instance, "SQLite")
    from tests.databases import postgres_cluster

    with postgres_cluster() as url:
        os.environ["DATABASE_URL"] = url
        measure(instance, "PostgreSQL")


def measure(instance: Path, database: str) -> None:
    token, ids = load()
    (instance / "schemathesis.toml").write_text(settings(ids), encoding="utf-8")
    with production("wsgi:app", RATELIMIT_ENABLED="no") as port:
        status = run(port, token, instance, MINUTES)
    statuses, found, words = counted(instance)
    log = instance / "schemathesis.log"
    if not statuses:
        raise SystemExit(log.read_text(encoding="utf-8"))
    how = f"{MINUTES:g} minutes, seed {SEED}"
    print(f"schemathesis over the API on {database}, {how}: {sum(statuses.values()):,} requests")
    print("answered " + ", ".join(f"{name}: {count:,}" for name, count in sorted(statuses.items())))
    for kind in ("server errors", "schema breaches", "other findings"):
        print(f"{kind:<16}{found[kind]:>6}   (must: 0)")
    for line in sorted(words):
        print(f"  {line}")
    if status or found:
        print(f"Read {log}")


if __name__ == "__main__":
    main()
