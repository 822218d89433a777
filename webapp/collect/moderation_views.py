"""The organiser's page of one session's floor: its rules, its questions, and the log of what was decided."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user

from ..accounts.queries import may
from ..errors import DomainError, NotFound
from ..extensions import db
from ..programme.models import EventSession, Series
from ..programme.queries import NOT_HERE, series_for, session_for
from ..wording import now
from .actions import answer_question, hide_question, mark_question, set_floor_rules, show_question
from .floor_rules import decisions_of, is_asked, rules_of
from .live import if_changed, version
from .models_hall import DECISIONS
from .queries import floor_of, floor_question_in
from .views import Page, bp

FLOOR = "/series/<int:series_id>/collect/floor/<int:session_id>"
# In what order the organiser sees them: what waits for a decision first, what is settled last.
ORDER = ("waiting", "open", "not_reached", "answered", "hidden")
DONE = {
    "show": "The question is shown.",
    "answered": "The question is marked as answered.",
    "not_reached": "The question is marked as not reached.",
    "open": "The question is open again.",
}


def session_of(series: Series, session_id: int, at_least: str = "viewer") -> EventSession:
    """A session of one of the series' events."""
    held = session_for(current_user, session_id, at_least)
    if held.event.series_id != series.id:
        raise NotFound(NOT_HERE)
    return held


def held_for(series_id: int, session_id: int, at_least: str = "viewer") -> EventSession:
    return session_of(series_for(current_user, series_id, at_least), session_id, at_least)


def list_on(held: EventSession) -> dict[str, Any]:
    """The session's questions for the organiser, with what may be done, and their version."""
    lines = sorted(floor_of(held, hidden=True), key=lambda line: ORDER.index(line.question.state))
    rules, may_edit = rules_of(held), may(current_user, held.event.series_id, "editor")
    seen = version([may_edit, rules.before, rules.reasons, [line.shown for line in lines]])
    return {
        "series": held.event.series,
        "session_": held,
        "floor": lines,
        "rules": rules,
        "may_edit": may_edit,
        "version": seen,
    }


def board_page(held: EventSession, error: str = "", typed: dict[str, str] | None = None, status: int = 200) -> Page:
    page = render_template(
        "collect/floor_board.html",
        asked=is_asked(held),
        log=decisions_of(held),
        verbs=DECISIONS,
        error=error,
        typed=typed or {},
        **list_on(held),
    )
    return page, status


def back_to(held: EventSession, anchor: str | None = None) -> Page:
    address = url_for(".floor_board", series_id=held.event.series_id, session_id=held.id, _anchor=anchor)
    return redirect(address, 303)


@bp.get(FLOOR)
@auth_required()
def floor_board(series_id: int, session_id: int) -> Page:
    """The questions from the floor of one session, the hidden ones too."""
    return board_page(held_for(series_id, session_id))


@bp.get(f"{FLOOR}/list")
@auth_required()
def floor_board_list(series_id: int, session_id: int) -> Page:
    """The questions alone, for a page that is open: 304 where nothing changed."""
    shown = list_on(held_for(series_id, session_id))
    return if_changed(
        shown["version"], lambda: render_template("collect/floor_board_list.html", error="", typed={}, **shown)
    )


@bp.post(f"{FLOOR}/rules")
@auth_required()
def floor_rules(series_id: int, session_id: int) -> Page:
    """Set when questions are read, and what they may be hidden for."""
    held = held_for(series_id, session_id, "editor")
    typed = request.form.to_dict()
    reasons = typed["reasons"].splitlines() if "reasons" in typed else rules_of(held).reasons
    try:
        set_floor_rules(held, typed.get("when") == "before", reasons, now(), current_user)
    except DomainError as error:
        db.session.rollback()
        return board_page(held, str(error), typed, error.status)
    flash("The rules are saved.", "good")
    return back_to(held)


@bp.post(f"{FLOOR}/<int:question_id>/<any(show, answered, not_reached, open, hide, answer):verb>")
@auth_required()
def moderate(series_id: int, session_id: int, question_id: int, verb: str) -> Page:
    """Decide on one question."""
    held = held_for(series_id, session_id, "editor")
    question = floor_question_in(held, question_id)
    typed = {**request.form.to_dict(), "question": str(question_id)}
    try:
        if verb == "hide":
            hide_question(question, typed.get("reason", ""), now(), current_user)
            words = "The question is hidden from the delegates' page and from the report."
        elif verb == "answer":
            answer_question(question, typed.get("answer", ""), typed.get("answered_by", ""), now(), current_user)
            words = "The answer is saved."
        elif verb == "show":
            show_question(question, now(), current_user)
            words = DONE[verb]
        else:
            mark_question(question, verb, now(), current_user)
            words = DONE[verb]
    except DomainError as error:
        db.session.rollback()
        return board_page(held, str(error), typed, error.status)
    flash(words, "good")
    return back_to(held, f"q{question_id}")
