"""The same task goes through each queue that a TASKS_URL can name: SQLite, Redis and PostgreSQL."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from webapp.extensions import tasks_queue


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/tasks.db"


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis server of our own on a free port."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    with databases.postgres_cluster() as url:
        yield url


@pytest.mark.parametrize("kind", ["sqlite", "redis", "postgresql"])
def test_a_task_is_carried_out_once_with_its_arguments(kind: str, request: pytest.FixtureRequest) -> None:
    queue = tasks_queue(request.getfixturevalue(f"{kind}_url"))
    done: list[int] = []

    @queue.task()
    def note(number: int) -> None:
        done.append(number)

    note(7)
    note(8)
    while (task := queue.dequeue()) is not None:
        queue.execute(task)

    assert done == [7, 8]


@pytest.mark.parametrize("kind", ["sqlite", "redis", "postgresql"])
def test_only_the_first_of_many_phones_puts_a_reading_in_line(kind: str, request: pytest.FixtureRequest) -> None:
    queue = tasks_queue(request.getfixturevalue(f"{kind}_url"))
    assert [bool(queue.put_if_empty("reading-1", 1)) for _ in range(3)] == [True, False, False]
    queue.get("reading-1")
    assert queue.put_if_empty("reading-1", 1)


def test_an_unknown_queue_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match="TASKS_URL must begin with"):
        tasks_queue("amqp://localhost")
