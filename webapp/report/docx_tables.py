"""Tables of figures in the Word file: widths by what stands in the columns, so that no head breaks within a word."""

import re
from collections.abc import Callable, Mapping

from docx.document import Document as DocxDocument
from docx.shared import Mm, Pt

from .document import Figures
from .docx_xml import element, mark_header_row
from .events_section import amount

PAGE, NAMES = 160.0, 34.0
# The widest letter of the serif that stands in where Georgia is not installed, in em, and the space in a cell, in mm.
LETTER, POINT, SPACE = 0.64, 0.3528, 4.0
SIZES, READABLE = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0), 7.5
# Longer tables may break across pages, after their first rows.
SHORT_TABLE = 12


def add_figures(
    document: DocxDocument, figures: Figures, style_ids: Mapping[str, str], clean: Callable[[str], str]
) -> None:
    """The table itself, under the caption that stands already. `clean` makes a text one that XML can hold."""
    rows = (figures.head, *figures.rows)
    table = document.add_table(rows=len(rows), cols=len(figures.head), style="Figures")
    words = not any(numeric(cell) for row in figures.rows for cell in row[1:])
    size, widths = layout(figures, words)
    # LibreOffice goes by the grid, Word by the cells.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for place, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(widths[column])
            written = cell.paragraphs[0]
            written._p.style = style_ids["Figure" if column and not words else "Figure Name"]
            run = written.add_run(clean(text))
            run.bold = (figures.total and place == len(rows) - 1) or None
            if place == 0 and size < SIZES[0]:
                run.font.size = Pt(size)
            last = place == len(rows) - 1
            written.paragraph_format.keep_with_next = not last and (len(rows) <= SHORT_TABLE or place < 2)
    mark_header_row(table, clean(figures.caption))


def layout(figures: Figures, words: bool) -> tuple[float, list[float]]:
    """The size of the heads in points and the columns' widths in mm, which make up the page's. The first column holds
    names, the others figures, or one column the meanings of words."""
    columns = len(figures.head)
    if words:
        return SIZES[0], [30.0, *[(PAGE - 30.0) / (columns - 1)] * (columns - 1)]
    if columns == 2:
        return SIZES[0], [120.0, 40.0]
    # Names take what they need, at most half the page, and go on a second line before the heads become too small.
    longest = letters(max((row[0] for row in figures.rows), key=len, default=""), SIZES[0])
    wanted = max(NAMES, min(PAGE / 2, longest))
    for size in SIZES:
        needed = [needs(figures, column, size) for column in range(1, columns)]
        if sum(needed) <= PAGE - (wanted if size >= READABLE else NAMES):
            break
    names = min(PAGE - sum(needed), wanted)
    share = (PAGE - names) / sum(needed)
    return size, [names, *(need * share for need in needed)]


def needs(figures: Figures, column: int, size: float) -> float:
    """The mm that a column of figures needs for the longest part of its head that nothing breaks."""
    parts = re.split(r"(?<=-)|\s", figures.head[column])
    figure = max((row[column] for row in figures.rows), key=len, default="")
    return max(letters(max(parts, key=len), size), letters(figure, SIZES[0]))


def letters(text: str, size: float) -> float:
    """How wide a text can be in a cell, in mm."""
    return len(text) * LETTER * size * POINT + SPACE


def numeric(text: str) -> bool:
    return text == amount(None) or re.fullmatch(r"[0-9,]+", text) is not None
