"""What python-docx has no words for: links, bookmarks, fields, and the marks that readers of tables need."""

import re

from docx.document import Document as DocxDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from flask_babel import gettext as _
from lxml.etree import _Element

from .brand import ACCENT

QUIET = RGBColor(0x5C, 0x5C, 0x66)
# Word's own name: what it fills in takes this style.
CONTENTS_LINE = "toc 1"


def element(name: str, /, **attributes: str) -> _Element:
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def bookmark(heading: Paragraph, key: str, number: int) -> None:
    """Put a bookmark of the section's key around a heading, for links and for the contents."""
    heading._p.insert(1, element("bookmarkStart", id=str(number), name=key))
    heading._p.append(element("bookmarkEnd", id=str(number)))


def link_to(paragraph: Paragraph, text: str, target: str, colour: str = ACCENT) -> None:
    """Add a link: to an address, or to a bookmark where the target begins with #."""
    link = element("hyperlink", history="1")
    if target.startswith("#"):
        link.set(qn("w:anchor"), target[1:])
    else:
        related = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), related)
    run = Run(element("r"), paragraph)
    run.text = text
    run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
    link.append(run._r)
    paragraph._p.append(link)


def field_part(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(element("fldChar", fldCharType=kind))


def instruction(paragraph: Paragraph, code: str) -> None:
    text = element("instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    paragraph.add_run()._r.append(text)


def contents_field(document: DocxDocument, titles: list[tuple[str, str]], colour: str = ACCENT) -> None:
    """A contents field, filled with links to the sections. Page numbers come when Word updates it (F9): on which page
    a section will stand only Word knows, and to have it ask on opening would alarm who only reads."""
    style = CONTENTS_LINE
    paragraph = document.add_paragraph(style=style)
    field_part(paragraph, "begin")
    instruction(paragraph, ' TOC \\o "1-1" \\h \\z \\u ')
    field_part(paragraph, "separate")
    for place, (key, title) in enumerate(titles):
        if place:
            paragraph = document.add_paragraph(style=style)
        link_to(paragraph, title, f"#{key}", colour)
    field_part(paragraph, "end")


def simple_field(paragraph: Paragraph, code: str) -> None:
    field_part(paragraph, "begin")
    instruction(paragraph, f" {code} ")
    field_part(paragraph, "separate")
    paragraph.add_run("1")
    field_part(paragraph, "end")


def page_fields(document: DocxDocument, title: str, dates: str) -> None:
    """Running head and "Page x of y", from the second page on."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.text = f"{title}\t{dates}"
    foot = section.footer.paragraphs[0]
    foot.add_run("\t")
    for part in re.split("(#[12])", _("Page %(page)s of %(pages)s", page="#1", pages="#2")):
        if part in ("#1", "#2"):
            simple_field(foot, "PAGE" if part == "#1" else "NUMPAGES")
        else:
            foot.add_run(part)
    for name in ("Header", "Footer"):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(8.5), QUIET
        stops = style.paragraph_format.tab_stops
        for stop in list(stops):
            del stops[list(stops).index(stop)]
        stops.add_tab_stop(section.page_width - section.left_margin - section.right_margin, WD_TAB_ALIGNMENT.RIGHT)


def mark_header_row(table: Table, title: str) -> None:
    """Say to screen readers which row is the head and what the table is of; the head stands on each page of it."""
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    look = table._tbl.tblPr
    look.append(element("tblCaption", val=title))
    table.autofit = False


def describe(picture: InlineShape, title: str, alternative: str) -> None:
    """Give a picture its name and its text alternative."""
    properties = picture._inline.docPr
    properties.set("name", title)
    properties.set("title", title)
    properties.set("descr", alternative)
    # What is left out here, LibreOffice takes for an eighth of an inch.
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")


def set_language(document: DocxDocument, language: str) -> None:
    """The language of the whole text, in the document's defaults."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))
