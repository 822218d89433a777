"""Signing in and changing a password: Flask-Security's pages in our words, with a limit on guessing."""

from typing import Any

from flask import Flask
from flask_security import ChangePasswordForm, FormInfo, LoginForm
from wtforms import Field, Form
from wtforms.validators import StopValidation

from ..extensions import limiter, security
from ..text_input import clean_text

GUESSES = "10 per minute"
# A hash of a text this long already costs a noticeable time; nobody's password is longer.
LONGEST_PASSWORD = 1000
WRONG = "The e-mail address or the password is not right. Check both and try again."
WORDS = {
    "GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "UNAUTHENTICATED": ("Sign in to see this page.", "info"),
    "LOGIN": ("Sign in to see this page.", "info"),
    "UNAUTHORIZED": ("Your account does not allow this.", "error"),
    "ANONYMOUS_USER_REQUIRED": ("You are signed in already.", "info"),
    "REFRESH": ("Sign in again to see this page.", "info"),
    "INVALID_PASSWORD": ("That is not your present password.", "error"),
    "INVALID_EMAIL_ADDRESS": ("This is not an e-mail address.", "error"),
    "PASSWORD_NOT_PROVIDED": ("Write your password.", "error"),
    "PASSWORD_INVALID_LENGTH": ("The password needs at least %(length)s characters.", "error"),
    "PASSWORD_IS_THE_SAME": ("The new password is the same as the present one.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("The two new passwords are not the same.", "error"),
    "PASSWORD_CHANGE": ("Your password is changed.", "success"),
}


def join(app: Flask) -> None:
    """Put our forms, words and limit in place of Flask-Security's own."""
    for key, words in WORDS.items():
        app.config[f"SECURITY_MSG_{key}"] = words
    security.set_form_info("login_form", FormInfo(cls=SignInForm))
    security.set_form_info("change_password_form", FormInfo(cls=NewPasswordForm))
    for endpoint in ("security.login", "security.change_password"):
        limited = limiter.limit(GUESSES, methods=["POST"])(app.view_functions[endpoint])
        app.view_functions[endpoint] = limited


def acceptable(_form: Form, field: Field) -> None:
    """Stop at what neither the hash nor PostgreSQL takes: endless texts and control characters."""
    typed = field.data or ""
    if len(typed) > LONGEST_PASSWORD or typed != clean_text(typed).replace("\n", ""):
        raise StopValidation("This holds characters that cannot be typed, or is too long.")


def first_of_all(form: Form, *names: str) -> None:
    """Check these fields for what is not acceptable before any other check sees them."""
    for name in names:
        form[name].validators = [acceptable, *form[name].validators]


class SignInForm(LoginForm):
    """An e-mail address and a password; the answer never says which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text = "E-mail address"
        self.remember.label.text = "Stay signed in on this computer"
        first_of_all(self, "email", "password")


class NewPasswordForm(ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = "Present password"
        self.password.flags.required = True
        self.new_password.label.text = "New password"
        self.new_password_confirm.label.text = "New password again"
        first_of_all(self, "password", "new_password", "new_password_confirm")
