"""A production server (gunicorn, 2 workers of 4 threads) with a database of its own, for measuring."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "error"]


def prepare_instance() -> Path:
    """A new folder for the data of this process's app and its servers; call it before webapp is imported."""
    folder = Path(tempfile.mkdtemp(prefix="rapporteur-bench-"))
    os.environ["RAPPORTEUR_INSTANCE"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    for path in (str(ROOT), str(ROOT / "benchmarks")):
        if path not in sys.path:
            sys.path.insert(0, path)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(app: str, port: int, **environment: str) -> "subprocess.Popen[bytes]":
    """Start the server of `app` ("module:name") with these variables set, and wait until it answers.

    It leads a process group of its own, so that it can be killed with its workers.
    """
    command = [sys.executable, "-m", "gunicorn", *SERVER, "--bind", f"127.0.0.1:{port}"]
    command += ["--pythonpath", f"{ROOT},{ROOT / 'benchmarks'}", app]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)
    wait_for(port, server)
    return server


@contextmanager
def production(app: str, **environment: str) -> Iterator[int]:
    """Serve `app` ("module:name") with these variables set; yields the port."""
    port = free_port()
    server = serve(app, port, **environment)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("The server did not start.")
        try:
            # A worker's answer, not only the port: a worker takes its time to load.
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise SystemExit("The server did not answer within a minute.")
