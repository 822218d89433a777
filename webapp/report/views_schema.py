"""The published shape of the JSON file, at an address of its own that everybody may read."""

import json

from flask import Blueprint, Response

from .schema import schema

bp = Blueprint("schemas", __name__)


@bp.get("/schemas/rapporteur-report-1.json")
def report_schema() -> Response:
    """The JSON Schema of `report.json`."""
    body = json.dumps(schema(), ensure_ascii=False, indent=1)
    response = Response(body, mimetype="application/schema+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
