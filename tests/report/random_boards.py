"""Random boards, edited and published at random, and what must hold of every file that is made from them."""

import io
import random
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import pypdf

from tests.factories import NOON, make_event, make_series, make_user
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer, FloorQuestion, GroupNote
from webapp.errors import DomainError
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import editing, publishing, resting
from webapp.report.document import Paragraph, Quote, Report
from webapp.report.drafts import assembled_for
from webapp.report.editions import published
from webapp.report.files import FILES
from webapp.report.models import Edition
from webapp.themes import actions
from webapp.themes.models import Statement, Theme

WORDS = (
    "targets members figures inspectors money staff data plans “risk” <b>time</b> councils <i> #few *less* 50% _more_"
    " Cymru 😀 reports never always late early &amp; we they ask want read write one two"
).split()
FACETS = ("observation", "problem", "approach", "suggestion")
CHANNELS = ("written", "written", "written", "table", "floor", "presentation")
LATER = NOON + timedelta(hours=1)


@dataclass
class Board:
    series: Series
    events: list[Event]
    themes: list[Theme]
    statements: list[Statement] = field(default_factory=list)


def random_text(rng: random.Random, number: int) -> str:
    """Words at random around a code that no other text has, so that it is found wherever it stands."""
    words = [rng.choice(WORDS) for _ in range(rng.choice((3, 8, 14, 60)))]
    words.insert(rng.randrange(len(words) + 1), code_of(number))
    ends = [word + rng.choice(("", "", "", ",", ".")) for word in words]
    return " ".join(ends)


def code_of(number: int) -> str:
    return f"zq{number:04d}qz"


def random_board(rng: random.Random, size: int) -> Board:
    series = make_series(purpose="Why **we** met.\n\nAnd what for.", contacts="Ros\nros@example.org")
    events = [make_event(series), make_event(series, title="Leeds conference", place="Leeds")][: rng.choice((1, 2))]
    subject, project = make_board(series), make_board(series, about_project=True)
    themes = [make_theme(subject, f"Theme {n}", rng.choice(("", f"Theme {n} must be heard"))) for n in range(3)]
    themes.append(make_theme(project, "One size", "One size does not fit all"))
    board = Board(series, events, themes)
    for number in range(size):
        board.statements.append(random_statement(rng, board, number))
    return board


def random_statement(rng: random.Random, board: Board, number: int) -> Statement:
    channel = rng.choice(CHANNELS)
    consent = rng.choice(("quote", "quote", "quote", "use", "none"))
    source = {"consent": consent, "organisation_type": rng.choice(("District council", "County council", ""))}
    if channel in ("table", "presentation"):
        source = {"weight": rng.choice(("one", "several", "table", "split"))}
    values: dict[str, object] = {"facet_guess": rng.choice(FACETS)}
    values["withheld"] = rng.choice((None, None, None, None, "personal"))
    if rng.random() < 0.1 and board.statements:
        values["duplicate_of_id"] = rng.choice(board.statements).id
    if channel == "written" and consent == "none":
        values["withheld"] = "consent"
    theme = rng.choice([*board.themes, None])
    return make_statement(
        rng.choice(board.events),
        random_text(rng, number),
        theme,
        channel,
        before=rng.choice(("", "Before. ", "😀 ")),
        source={} if channel == "floor" else source,
        board=theme.board if theme else board.themes[0].board,
        **values,
    )


def act_at_random(rng: random.Random, board: Board, who: User) -> None:
    """One act on the board or on the report; what is refused is refused."""
    some = rng.sample(board.statements, min(3, len(board.statements)))
    live = [one for one in some if one.retired_at is None and one.board_id == board.themes[0].board_id]
    parts = [part for part in assembled_for(board.series).parts if not part.fixed and (part.row or part.shown)]
    part = rng.choice(parts) if parts else None
    text = f"Most *delegates* said so, {rng.randrange(9)} tables too.\n- one\n- two"
    acts = [
        lambda: live and actions.move_statements(live, rng.choice(board.themes[:3]), who, LATER),
        lambda: live and actions.withhold(live, "off_topic", who, LATER),
        lambda: live and actions.set_facet(live, rng.choice(FACETS), who, LATER),
        lambda: take_back(rng.choice(board.statements)),
        lambda: part and editing.write_paragraph(board.series, None, part.key, text, who, LATER),
        lambda: part and editing.add_paragraph(board.series, None, part.section_key, part.key, "Ours.", who, LATER),
        lambda: part and editing.move_paragraph(board.series, None, part.key, rng.choice((-1, 1)), who, LATER),
        lambda: part and editing.delete_paragraph(board.series, None, part.key, who, LATER),
        lambda: part and resting.attach(board.series, None, part.key, [one.id for one in some], who, LATER),
        lambda: part and resting.set_quotes(board.series, None, part.key, [one.id for one in some], who, LATER),
    ]
    try:
        rng.choice(acts)()
    except DomainError:
        db.session.rollback()


