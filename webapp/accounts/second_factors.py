"""Codes from an authenticator app, and passkeys: Flask-Security's, each a little stricter."""

from typing import Any

from flask_security import Totp, WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .models import User


class OnceTotp(Totp):
    """Takes each code once: one that was looked over a shoulder opens nothing a second time."""

    def get_last_counter(self, user: User) -> int | None:
        return user.totp_counter

    def set_last_counter(self, user: User, tmatch: Any) -> None:
        user.totp_counter = tmatch.counter


class Passkeys(WebauthnUtil):
    """A passkey that stands in for the password asks for the person's finger, face or PIN, and knows whose it is."""

    def authenticator_selection(self, user: User, usage: str) -> AuthenticatorSelectionCriteria:
        alone = usage == "first"
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED if alone else ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED,
        )

    def user_verification(self, user: User | None, usage: list[str]) -> UserVerificationRequirement:
        alone = usage == ["first"]
        return UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED
