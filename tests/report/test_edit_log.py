"""The log of what editors did tells of paragraphs without a word of them."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_question, make_response, make_series
from webapp.accounts.models import User
from webapp.collect.actions import erase_response
from webapp.collect.models import Response
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import editing, publishing
from webapp.report.models import ReportEntry
from webapp.themes.reading import read_statements
from webapp.themes.retaining import remove_old_texts

NURSE = "Nurse Tamsin drinks quokka wine at work before every single evening shift, and nobody dares to say so."
MUCH_LATER = NOON + timedelta(days=40)


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, keep_texts_days=30, keep_texts_since=NOON)


@pytest.fixture
def event(series: Series) -> Event:
    event = make_event(series)
    make_response(event, {make_question(event): NURSE})
    read_statements(event, NOON)
    return event


def edited(series: Series, who: User) -> None:
    editing.add_paragraph(series, None, "introduction", "", NURSE, who, NOON)
    parts = publishing.readiness(series, None, NOON).assembled.parts
    key = next(part.key for part in parts if part.markup == NURSE)
    editing.write_paragraph(series, None, key, f"{NURSE} We heard.", who, NOON)
    editing.delete_paragraph(series, None, key, who, NOON)
    editing.bring_back(series, None, key, who, NOON)


def summaries() -> list[str]:
    return list(db.session.scalars(db.select(ReportEntry.summary).order_by(ReportEntry.number)))


def whole_database() -> str:
    return "\n".join(str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()))


def test_it_names_a_paragraph_by_its_number_or_its_section(
    series: Series, event: Event, organiser: User, signed_in: FlaskClient
) -> None:
    edited(series, organiser)
    assert summaries() == [
        "Added 1 paragraph to “Introduction”",
        "Wrote paragraph 1",
        "Deleted paragraph 1",
        "Brought back a paragraph of “Introduction”",
    ]
    assert "quokka" not in signed_in.get(f"/series/{series.id}/report/log").text


@pytest.mark.parametrize("how", ["removed", "erased"])
def test_first_words_that_older_entries_have_go_with_the_words(
    how: str, series: Series, event: Event, organiser: User
) -> None:
    edited(series, organiser)
    first = "Nurse Tamsin drinks quokka wine at work before every single …"
    old = [
        f"Wrote paragraph 1, “{first}”",
        f"Moved paragraph 12a, “{first} ”so“ …” up",
        f"Undid no. 3: Brought back the paragraph “{first}”",
        "Took the new draft of 3 paragraphs",
    ]
    for entry, summary in zip(
        db.session.scalars(db.select(ReportEntry).order_by(ReportEntry.number)), old, strict=True
    ):
        entry.summary = summary
    db.session.commit()
    if how == "removed":
        assert remove_old_texts(lambda: MUCH_LATER) == 1
    else:
        erase_response(db.session.scalars(db.select(Response)).one(), "Asked for", organiser, NOON)
    db.session.expire_all()
    assert summaries() == [
        "Wrote paragraph 1",
        "Moved paragraph 12a up",
        "Undid no. 3: Brought back a paragraph",
        "Took the new draft of 3 paragraphs",
    ]
    assert "quokka" not in whole_database()
