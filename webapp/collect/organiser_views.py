"""The organiser's pages of this room: what came in, from where, and comments brought in from a file."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user

from ..accounts.queries import may
from ..errors import DomainError, NotFound
from ..extensions import db
from ..programme.models import CONSENTS, Event, EventSession, Series
from ..programme.queries import NOT_HERE, series_for, session_for
from ..row_ids import row_id
from ..text_input import clean_line
from ..wording import count, now
from .actions import hide_question, import_comments, show_question
from .csv_reading import rows_of
from .forms import ImportForm
from .queries import floor_of, floor_question_in
from .received import Received, coverage_of, received_by_event, response_in, responses_of
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
        coverage={event.id: coverage_of(event) for event in series.events},
        newest=responses_of(series).responses[:5],
        may_edit=may(current_user, series.id, "editor"),
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
    return render_template("collect/responses.html", series=series, page=page, words=words, event=event)


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
        "collect/response.html", series=series, response=found, taps=series.facet_words, consents=CONSENTS
    )


def session_of(series: Series, session_id: int) -> EventSession:
    """A session of one of the series' events."""
    held = session_for(current_user, session_id)
    if held.event.series_id != series.id:
        raise NotFound(NOT_HERE)
    return held


@bp.get("/series/<int:series_id>/collect/floor/<int:session_id>")
@auth_required()
def floor_board(series_id: int, session_id: int) -> Page:
    """The questions from the floor of one session, the hidden ones too."""
    series = series_for(current_user, series_id)
    held = session_of(series, session_id)
    return render_template(
        "collect/floor_board.html",
        series=series,
        session_=held,
        floor=floor_of(held, hidden=True),
        may_edit=may(current_user, series.id, "editor"),
    )


@bp.post("/series/<int:series_id>/collect/floor/<int:session_id>/<int:question_id>/<any(hide, show):verb>")
@auth_required()
def moderate(series_id: int, session_id: int, question_id: int, verb: str) -> Page:
    """Hide a question from the delegates' page, or show it again."""
    held = session_of(series_for(current_user, series_id, "editor"), session_id)
    question = floor_question_in(held, question_id)
    if verb == "hide":
        hide_question(question, now())
        flash("The question is hidden from the delegates' page and from the report.", "good")
    else:
        show_question(question)
        flash("The question is shown again.", "good")
    return redirect(url_for(".floor_board", series_id=series_id, session_id=session_id, _anchor=f"q{question_id}"), 303)


@bp.route("/series/<int:series_id>/collect/import", methods=["GET", "POST"])
@auth_required()
def import_file(series_id: int) -> Page:
    """Bring in a CSV of comments, and say what became of each row."""
    series = series_for(current_user, series_id, "editor")
    form = ImportForm()
    report = None
    if form.validate_on_submit():
        upload = form.file.data
        zone = series.events[0].time_zone if series.events else current_app.config["DEFAULT_TIME_ZONE"]
        try:
            rows = rows_of(upload.read(), clean_line(form.text_column.data) or None)
            report = import_comments(series, rows, now(), clean_line(upload.filename) or "import.csv", zone)
        except DomainError as error:
            db.session.rollback()
            form.file.errors = [str(error)]
    status = 400 if form.errors else 200
    return render_template("collect/import.html", series=series, form=form, report=report), status
