"""Commands of this room."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from ..accounts.models import Membership, User
from ..accounts.queries import user_by_email
from ..errors import DomainError
from ..extensions import db
from ..programme.models import Series
from ..wording import now
from .actions import import_comments
from .csv_reading import rows_of


def owner_called(email: str | None) -> User:
    """The organiser with this address, or the only one there is."""
    if email:
        user = user_by_email(email)
        if user is None:
            raise click.ClickException(f"No organiser has the address {email}. Make one with: flask create-organiser")
        return user
    users = list(db.session.scalars(select(User).limit(2)))
    if len(users) != 1:
        found = "There is no organiser yet" if not users else "There is more than one organiser"
        raise click.ClickException(f"{found}. Say whose series it is with --owner EMAIL.")
    return users[0]


def series_titled(title: str, owner: User, at: datetime) -> Series:
    """The owner's series of this title, made if it is not there; not committed."""
    series = db.session.scalar(
        select(Series)
        .join(Membership, Membership.series_id == Series.id)
        .where(Series.title == title, Membership.user_id == owner.id)
        .order_by(Series.id)
    )
    if series is None:
        series = Series(title=title, organisation_types=[], created_at=at)
        db.session.add(series)
        db.session.flush()
        db.session.add(Membership(user_id=owner.id, series_id=series.id, role="owner", since=at))
    return series


@click.command("import-comments")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--series", "title", required=True, help="Title of the series; made if you have none of this title.")
@click.option("--owner", help="E-mail address of the organiser whose series it is.")
@click.option("--text-column", help='Heading of the column of texts, where it is not "text" or "comment".')
@with_appcontext
def import_comments_command(file: Path, title: str, owner: str | None, text_column: str | None) -> None:
    """Load comments from a CSV, as a series of events."""
    at = now()
    try:
        rows = list(rows_of(file.read_bytes(), text_column))
        series = series_titled(title, owner_called(owner), at)
        report = import_comments(series, rows, at, file.name, current_app.config["DEFAULT_TIME_ZONE"])
    except DomainError as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from None
    for line in report.lines:
        click.echo(line)
