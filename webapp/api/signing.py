"""How messages are signed: as Standard Webhooks has it, HMAC-SHA256 over id, time and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from ..errors import DomainError

PREFIX = "whsec_"


class SecretLost(DomainError):
    """The stored secret cannot be read: the installation's SECRET_KEY is not the one it was stored with."""


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def locked(secret: str) -> str:
    """The secret as it is stored."""
    return _box().encrypt(secret.encode()).decode()


def unlocked(stored: str) -> str:
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise SecretLost(
            "The signing secret cannot be read: this installation's SECRET_KEY was changed since. "
            "Remove the webhook and add it again."
        ) from error


def _box() -> Fernet:
    key = hashlib.sha256(f"webhooks {current_app.config['SECRET_KEY']}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> Mapping[str, str]:
    """The three headers by which a receiver knows that the message is ours, whole, and of now."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = f"{message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
