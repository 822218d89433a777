"""Questions from the floor, on delegates' phones."""

from uuid import uuid4

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from ..errors import DomainError, Refused
from ..extensions import limiter
from ..programme.models import Event, EventSession
from ..programme.queries import event_by_code
from ..wording import now
from .actions import ask_question, back_question
from .codes import sent_key
from .queries import floor_of, floor_question_in, session_at
from .views import SENDING, Page, bp


def phone_key() -> str:
    """This phone's own key for backing a question once, kept in its signed cookie."""
    return session.setdefault("phone", uuid4().hex)


def floor_page(event: Event, held: EventSession, typed: str = "", error: str = "", status: int = 200) -> Page:
    page = render_template(
        "collect/floor.html",
        event=event,
        session_=held,
        floor=floor_of(held, phone_key()),
        open=event.state(now()) == "open",
        client_key=sent_key(request.form.get("client_key")),
        typed=typed,
        error=error,
    )
    return page, status


@bp.route("/e/<code>/questions/<int:session_id>", methods=["GET", "POST"])
@limiter.limit(SENDING, methods=["POST"])
def floor(code: str, session_id: int) -> Page:
    """The questions of one session, and a line to ask one's own."""
    event = event_by_code(code)
    held = session_at(event, session_id)
    if request.method == "GET":
        return floor_page(event, held)
    typed = request.form.get("text", "")
    try:
        ask_question(held, typed, sent_key(request.form.get("client_key")), now())
    except DomainError as error:
        return floor_page(event, held, typed, str(error), error.status)
    flash(_("Your question was received."), "good")
    return redirect(url_for(".floor", code=event.code, session_id=held.id), 303)


@bp.post("/e/<code>/questions/<int:session_id>/<int:question_id>/back")
@limiter.limit(SENDING)
def back(code: str, session_id: int, question_id: int) -> Page:
    """Back a question, once a phone."""
    event = event_by_code(code)
    held = session_at(event, session_id)
    question = floor_question_in(held, question_id)
    if event.state(now()) != "open" or question.hidden_at is not None:
        raise Refused(_("This question can no longer be backed."))
    back_question(question, phone_key())
    return redirect(url_for(".floor", code=event.code, session_id=held.id, _anchor=f"q{question_id}"), 303)
