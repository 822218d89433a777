from typing import Any

from flask import Blueprint
from flask_security import current_user

from .queries import may

bp = Blueprint("accounts", __name__)


def signed_in_can_edit(series: Any) -> bool:
    """Whether whoever is signed in may change the series: pages show a viewer no button that would be refused."""
    return bool(current_user.is_authenticated) and may(current_user, series.id, "editor")
