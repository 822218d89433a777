"""What a new password may be, wherever one is set: on a page, by a link, or from the command line."""

import re
from typing import Any

from flask import current_app
from flask_security import PasswordUtil
from flask_security.utils import password_length_validator

from ..text_input import clean_text
from .breached_passwords import stands_in

PRODUCT = "rapporteur"
# Shorter parts of an address stand in too many words.
SHORTEST_PART = 4
REPEATED = re.compile(r"(.)\1{3}", re.DOTALL)
KEYS_IN_A_ROW = 5
# Of keyboards as they are sold in Britain, Germany and France, and the alphabet.
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "qsdfghjklm", "wxcvbn")
ROWS += ("abcdefghijklmnopqrstuvwxyz",)
RUNS = {
    way[first : first + KEYS_IN_A_ROW]
    for row in ROWS
    for way in (row, row[::-1])
    for first in range(len(row) - KEYS_IN_A_ROW + 1)
}
HOLDS_ADDRESS = "This holds a part of the e-mail address, which is tried first. Choose another password."
HOLDS_PRODUCT = "This holds this site's name, which is tried first. Choose another password."
HOLDS_REPEATED = "This holds one character four times in a row, or more. Choose another password."
HOLDS_RUN = "This holds a row of keys or letters, such as 12345. Choose another password."
STOLEN = (
    "This password was stolen somewhere before, and is in the lists that are tried first. Choose another, and change "
    "it wherever else you use it."
)
NOT_LOOKED_UP = (
    "Passwords cannot be checked just now, so that none can be set. Nothing was changed. Tell whoever runs this "
    "installation that the list of stolen passwords cannot be read."
)


class Passwords(PasswordUtil):
    """Flask-Security asks this at each new password."""

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:
        """What is wrong with it, or None; and the password in the form that is hashed.

        `about` holds the `user` whose it is, or the `email` of one who is to be made.
        """
        normal = self.normalize(password)
        email = about["user"].email if about.get("user") else about.get("email") or ""
        if too_short := password_length_validator(normal):
            return too_short, normal
        problem = easily_guessed(normal, self.normalize(email)) or stolen({normal, clean_text(password)})
        return [problem] if problem else None, normal


def easily_guessed(password: str, email: str) -> str | None:
    """Why whoever knows the person's address would try it early; None where they would not."""
    typed = password.lower()
    if any(part in typed for part in parts_of(email)):
        return HOLDS_ADDRESS
    if PRODUCT in typed:
        return HOLDS_PRODUCT
    if REPEATED.search(typed):
        return HOLDS_REPEATED
    if any(run in typed for run in RUNS):
        return HOLDS_RUN
    return None


def parts_of(email: str) -> set[str]:
    """ada.lovelace@... gives ada.lovelace and lovelace."""
    name = email.lower().partition("@")[0]
    return {part for part in (name, *re.split(r"[^a-z]+", name)) if len(part) >= SHORTEST_PART}


def stolen(forms: set[str]) -> str | None:
    """Why a password cannot be taken that is in the installation's list, in any of these forms; None where it can."""
    path = current_app.config["BREACHED_PASSWORDS"]
    if not path:
        return None
    try:
        return STOLEN if any(stands_in(path, form) for form in forms) else None
    except OSError as error:
        # Whoever set the list up counts on it: without it nothing is let through.
        current_app.logger.error("the list of stolen passwords cannot be read: %s", error.strerror)
        return NOT_LOOKED_UP
