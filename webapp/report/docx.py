"""The report as a Word file with real styles: headings, numbered paragraphs, quotes, lists, tables, contents."""

import io
import re
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_BREAK
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocxParagraph
from flask_babel import gettext as _

from .attribution import told_below
from .brand import ACCENT, Brand
from .chart_png import png_of
from .charts import Chart, charts_of
from .document import Figures, Item, Paragraph, Quote, Report, Run, Section
from .docx_styles import KEPT_NUMBER, NUMBERED, apply_styles, count_from_one, number_lists, tighten
from .docx_tables import add_figures
from .docx_xml import bookmark, contents_field, describe, link_to, page_fields, set_language
from .summary import summary_of

# Office Open XML allows a document property no more characters.
PROPERTY = 255
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render_summary(report: Report) -> bytes:
    """The two pages for those who will not read more."""
    return render(summary_of(report), compact=True)


def render(report: Report, compact: bool = False) -> bytes:
    """The DOCX's bytes. What delegates wrote is text in it, never markup."""
    document = Document()
    apply_styles(document, report.brand.colour if report.brand else ACCENT)
    if compact:
        tighten(document)
    set_language(document, report.language)
    number_lists(document)
    Writer(document, compact).report(report)
    core = document.core_properties
    core.title, core.subject = clean(report.title)[:PROPERTY], clean(report.subtitle)[:PROPERTY]
    core.author, core.language = clean(report.organisers)[:PROPERTY] or "Rapporteur", report.language
    core.comments = ""
    core.created = core.modified = made_at(report)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def made_at(report: Report) -> datetime:
    """What the file gives as its time: the same each time it is made of one edition."""
    return (report.published_at or report.drafted_at or datetime(2000, 1, 1, tzinfo=UTC)).replace(tzinfo=None)


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold; line breaks become spaces."""
    return re.sub(r"[\n\r\v\f\t\u2028\u2029]+", " ", ILLEGAL.sub("", text))


class Writer:
    """Writes a report's parts into a document, in order."""

    def __init__(self, document: DocxDocument, compact: bool = False) -> None:
        self.document, self.compact = document, compact
        # python-docx reads all styles again each time one is named; a report names them thousands of times.
        self.style_ids = {style.name: style.style_id for style in document.styles}
        self.bookmarks = 0
        self.counted = 0
        self.colour = ACCENT
        self.charts: dict[str, list[Chart]] = {}

    def report(self, report: Report) -> None:
        self.colour = report.brand.colour if report.brand else ACCENT
        for chart in charts_of(report):
            self.charts.setdefault(chart.after, []).append(chart)
        if self.compact:
            self.head(report)
        else:
            self.cover(report)
            self.contents(report)
        for section in report.sections:
            self.section(section, 1)
        page_fields(self.document, clean(report.title), clean(report.dates))

    def contents(self, report: Report) -> None:
        self.line(_("Contents"), "Contents Heading")
        titles = [(section.key, section.title) for section in report.sections]
        contents_field(self.document, [(key, clean(title)) for key, title in titles], self.colour)
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def head(self, report: Report) -> None:
        """The summary's title, where the report has a cover."""
        for text, style in ((report.title, "Title"), (report.subtitle, "Subtitle")):
            self.line(text, style)
        self.line(" · ".join(filter(None, (report.places, report.dates))), "Note")

    def line(self, text: str, style: str) -> DocxParagraph:
        written = self.styled(style)
        written.add_run(clean(text))
        return written

    def styled(self, style: str) -> DocxParagraph:
        written = self.document.add_paragraph()
        written._p.style = self.style_ids[style]
        return written

    def quiet(self, written: DocxParagraph, text: str) -> None:
        written.add_run(clean(text))._r.style = self.style_ids["Quiet"]

    def cover(self, report: Report) -> None:
        if report.brand and report.brand.logo:
            self.logo(report.brand)
        self.line(report.title, "Title")
        self.line(report.subtitle, "Subtitle")
        if report.brand and report.brand.organisation:
            self.line(report.brand.organisation, "Cover")
        for text in (report.places, report.dates, report.organisers):
            if text:
                self.line(text, "Cover")
        if report.stage:
            self.line(report.stage, "Cover")
        self.document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)

    def logo(self, brand: Brand) -> None:
        """The logo above the title; a drawing as a picture of it."""
        picture = brand.logo_bytes if brand.logo_kind == "png" else png_of(brand.logo_bytes.decode())
        placed = self.styled("Cover").add_run().add_picture(io.BytesIO(picture), height=Mm(16))
        describe(placed, "Logo", clean(brand.logo_alternative) or "Logo")

    def section(self, section: Section, level: int) -> None:
        self.bookmarks += 1
        bookmark(self.line(section.title, f"Heading {level}"), section.key, self.bookmarks)
        boxed = section.kind == "box"
        for paragraph in section.paragraphs:
            self.paragraph(paragraph, boxed and level > 1)
        for inner in section.sections:
            self.section(inner, level + 1)

    def paragraph(self, paragraph: Paragraph, boxed: bool = False) -> None:
        # A list without words before it, and without a number, begins with its first item.
        if paragraph.text or paragraph.number or not paragraph.items:
            self.words(paragraph)
        if paragraph.kind != "lines" and paragraph.items:
            self.items(paragraph)
        if paragraph.own:
            self.line(_("The organisers’ own words"), "Note")
        for quote in paragraph.quotes:
            self.quote(quote, "Practice Quote" if boxed else "Quote")
        for chart in self.charts.get(paragraph.key, ()):
            self.chart(chart)
        if paragraph.figures is not None:
            self.figures(paragraph.figures)

    def words(self, paragraph: Paragraph) -> None:
        """What a paragraph says, before its quotes, figures and items; lines are part of it."""
        written = self.begun(paragraph)
        self.runs(written, paragraph.runs)
        if paragraph.kind == "lines":
            for run in written.runs:
                run.bold = True
        goes_on = paragraph.quotes or paragraph.figures or paragraph.items or paragraph.kind == "opening"
        written.paragraph_format.keep_with_next = bool(goes_on) or None
        if paragraph.kind == "lines":
            for item in paragraph.items:
                written.add_run().add_break()
                self.runs(written, item.runs)

    def begun(self, paragraph: Paragraph) -> DocxParagraph:
        """A new paragraph of the right style. Word counts the numbers as long as they run from 1; a number that was
        published and is kept out of that order is written out."""
        if paragraph.kind == "missing" or not paragraph.number:
            return self.styled("Missing" if paragraph.kind == "missing" else "Body Text")
        if str(paragraph.number) == str(self.counted + 1):
            self.counted += 1
            return self.styled(NUMBERED)
        written = self.styled(KEPT_NUMBER)
        self.quiet(written, str(paragraph.number))
        written.runs[0].add_tab()
        return written

    def chart(self, chart: Chart) -> None:
        """The picture with what it shows in words, and its table where that does not stand beside it anyway."""
        self.line(chart.title, "Caption").paragraph_format.keep_with_next = True
        holder = self.styled("Chart")
        picture = holder.add_run().add_picture(
            io.BytesIO(png_of(chart.svg.replace(ACCENT, self.colour))), width=Mm(160)
        )
        describe(picture, clean(chart.title), clean(chart.alternative))
        if not chart.tabled:
            self.figures(chart.table)

    def runs(self, written: DocxParagraph, runs: tuple[Run, ...]) -> None:
        for run in runs:
            if run.href:
                link_to(written, clean(run.text), run.href, self.colour)
                continue
            added = written.add_run(clean(run.text))
            added.bold, added.italic = run.strong or None, run.emphasis or None

    def items(self, paragraph: Paragraph) -> None:
        style = "Ranked List" if paragraph.kind == "ranked" else "List Bullet"
        count = count_from_one(self.document, style) if paragraph.kind == "ranked" else None
        for item in paragraph.items:
            self.item(item, style, count)

    def item(self, item: Item, style: str, count: int | None = None) -> None:
        written = self.styled(style)
        if count is not None:
            written._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = count
        if item.link:
            link_to(written, clean(item.text), f"#{item.link}", self.colour)
        else:
            self.runs(written, item.runs)
        if item.note:
            self.quiet(written, f" ({item.note})")
        for quote in item.quotes:
            written.paragraph_format.keep_with_next = True
            self.quote(quote, "Quote")

    def quote(self, quote: Quote, style: str) -> None:
        written = self.styled(style)
        written.add_run(f"“{clean(quote.text)}{' […]' if quote.cut_after else ''}”")
        written.add_run().add_break()
        self.quiet(written, told_below(quote))

    def figures(self, figures: Figures) -> None:
        self.line(figures.caption, "Caption").paragraph_format.keep_with_next = True
        add_figures(self.document, figures, self.style_ids, clean)
        self.line(figures.note, "Note")
