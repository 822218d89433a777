"""`flask start`: the web server and the worker together, as `make run` uses them."""

import contextlib
import os
import signal
import subprocess
import sys

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from config import INSTANCE

from .accounts.models import User
from .demo.commands import ORGANISER, SIGN_IN
from .extensions import db

GUNICORN = ["--config", "python:webapp.gunicorn_settings"]


@click.command("start")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@with_appcontext
def start(host: str, port: int) -> None:
    """Run gunicorn and one worker until Ctrl-C, or until either of them ends."""
    click.echo(welcome(f"http://{host}:{port}/"))
    db.session.remove()
    db.engine.dispose()
    python = sys.executable
    # In a session of their own, so that Ctrl-C reaches them once, from here, and in order.
    commands = [
        [python, "-m", "gunicorn", *GUNICORN, "--bind", f"{host}:{port}", "wsgi:app"],
        # The only worker: it may use every core, and gives way to the web server when that has something to do.
        [python, "-m", "flask", "--app", "wsgi", "worker", "--cores", str(os.cpu_count() or 1)],
    ]
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: sys.exit(0))
    try:
        os.wait()
    finally:
        click.echo("\nStopping.")
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait()


def welcome(address: str) -> str:
    """What a person who has just started it needs to know."""
    lines = ["", f"  Rapporteur is at {address}"]
    if SIGN_IN.exists() and db.session.scalar(select(User.id).where(User.email == ORGANISER)):
        email, password = SIGN_IN.read_text(encoding="utf-8").split("\n")[:2]
        lines += [
            "",
            f"  Sign in as the demo's organiser   {email}   password {password}",
            f"  Answer as a delegate of the demo  {address}e/DEMO",
        ]
    if db.session.scalar(select(User.id)) is None:
        lines += ["", "  Nobody can sign in yet. In a second window:", "  make organiser EMAIL=you@example.org"]
    return "\n".join([*lines, "", f"  Data is kept in {INSTANCE}. Ctrl-C stops it.", ""])
