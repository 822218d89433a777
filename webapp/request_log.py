"""Logs that a machine reads: one JSON object a line, with the request's id, and without what anybody wrote.

Addresses are not logged, for they hold receipt codes, links and search words; nor are the texts of exceptions, for a
database puts the row that it refused into them. What remains, the endpoint and each line of the traceback, finds a
fault all the same.
"""

import json
import logging
import re
import sys
import time
import traceback
import uuid
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, has_request_context, request

ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
requests = logging.getLogger("rapporteur.requests")


def join(app: Flask) -> None:
    """Give every request an id, the caller's own where it is sound, and log as the settings say."""
    app.before_request(take_id)
    app.after_request(give_id)
    if app.config["JSON_LOGS"]:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logging.root.handlers[:] = [handler]
        logging.root.setLevel(logging.INFO)
        for logger in (app.logger, logging.getLogger("huey")):
            logger.handlers[:] = []
            logger.setLevel(logging.INFO)
        logging.getLogger("alembic").setLevel(logging.WARNING)
        app.after_request(log_request)


def take_id() -> None:
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if ID.fullmatch(sent) else uuid.uuid4().hex
    g.request_began = time.perf_counter()


def give_id(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    return response


def log_request(response: Response) -> Response:
    took = time.perf_counter() - g.get("request_began", time.perf_counter())
    requests.info("request", extra={"status": response.status_code, "ms": round(took * 1000, 1)})
    return response


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            fields |= {"request_id": g.get("request_id", ""), "method": request.method, "endpoint": request.endpoint}
        fields |= {name: getattr(record, name) for name in ("status", "ms") if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            fields |= without_words(record.exc_info[1], record.exc_info[2])
        return json.dumps(fields, ensure_ascii=False)


def without_words(error: BaseException, trace: TracebackType | None) -> dict[str, Any]:
    """What kind of error, and where: its text may be a delegate's."""
    chain, seen = [], error
    while seen is not None and len(chain) < 10:
        chain.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        seen = seen.__cause__ or seen.__context__
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return {"error": chain, "trace": frames[-25:]}
