"""The organiser's pages of this room: what came in, and from where."""

from flask import flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user

from ..accounts.queries import may
from ..programme.models import CONSENTS, Event, Series
from ..programme.queries import series_for
from ..programme.rules import NotValid
from ..row_ids import row_id
from ..text_input import clean_line
from ..wording import count, now
from .actions import erase_response
from .coverage import coverage_of
from .forms import ErasureForm
from .received import Received, received_by_event, response_in, response_to_erase, responses_of, withdrawn_in
from .views import Page, bp


def state_of(series: Series) -> str:
    """Where a series stands in this room: "412 responses, 160 notes"."""
    total = sum(received_by_event(series).values(), Received())
    if not (total.responses or total.notes or total.floor_questions):
        return "nothing received yet"
    words = [count(total.responses, "response")]
    words += [count(total.notes, "note")] if total.notes else []
    words += [count(total.floor_questions, "question")] if total.floor_questions else []
    return ", ".join(words)


@bp.get("/series/<int:series_id>/collect")
@auth_required()
def collected(series_id: int) -> Page:
    """What came in, by event and in total."""
    series = series_for(current_user, series_id)
    received = received_by_event(series)
    return render_template(
        "collect/collected.html",
        series=series,
        received=received,
        total=sum(received.values(), Received()),
        coverage={event.id: coverage_of(event, now()) for event in series.events},
        newest=responses_of(series).responses[:5],
        may_edit=may(current_user, series.id, "editor"),
        may_own=may(current_user, series.id, "owner"),
        now=now(),
    )


@bp.get("/series/<int:series_id>/collect/responses")
@auth_required()
def responses(series_id: int) -> Page:
    """The responses, 50 a page, and a search among their words."""
    series = series_for(current_user, series_id)
    words = clean_line(request.args.get("q", ""))[:200]
    event = chosen_event(series)
    page = responses_of(series, words, event.id if event else None, request.args.get("page", 1, type=row_id))
    return render_template(
        "collect/responses.html",
        series=series,
        page=page,
        words=words,
        event=event,
        withdrawn=withdrawn_in(series) if may(current_user, series.id, "owner") else [],
    )


def chosen_event(series: Series) -> Event | None:
    wanted = request.args.get("event", type=row_id)
    return next((event for event in series.events if event.id == wanted), None)


@bp.get("/series/<int:series_id>/collect/responses/<int:response_id>")
@auth_required()
def response(series_id: int, response_id: int) -> Page:
    """One response in its own words."""
    series = series_for(current_user, series_id)
    found = response_in(series, response_id)
    return render_template(
        "collect/response.html",
        series=series,
        response=found,
        taps=series.facet_words,
        consents=CONSENTS,
        may_erase=may(current_user, series.id, "owner"),
    )


@bp.route("/series/<int:series_id>/collect/responses/<int:response_id>/erase", methods=["GET", "POST"])
@auth_required()
def erase(series_id: int, response_id: int) -> Page:
    """Ask why, then erase a response for good."""
    series = series_for(current_user, series_id, "owner")
    found = response_to_erase(series, response_id)
    form = ErasureForm()
    if form.validate_on_submit():
        try:
            erase_response(found, form.reason.data or "", current_user, now())
        except NotValid as error:
            form.reason.errors = [str(error)]
        else:
            flash(f"Response {response_id} is erased.", "good")
            return redirect(url_for(".responses", series_id=series.id), 303)
    page = render_template("collect/erase.html", series=series, response=found, form=form)
    return page, 400 if form.errors else 200
