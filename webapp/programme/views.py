"""The start page, and a series: its list, overview, programme, texts and end."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, current_user

from ..errors import NotFound
from ..text_input import clean_line
from ..wording import now
from . import actions, addresses
from .fields import say
from .forms import DeleteForm, SeriesForm
from .pages import inside
from .queries import event_by_code, series_for, series_of
from .rules import NotValid
from .states import next_step

bp = Blueprint("programme", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """For delegates: a field for their code. Somebody who is signed in goes on to their series."""
    if current_user.is_authenticated:
        return redirect(url_for("programme.series_list"))
    return render_template("programme/home.html", code="", error="")


@bp.get("/go")
def go() -> ResponseReturnValue:
    """Take a delegate from their code to the form; a code that no event has is asked for again."""
    code = clean_line(request.args.get("code"))[:40]
    if not code:
        return render_template("programme/home.html", code="", error=_("Type the code that you were given.")), 400
    try:
        event = event_by_code(code.replace(" ", "").replace("-", ""))
    except NotFound as error:
        return render_template("programme/home.html", code=code, error=str(error)), 404
    return redirect(f"/e/{event.code}", 303)


@bp.get("/series")
@auth_required()
def series_list() -> ResponseReturnValue:
    return render_template("programme/series_list.html", all_series=series_of(current_user), now=now())


@bp.route("/series/new", methods=["GET", "POST"])
@auth_required()
def new_series() -> ResponseReturnValue:
    form = SeriesForm.of(None)
    if form.validate_on_submit():
        series = actions.create_series(current_user, form.title.data, now(), **form.texts())
        flash("The series is made. Add its first event.")
        return redirect(url_for("programme.overview", series_id=series.id), 303)
    return render_template("programme/series_new.html", form=form)


@bp.get("/series/<int:series_id>")
@auth_required()
def overview(series_id: int) -> ResponseReturnValue:
    """The next thing to do, then where each event stands."""
    series = series_for(current_user, series_id)
    step = next_step(series, now())
    address = addresses.form_address(step.event) if step.event is not None and step.verb in ("collect", "wait") else ""
    return inside(
        "overview",
        series,
        step=step,
        address=addresses.spoken(address),
        qr=addresses.qr(address) if address else "",
        only_here=addresses.only_here(),
    )


@bp.get("/series/<int:series_id>/programme")
@auth_required()
def programme(series_id: int) -> ResponseReturnValue:
    """The events, and the texts that every report carries."""
    return inside("programme", series_for(current_user, series_id))


@bp.route("/series/<int:series_id>/edit", methods=["GET", "POST"])
@auth_required()
def edit_series(series_id: int) -> ResponseReturnValue:
    series = series_for(current_user, series_id, "editor")
    form = SeriesForm.of(series)
    if form.validate_on_submit():
        actions.update_series(series, title=form.title.data, **form.texts())
        flash("The series' texts are saved.")
        return redirect(url_for("programme.programme", series_id=series.id), 303)
    return inside("series_edit", series, form=form)


@bp.route("/series/<int:series_id>/delete", methods=["GET", "POST"])
@auth_required()
def delete_series(series_id: int) -> ResponseReturnValue:
    series = series_for(current_user, series_id, "owner")
    form = DeleteForm()
    if form.validate_on_submit():
        title = series.title
        try:
            actions.delete_series(series, form.typed_title.data, now(), current_user)
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash(f"“{title}” is deleted, with everything that was in it.")
            return redirect(url_for("programme.series_list"), 303)
    return inside("series_delete", series, form=form)
