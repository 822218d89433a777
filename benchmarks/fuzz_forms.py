"""Fuzzing of what comes from outside, MINUTES long each (10): the imports with every tool's export broken at random,
logos, and the delegates' and facilitators' forms with fields and bytes that no browser sends.

Counts server errors: an answer of 500, or an exception. The app runs in this process with everything but CSRF as in
production, on SQLite; SEED repeats a run, and each failure is printed with what was sent."""

import io
import os
import random
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from serving import ROOT, prepare_instance

MINUTES = float(os.environ.get("MINUTES", "10"))
SEED = int(os.environ.get("SEED", "7"))
EXPORTS = ROOT / "tests" / "collect" / "exports"
ODD = (
    "", " ", "\0", "\ufeff", "\u202e", "é", "𝕬", "\ud800", "-1", "0", "²", "1e308", "9" * 5000, "NaN", "=1+1", "'", '"',
    ";", "\r", "\n", "true", "[]", "{}", "../..", "%00", "2026-02-30", "24:61", "👩‍👩‍👧", "x" * 30_000, "a," * 300,
)  # fmt: skip
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\x0f\0\0\x01\x01\0\x05"
    b"\x18\xd8N\0\0\0\0IEND\xaeB`\x82"
)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#123"/></svg>'
Attack = Callable[[random.Random], tuple[str, Any]]


def broken(chance: random.Random, content: bytes) -> bytes:
    """The bytes with some cut out, doubled, flipped or put in."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 200))):
        place = chance.randrange(len(found) + 1)
        match chance.randrange(6):
            case 0:
                del found[place : place + chance.choice((1, 3, 50, 1000))]
            case 1:
                found[place:place] = found[place : place + chance.choice((1, 40, 900))]
            case 2 if found:
                found[place % len(found)] ^= 1 << chance.randrange(8)
            case 3:
                found[place:place] = chance.choice(ODD).encode("utf-8", "surrogatepass")[:2000]
            case 4:
                found[place:place] = chance.randbytes(chance.choice((1, 4, 60)))
            case _:
                found = found[:place] if chance.random() < 0.2 else found
    return bytes(found)


def broken_workbook(chance: random.Random, content: bytes) -> bytes:
    """A workbook that opens as an archive, with something wrong in one of its parts; or one that does not open."""
    if chance.random() < 0.3:
        return broken(chance, content)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = source.namelist()
        hit = chance.choice(names)
        for name in names:
            part = source.read(name)
            if name == hit:
                match chance.randrange(4):
                    case 0:
                        continue
                    case 1:
                        part = b" " * 3_000_000 + part
                    case _:
                        part = broken(chance, part)
            made.writestr(name, part)
    return out.getvalue()


def some_file(chance: random.Random) -> tuple[str, bytes]:
    path = chance.choice(sorted(EXPORTS.iterdir()))
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        return path.name, broken_workbook(chance, content)
    if chance.random() < 0.2:
        content = content.decode("utf-8", "replace").encode(
            chance.choice(("utf-16", "utf-8-sig", "cp1252", "utf-32")), "replace"
        )
    return path.name, broken(chance, content)


def some_value(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return chance.choice(ODD)
    places = (
        chance.choice((chance.randrange(32, 127), chance.randrange(0x110000))) for _ in range(chance.randrange(40))
    )
    return "".join(map(chr, places))


def plain_value(chance: random.Random) -> str:
    """The same where the client that sends it has to encode it: without halves of letters."""
    return some_value(chance).encode("utf-8", "replace").decode()


def form_body(chance: random.Random, names: list[str]) -> tuple[bytes, str]:
    """A form's bytes and their content type: fields that there are and fields that there are not, often twice."""
    fields = [(chance.choice(names), some_value(chance)) for _ in range(chance.choice((0, 1, 5, 20, 300)))]
    if chance.random() < 0.5:
        pairs = (f"{name}={value}" for name, value in fields)
        body, kind = "&".join(pairs).encode("utf-8", "surrogatepass"), "application/x-www-form-urlencoded"
    else:
        lines = (
            f'--frontier\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
        )
        body, kind = (
            ("".join(lines) + "--frontier--\r\n").encode("utf-8", "surrogatepass"),
            "multipart/form-data; boundary=frontier",
        )
    if chance.random() < 0.3:
        body = broken(chance, body)
    if chance.random() < 0.1:
        kind = chance.choice(
            ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "x")
        )
    return body, kind


