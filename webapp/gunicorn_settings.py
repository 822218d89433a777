"""Gunicorn's settings: `gunicorn --config python:webapp.gunicorn_settings wsgi:app`."""

import os
import shutil
from pathlib import Path
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:5000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
# Threads, because a request mostly waits for the database.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# A stop lets every request finish that was taken; none of ours takes longer than an import's upload.
graceful_timeout = 30
timeout = 120
keepalive = 5
# A worker gives its memory back now and then, not all at once.
max_requests = 20_000
max_requests_jitter = 4_000
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# A client's headers, a little larger than the largest cookie that we set.
limit_request_field_size = 8190
loglevel = "warning"


def on_starting(_server: Any) -> None:
    """Begin the metrics anew: the files of processes that are gone would be counted with those that run."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True)


def child_exit(_server: Any, worker: Any) -> None:
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
