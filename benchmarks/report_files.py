"""Speed of a report of 600 statements in 8 themes, draft and each file: ``python benchmarks/report_files.py [SIZE]``.

Everything is made in a database of its own that is thrown away. With LibreOffice on the machine the Word file is opened
in it too, and every heading, number and quotation is looked for in what it made of it.
"""

import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["RAPPORTEUR_INSTANCE"] = tempfile.mkdtemp(prefix="rapporteur-bench-")
os.environ.pop("DATABASE_URL", None)

import pypdf

from tests.factories import NOON, make_event, make_question, make_series
from tests.report.factories import make_board, make_theme
from webapp import create_app
from webapp.collect.models import Answer, Response
from webapp.extensions import db
from webapp.programme.models import FACETS, Series
from webapp.report.document import Report
from webapp.report.files import FILES
from webapp.report.queries import report_for
from webapp.themes.models import Placement, Statement

KINDS = ("District council", "County council", "Unitary authority", "London borough", "Other")
WHO = "Our council|Members|Officers|The inspectors|Most districts|Our partners|Staff|The leader".split("|")
DOES = "need|do not have|have asked for|cannot agree on|would like|struggle with|pay for|have dropped".split("|")
WHAT = "clear targets|a risk register|better software|time to read|fewer indicators|honest comparison".split("|")
WHEN = "this year|before the budget|at every meeting|in small authorities|across the county".split("|")


def board_of(size: int) -> Series:
    """A series of three events; each delegate said three things, each in a theme."""
    draw = random.Random(1)
    series = make_series(title="Making it count", purpose="Why we met.", organisers="Wayfield", contacts="Ros")
    events = [make_event(series, place=place, invited=99, attended=80) for place in ("London", "Leeds", "Bristol")]
    questions = {event.id: make_question(event) for event in events}
    board = make_board(series)
    subjects = [*WHAT, "political support", "training for managers"]
    themes = [make_theme(board, what.capitalize(), f"It takes {what}") for what in subjects]
    for number in range(size):
        if number % 3 == 0:
            event = events[number // 3 % 3]
            response = Response(
                event_id=event.id,
                client_key=f"k{number}",
                receipt_code=f"R{number}",
                organisation_type=draw.choice(KINDS),
                consent="quote" if number % 10 else "use",
                received_at=NOON,
            )
            db.session.add(response)
            db.session.flush()
        text = f"{draw.choice(WHO)} {draw.choice(DOES)} {draw.choice(WHAT)} {draw.choice(WHEN)}, point {number}."
        answer = Answer(response_id=response.id, question_id=questions[event.id].id, text=text)
        db.session.add(answer)
        db.session.flush()
        statement = Statement(
            board_id=board.id,
            event_id=event.id,
            answer_id=answer.id,
            channel="written",
            speaker_key=f"r{response.id}",
            organisation_type=response.organisation_type,
            consent=response.consent,
            start=0,
            end=len(text),
            text=text,
            wording_key=str(number),
            facet_guess=FACETS[number % 4],
            read_at=NOON,
        )
        db.session.add(statement)
        db.session.flush()
        db.session.add(Placement(statement_id=statement.id, theme_id=themes[number % 8].id, confidence=0.6))
    db.session.commit()
    return series


def in_libreoffice(report: Report, docx: bytes) -> None:
    """How many headings, paragraphs and quotations of the report LibreOffice shows."""
    program = shutil.which("soffice")
    if program is None:
        print("LibreOffice is not on this machine: the Word file was not opened in it.")
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.docx").write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, f"{folder}/report.docx"]
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        pages = pypdf.PdfReader(io.BytesIO(Path(folder, "report.pdf").read_bytes())).pages
        shown = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    paragraphs = [one for one in report.all_paragraphs() if one.number is not None]
    headings = [section.title for section in report.sections]
    quotes = [quote.text for one in paragraphs for quote in one.quotes]
    told = [f"{one.number}{one.text}" for one in paragraphs]
    for name, texts in (("headings", headings), ("numbered paragraphs", told), ("quotations", quotes)):
        found = sum(re.sub(r"\s+", "", text) in shown for text in texts)
        print(f"LibreOffice shows {found} of {len(texts)} {name}")
    print(f"LibreOffice took {time.perf_counter() - start:.1f} s for {len(pages)} pages")


def main(size: int) -> None:
    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "TASKS_IMMEDIATE": True, "SERVER_NAME": "localhost"})
    with app.app_context():
        db.create_all()
        series = board_of(size)
        made: dict[str, bytes] = {}

        def timed(what: str, act) -> object:  # type: ignore[no-untyped-def]
            times = []
            for _ in range(2):
                start, used = time.perf_counter(), time.process_time()
                result = act()
                times.append((time.perf_counter() - start, time.process_time() - used))
            first, again = times
            print(f"{what:24}{first[0]:8.2f} s{first[1]:8.2f} s{again[0]:8.2f} s", flush=True)
            return result

        print(f"{size} statements, 8 themes{'first':>8}{'processor':>10}{'again':>10}")
        report = timed("draft", lambda: report_for(series, None, NOON))
        for ext, kind in FILES.items():
            made[ext] = timed(ext, lambda kind=kind: kind.render(report))
        in_libreoffice(report, made["docx"])
        if folder := os.environ.get("KEEP"):
            for ext, body in made.items():
                Path(folder, f"report.{ext}").write_bytes(body)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
