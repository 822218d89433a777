"""For administrators: which series there are and who owns them, so that none is left without anybody. No words."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from ..accounts import actions as accounts
from ..accounts.views_administration import administrators_only, page_asked_for
from ..errors import NotFound
from ..extensions import db
from ..wording import now
from .forms import OwnerForm
from .models import Series
from .queries import series_with_owners
from .views import bp


@bp.get("/administration/series")
@administrators_only
def all_series() -> ResponseReturnValue:
    """The titles and owners of every series, a page at a time."""
    page = page_asked_for()
    found, more = series_with_owners(page)
    return render_template("programme/all_series.html", found=found, more=more, page=page, form=OwnerForm())


@bp.post("/administration/series/<int:series_id>/owner")
@administrators_only
def give_owner(series_id: int) -> ResponseReturnValue:
    """Make an account an owner of the series; every owner can see in its list of people that it is one."""
    series = db.session.get(Series, series_id)
    if series is None:
        raise NotFound("There is no such series.")
    form = OwnerForm()
    if form.validate_on_submit():
        member = accounts.make_owner(series.id, form.email.data, now(), current_user)
        flash(f"{member.user.called} is an owner of “{series.title}” now.")
    else:
        flash(form.email.errors[0] if form.email.errors else "Write an address.", "error")
    return redirect(url_for("programme.all_series"), 303)
