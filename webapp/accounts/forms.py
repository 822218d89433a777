"""What is typed about accounts."""

from typing import Any

from flask import current_app
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, PasswordField, StringField
from wtforms.validators import InputRequired, StopValidation

from ..text_input import clean_line
from .sign_in import acceptable


class AtMost:
    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if len(field.data or "") > self.most:
            raise StopValidation(f"At most {self.most:,} characters, please.")


class JoinForm(FlaskForm):
    """A new account, by invitation."""

    name = StringField("Your name", [InputRequired("Write your name."), AtMost(200)], filters=[clean_line])
    password = PasswordField("Password", [InputRequired("Write a password."), acceptable])
    again = PasswordField("The same password again", [InputRequired("Write the password again.")])

    def validate_again(self, field: Field) -> None:
        if field.data != self.password.data:
            raise StopValidation("The two passwords are not the same.")

    @property
    def least(self) -> int:
        return int(current_app.config["SECURITY_PASSWORD_LENGTH_MIN"])


class InviteForm(FlaskForm):
    """Somebody to let into the installation."""

    email = StringField("E-mail address", [InputRequired("Write an address."), AtMost(255)], filters=[clean_line])
    administrator = BooleanField("An administrator, who manages accounts")


class NameForm(FlaskForm):
    """How the person is called on the pages."""

    name = StringField("Your name", [InputRequired("Write your name."), AtMost(200)], filters=[clean_line])


class DeletionForm(FlaskForm):
    """The account's address, typed again: it is deleted for good."""

    typed_email = StringField("E-mail address", [InputRequired("Type the address to confirm.")])

    def __init__(self, email: str, **values: Any) -> None:
        super().__init__(**values)
        self.email = email

    def validate_typed_email(self, field: Field) -> None:
        if clean_line(field.data).lower() != self.email.lower():
            raise StopValidation("That is not the address of this account. Nothing was deleted.")
