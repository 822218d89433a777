"""What an author allows is followed from the answer to every file, at once."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from tests.factories import NOON, make_event, make_question, make_response, make_user
from webapp.collect.actions import correct_response
from webapp.collect.models import Response
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event, Question
from webapp.report import csv_file, docx, json_file, markdown, pdf
from webapp.report.queries import report_for
from webapp.themes import actions, analysing, reading
from webapp.themes.models import Statement, Theme
from webapp.themes.queries import accounts_of, boards_of
from webapp.themes.statement_lists import Filters, statements_matching

LATER = NOON + timedelta(minutes=5)
TOLD = (
    "Targets are set without asking those who deliver them.",
    "Targets arrive after the year has begun.",
    "Targets change in the middle of the year.",
    "Nobody explains the targets to new staff.",
)
UNQUOTED = "Zebras embarrass our wandering treasurer."
SECRET = "Quokkas mislead the gilded auditors."


@pytest.fixture
def event() -> Event:
    event = make_event()
    question = make_question(event)
    for text in TOLD:
        make_response(event, {question: text})
    return event


def sent(event: Event, text: str, **values: Any) -> tuple[Response, Question]:
    question = event.questions[0]
    response = make_response(event, {question: text})
    for name, value in values.items():
        setattr(response.answers[0], name, value)
    db.session.commit()
    return response, question


def analysed(event: Event) -> None:
    reading.read_statements(event, NOON)
    for board in boards_of(event.series_id):
        if not board.about_project:
            analysing.suggest_themes(analysing.ask_for_themes(board, None, NOON), lambda: NOON)


def everything_printed(event: Event) -> str:
    """The text of every file that a report can be had as, without its spaces."""
    report = report_for(event.series, now=NOON)
    word = docx.render(report)
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        words = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.render(report))).pages)
    plain = "".join(kind.render(report).decode() for kind in (csv_file, json_file, markdown))
    return re.sub(r"<[^>]*>|\s+", "", words + printed + plain + json.dumps(plain))


def test_what_may_not_be_shown_is_in_no_file_and_the_accounts_balance(event: Event) -> None:
    sent(event, UNQUOTED, consent="use")
    sent(event, SECRET, consent="none")
    analysed(event)
    printed = everything_printed(event)
    assert "Targetsaresetwithoutasking" in printed
    words = [word for text in (UNQUOTED, SECRET) for word in re.findall(r"\w{6,}", text)]
    assert [word for word in words if word.lower() in printed.lower()] == []
    figures = accounts_of([board.id for board in boards_of(event.series_id)])
    assert (figures.received, figures.withheld, figures.balance) == (6, 1, True)


def test_words_by_which_somebody_could_be_reached_are_counted_and_in_no_file(event: Event) -> None:
    sent(event, "Targets worry me: write to wandering.treasurer@lowermere.example.org for the reasons.")
    analysed(event)
    printed = everything_printed(event)
    assert "Targetsaresetwithoutasking" in printed
    assert "wandering" not in printed
    figures = accounts_of([board.id for board in boards_of(event.series_id)])
    assert (figures.received, figures.withheld, figures.balance) == (5, 0, True)


def test_an_organiser_finds_the_statements_that_hold_them(event: Event) -> None:
    sent(event, "Call 01632 960902 about the targets.")
    reading.read_statements(event, NOON)
    board = next(board for board in boards_of(event.series_id) if not board.about_project)
    found, total = statements_matching(board, Filters(personal="yes"), 1)
    assert ([one.text for one in found], total) == (["Call 01632 960902 about the targets."], 1)


def test_an_organiser_cannot_bring_back_what_its_author_keeps_out(event: Event) -> None:
    sent(event, SECRET, consent="none")
    reading.read_statements(event, NOON)
    kept = db.session.scalars(db.select(Statement).where(Statement.text == SECRET)).one()
    assert kept.withheld == "consent"
    with pytest.raises(Refused):
        actions.restore([kept], make_user(), NOON)


@pytest.mark.parametrize("consent", ["use", "none"])
def test_who_changes_their_mind_is_in_no_file_from_then_on(event: Event, consent: str) -> None:
    response, question = sent(event, UNQUOTED)
    analysed(event)
    theme = db.session.scalars(db.select(Theme)).first()
    theme.title = UNQUOTED.rstrip(".")
    db.session.commit()
    assert "embarrassourwandering" in everything_printed(event)

    correct_response(response, {question.id: UNQUOTED}, LATER, consents={question.id: consent})

    assert "embarrassourwandering" not in everything_printed(event)
    assert theme.title == "Untitled theme"
