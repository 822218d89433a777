"""The report's pages: the draft to read, and the same draft as files."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request
from flask_security import auth_required, current_user

from ..accounts.audit import record_audit
from ..errors import NotFound
from ..extensions import db
from ..programme.models import Event, Series
from ..programme.queries import NOT_HERE, event_for, series_for
from ..row_ids import row_id
from ..wording import now
from . import csv_file, docx, html_file, json_file, markdown, pdf, xlsx
from .document import Report
from .queries import report_for

bp = Blueprint("report", __name__)


class FileKind(NamedTuple):
    name: str
    purpose: str
    mimetype: str
    render: Callable[[Report], bytes]


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
    "xlsx": FileKind(
        "Excel",
        "themes, statements, responses and breakdowns, with a codebook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.render,
    ),
    "csv": FileKind("CSV", "every statement with its theme and heading, for spreadsheets", "text/csv", csv_file.render),
    "zip": FileKind("CSV, all tables", "the workbook's tables, for programs", "application/zip", csv_file.render_all),
    "json": FileKind("JSON", "the report and its statements, for programs", "application/json", json_file.render),
    "md": FileKind("Markdown", "plain text for wikis and e-mail", "text/markdown", markdown.render),
}


@bp.get("/series/<int:series_id>/report")
@auth_required()
def report(series_id: int) -> str:
    """The draft of the whole series, or of the event that ?event= names."""
    series, event = asked_for(series_id)
    return render_template(
        "report/report.html", series=series, event=event, report=report_for(series, event), files=FILES
    )


@bp.get("/series/<int:series_id>/report.<ext>")
@auth_required()
def file(series_id: int, ext: str) -> Response:
    """The same draft as a file."""
    series, event = asked_for(series_id)
    kind = FILES.get(ext)
    if kind is None:
        raise NotFound(f"The report is not made as a .{ext[:10]} file. It comes as {', '.join(FILES)}.")
    body = kind.render(report_for(series, event, now()))
    what = f"report as {kind.name}" + (f", event {event.id}" if event else "")
    record_audit("export", what, now(), current_user, series.id)
    db.session.commit()
    response = Response(body, mimetype=kind.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(series, event, ext)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def asked_for(series_id: int) -> tuple[Series, Event | None]:
    """The series and, where one is named, its event, for somebody who may see them."""
    series = series_for(current_user, series_id)
    wanted = request.args.get("event", "").strip()
    if not wanted:
        return series, None
    event_id = request.args.get("event", type=row_id)
    event = event_for(current_user, event_id) if event_id is not None else None
    if event is None or event.series_id != series.id:
        raise NotFound(NOT_HERE)
    return series, event


def file_name(series: Series, event: Event | None, ext: str) -> str:
    """managing-performance-report.pdf, managing-performance-london-report.pdf: letters that every system can store."""
    words = " ".join(filter(None, (series.title, event and (event.place or event.title), "report")))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')[:100]}.{ext}"
