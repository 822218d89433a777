"""A full disk, a file system that becomes read-only, a clock that goes back an hour, and damaged uploads: what was
acknowledged and is missing or doubled afterwards, and what people see meanwhile.

The web processes run on a small file system of their own (tmpfs, so this needs root); the clock is libfaketime's."""

import io
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from phones import address_of, opened
from serving import free_port, serve
from visits import TEXT, between, exchange, head, make_event, value_of

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
SIZE, FILLED = "64m", 256 * 1024
LONG = "The targets that we are given do not fit what the district does, and nobody asked us. " * 100
PLAIN = b"Nothing that was received before is lost"


class Hall:
    """A server whose data lie on the folder, and a phone that keeps count of what was acknowledged."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields, self.free, self.number = fields, next(iter(fields)), 0
        self.acknowledged: list[str] = []
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        self.server = serve("wsgi:app", self.port, **environment)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait()

    def write(self, long: bool = False) -> tuple[str, bytes]:
        """A new response, typed and not sent: its words, and the request that sends it."""
        self.number += 1
        words = f"Response number {self.number}. {LONG if long else ''}".strip()
        fields = {name: value for name, value in self.fields.items() if not value.startswith(TEXT[:20])}
        return words, opened(self.port, self.number, "/e/B0", {**fields, self.free: words})

    def pressed_again(self, page: bytes, words: str) -> bytes:
        """The request that the form makes which a refusal gave back."""
        sent = {name: value_of(page, f'name="{name}"'.encode()) for name in ("csrf_token", "client_key")}
        body = urlencode(sent | {self.free: words, "consent": "quote"})
        more = f"Cookie: {between(page, b'Set-Cookie: ', b';').decode()}\r\nContent-Length: {len(body)}\r\n"
        more += "Content-Type: application/x-www-form-urlencoded\r\n"
        return f"{head('POST', '/e/B0', more)}\r\n{body}".encode()

    def send(self, words: str, request: bytes) -> bytes:
        answer = exchange(self.port, address_of(self.number), request)
        if answer.startswith(b"HTTP/1.1 303"):
            self.acknowledged.append(words)
        return answer


def stored() -> Counter[str]:
    from sqlalchemy import func, select

    from webapp.collect.models import Answer
    from webapp.extensions import db

    with db.engine.connect() as connection:
        rows = connection.execute(select(Answer.text, func.count()).where(Answer.text != "").group_by(Answer.text))
        return Counter(dict(rows.tuples().all()))


def check(what: str, good: bool, more: str = "") -> bool:
    print(f"  {'yes' if good else 'NO '}  {what}{f': {more}' if more else ''}", flush=True)
    return good


def kept(answer: bytes, words: str) -> bool:
    """A page with status 503 in plain words that holds what was typed."""
    return answer.startswith(b"HTTP/1.1 503") and PLAIN in answer and words[:40].encode() in answer


def full_disk(hall: Hall, folder: Path) -> bool:
    print("The disk is full")
    filler = folder / "filler"
    free = os.statvfs(folder)
    filler.write_bytes(bytes(free.f_bavail * free.f_frsize - FILLED))
    refused = words = request = None
    for _ in range(400):
        words, request = hall.write(long=True)
        answer = hall.send(words, request)
        if not answer.startswith(b"HTTP/1.1 303"):
            refused = answer
            break
    before = len(hall.acknowledged)
    good = check("there was no room for a response at last", refused is not None, f"{before} were taken before")
    good &= check("plain words, and what was typed is on the page", refused is not None and kept(refused, words))
    good &= check("what was received before can be read", reads(hall))
    filler.unlink()
    return good & check(
        "with room again, the same press is received", hall.send(words, request)[:12] == b"HTTP/1.1 303"
    )


def reads(hall: Hall) -> bool:
    return exchange(hall.port, "127.9.9.9", b"GET /e/B0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")[
        :12
    ] == (b"HTTP/1.1 200")


def read_only(hall: Hall, folder: Path) -> bool:
    print("The file system becomes read-only")
    words, request = hall.write()
    # The kernel refuses to while a file is open for writing: the server is started anew upon it.
    hall.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    busy = _writable(folder)
    hall.start()
    answer = hall.send(words, request)
    good = check("the file system took no writing", not busy)
    good &= check("plain words, and what was typed is on the page", kept(answer, words), answer[:15].decode())
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    return good & check("writable again, the same press is received", hall.send(words, request)[:12] == b"HTTP/1.1 303")


def _writable(folder: Path) -> bool:
    with suppress(OSError):
        (folder / "probe").write_text("x")
        (folder / "probe").unlink()
        return True
    return False


def clock_back(hall: Hall) -> bool:
    print("The clock goes back an hour")
    words, request = hall.write()
    early = len(hall.acknowledged)
    hall.send(*hall.write())
    hall.stop()
    hall.start(LD_PRELOAD=str(FAKETIME), FAKETIME="-1h")
    answer = hall.send(words, request)
    said = b"Press the button once more" in answer and words.encode() in answer
    good = check("a form that was open before asks for one more press, with what was typed in it", said)
    good &= check("which is received", hall.send(words, hall.pressed_again(answer, words))[:12] == b"HTTP/1.1 303")
    good &= check("a new one is received", hall.send(*hall.write())[:12] == b"HTTP/1.1 303")
    hall.stop()
    hall.start()
    good &= check("and one after it was set right", hall.send(*hall.write())[:12] == b"HTTP/1.1 303")
    return good & check("four in all", len(hall.acknowledged) - early == 4)


def damaged_uploads() -> bool:
    """In this process: what an organiser reads, and that nothing was stored."""
    print("Damaged uploads")
    from webapp.collect.tables import UnreadableFile
    from webapp.collect.tables_xlsx import table_of

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", b"<Types/>")
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(600_000_000))
    workbook = (Path(__file__).parents[1] / "tests/collect/exports/microsoft-forms.xlsx").read_bytes()
    files = {
        "a workbook that was cut off": workbook[: len(workbook) // 2],
        "a workbook of 600 MB of nothing": out.getvalue(),
        "a picture called a table": b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(2000),
        "no bytes at all": b"",
    }
    good = True
    for what, content in files.items():
        try:
            table_of(content)
            good &= check(what, False, "taken")
        except UnreadableFile as error:
            good &= check(what, True, str(error))
    return good


def main() -> None:
    if os.geteuid() != 0:
        raise SystemExit("This mounts a file system of its own, for which it has to be root.")
    folder = Path(tempfile.mkdtemp(prefix="rapporteur-faults-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    os.environ["RAPPORTEUR_INSTANCE"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    good = False
    hall = None
    try:
        good, hall = run(folder)
    finally:
        if hall is not None:
            hall.stop()
        subprocess.run(["umount", "-l", str(folder)], check=False)
        folder.rmdir()
    print("Nothing was lost, and everybody was told." if good else "Something failed.")
    if not good:
        raise SystemExit(1)


def run(folder: Path) -> tuple[bool, Hall]:
    from webapp import create_app
    from webapp.extensions import db
    from webapp.programme.models import Event

    app = create_app()
    with app.app_context():
        db.create_all()
        fields = make_event(0)
        db.session.scalars(db.select(Event)).one().opens_at = datetime.now(UTC) - timedelta(hours=3)
        db.session.commit()
        db.engine.dispose()
    hall = Hall(fields)
    hall.start()
    good = full_disk(hall, folder)
    good &= read_only(hall, folder)
    if FAKETIME.exists():
        good &= clock_back(hall)
    else:
        print("The clock: libfaketime is not installed here (Debian: faketime), so it was not tried")
    good &= damaged_uploads()
    with app.app_context():
        found = stored()
        sound = db.session.execute(db.text("PRAGMA integrity_check")).scalar()
        db.engine.dispose()
    lost = [words for words in hall.acknowledged if not found[words]]
    doubled = [words for words, number in found.items() if number > 1]
    print(
        f"{len(hall.acknowledged)} acknowledged: {len(lost)} missing, {len(doubled)} doubled; the database is {sound}"
    )
    return good and not lost and not doubled and sound == "ok", hall


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]
    main()
