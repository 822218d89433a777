"""The files that a report comes as, and the names they are saved by."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ..programme.models import Event, Series
from . import csv_file, docx, html_file, json_file, markdown, pdf, qdpx, xlsx
from .document import Report
from .drafts import slug_of
from .language import written_in


class FileKind(NamedTuple):
    name: str
    purpose: str
    mimetype: str
    make: Callable[[Report], bytes]

    def render(self, report: Report) -> bytes:
        """The file, in the report's language whatever the reader's is."""
        with written_in(report.language):
            return self.make(report)


FILES = {
    "pdf": FileKind("PDF", "to print, publish and send", "application/pdf", pdf.render),
    "archive.pdf": FileKind("PDF for archives", "PDF/A-2a and PDF/UA-1", "application/pdf", pdf.render_archive),
    "docx": FileKind(
        "Word",
        "to edit further",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.render,
    ),
    "html": FileKind("HTML", "one file for e-mail, with all evidence", "text/html", html_file.render),
    "summary.pdf": FileKind("Summary, PDF", "two pages", "application/pdf", pdf.render_summary),
    "summary.docx": FileKind(
        "Summary, Word",
        "two pages",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.render_summary,
    ),
    "summary.html": FileKind("Summary, HTML", "one file for e-mail", "text/html", html_file.render_summary),
    "xlsx": FileKind(
        "Excel",
        "themes, statements, responses and breakdowns, with a codebook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.render,
    ),
    "csv": FileKind("CSV", "every statement with its theme and heading, for spreadsheets", "text/csv", csv_file.render),
    "zip": FileKind("CSV, all tables", "the workbook's tables, for programs", "application/zip", csv_file.render_all),
    "json": FileKind("JSON", "the report and its statements, for programs", "application/json", json_file.render),
    "qdpx": FileKind("QDPX", "for NVivo, ATLAS.ti and MAXQDA", "application/vnd.qdpx+zip", qdpx.render),
    "md": FileKind("Markdown", "plain text for wikis and e-mail", "text/markdown", markdown.render),
}


def file_name(series: Series, event: Event | None, ext: str, edition: int = 0) -> str:
    """managing-performance-report.pdf, managing-performance-london-report-edition-2.pdf."""
    words = " ".join(filter(None, (series.title, event and (event.place or event.title), "report")))
    return f"{slug_of(words, 100)}{f'-edition-{edition}' if edition else ''}.{ext}"


@lru_cache(maxsize=12)
def rendered(report: Report, ext: str) -> bytes:
    """The file of an edition. Many readers ask for the same few, and each takes a moment to set."""
    return FILES[ext].render(report)
