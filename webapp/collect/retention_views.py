"""How long a series keeps what was said: an owner's page."""

from flask import flash, redirect, render_template, url_for
from flask_security import auth_required, current_user
from flask_wtf import FlaskForm

from ..programme.fields import Count, say
from ..programme.queries import series_for
from ..programme.rules import NotValid
from ..wording import count, now
from .retaining import FEWEST_DAYS, GRACE, MOST_DAYS, keep_texts_for, removal_at
from .views import Page, bp


class RetentionForm(FlaskForm):
    """For how many days texts are kept."""

    days = Count("Days from each event's end", FEWEST_DAYS, MOST_DAYS)


@bp.route("/series/<int:series_id>/collect/retention", methods=["GET", "POST"])
@auth_required()
def retention(series_id: int) -> Page:
    """When each event's words are removed; an owner decides."""
    series = series_for(current_user, series_id, "owner")
    form = RetentionForm(data={"days": series.keep_texts_days})
    if form.validate_on_submit():
        try:
            keep_texts_for(series, form.days.data, current_user, now())
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            kept = f"for {count(form.days.data, 'day')}" if form.days.data else "until you delete them"
            flash(f"Texts of this series are kept {kept}.", "good")
            return redirect(url_for(".retention", series_id=series.id), 303)
    page = render_template(
        "collect/retention.html",
        series=series,
        form=form,
        removed_from={event.id: removal_at(event) for event in series.events},
        grace=GRACE.days,
    )
    return page, 400 if form.errors else 200
