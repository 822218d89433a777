"""For everybody: what this installation keeps of whom, where, and how long."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from .views import bp


@bp.get("/data-protection")
def data_protection() -> ResponseReturnValue:
    """What is stored, where and how long; the same for delegates, organisers and readers."""
    return render_template("accounts/data_protection.html", sends_letters=bool(current_app.config["MAIL_SERVER"]))
