"""`flask export-series` and `flask import-series`: one series from an installation to another."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from .. import wording
from ..accounts.audit import record_audit
from ..accounts.queries import user_by_email
from ..errors import DomainError
from ..extensions import db
from ..programme.models import Series
from .reading import import_series
from .writing import export_series


@click.command("export-series")
@click.argument("series_id", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export_series_command(series_id: int, file: Path) -> None:
    """Write the series with the number SERIES_ID into FILE, while it is in use."""
    if file.exists():
        raise click.ClickException(f"{file} is there already. Nothing was written.")
    if db.session.get(Series, series_id) is None:
        raise click.ClickException(f"There is no series {series_id}; its number stands in its address.")
    try:
        manifest = export_series(series_id, file)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    record_audit("export", f"series file, to {file.name}", wording.now(), series_id=series_id)
    db.session.commit()
    click.echo(f"{file}: {rows_told(manifest)}.")


@click.command("import-series")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--owner", required=True, help="The address of the account that is to own the series here.")
@with_appcontext
def import_series_command(file: Path, owner: str) -> None:
    """Bring the series in FILE into this installation, under the numbers that it has."""
    account = user_by_email(owner)
    if account is None or not account.active:
        raise click.ClickException(f"Nobody can sign in with the address {owner}. Make the account first.")
    try:
        series_id, manifest = import_series(file, account, wording.now())
    except DomainError as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    click.echo(f"Series {series_id}: {rows_told(manifest)}, exported again and found the same.")
    click.echo(f"{account.email} owns it. Invite the others from its People page.")


def rows_told(manifest: dict[str, Any]) -> str:
    rows = sum(about["rows"] for about in manifest["entries"].values())
    return f"{len(manifest['entries']) - 1} tables, {rows:,} rows"
