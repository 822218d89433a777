"""Where a second factor is required: whoever has none is signed in on the pages that set one up, and on no other.

Flask-Security has a way of its own, SECURITY_TWO_FACTOR_REQUIRED. It holds somebody back while they sign in by a
password, and offers the authenticator app alone: it knows neither passkeys nor those who are signed in when the rule is
made, accept an invitation or become administrators. So what of it asks for the code is used, and who is held back is
decided here, at each request.
"""

from typing import Any

from flask import Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import user_authenticated
from flask_security.decorators import default_unauthn_handler
from flask_security.signals import wan_registered

from ..extensions import security
from .models import User

BY_PASSKEY = "by_passkey"
HELD_BACK = "held_back"
OPEN = {"accounts.second_factor_first", "security.login", "security.logout"}
# Not for somebody who has a passkey and came without it: a stolen password could add a way in of the thief's.
SETTING_UP = {
    "security.verify",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.wan_register",
    "security.wan_register_response",
}


def join(app: Flask) -> None:
    """Lead whoever is held back to the page that says why, instead of to signing in."""
    security.unauthn_handler(lead_on)
    user_authenticated.connect(note_how, app)
    wan_registered.connect(note_passkey, app)


def lacks_second_factor(user: User) -> bool:
    """Whether more than a password is required of the person, and this sign-in rests on nothing more.

    A passkey in place of the password is two factors in one, the device and the finger, face or PIN; but only for a
    sign-in that was made with it.
    """
    if not user.needs_second_factor or user.has_second_factor:
        return False
    return not (user.webauthn and session.get(BY_PASSKEY))


def held_back(user: User) -> bool:
    """Whether the person counts as signed out at this address."""
    if request.endpoint in OPEN or not lacks_second_factor(user):
        return False
    if request.endpoint in SETTING_UP and not user.webauthn:
        return False
    g.setdefault(HELD_BACK, True)
    return True


def lead_on(mechanisms: Any = None, headers: Any = None) -> ResponseReturnValue:
    """The answer of a page that asks who it is, to somebody who counts as signed out."""
    if g.get(HELD_BACK):
        return redirect(url_for("accounts.second_factor_first"), 303)
    return default_unauthn_handler(mechanisms, headers)  # type: ignore[no-any-return]


def note_how(_app: Flask, authn_via: list[str] | None = None, **_more: Any) -> None:
    session[BY_PASSKEY] = "webauthn" in (authn_via or [])


def note_passkey(_app: Flask, **_more: Any) -> None:
    """Whoever has just set a passkey up has shown that they hold it."""
    session[BY_PASSKEY] = True