def take_back(statement: Statement) -> None:
    """Its author takes the words back: the response is withdrawn, the note deleted, the question hidden."""
    if statement.retired_at is not None:
        return
    if statement.answer_id is not None:
        response = db.session.get_one(Answer, statement.answer_id).response
        if response.withdrawn_at is None:
            withdraw_response(response, LATER)
    elif statement.note_id is not None:
        db.session.get_one(GroupNote, statement.note_id).deleted_at = LATER
    else:
        db.session.get_one(FloorQuestion, statement.floor_question_id).hidden_at = LATER
    statement.retired_at = LATER
    db.session.commit()


def looked_at_and_published(board: Board, who: User) -> Edition:
    for part in assembled_for(board.series).stale:
        editing.take(board.series, None, part.key, who, LATER)
    return publishing.publish(board.series, None, who, LATER)


def try_one(seed: int, size: int = 14, kinds: Iterable[str] = FILES) -> tuple[int, int, int]:
    """Build a board from the seed, edit, publish, take words back, and look into every file. Returns how many quotes
    were no slice of their source, how many figures did not add up, and how many texts were found that must not be."""
    rng = random.Random(seed)
    who, board = make_user(), random_board(rng, size)
    for _ in range(rng.randrange(6)):
        act_at_random(rng, board, who)
    edition = looked_at_and_published(board, who)
    for _ in range(rng.randrange(3)):
        take_back(rng.choice(board.statements))
    db.session.expire_all()
    reports = (assembled_for(board.series).report, published(edition).report)
    secret = [code_of(number) for number, one in enumerate(board.statements) if not printable(one)]
    leaks = 0
    for report in reports:
        for kind in kinds:
            text = text_of(kind, FILES[kind].render(report))
            leaks += sum(code in text for code in secret)
    return sum(map(wrong_quotes, reports)), sum(map(wrong_figures, reports)), leaks


def printable(one: Statement) -> bool:
    return one.retired_at is None and one.withheld is None and one.consent == "quote"


def quotes_of(paragraph: Paragraph) -> list[Quote]:
    return [*paragraph.quotes, *(quote for item in paragraph.items for quote in item.quotes)]


def wrong_quotes(report: Report) -> int:
    wrong = 0
    for paragraph in report.all_paragraphs():
        for quote in quotes_of(paragraph):
            statement = db.session.get_one(Statement, quote.statement_id)
            wrong += source_of(statement)[quote.start : quote.end] != quote.text
    return wrong


def source_of(statement: Statement) -> str:
    if statement.answer_id is not None:
        return db.session.get_one(Answer, statement.answer_id).text or ""
    if statement.note_id is not None:
        return db.session.get_one(GroupNote, statement.note_id).text
    return db.session.get_one(FloorQuestion, statement.floor_question_id).text


def wrong_figures(report: Report) -> int:
    """Tables whose last row is not the sum of the others, and accounts that do not balance."""
    balance = report.balance
    wrong = int(balance.received != balance.used + balance.duplicate + balance.withheld + balance.in_no_theme)
    wrong += balance.received != len(report.statements)
    for paragraph in report.all_paragraphs():
        figures = paragraph.figures
        if figures is None or not figures.total:
            continue
        cells = [[number_in(cell) for cell in row[1:]] for row in figures.rows]
        for column in zip(*cells, strict=True):
            wrong += None not in column and sum(column[:-1]) != column[-1]
    return wrong


def number_in(cell: str) -> int | None:
    return int(cell.replace(",", "")) if re.fullmatch(r"[\d,]+", cell) else None


def text_of(kind: str, body: bytes) -> str:
    """Everything that a full-text search would find in a file."""
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return body.decode("utf-8")
