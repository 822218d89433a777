"""An owner's pages of webhooks: what is told to whom, and what came of it."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..errors import DomainError
from ..extensions import db
from ..programme.fields import say
from ..programme.models import Series
from ..programme.queries import series_for
from ..wording import now
from . import webhooks as actions
from .forms import WebhookForm
from .models_webhooks import KINDS, TEST
from .tasks import deliver_to

bp = Blueprint("webhooks", __name__)
FRESH = "fresh_webhook_secret"
WORDS = {**KINDS, TEST: "A test"}


@bp.route("/series/<int:series_id>/webhooks", methods=["GET", "POST"])
@auth_required()
def webhooks(series_id: int) -> ResponseReturnValue:
    """The addresses that are told, and the form that adds one."""
    series = series_for(current_user, series_id, "owner")
    form = WebhookForm()
    if form.validate_on_submit():
        try:
            made, secret = actions.add_webhook(series, form.address.data, form.kinds.data, current_user, now())
        except DomainError as error:
            db.session.rollback()
            say(form, "address", str(error))
        else:
            session[FRESH] = secret
            return redirect(url_for("webhooks.webhook", series_id=series.id, webhook_id=made.id), 303)
    page = render_template(
        "api/webhooks.html", series=series, form=form, webhooks=actions.webhooks_of(series), kinds=KINDS
    )
    return page, 400 if form.errors else 200


@bp.get("/series/<int:series_id>/webhooks/<int:webhook_id>")
@auth_required()
def webhook(series_id: int, webhook_id: int) -> str:
    """One address with the last messages to it."""
    series = series_for(current_user, series_id, "owner")
    found = actions.webhook_in(series, webhook_id)
    return render_template(
        "api/webhook.html",
        series=series,
        webhook=found,
        log=actions.log_of(found),
        fresh=session.pop(FRESH, None),
        words=WORDS,
        now=now(),
    )


@bp.post("/series/<int:series_id>/webhooks/<int:webhook_id>/test")
@auth_required()
def test(series_id: int, webhook_id: int) -> ResponseReturnValue:
    """Send a message that says nothing, to see whether it is taken."""
    series = series_for(current_user, series_id, "owner")
    found = actions.webhook_in(series, webhook_id)
    actions.send_test(found, now())
    deliver_to(found.id)
    flash("A test is on its way. Reload this page in a moment to see the answer.")
    return back_to(series, found.id)


@bp.post("/series/<int:series_id>/webhooks/<int:webhook_id>/resume")
@auth_required()
def resume(series_id: int, webhook_id: int) -> ResponseReturnValue:
    """Try again from now on."""
    series = series_for(current_user, series_id, "owner")
    found = actions.webhook_in(series, webhook_id)
    actions.resume_webhook(found, current_user, now())
    deliver_to(found.id)
    flash("It is told again from now on. What waited is sent first.")
    return back_to(series, found.id)


@bp.post("/series/<int:series_id>/webhooks/<int:webhook_id>/remove")
@auth_required()
def remove(series_id: int, webhook_id: int) -> ResponseReturnValue:
    """Tell the address nothing any more."""
    series = series_for(current_user, series_id, "owner")
    found = actions.webhook_in(series, webhook_id)
    actions.remove_webhook(found, current_user, now())
    flash("The webhook is removed; nothing is sent to it any more.")
    return redirect(url_for("webhooks.webhooks", series_id=series.id), 303)


def back_to(series: Series, webhook_id: int) -> ResponseReturnValue:
    return redirect(url_for("webhooks.webhook", series_id=series.id, webhook_id=webhook_id), 303)
