"""Commands of the themes room: the background worker, and an analysis from the shell."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from analysis import use_cores

from ..extensions import db, huey
from ..programme.models import Event, Series
from ..wording import capital, count, now
from . import tasks
from .analysing import ask_for_themes, suggest_themes
from .finding import themes_of
from .queries import accounts_of, boards_of
from .reading import read_statements
from .retaining import events_due, remove_old_texts


@click.command("worker")
@click.option("--threads", default=1, show_default=True, help="Tasks carried out at the same time.")
@click.option(
    "--cores", default=1, show_default=True, help="Cores for its arithmetic: 1 where there is one for each core."
)
@click.option(
    "--nice", default=10, show_default=True, type=click.IntRange(0, 19), help="How far web processes go before it."
)
def worker(threads: int, cores: int, nice: int) -> None:
    """Carry out background tasks until stopped: reading texts, finding themes."""
    give_way(nice)
    assert tasks.analyse is not None  # the tasks must be registered before the queue is read
    use_cores(cores)
    click.echo("Worker started; Ctrl-C stops it.")
    huey.create_consumer(workers=threads, worker_type="thread", initial_delay=0.05, max_delay=0.5, backoff=1.3).run()


def give_way(nice: int) -> None:
    """Leave the processor to whoever waits for a page, as far as `nice` (0 to 19) says.

    Linux weighs sessions against each other and then processes within one (sched(7), autogroup): a process that leads
    its session, as `flask start` and systemd make it, asks for both.
    """
    os.nice(nice)
    if os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")


@click.command("find-themes")
@click.argument("series")
@with_appcontext
def find_themes(series: str) -> None:
    """Read every text of SERIES (its title or number) and find the themes in it."""
    condition = Series.id == int(series) if series.isdigit() else Series.title == series
    found = db.session.scalar(select(Series).where(condition))
    if found is None:
        raise click.ClickException(f"There is no series {series!r}.")
    find_themes_of(found, click.echo)


@click.command("remove-old-texts")
@click.option("--dry-run", is_flag=True, help="Only say which events are due.")
@with_appcontext
def remove_old_texts_command(dry_run: bool) -> None:
    """Remove the words of events whose time is over. The worker does so by itself every hour."""
    if dry_run:
        due = events_due(now())
        for event in due:
            click.echo(f"Due: event {event.id}, “{event.title}” of {event.starts_on}.")
        click.echo(f"{capital(count(len(due), 'event'))} due. Nothing was removed.")
        return
    removed = remove_old_texts(now, click.echo)
    click.echo(f"{capital(count(removed, 'event'))} whose time was over.")


def find_themes_of(series: Series, say: Callable[[str], object]) -> None:
    """Analyse both boards of a series in this process, telling the result line by line."""
    for event in db.session.scalars(select(Event).where(Event.series_id == series.id)):
        read_statements(event, now())
    for board in boards_of(series.id):
        run = ask_for_themes(board, None, now())
        suggest_themes(run, now)
        about = "the project" if board.about_project else "the subject"
        if run.state == "failed":
            say(f"On {about}: {run.error}")
            continue
        say(f"On {about}: {count(len(themes_of(board)), 'theme')}.")
        figures = accounts_of([board.id])
        say(
            f"  {figures.received:,} received = {figures.used:,} used + {figures.duplicate:,} duplicate"
            f" + {figures.withheld:,} withheld + {figures.in_no_theme:,} in no theme"
        )
