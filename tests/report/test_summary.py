import io
import zipfile

import docx as python_docx
import pypdf
import pytest

from tests.factories import make_event, make_series
from tests.report.conftest import SECRETS
from tests.report.factories import make_board, make_statement, make_theme
from webapp.report import docx, html_file, pdf
from webapp.report.document import Report, Run
from webapp.report.queries import report_for
from webapp.report.summary import summary_of, titled


def test_the_summary_says_what_the_report_says(full_report: Report) -> None:
    summary = summary_of(full_report)
    assert [section.title for section in summary.sections] == [
        "At a glance",
        "The key themes",
        "Feedback on the project",
        "What this rests on",
    ]
    whole = {paragraph.text for paragraph in full_report.all_paragraphs()}
    quotes = {quote for paragraph in full_report.all_paragraphs() for quote in paragraph.quotes}
    items = next(section for section in summary.sections if section.title == "The key themes").paragraphs[0].items
    assert [item.runs[0].text for item in items] == ["Targets & <measures>. ", "Politics. "]
    assert {"".join(run.text for run in item.runs[1:]) for item in items} <= whole
    assert {quote for item in items for quote in item.quotes} <= quotes
    assert all(len(item.quotes) == 1 for item in items)
    numbers = [str(one.number) for one in full_report.sections[3].all_paragraphs()]
    assert items[0].note == f"paragraphs {numbers[0]} to {numbers[-1]}"


@pytest.mark.parametrize("themes", [1, 6, 12, 45])
def test_the_summary_has_two_pages_at_most(themes: int) -> None:
    series = make_series(what_next="We will go on. " * 20)
    event, board = make_event(series), make_board(series)
    for place in range(themes):
        theme = make_theme(board, f"Theme {place} of them", "Something that is said in a sentence of some length")
        for facet in ("problem", "suggestion"):
            text = f"What delegate {place} said of this {facet} " + "in a good many words, " * 6
            make_statement(event, text, theme, facet_guess=facet)
    report = report_for(series)
    pages = pypdf.PdfReader(io.BytesIO(pdf.render_summary(report))).pages
    assert len(pages) <= 2
    text = " ".join("".join(page.extract_text() for page in pages).split())
    assert ("Further themes are in the full report" in text) == (themes == 45)


def test_what_may_not_be_quoted_is_in_no_summary(full_report: Report) -> None:
    text = html_file.render_summary(full_report).decode()
    text += "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.render_summary(full_report))).pages)
    with zipfile.ZipFile(io.BytesIO(docx.render_summary(full_report))) as archive:
        text += archive.read("word/document.xml").decode()
    assert text.count("traffic light") == 3
    assert [secret for secret in SECRETS if secret in text] == []


def test_each_ranked_list_of_the_word_file_begins_at_one(full_report: Report) -> None:
    document = python_docx.Document(io.BytesIO(docx.render_summary(full_report)))
    numbered = [one for one in document.paragraphs if one.style.name == "Ranked List"]
    ids = [one._p.pPr.numPr.numId.val for one in numbered]
    assert len(ids) == 3
    assert ids[0] == ids[1] != ids[2]
    assert all(one.text for one in document.paragraphs)


def test_a_summary_of_nothing_is_set(full_report: Report) -> None:
    report = report_for(make_series())
    assert len(pypdf.PdfReader(io.BytesIO(pdf.render_summary(report))).pages) == 1
    assert python_docx.Document(io.BytesIO(docx.render_summary(report))).paragraphs[0].text.endswith(": summary")


def test_a_title_that_begins_its_own_sentence_stands_once() -> None:
    opening = (Run("Breaks matter in a long day. Two delegates wrote about this."),)
    assert titled("Breaks", opening) == (
        Run("Breaks", strong=True),
        Run(" matter in a long day. Two delegates wrote about this."),
    )
    assert titled("Targets", opening) == (Run("Targets. ", strong=True), *opening)
