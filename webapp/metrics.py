"""Counts and times for Prometheus, added up over the web processes. Off unless METRICS=yes."""

import hmac
import time
from collections.abc import Iterator

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from .errors import NotFound
from .extensions import huey

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# By endpoint, never by address: addresses hold codes and tokens.
REQUESTS = Counter("rapporteur_requests", "Requests answered", ["endpoint", "method", "status"])
TIMES = Histogram("rapporteur_request_seconds", "Time to answer a request", ["endpoint"], buckets=SECONDS)


class QueueLength(Collector):
    """How many tasks wait for a worker, looked up when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("rapporteur_tasks_waiting", "Tasks that wait for a worker", value=huey.pending_count())


def join(app: Flask) -> None:
    """Count every request, and answer /metrics."""
    app.before_request(start_clock)
    app.after_request(count_request)
    app.add_url_rule("/metrics", "operation.metrics", metrics)


def start_clock() -> None:
    g.started = time.perf_counter()


def count_request(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    REQUESTS.labels(endpoint, request.method, response.status_code).inc()
    if "started" in g:
        TIMES.labels(endpoint).observe(time.perf_counter() - g.started)
    return response


def metrics() -> ResponseReturnValue:
    """For whoever holds METRICS_TOKEN; where none is set, for this computer alone."""
    if not may_read():
        raise NotFound("There is nothing at this address.")
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(QueueLength())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read() -> bool:
    token = current_app.config["METRICS_TOKEN"]
    if token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(sent.encode(), token.encode())
    # A proxy on this computer hands on requests from anywhere, and says so.
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.remote_addr in ("127.0.0.1", "::1") and not forwarded
