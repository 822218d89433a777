import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import docx as python_docx
import pikepdf
import pypdf
import pytest

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.programme.models import Series
from webapp.report import csv_file, docx, json_file, markdown, pdf
from webapp.report.document import Figures, Paragraph, Report, Run, Section
from webapp.report.queries import report_for

MARKUP = '#let x = "a" *bold* _it_ $y$ `code` @ref <b>tag</b> [x](y) \\ {z} we say'
RIGHT_TO_LEFT = "אנחנו רוצים פחות יעדים ויותר זמן"
EMOJI = "More help with the figures please 😀 and less paper"
SECRETS = ("secretnone", "secretuse", "secretwithheld", "secretretired", "secretduplicate")


@pytest.fixture
def series() -> Series:
    series = make_series(purpose="Why <we> met.", contacts="Ros\nros@example.org")
    london = make_event(series)
    theme = make_theme(make_board(series), "Targets & <measures>", "Targets must be #few")
    texts = (MARKUP, RIGHT_TO_LEFT, EMOJI)
    for facet, text in zip(("observation", "problem", "approach"), texts, strict=True):
        make_statement(london, text, theme, facet_guess=facet)
    original = make_statement(
        london, "Suggested: publish fewer numbers and explain them.", theme, facet_guess="suggestion"
    )
    make_statement(london, "secretnone words", theme, source={"consent": "none"}, withheld="consent")
    make_statement(london, "secretnone words not yet withheld", theme, source={"consent": "none"})
    make_statement(london, "secretuse words are counted here", theme, source={"consent": "use"})
    make_statement(london, "secretwithheld words", theme, withheld="personal")
    make_statement(london, "secretretired words", theme, retired_at=NOON)
    make_statement(london, "secretduplicate", theme, source={"consent": "use"}, duplicate_of_id=original.id)
    return series


@pytest.fixture
def report(series: Series) -> Report:
    return report_for(series, now=NOON)


