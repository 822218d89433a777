"""The PDF as assistive programs and archives read it: its tags, their order and text, its fonts and its claims. Checked
on a report with something of everything, as PDF/UA-1 alone and as PDF/A-2a too."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from tests.report.pdf_tree import Element, tree_of, unmarked
from webapp.report import pdf
from webapp.report.document import Report
from webapp.report.summary import summary_of

# What was set once: equal reports give equal files.
made: dict[tuple[str, str], bytes] = {}


@pytest.fixture(params=["render", "render_archive", "render_summary"])
def document(request: pytest.FixtureRequest, full_report: Report) -> Iterator[pikepdf.Pdf]:
    key = (request.param, repr(full_report))
    made[key] = made.get(key) or getattr(pdf, request.param)(full_report)
    with pikepdf.open(io.BytesIO(made[key])) as opened:
        yield opened


def set_by(document: pikepdf.Pdf, full_report: Report) -> Report:
    """The report that the file was made of."""
    return summary_of(full_report) if str(document.docinfo["/Title"]) != full_report.title else full_report


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_file_says_what_it_is(document: pikepdf.Pdf, full_report: Report) -> None:
    title = set_by(document, full_report).title
    assert document.Root.MarkInfo.Marked and document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.Root.Lang) == "en-GB"
    with document.open_metadata() as metadata:
        assert (metadata["dc:title"], str(metadata["pdfuaid:part"])) == (title, "1")
    assert [element.text for element in tree_of(document).all("Title")] == [title]


def test_everything_painted_is_tagged_or_an_artifact(document: pikepdf.Pdf) -> None:
    assert [operator for page in document.pages for operator in unmarked(page)] == []


def test_paragraphs_stand_in_the_tree_in_their_order_with_their_numbers(
    document: pikepdf.Pdf, full_report: Report
) -> None:
    text = squeezed(tree_of(document).text)
    at = 0
    for paragraph in set_by(document, full_report).all_paragraphs():
        for part in (str(paragraph.number or ""), paragraph.text, *(quote.text for quote in paragraph.quotes)):
            found = text.find(squeezed(part), at)
            assert found >= 0, f"paragraph {paragraph.key}: {part!r} is not after what stands before it"
            at = found + len(squeezed(part))


def test_headings_descend_by_one(document: pikepdf.Pdf) -> None:
    levels = [int(heading.role[1:]) for heading in tree_of(document).all(*(f"H{level}" for level in range(1, 7)))]
    assert levels[0] == 1
    assert all(next_level <= level + 1 for level, next_level in pairwise(levels))


def test_headings_read_as_they_are_written(document: pikepdf.Pdf, full_report: Report) -> None:
    said = {heading.text for heading in tree_of(document).all("H1", "H2", "H3")} - {"Contents"}
    report = set_by(document, full_report)
    assert said == {section.title for top in report.sections for section in (top, *top.sections)}


def test_bookmarks_lead_to_the_headings(document: pikepdf.Pdf, full_report: Report) -> None:
    with document.open_outline() as outline:
        titles = [item.title for item in outline.root if item.title != "Contents"]
    assert titles == [section.title for section in set_by(document, full_report).sections]


def test_every_figure_has_an_alternative_text(document: pikepdf.Pdf) -> None:
    assert all(len(str(figure.source["/Alt"])) > 20 for figure in tree_of(document).all("Figure"))


def test_every_table_has_a_head_with_its_direction_and_a_caption(document: pikepdf.Pdf) -> None:
    for table in tree_of(document).all("Table"):
        heads = list(table.all("TH"))
        rows = [list(row.all("TH", "TD")) for row in table.all("TR")]
        assert heads and {head.attribute("/Scope") for head in heads} == {"/Column"}
        assert len({len(row) for row in rows}) == 1
        assert "".join(caption.text for caption in table.all("Caption"))


def test_lists_have_items_with_bodies(document: pikepdf.Pdf) -> None:
    for found in tree_of(document).all("L"):
        items = [child for child in found.children if isinstance(child, Element)]
        assert {item.role for item in items} == {"LI"}
        assert all(list(item.all("LBody")) for item in items)


def test_links_are_tagged_and_say_where_they_lead(document: pikepdf.Pdf) -> None:
    notes = [note for page in document.pages for note in page.get("/Annots", [])]
    assert all(note.Subtype == "/Link" and str(note.Contents) for note in notes)
    assert all(page.get("/Tabs") == "/S" for page in document.pages)
    assert len(list(tree_of(document).all("Link"))) <= len(notes)


def test_fonts_are_embedded_and_every_letter_can_be_copied(document: pikepdf.Pdf) -> None:
    fonts = [font for page in document.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        described = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in described or "/FontFile3" in described
        assert "/ToUnicode" in font
    text = tree_of(document).text
    assert not set(text) & {"\ufffd", "\u00ad", "\u200b", "\u2060", "\ufeff"}


def test_only_the_archive_file_claims_pdf_a_and_it_brings_its_colours(full_report: Report) -> None:
    for render, claimed in ((pdf.render, None), (pdf.render_archive, ("2", "A"))):
        with pikepdf.open(io.BytesIO(render(full_report))) as opened, opened.open_metadata() as metadata:
            found = (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) if "pdfaid:part" in metadata else None
            assert found == claimed
            if claimed:
                intent = opened.Root.OutputIntents[0]
                assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3
                assert not opened.is_encrypted and "/JavaScript" not in opened.Root.get("/Names", {})
