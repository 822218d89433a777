"""The series as a file: an owner's page."""

import tempfile

from flask import Blueprint, render_template, send_file
from flask import Response as BaseResponse
from flask_security import auth_required, current_user

from ..accounts.audit import record_audit
from ..extensions import db
from ..programme.queries import series_for
from ..wording import now
from .values import SeriesFileError
from .writing import one_moment, write_series

bp = Blueprint("series_files", __name__)


@bp.get("/series/<int:series_id>/file")
@auth_required()
def series_file(series_id: int) -> str:
    """What the file holds, and what stays behind."""
    series = series_for(current_user, series_id, "owner")
    return render_template("series_files/series_file.html", series=series)


@bp.post("/series/<int:series_id>/file")
@auth_required()
def download(series_id: int) -> BaseResponse | tuple[str, int]:
    """The whole series."""
    series = series_for(current_user, series_id, "owner")
    # It has no name, and is gone when the response has been sent.
    out = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        with one_moment() as connection:
            write_series(connection, series.id, out)
    except SeriesFileError as error:
        return render_template("series_files/series_file.html", series=series, problem=str(error)), 409
    record_audit("export", "the whole series as a file", now(), current_user, series.id)
    db.session.commit()
    out.seek(0)
    return send_file(out, "application/zip", as_attachment=True, download_name=f"series-{series.id}.zip")
