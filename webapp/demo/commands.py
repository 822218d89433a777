"""`flask demo`: something to look at in an empty installation."""

import secrets

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from config import INSTANCE

from ..accounts.actions import create_organiser
from ..accounts.models import User
from ..accounts.passwords import easily_guessed
from ..accounts.queries import nobody_has_an_account
from ..extensions import db, huey
from ..programme.models import Event, Series
from ..themes.commands import find_themes_of
from ..wording import now
from .loading import load_demo

ORGANISER = "demo@example.org"
SIGN_IN = INSTANCE / "demo-sign-in.txt"


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is a series already.")
@with_appcontext
def demo(if_empty: bool) -> None:
    """Load the demo series: three events of July 2003, with their themes found."""
    if if_empty and db.session.scalar(select(Series.id)) is not None:
        return
    if db.session.scalar(select(Event.id).where(Event.code == "DEMO")) is not None:
        raise click.ClickException("The demo series is here already (event code DEMO).")
    click.echo("Loading the demo series:")
    # Reading happens below, at once; a task for each of some 500 texts would only be in the way.
    with_queue, huey.immediate = huey.immediate, True
    try:
        series = load_demo(demo_organiser(), click.echo)
    finally:
        huey.immediate = with_queue
    find_themes_of(series, click.echo)


def demo_organiser() -> User:
    """The demo's organiser; the password is made at first use and kept beside the data."""
    found = db.session.scalar(select(User).where(User.email == ORGANISER))
    if found is not None:
        return found
    # Of so many there is one now and then that reads like an address or a row of keys.
    password = next(each for each in iter(new_password, "") if not easily_guessed(each, ORGANISER))
    user = create_organiser(ORGANISER, "Demo organiser", password, now(), administrator=nobody_has_an_account())
    SIGN_IN.write_text(f"{ORGANISER}\n{password}\n", encoding="utf-8")
    SIGN_IN.chmod(0o600)
    return user


def new_password() -> str:
    return secrets.token_urlsafe(9)
