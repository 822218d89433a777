"""The API's description: for programs as OpenAPI, for people as a page."""

import json

from flask import Blueprint, Response, render_template, url_for

from .models import SCOPES
from .openapi import INTRODUCTION, VERSION, document
from .reading_spec import calls_by_tag

bp = Blueprint("api_docs", __name__)


@bp.get("/api/openapi.json")
def openapi() -> Response:
    """OpenAPI 3.1."""
    response = Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/api/docs")
def docs() -> str:
    """Every call with what it takes and answers; readable without a script."""
    return render_template(
        "api/docs.html",
        calls=calls_by_tag(document()),
        scopes=SCOPES,
        introduction=INTRODUCTION,
        version=VERSION,
        root=url_for("programme.home", _external=True).rstrip("/"),
    )
