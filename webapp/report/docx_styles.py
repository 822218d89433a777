"""The Word file's styles and its numbering: A4, 25 mm margins, one accent, a number before each paragraph."""

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from .docx_xml import CONTENTS_LINE

QUIET, INK = RGBColor(0x5C, 0x5C, 0x66), RGBColor(0x1B, 0x1B, 0x1F)
SERIF = "Georgia"
NUMBERED = "Numbered Paragraph"
KEPT_NUMBER = "Paragraph With Kept Number"

# name, based on, size in points, space before and after in points, left indent in millimetres, colour
STYLES = (
    (NUMBERED, "Normal", 10.5, 0, 8, 0, None),
    (KEPT_NUMBER, "Normal", 10.5, 0, 8, 0, None),
    ("Chart", "Normal", 10.5, 0, 10, 0, None),
    ("Contents Heading", "Normal", 18, 0, 12, 0, None),
    (CONTENTS_LINE, "Normal", 10.5, 0, 3, 0, None),
    ("Ranked List", "Normal", 10.5, 4, 4, 7, None),
    ("Cover", "Normal", 12, 0, 6, 0, None),
    ("Missing", "Normal", 10.5, 0, 8, 0, QUIET),
    ("Practice Quote", "Quote", 10.5, 4, 8, 7, None),
    ("Figure Name", "Normal", 9, 2, 2, 0, None),
    ("Figure", "Normal", 9, 2, 2, 0, None),
    ("Note", "Normal", 8.5, 3, 10, 0, QUIET),
)
HEADINGS = {1: (18, 22, 8, None), 2: (12.5, 14, 5, INK), 3: (11, 10, 4, INK)}


