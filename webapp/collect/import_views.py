"""Answers that were collected elsewhere: a file is uploaded, mapped, tried, brought in, taken back."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from sqlalchemy.exc import OperationalError

from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import Event, Series
from ..programme.queries import questions_of, series_for
from ..wording import count, listed, now
from .columns import Field
from .export_tools import TOOLS
from .import_forms import UploadForm, targets_offered, targets_sent
from .import_receiving import (
    give_up_file,
    import_in,
    imports_of,
    map_file,
    preview_of,
    receive_file,
    sheets_not_read,
)
from .import_running import STALLED
from .import_taking_back import take_back
from .mapping import Mapping
from .models_imports import FileImport
from .tasks import start
from .views import Page, bp


@bp.route("/series/<int:series_id>/collect/import", methods=["GET", "POST"])
@auth_required()
def import_file(series_id: int) -> Page:
    """Choose a file; below, what was imported before."""
    series = series_for(current_user, series_id, "editor")
    form = UploadForm(series)
    if form.validate_on_submit():
        upload = form.file.data
        try:
            imported = receive_file(
                series, event_of(series, form.event.data), upload.read(), upload.filename, current_user, now()
            )
        except DomainError as error:
            db.session.rollback()
            form.file.errors = [str(error)]
        else:
            left = sheets_not_read(imported)
            if left:
                flash(f"Only the first sheet was read. Not read: {listed(f'“{title}”' for title in left)}.")
            return to_import(imported)
    status = 400 if form.errors or form.file.errors else 200
    page = render_template(
        "collect/import.html", series=series, form=form, imports=imports_of(series), tools=TOOLS, zone=zone_of(series)
    )
    return page, status


def event_of(series: Series, event_id: int | None) -> Event | None:
    return next((event for event in series.events if event.id == event_id), None)


def zone_of(series: Series) -> str:
    return series.events[0].time_zone if series.events else current_app.config["DEFAULT_TIME_ZONE"]


def to_import(imported: FileImport) -> Page:
    return redirect(url_for(".one_import", series_id=imported.series_id, import_id=imported.id), 303)


@bp.get("/series/<int:series_id>/collect/imports/<int:import_id>")
@auth_required()
def one_import(series_id: int, import_id: int) -> Page:
    """Where one file stands: its mapping and preview, its progress, or what became of it."""
    series = series_for(current_user, series_id, "editor")
    imported = import_in(series, import_id)
    if imported.state in ("uploaded", "checked", "failed") and imported.content is not None:
        return mapping_page(imported, Mapping(**imported.mapping))
    stalled = imported.progress_at is not None and imported.progress_at < now() - STALLED
    return render_template(
        "collect/import_state.html",
        series=series,
        imported=imported,
        stalled=stalled,
        tool=TOOLS.get(imported.tool, ""),
        zone=zone_of(series),
    )


def mapping_page(imported: FileImport, mapping: Mapping, error: str = "") -> Page:
    questions = questions_of(imported.event) if imported.event is not None else []
    page = render_template(
        "collect/import_mapping.html",
        series=imported.series,
        imported=imported,
        fields=[Field.from_json(each) for each in imported.fields],
        mapping=mapping,
        groups=targets_offered(questions),
        preview=preview_of(imported, now(), current_app.config["DEFAULT_TIME_ZONE"]),
        tool=TOOLS.get(imported.tool, ""),
        error=error or imported.error,
        zone=zone_of(imported.series),
    )
    return page, 400 if error else 200


@bp.post("/series/<int:series_id>/collect/imports/<int:import_id>")
@auth_required()
def check_import(series_id: int, import_id: int) -> Page:
    """Keep the mapping, and try it on every row."""
    imported = import_in(series_for(current_user, series_id, "editor"), import_id)
    targets = targets_sent(len(imported.fields))
    day_first, add_choices = request.form.get("day_first") != "no", "add_choices" in request.form
    try:
        map_file(imported, targets, day_first, add_choices)
    except Refused as error:
        db.session.rollback()
        if imported.content is None or imported.state in ("checking", "importing"):
            raise
        return mapping_page(imported, Mapping(targets, day_first, add_choices), str(error))
    start(imported, storing=False)
    return to_import(imported)


@bp.post("/series/<int:series_id>/collect/imports/<int:import_id>/run")
@auth_required()
def run_file(series_id: int, import_id: int) -> Page:
    """Bring the file in, or go on with one that was interrupted."""
    imported = import_in(series_for(current_user, series_id, "editor"), import_id)
    start(imported, storing=imported.state != "checking")
    return to_import(imported)


@bp.post("/series/<int:series_id>/collect/imports/<int:import_id>/give-up")
@auth_required()
def give_up_import(series_id: int, import_id: int) -> Page:
    imported = import_in(series_for(current_user, series_id, "editor"), import_id)
    give_up_file(imported)
    flash("The file is forgotten. Nothing of it was stored.")
    return redirect(url_for(".import_file", series_id=series_id), 303)


@bp.route("/series/<int:series_id>/collect/imports/<int:import_id>/take-back", methods=["GET", "POST"])
@auth_required()
def take_back_import(series_id: int, import_id: int) -> Page:
    """Ask first, then withdraw what the import added."""
    series = series_for(current_user, series_id, "editor")
    imported = import_in(series, import_id)
    if request.method == "GET":
        return render_template("collect/import_take_back.html", series=series, imported=imported, zone=zone_of(series))
    try:
        withdrawn = take_back(imported, current_user, now())
    except OperationalError:
        # SQLite has one writer: a long reading of new answers is under way.
        db.session.rollback()
        flash("The answers are being read at this moment. Nothing was changed; try again in a minute.", "bad")
        return redirect(url_for(".take_back_import", series_id=series_id, import_id=import_id), 303)
    flash(f"The import is taken back: {count(withdrawn, 'response')} withdrawn.")
    return to_import(imported)
