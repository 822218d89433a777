"""Signing in and changing a password: Flask-Security's pages in our words, with limits on guessing."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, request
from flask_security import ChangePasswordForm, ForgotPasswordForm, FormInfo, LoginForm, ResetPasswordForm
from werkzeug.exceptions import BadRequest
from wtforms import Field, Form
from wtforms.validators import StopValidation

from ..extensions import limiter, security
from ..text_input import clean_text
from .sign_in_keeping import unknown_address

GUESSES = "10 per minute"
# However many computers guess: so many failures an hour against one address, whether or not it has an account.
GUESSES_AT_ONE = "30 per hour"
# A hash of a text this long already costs a noticeable time; nobody's password is longer.
LONGEST_PASSWORD = 1000
WRONG = "The e-mail address or the password is not right. Check both and try again."
SENT = "If there is an account with this address, it will have an e-mail soon. The link in it works for four hours."
NO_PASSKEY = "That passkey does not open an account here."
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
    "PASSWORD_CHANGE": ("Your password is changed. You are signed out everywhere else.", "success"),
    "PASSWORD_RESET": ("Your password is changed. Sign in with the new one.", "success"),
    "PASSWORD_RESET_NO_LOGIN": ("Your password is changed. Sign in with the new one.", "success"),
    "PASSWORD_RESET_EXPIRED": ("This link is older than %(within)s. Ask for a new one.", "error"),
    "INVALID_RESET_PASSWORD_TOKEN": ("This link was used before, or is not whole. Ask for a new one.", "error"),
    "PASSWORD_RESET_REQUEST": (SENT, "info"),
    "GENERIC_RECOVERY": (SENT, "info"),
    "USER_DOES_NOT_EXIST": (WRONG, "error"),
    "DISABLED_ACCOUNT": (WRONG, "error"),
    "REAUTHENTICATION_REQUIRED": ("Show once more that it is you before you change this.", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you. Go on.", "info"),
    "TWO_FACTOR_INVALID_TOKEN": ("That code is not right, or was used already. Take the one shown now.", "error"),
    "INVALID_CODE": ("That code is not right, or was used already. Take the one shown now.", "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("The authenticator app is set up. Get recovery codes next.", "success"),
    "TWO_FACTOR_DISABLED": ("The authenticator app is not asked for any more.", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("Sign in with your password first.", "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("Choose one of the ways.", "error"),
    "TWO_FACTOR_SETUP_EXPIRED": ("That took longer than %(within)s. Begin again.", "error"),
    "INVALID_RECOVERY_CODE": ("That is none of your recovery codes, or it was used already.", "error"),
    "NO_RECOVERY_CODES_SETUP": ("You have no recovery codes yet.", "info"),
    "WEBAUTHN_EXPIRED": ("That took longer than %(within)s. Begin again.", "error"),
    "WEBAUTHN_NAME_REQUIRED": ("Give the passkey a name.", "error"),
    "WEBAUTHN_NAME_INUSE": ("You have a passkey of the name %(name)s already.", "error"),
    "WEBAUTHN_NAME_NOT_FOUND": ("You have no passkey of the name %(name)s.", "error"),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": ("A passkey's name has letters, numbers, spaces, - and _.", "error"),
    "WEBAUTHN_CREDENTIAL_DELETED": ("The passkey %(name)s is removed.", "success"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": ("The passkey %(name)s is set up.", "success"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": ("That passkey is set up already.", "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (NO_PASSKEY, "error"),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (NO_PASSKEY, "error"),
    "WEBAUTHN_NO_VERIFY": (NO_PASSKEY, "error"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (NO_PASSKEY, "error"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (NO_PASSKEY, "error"),
    "API_ERROR": ("That did not come through whole. Try again.", "error"),
}
# What may be guessed at: passwords, codes, passkeys and links.
GUESSED = (
    "login",
    "change_password",
    "verify",
    "forgot_password",
    "reset_password",
    "two_factor_token_validation",
    "two_factor_setup_validate",
    "mf_recovery",
    "wan_signin_response",
    "wan_verify_response",
)
# What a browser hands over for a passkey: JSON in a field of the form, and CBOR in that.
PASSKEYS_ANSWERS = ("wan_signin_response", "wan_verify_response", "wan_register_response")


def join(app: Flask) -> None:
    """Put our forms, words and limit in place of Flask-Security's own."""
    for key, words in WORDS.items():
        app.config[f"SECURITY_MSG_{key}"] = words
    security.set_form_info("login_form", FormInfo(cls=SignInForm))
    security.set_form_info("change_password_form", FormInfo(cls=NewPasswordForm))
    security.set_form_info("forgot_password_form", FormInfo(cls=ForgottenForm))
    security.set_form_info("reset_password_form", FormInfo(cls=ResetForm))
    views = app.view_functions
    for name in GUESSED:
        endpoint = f"security.{name}"
        views[endpoint] = limiter.limit(GUESSES, methods=["POST"])(views[endpoint])
    at_one = limiter.limit(GUESSES_AT_ONE, key_func=typed_address, methods=["POST"], deduct_when=went_wrong)
    views["security.login"] = at_one(views["security.login"])
    for name in PASSKEYS_ANSWERS:
        views[f"security.{name}"] = refusing_endless(views[f"security.{name}"])
    # Whoever lost the phone has recovery codes, or asks an administrator; a letter to nobody would not help them.
    views["security.two_factor_rescue"] = lambda: abort(404)


def refusing_endless(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, with 400 for lists in lists without end, which the library that reads them does not expect."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        try:
            return view(*args, **values)
        except RecursionError as error:
            raise BadRequest from error

    return guarded


def typed_address() -> str:
    """The address that a sign-in is for, as a key that tells nothing."""
    return hashlib.sha256(request.form.get("email", "").strip().lower().encode(errors="replace")).hexdigest()


def went_wrong(response: Response) -> bool:
    """A sign-in that succeeds leads on to another page."""
    return response.status_code not in (302, 303)


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

    def validate(self, **kwargs: Any) -> bool:
        if super().validate(**kwargs):
            return True
        if self.user is None and self.email.data and self.password.data:
            unknown_address()
        return False


class NewPasswordForm(ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = "Present password"
        self.password.flags.required = True
        self.new_password.label.text = "New password"
        self.new_password_confirm.label.text = "New password again"
        first_of_all(self, "password", "new_password", "new_password_confirm")


class ForgottenForm(ForgotPasswordForm):
    """The address of an account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text = "E-mail address"
        self.email.flags.required = True
        first_of_all(self, "email")


class ResetForm(ResetPasswordForm):
    """A new password, twice, for whoever holds the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = "New password"
        self.password_confirm.label.text = "New password again"
        first_of_all(self, "password", "password_confirm")
