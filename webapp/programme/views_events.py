"""An event: its page, its details, opening and closing, copying, its end."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from ..row_ids import row_id
from ..wording import count, listed, now
from . import actions, addresses
from .actions_copying import Copied
from .fields import say
from .forms import DeleteForm, EventForm
from .models import Event, Series
from .pages import inside
from .queries import event_for, events_of, questions_of, retired_questions_of, series_for
from .question_sets import QUESTION_SETS
from .rules import NotValid
from .signals import words_held
from .states import step_for
from .views import bp


def to_event(event: Event, part: str = "") -> Response:
    """Go to the event's page, or to a part of it."""
    return redirect(url_for("programme.event", event_id=event.id, _anchor=part or None), 303)


@bp.get("/events/<int:event_id>")
@auth_required()
def event(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id)
    address = addresses.form_address(event)
    return inside(
        "event",
        event.series,
        event=event,
        step=step_for(event, now()),
        questions=questions_of(event),
        retired=retired_questions_of(event),
        others=[each for each in events_of(current_user) if each.id != event.id],
        question_sets=QUESTION_SETS,
        address=addresses.spoken(address),
        qr=addresses.qr(address),
        only_here=addresses.only_here(),
    )


@bp.route("/series/<int:series_id>/events/new", methods=["GET", "POST"])
@auth_required()
def new_event(series_id: int) -> ResponseReturnValue:
    series = series_for(current_user, series_id, "editor")
    form = EventForm.new(series, request.args.get("copy", 0, row_id))
    form.copy_from.choices = copying_choices(series)
    if form.validate_on_submit():
        try:
            event = actions.create_event(series, now=now(), **form.values())
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash(f"{event.title} is added. Its code is {event.code}.")
            if form.copy_from.data:
                added = actions.copy_programme(event_for(current_user, form.copy_from.data), event)
                flash(f"Copied: {in_words(added)}.")
            return to_event(event)
    return inside("event_form", series, form=form, event=None)


def copying_choices(series: Series) -> list[SelectChoice]:
    """The events whose programme a new one can begin with: the series' own first."""
    events = sorted(events_of(current_user), key=lambda each: each.series_id != series.id)
    copied = [SelectChoice(each.id, named(each, series)) for each in events]
    return [SelectChoice(0, "Nothing: begin with an empty programme"), *copied]


def named(event: Event, series: Series) -> str:
    return event.title if event.series_id == series.id else f"{event.title} ({event.series.title})"


def in_words(added: Copied) -> str:
    """1 session, 8 tables and 3 questions."""
    return listed([count(added.sessions, "session"), count(added.tables, "table"), count(added.questions, "question")])


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@auth_required()
def edit_event(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    form = EventForm.of(event)
    del form.copy_from
    if form.validate_on_submit():
        try:
            actions.update_event(event, **form.values() | {"code": form.code.data or event.code})
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash("The event is saved.")
            return to_event(event)
    return inside("event_form", event.series, form=form, event=event)


@bp.post("/events/<int:event_id>/open")
@auth_required()
def open_event(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    actions.open_event(event, now())
    flash(f"{event.title} is open. Delegates can answer now.")
    return to_event(event)


@bp.post("/events/<int:event_id>/close")
@auth_required()
def close_event(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    actions.close_event(event, now())
    flash(f"{event.title} is closed. Nothing more comes in, and nothing that came in is lost.")
    return to_event(event)


@bp.post("/events/<int:event_id>/copy")
@auth_required()
def copy_into_event(event_id: int) -> ResponseReturnValue:
    """Take another event's programme into this one."""
    event = event_for(current_user, event_id, "editor")
    source = event_for(current_user, request.form.get("source", 0, row_id))
    added = actions.copy_programme(source, event)
    flash(f"Copied from {source.title}: {in_words(added)}.")
    return to_event(event)


@bp.route("/events/<int:event_id>/delete", methods=["GET", "POST"])
@auth_required()
def delete_event(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    series, title, form = event.series, event.title, DeleteForm()
    if form.validate_on_submit():
        try:
            actions.delete_event(event, form.typed_title.data, now(), current_user)
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash(f"“{title}” is deleted.")
            return redirect(url_for("programme.programme", series_id=series.id), 303)
    return inside("event_delete", series, form=form, event=event, held=words_held(event))
