"""What every page inside a series is given."""

from typing import Any

from flask import render_template
from flask_security import current_user

from ..accounts.queries import reaches, role_in_series
from ..wording import now
from .models import QUESTION_KINDS, SESSION_KINDS, Series


def inside(template: str, series: Series, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page of the series, which knows what the person may do there and what time it is."""
    role = role_in_series(current_user, series.id)
    values |= {
        "series": series,
        "may_edit": reaches(role, "editor"),
        "may_own": reaches(role, "owner"),
        "now": now(),
        "kinds": QUESTION_KINDS,
        "session_kinds": SESSION_KINDS,
    }
    return render_template(f"programme/{template}.html", **values), status
