"""Errors of the JSON API, as RFC 9457 has them: `application/problem+json`, in the same plain words as the pages."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, g, request

PREFIX = "/api/"
MIMETYPE = "application/problem+json"


def programs_ask() -> bool:
    """Whether the request is for an address of the API, whose errors are for programs too."""
    return request.path.startswith(PREFIX)


def problem(
    status: int, detail: object, errors: Iterable[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The problem as an answer. `errors` name what is wrong by `pointer` (into the body) or `parameter`."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
        "request_id": g.get("request_id", ""),
    }
    if listed := [dict(error) for error in errors]:
        said["errors"] = listed
    response = Response(json.dumps(said), status, mimetype=MIMETYPE)
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Rapporteur"'
    response.headers.extend(headers or {})
    return response


def faults_in(messages: Any) -> list[dict[str, str]]:
    """webargs' messages, {"json": {"answers": {0: {"text": ["..."]}}}}, as a list of errors."""
    found: list[dict[str, str]] = []
    for place, what in messages.items() if isinstance(messages, dict) else ():
        for path, words in flattened(what):
            name = "parameter" if place in ("query", "headers") else "pointer"
            found.append({name: ".".join(path) if name == "parameter" else pointer(path), "detail": words})
    return found


def flattened(what: Any, path: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], str]]:
    if isinstance(what, dict):
        for key, inner in what.items():
            yield from flattened(inner, path if key == "_schema" else (*path, str(key)))
    else:
        for words in what if isinstance(what, list) else [what]:
            yield path, str(words)


def pointer(path: Iterable[str]) -> str:
    """A JSON Pointer (RFC 6901); empty for the whole body."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)