def pdf_text(body: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def docx_text(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return "\n".join(
            "".join(re.findall(r"<w:t[ >][^<]*", parts.read(name).decode()))
            for name in parts.namelist()
            if "xml" in name
        )


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_what_may_not_be_quoted_is_in_no_file(report: Report) -> None:
    files = [
        pdf_text(pdf.render(report)),
        docx_text(docx.render(report)),
        *(kind.render(report).decode() for kind in (csv_file, json_file, markdown)),
    ]
    assert all("fewer" in text for text in files)
    assert [secret for secret in SECRETS for text in files if secret in text] == []


def test_the_pdf_is_tagged_and_has_title_language_and_bookmarks(report: Report) -> None:
    with pikepdf.open(io.BytesIO(pdf.render(report))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == report.title
            assert str(metadata["pdfuaid:part"]) == "1"
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert [section.title for section in report.sections] == [title for title in titles if title != "Contents"]
        assert [float(side) for side in document.pages[0].mediabox[2:]] == pytest.approx([595.276, 841.89], abs=0.01)


def test_the_pdf_shows_every_quote_as_it_was_written(report: Report) -> None:
    text = squeezed(pdf_text(pdf.render(report)))
    assert squeezed(MARKUP) in text
    assert "Targetsmustbe#few" in text
    assert all(word in text for word in RIGHT_TO_LEFT.split())
    emoji, named = squeezed(EMOJI), squeezed(EMOJI.replace("😀", "[GRINNING FACE]"))
    assert emoji in text or named in text


def test_letters_that_no_font_has_are_named() -> None:
    assert pdf.named('{"a": "x 😀 ⌁"}', "😀") == '{"a": "x [GRINNING FACE] ⌁"}'


@pytest.mark.parametrize(
    ("said", "lacking", "named"),
    [
        ("👩\u200d👧 here", "👩", "[WOMAN][GIRL] here"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴", "[WAVING BLACK FLAG]"),
        ("漢字 and ไ", "漢", "[CJK UNIFIED IDEOGRAPH-6F22][CJK UNIFIED IDEOGRAPH-5B57] and ไ"),
        ("a]\U000e0067 b", "]", "a] b"),
        ("a\u200bb", "\\u{200b}", "ab"),
    ],
)
def test_what_lacks_together_is_named_at_once_and_leaves_no_joiners(said: str, lacking: str, named: str) -> None:
    assert pdf.named(said, lacking) == named


def test_signs_of_every_kind_in_a_title_leave_a_pdf_that_can_be_read(report: Report) -> None:
    signs = "👩\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    signs += " 漢字 ქართული ⎈⏣ h\u0335i\ufffe"
    assert "endshere" in squeezed(pdf_text(pdf.render(replace(report, title=f"{signs} ends here"))))


def test_a_title_longer_than_a_file_property_stands_whole_in_the_word_file(report: Report) -> None:
    title = "long " * 60
    document = python_docx.Document(io.BytesIO(docx.render(replace(report, title=title, organisers=title))))
    assert document.paragraphs[0].text == title
    assert document.core_properties.title == document.core_properties.author == title[:255]


def test_the_word_file_has_real_headings_numbers_and_quotes(report: Report) -> None:
    document = python_docx.Document(io.BytesIO(docx.render(report)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [section.title for section in report.sections]
    numbered = [one for one in document.paragraphs if one.style.name == "Numbered Paragraph"]
    assert [one.text for one in numbered] == [one.text for one in report.all_paragraphs() if one.number is not None]
    assert document.styles["Numbered Paragraph"].element.pPr.numPr.numId.val > 0
    said = [one.text for one in document.paragraphs if one.style.name == "Quote"]
    quotes = [quote for one in report.all_paragraphs() for quote in one.quotes]
    assert len(said) == len(quotes) > 0
    assert all(text.startswith(f"“{quote.text}”") for text, quote in zip(said, quotes, strict=True))
    assert (document.core_properties.title, document.core_properties.language) == (report.title, "en-GB")


def test_the_word_file_has_a_contents_field_that_leads_to_each_section(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(report))) as parts:
        xml = parts.read("word/document.xml").decode()
    assert "TOC \\o" in xml
    anchors = re.findall(r'w:anchor="([^"]+)"', xml)
    assert [section.key for section in report.sections] == anchors[: len(report.sections)]
    assert set(anchors) <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "  ="])
def test_no_cell_of_the_csv_is_a_formula(sign: str) -> None:
    series = make_series()
    make_statement(
        make_event(series, title="=1+1", place=""), f"{sign}HYPERLINK(1)", make_theme(make_board(series), "@SUM")
    )
    body = csv_file.render(report_for(series))
    assert body.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    assert row["event"] == "'=1+1"
    assert row["theme"] == "'@SUM"
    assert row["text"] == f"'{sign.strip()}HYPERLINK(1)"


def test_the_csv_has_every_live_statement_with_its_fate(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_file.render(report).decode("utf-8-sig"), newline="")))
    assert [row["fate"] for row in rows] == [*["used"] * 4, "withheld", "withheld", "used", "withheld", "duplicate"]
    assert {row["reason"] for row in rows} == {"", "consent", "personal"}
    assert rows[0]["text"] == MARKUP
    assert rows[6]["text"] == ""


def test_the_json_holds_the_same_paragraphs(report: Report) -> None:
    contents = json.loads(json_file.render(report))
    assert contents["format"] == "rapporteur-report/1"
    assert contents["balance"]["received"] == len(contents["statements"]) == 9
    assert [section["key"] for section in contents["sections"]] == [section.key for section in report.sections]


def test_markdown_escapes_what_people_wrote(report: Report) -> None:
    text = markdown.render(report).decode()
    assert '\\#let x = "a" \\*bold\\* \\_it\\_ \\$y\\$ \\`code\\` @ref \\<b\\>tag\\</b\\>' in text


def test_a_report_of_nothing_is_well_formed_in_every_file() -> None:
    report = report_for(make_series(title="Empty"))
    assert "No event has been set up in this series yet." in pdf_text(pdf.render(report))
    assert "No event has been set up in this series yet." in docx_text(docx.render(report))
    assert csv_file.render(report).decode("utf-8-sig").count("\r\n") == 1
    assert json.loads(json_file.render(report))["balance"]["received"] == 0
    assert markdown.render(report).decode().startswith("# Empty\n")


def test_control_characters_do_not_stop_any_file() -> None:
    series = make_series(title="A\x07title")
    make_statement(
        make_event(series), "Too\x0b many\x1f figures\x08 reach us every month here", make_theme(make_board(series))
    )
    report = report_for(series)
    assert "figures reach us" in pdf_text(pdf.render(report)).replace("\n", " ")
    assert "figures reach us" in docx_text(docx.render(report))


def test_a_table_longer_than_a_page_goes_on_overleaf(report: Report) -> None:
    rows = tuple((f"row-{place}", "1") for place in range(90))
    long = Paragraph(1, "long", "text", (Run("All of them."),), figures=Figures("Rows", ("Row", "Number"), rows))
    text = pdf_text(pdf.render(replace(report, sections=(Section("rows", "Rows", (long,)),))))
    assert re.findall(r"row-\d+", text) == [name for name, _count in rows]


def test_the_word_file_sets_a_kept_number_as_one_that_it_counts(report: Report) -> None:
    kept = Paragraph("1a", "kept", "text", (Run("Put in later."),))
    counted = Paragraph(1, "counted", "text", (Run("First."),))
    body = docx.render(replace(report, sections=(Section("two", "Two", (counted, kept)),)))
    written = [each for each in python_docx.Document(io.BytesIO(body)).paragraphs if "Put in later" in each.text]
    assert [each.text for each in written] == ["1a\tPut in later."]


def test_the_word_files_contents_take_the_style_that_word_fills_them_with(report: Report) -> None:
    document = python_docx.Document(io.BytesIO(docx.render(report)))
    lines = [each for each in document.paragraphs if each.style.name == "toc 1"]
    assert [each.text for each in lines] == [section.title for section in report.sections]
    assert len(lines[0].style.paragraph_format.tab_stops) == 1
