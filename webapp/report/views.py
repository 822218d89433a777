"""The report's pages: how it stands, to read, and the same as files."""

from flask import Blueprint, Response, render_template, request
from flask_security import auth_required, current_user

from ..accounts.audit import record_audit
from ..errors import NotFound
from ..extensions import db
from ..programme.models import Event, Series
from ..programme.queries import NOT_HERE, event_for, series_for
from ..row_ids import row_id
from ..wording import now
from .charts import charts_of
from .drafts import assembled_for, draft_of
from .editions import editions_of
from .files import FILES, FileKind, file_name
from .language import written_in

bp = Blueprint("report", __name__)


@bp.get("/series/<int:series_id>/report")
@auth_required()
def report(series_id: int) -> str:
    """The report of the whole series, or of the event that ?event= names, as it stands."""
    series, event = asked_for(series_id)
    draft = draft_of(series, event)
    assembled = assembled_for(series, event)
    with written_in(assembled.report.language):
        charts = charts_of(assembled.report)
    return render_template(
        "report/report.html",
        series=series,
        event=event,
        draft=draft,
        editions=editions_of(draft),
        report=assembled.report,
        charts=charts,
        stale=assembled.stale,
        files=FILES,
    )


@bp.get("/series/<int:series_id>/report.<ext>")
@auth_required()
def file(series_id: int, ext: str) -> Response:
    """The same as a file."""
    series, event = asked_for(series_id)
    kind = kind_of_file(ext)
    body = kind.render(assembled_for(series, event, now()).report)
    what = f"report as {kind.name}" + (f", event {event.id}" if event else "")
    record_audit("export", what, now(), current_user, series.id)
    db.session.commit()
    return download(kind, body, file_name(series, event, ext))


def kind_of_file(ext: str) -> FileKind:
    kind = FILES.get(ext)
    if kind is None:
        raise NotFound(f"The report is not made as a .{ext[:10]} file. It comes as {', '.join(FILES)}.")
    return kind


def download(kind: FileKind, body: bytes, name: str) -> Response:
    response = Response(body, mimetype=kind.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def asked_for(series_id: int, at_least: str = "viewer") -> tuple[Series, Event | None]:
    """The series and, where one is named, its event, for somebody who may do what is asked."""
    series = series_for(current_user, series_id, at_least)
    wanted = request.args.get("event", "").strip()
    if not wanted:
        return series, None
    event_id = request.args.get("event", type=row_id)
    event = event_for(current_user, event_id) if event_id is not None else None
    if event is None or event.series_id != series.id:
        raise NotFound(NOT_HERE)
    return series, event