class Target:
    """An app with a series that has one of everything, an owner's browser and a delegate's."""

    def __init__(self) -> None:
        from tests.conftest import browser_of
        from webapp import create_app
        from webapp.extensions import db
        from webapp.programme.models import QUESTION_KINDS

        overrides = {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "TASKS_IMMEDIATE": True}
        self.app = create_app(overrides | {"PROPAGATE_EXCEPTIONS": False})
        with self.app.app_context():
            from tests.factories import (
                make_event,
                make_question,
                make_response,
                make_series,
                make_session,
                make_table,
                make_user,
            )

            db.create_all()
            owner = make_user("owner@example.org")
            series = make_series(owner, organisation_types=["Harbour board"])
            at = datetime.now(UTC)
            event = make_event(
                series, code="FUZZED", opens_at=at - timedelta(hours=1), starts_on=at.date(), ask_table=True
            )
            asked = [make_question(event, kind, choices=["Tea", "Coffee"]) for kind in QUESTION_KINDS]
            table = make_table(make_session(event))
            self.response = make_response(event, {asked[0]: "Too many targets."}).receipt_code
            self.table, self.series_id, self.event_id = table.token, series.id, event.id
            prefixes = ("q", "f", "c", "other")
            self.names = [f"{prefix}{question.id}" for question in asked for prefix in prefixes]
            self.names += [
                f"q{asked[5].id}-other",
                "client_key",
                "consent",
                "organisation_type",
                "table_name",
                "language",
            ]
            self.names += ["text", "question", "facet", "weight", "email", "part", "note_id", "line", "nobody-asked"]
            self.owner = browser_of(self.app, owner)
        self.delegate = self.app.test_client()

    def importing(self, chance: random.Random) -> tuple[str, Any]:

        from webapp.collect.mapping import ROLES
        from webapp.programme.models import QUESTION_KINDS

        name, content = some_file(chance)
        event = chance.choice(("", str(self.event_id), plain_value(chance)))
        data = {"file": (io.BytesIO(content), chance.choice((name, plain_value(chance)))), "event": event}
        sent = self.owner.post(f"/series/{self.series_id}/collect/import", data=data)
        if sent.status_code != 303:
            return f"import of a broken {name}", sent
        page = sent.headers["Location"]
        targets = [*ROLES, *(f"new:{kind}" for kind in QUESTION_KINDS), "q:1"]
        columns = {f"t{n}": chance.choice([*targets, plain_value(chance)]) for n in range(12)}
        columns["day_first"] = chance.choice(("no", "yes", plain_value(chance)))
        given = {} if chance.random() < 0.5 else columns
        for step, form in ((page, given), (f"{page}/run", {}), (f"{page}/take-back", {"sure": "yes"})):
            sent = self.owner.post(step, data=form)
            if sent.status_code >= 500:
                break
            self.owner.get(page)
        return f"import of a broken {name}, {sorted(given)}", sent

    def logo(self, chance: random.Random) -> tuple[str, Any]:
        kind, content = chance.choice((("logo.png", PIXEL), ("logo.svg", DRAWING)))
        content = broken(chance, content)
        if kind == "logo.png" and chance.random() < 0.3:
            content = PIXEL[:33] + zlib.compress(bytes(chance.randrange(10_000_000)))
        data = {
            "logo": (io.BytesIO(content), kind),
            "logo_alternative": plain_value(chance),
            "colour": plain_value(chance),
        }
        return f"logo {content[:80]!r}", self.owner.post(f"/series/{self.series_id}/branding", data=data)

    def form(self, chance: random.Random) -> tuple[str, Any]:
        addresses = (
            "/e/FUZZED", "/e/FUZZED", f"/r/{self.response}/correct", f"/r/{self.response}/leave-out",
            f"/t/{self.table}", "/e/FUZZED/news", "/e/FUZZED/floor",
            f"/t/{self.table}/lines/1", f"/t/{self.table}/answers/1",
        )  # fmt: skip
        address, (body, kind) = chance.choice(addresses), form_body(chance, self.names)
        return f"{address} {kind} {body[:300]!r}", self.delegate.post(address, data=body, content_type=kind)


def fuzz(title: str, attack: Attack, chance: random.Random) -> int:
    """Attack for MINUTES; returns how often the app failed."""
    answers: Counter[int] = Counter()
    failures, until, newest = 0, time.monotonic() + 60 * MINUTES, ""
    while time.monotonic() < until:
        try:
            newest, answer = attack(chance)
            answers[answer.status_code] += 1
            failed = answer.status_code >= 500 and answer.status_code != 503
        except Exception:
            failed = True
            traceback.print_exc()
        if failed:
            failures += 1
            print(f"  failed after {newest!r:.600}", file=sys.stderr)
    told = ", ".join(f"{status}: {number:,}" for status, number in sorted(answers.items()))
    print(
        f"{title}: {sum(answers.values()):,} sent in {MINUTES:g} minutes ({told}); server errors {failures}", flush=True
    )
    return failures


def main() -> None:
    prepare_instance()
    target, chance = Target(), random.Random(SEED)
    parts = {"imports": target.importing, "logos": target.logo, "forms": target.form}
    asked_for = [name for name in sys.argv[1:] if name in parts] or list(parts)
    failed = sum(fuzz(name, parts[name], chance) for name in asked_for)
    print(f"{failed} server errors; must be 0")
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