def apply_styles(document: DocxDocument, colour: str) -> None:
    """Set the page and every style that the report uses; headings and rules in the colour, #rrggbb."""
    accent = RGBColor.from_string(colour[1:].upper())
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    set_font(normal, 10.5, None)
    normal.paragraph_format.line_spacing = 1.2
    for name, base, size, before, after, indent, shade in STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == CONTENTS_LINE)
        style.base_style = document.styles[base]
        set_font(style, size, shade)
        spaced(style, before, after, indent)
    for level, (size, before, after, shade) in HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        set_font(style, size, shade or accent)
        style.font.bold = True
        spaced(style, before, after, 0)
    document.styles["Contents Heading"].font.bold = True
    document.styles["Contents Heading"].font.color.rgb = accent
    document.styles[CONTENTS_LINE].paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
    # As Word itself sets the numbers that it counts: in the margin, before the text.
    kept = document.styles[KEPT_NUMBER].paragraph_format
    kept.first_line_indent = Mm(-11)
    kept.tab_stops.add_tab_stop(Mm(0))
    document.styles["Heading 2"].font.small_caps = True
    document.styles["Missing"].font.italic = True
    document.styles["Figure"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    adapt_built_in_styles(document, accent)
    add_table_style(document)


def tighten(document: DocxDocument) -> None:
    """The same styles for a summary: two pages, a title and no cover."""
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(17)
    section.left_margin = section.right_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(9)
    document.styles["Normal"].paragraph_format.line_spacing = 1.0
    sizes = (("Title", 20, 0, 4), ("Subtitle", 11, 0, 2), ("Note", 8.5, 0, 4), ("Heading 1", 13, 9, 4))
    sizes += (("Body Text", 9, 0, 4), ("Ranked List", 9, 2, 2), ("Quote", 9, 0, 3), ("List Bullet", 9, 0, 2))
    for name, size, before, after in sizes:
        style = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    document.styles["Quiet"].font.size = Pt(8)


def adapt_built_in_styles(document: DocxDocument, accent: RGBColor) -> None:
    """Title, Subtitle, Quote, Caption and lists as the design has them, and a quiet character style."""
    title, subtitle, quote, caption = (document.styles[name] for name in ("Title", "Subtitle", "Quote", "Caption"))
    set_font(title, 32, accent)
    title.font.bold = True
    spaced(title, 110, 14, 0)
    for border in list(title.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    rule = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="48" w:space="24" w:color="{accent}"/></w:pBdr>'
    )
    title.element.get_or_add_pPr().insert_element_before(
        rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )
    set_font(subtitle, 16, INK)
    subtitle.font.italic = False
    for spacing in list(subtitle.element.iter(qn("w:spacing"))):
        if spacing.getparent().tag == qn("w:rPr"):
            spacing.getparent().remove(spacing)
    spaced(subtitle, 0, 130, 0)
    set_font(quote, 10.5, INK)
    quote.font.italic = False
    spaced(quote, 0, 8, 7)
    quote.paragraph_format.keep_together = True
    set_font(caption, 9.5, INK)
    caption.font.bold = True
    spaced(caption, 12, 5, 0)
    spaced(document.styles["Body Text"], 0, 8, 0)
    set_font(document.styles["List Bullet"], 10.5, None)
    spaced(document.styles["List Bullet"], 0, 4, 7)
    quiet = document.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
    quiet.font.size, quiet.font.color.rgb = Pt(9), QUIET
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="16" w:space="8" w:color="{accent}"/></w:pBdr>'
    )
    practice = document.styles["Practice Quote"].element.get_or_add_pPr()
    practice.insert_element_before(border, "w:shd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def set_font(style: object, size: float, colour: RGBColor | None) -> None:
    style.font.name, style.font.size = SERIF, Pt(size)  # type: ignore[attr-defined]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), SERIF)
    if colour is not None:
        style.font.color.rgb = colour  # type: ignore[attr-defined]


def spaced(style: object, before: float, after: float, indent: float) -> None:
    layout = style.paragraph_format  # type: ignore[attr-defined]
    layout.space_before, layout.space_after, layout.left_indent = Pt(before), Pt(after), Mm(indent)


def add_table_style(document: DocxDocument) -> None:
    """A table of figures: hairlines between rows, a firm line under the head, no box."""
    style = document.styles.add_style("Figures", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    borders = parse_xml(
        f"<w:tblPr {nsdecls('w')}><w:tblBorders>"
        '<w:bottom w:val="single" w:sz="8" w:color="1B1B1F"/><w:insideH w:val="single" w:sz="4" w:color="DCD9D0"/>'
        "</w:tblBorders></w:tblPr>"
    )
    style.element.append(borders)
    head = parse_xml(
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:color w:val="5C5C66"/></w:rPr><w:tcPr><w:tcBorders>'
        '<w:bottom w:val="single" w:sz="8" w:color="1B1B1F"/></w:tcBorders></w:tcPr></w:tblStylePr>'
    )
    style.element.append(head)


def number_lists(document: DocxDocument) -> None:
    """Word numbering definitions tied to the styles: paragraphs 1 to n in the margin, and the ranked list."""
    numbering = document.part.numbering_part.element
    for place, (style, hanging, left, bracket) in enumerate(((NUMBERED, 11, 0, "%1"), ("Ranked List", 7, 14, "%1."))):
        abstract_id, number_id = 90 + place, 90 + place
        size = '<w:sz w:val="18"/>' if style == NUMBERED else ""
        left_twips, hanging_twips = int(left * 56.7), int(hanging * 56.7)
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="{document.styles[style].style_id}"/>'
            f'<w:lvlText w:val="{bracket}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left_twips}"/></w:tabs>'
            f'<w:ind w:left="{left_twips}" w:hanging="{hanging_twips}"/></w:pPr>'
            f'<w:rPr><w:color w:val="5C5C66"/>{size}</w:rPr></w:lvl></w:abstractNum>'
        )
        first_number = numbering.find(qn("w:num"))
        first_number.addprevious(abstract)
        number = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{abstract_id}"/></w:num>'
        )
        numbering.append(number)
        layout = document.styles[style].element.get_or_add_pPr()
        for indent in layout.findall(qn("w:ind")):
            layout.remove(indent)
        properties = layout.get_or_add_numPr()
        properties.get_or_add_numId().val = number_id


def count_from_one(document: DocxDocument, style: str) -> int:
    """The id of a numbering of its own for one more list of a numbered style, so that each list begins at 1."""
    numbering = document.part.numbering_part.element
    id_ = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(each for each in numbering.findall(qn("w:num")) if int(each.get(qn("w:numId"))) == id_)
    abstract_id = abstract.find(qn("w:abstractNumId")).get(qn("w:val"))
    new_id = max(int(each.get(qn("w:numId"))) for each in numbering.findall(qn("w:num"))) + 1
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{new_id}"><w:abstractNumId w:val="{abstract_id}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return new_id
