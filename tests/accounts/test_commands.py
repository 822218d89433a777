from flask import Flask
from sqlalchemy import select

from tests.factories import make_user
from webapp.accounts.models_audit import AuditEntry
from webapp.accounts.queries import user_by_email
from webapp.extensions import db


def run(app: Flask, *arguments: str, typed: str = ""):  # type: ignore[no-untyped-def]
    return app.test_cli_runner().invoke(args=["create-organiser", *arguments], input=typed)


def test_an_organiser_is_created_once(app: Flask) -> None:
    first = run(app, "ada@example.org", "--name", "Ada", "--password", "a long password", "--administrator")
    assert first.output == "ada@example.org can sign in now, as an administrator.\n"
    again = run(app, "ADA@example.org", "--password", "another password")
    assert (again.exit_code, again.output) == (0, "ADA@example.org has an account already. Nothing was changed.\n")
    user = user_by_email("ada@example.org")
    assert user is not None
    assert (user.name, [role.name for role in user.roles]) == ("Ada", ["administrator"])


def test_the_password_is_asked_for_where_it_is_left_out(app: Flask) -> None:
    result = run(app, "bob@example.org", typed="a long password\na long password\n")
    assert result.exit_code == 0
    assert "a long password" not in result.output


def test_what_will_not_do_is_said_and_nothing_is_made(app: Flask) -> None:
    short = run(app, "bob@example.org", "--password", "short")
    assert (short.exit_code, short.output) == (1, "Error: The password needs at least 12 characters.\n")
    wrong = run(app, "bob", "--password", "a long password")
    assert (wrong.exit_code, wrong.output) == (1, "Error: 'bob' is not an e-mail address.\n")
    assert user_by_email("bob@example.org") is None


def test_a_lost_second_factor_is_taken_away(app: Flask) -> None:
    user = make_user("ada@example.org")
    user.tf_primary_method, user.tf_totp_secret, user.mf_recovery_codes = "authenticator", "{}", ["a"]
    db.session.commit()
    run = app.test_cli_runner().invoke
    done = run(args=["take-second-factor", "ADA@example.org"])
    assert done.output == "ada@example.org signs in by password alone, until they set up a new way.\n"
    db.session.expire_all()
    assert (user.tf_primary_method, user.tf_totp_secret, user.mf_recovery_codes) == (None, None, [])
    said = db.session.scalars(select(AuditEntry.detail)).all()
    assert said == ["ada@example.org: taken away from the command line"]
    unknown = run(args=["take-second-factor", "no@example.org"])
    assert (unknown.exit_code, unknown.output) == (1, "Error: Nobody has an account with the address no@example.org.\n")
