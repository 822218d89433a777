"""The commands by which whoever runs the installation lets people in."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_security.recoverable import generate_reset_password_token

from .. import wording
from ..errors import DomainError
from ..extensions import db
from .actions import create_organiser
from .actions_administration import take_second_factor
from .audit import first_fault, head_of_chain, record_audit, stands_in_chain
from .queries import nobody_has_an_account, user_by_email


def join(app: Flask) -> None:
    for command in (create_organiser_command, password_link_command, take_second_factor_command, audit_command):
        app.cli.add_command(command)


@click.command("create-organiser")
@click.argument("email")
@click.option("--name", default="", help="How the person is called on the pages.")
@click.option("--password", help="Asked for where it is left out, so that it stays out of the shell's history.")
@click.option("--administrator", is_flag=True, help="One who manages accounts; the first account always is.")
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
    administrator = administrator or nobody_has_an_account()
    try:
        user = create_organiser(email, name, password, wording.now(), administrator)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{user.email} can sign in now{', as an administrator' if administrator else ''}.")


@click.command("password-link")
@click.argument("email")
@with_appcontext
def password_link_command(email: str) -> None:
    """Print a token by which the account EMAIL chooses a new password at /reset-password/TOKEN."""
    user = user_by_email(email)
    if user is None:
        raise click.ClickException(f"Nobody has an account with the address {email}.")
    record_audit("account", f"{user.email}: password link made from the command line", wording.now())
    db.session.commit()
    click.echo("Open this on the site within four hours; it works once:")
    click.echo(f"{current_app.config['SECURITY_RESET_URL']}/{generate_reset_password_token(user)}")


@click.command("take-second-factor")
@click.argument("email")
@with_appcontext
def take_second_factor_command(email: str) -> None:
    """Take authenticator app, passkeys and recovery codes of the account EMAIL away, and sign it out everywhere.

    For an administrator who lost them, where no other can help.
    """
    user = user_by_email(email)
    if user is None:
        raise click.ClickException(f"Nobody has an account with the address {email}.")
    take_second_factor(user, None, wording.now())
    click.echo(f"{user.email} signs in by password alone, until they set up a new way.")


@click.command("audit")
@click.option("--check", is_flag=True, help="Follow the chain from its first entry; fails where a link does not hold.")
@click.option("--head", help="A fingerprint noted earlier: fails where the log has lost it.")
@with_appcontext
def audit_command(check: bool, head: str | None) -> None:
    """Print the audit log's last number and fingerprint, and check that nothing in it was changed."""
    fault = first_fault() if check else None
    if fault is not None:
        raise click.ClickException(f"The audit log's chain is broken: {fault.reason}.")
    if head is not None and not stands_in_chain(head):
        raise click.ClickException(f"No entry has the fingerprint {head}: the log was cut off, or is another one.")
    number, fingerprint = head_of_chain()
    click.echo(f"{number:,} entries{', every link holds' if check else ''}. Fingerprint of the last: {fingerprint}")
