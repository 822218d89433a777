"""The commands by which whoever runs the installation lets people in."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from .. import wording
from ..errors import DomainError
from .actions import create_organiser
from .queries import user_by_email


def join(app: Flask) -> None:
    app.cli.add_command(create_organiser_command)


@click.command("create-organiser")
@click.argument("email")
@click.option("--name", default="", help="How the person is called on the pages.")
@click.option("--password", help="Asked for where it is left out, so that it stays out of the shell's history.")
@click.option("--administrator", is_flag=True, help="Mark the account as one of those who run this installation.")
@with_appcontext
def create_organiser_command(email: str, name: str, password: str | None, administrator: bool) -> None:
    """Create an account that can sign in with EMAIL and a password."""
    if user_by_email(email) is not None:
        click.echo(f"{email} has an account already. Nothing was changed.")
        return
    if password is None:
        least = current_app.config["SECURITY_PASSWORD_LENGTH_MIN"]
        password = click.prompt(
            f"Password (at least {least} characters)", hide_input=True, confirmation_prompt="The same again"
        )
    try:
        user = create_organiser(email, name, password, wording.now(), administrator)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{user.email} can sign in now{', as an administrator' if administrator else ''}.")
