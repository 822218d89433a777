"""Questions from the floor, on delegates' phones and on the hall's screen."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask import Response, after_this_request, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from ..errors import DomainError, Refused
from ..extensions import limiter
from ..programme import addresses
from ..programme.models import Event, EventSession
from ..programme.queries import event_by_code
from ..wording import now
from .actions import ask_question, back_question
from .codes import sent_key
from .floor_likeness import alike
from .floor_rules import rules_of
from .live import if_changed, version
from .models import FloorQuestion
from .queries import asked_by, floor_of, floor_question_in, session_at
from .views import SENDING, Page, bp

# What a phone remembers of its own questions: more than anybody asks in one session.
MOST_REMEMBERED = 20
# How many questions a screen holds in letters that are read from the back of the hall.
ON_SCREEN = 3


def forget_the_last_person() -> None:
    """Take what was asked and backed out of the phone's cookie."""
    session.pop("asked", None)
    session.pop("phone", None)


def handed_on() -> None:
    """Forget it also where "Next person" was pressed on the form, which works without a network: it leaves a mark."""
    if "next" not in request.cookies:
        return
    forget_the_last_person()

    @after_this_request
    def unmarked(response: Response) -> Response:
        response.delete_cookie("next", samesite="Lax")
        return response


def phone_key() -> str:
    """This phone's own key for backing a question once, kept in its signed cookie."""
    handed_on()
    return session.setdefault("phone", uuid4().hex)


def remember(client_key: str) -> None:
    """Keep in the phone's cookie, and nowhere else, that it asked this: the database links nobody's questions."""
    handed_on()
    asked = [key for key in session.get("asked", []) if key != client_key]
    session["asked"] = [*asked, client_key][-MOST_REMEMBERED:]


def list_on(event: Event, held: EventSession) -> dict[str, Any]:
    """What the list shows on this phone, and its version."""
    # Those that can still be backed first; a stable sort, so that backing orders both halves.
    lines = sorted(floor_of(held, phone_key()), key=lambda line: line.question.state != "open")
    mine = asked_by(held, session.get("asked", []))
    is_open = event.state(now()) == "open"
    seen = version([is_open, [line.shown for line in lines], [question.shown for question in mine]])
    return {"event": event, "session_": held, "floor": lines, "mine": mine, "open": is_open, "version": seen}


def floor_page(
    event: Event,
    held: EventSession,
    typed: str = "",
    error: str = "",
    status: int = 200,
    like: Sequence[FloorQuestion] = (),
) -> Page:
    page = render_template(
        "collect/floor.html",
        rules=rules_of(held),
        client_key=sent_key(request.form.get("client_key")),
        typed=typed,
        error=error,
        like=like,
        **list_on(event, held),
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
    typed, key = request.form.get("text", ""), sent_key(request.form.get("client_key"))
    others = [line.question for line in floor_of(held)]
    sent_again = any(question.client_key == key for question in others)
    like = [] if sent_again or request.form.get("sure") else alike(typed, others)
    if like and event.state(now()) == "open":
        return floor_page(event, held, typed, like=like)
    try:
        question = ask_question(held, typed, key, now())
    except DomainError as error:
        return floor_page(event, held, typed, str(error), error.status)
    remember(key)
    waits = _("Your question was received. The organiser reads it before it is shown to all.")
    flash(waits if question.waiting else _("Your question was received."), "good")
    return redirect(url_for(".floor", code=event.code, session_id=held.id), 303)


@bp.get("/e/<code>/questions/<int:session_id>/list")
def floor_list(code: str, session_id: int) -> Page:
    """The questions alone, for a page that is open: 304 where nothing changed."""
    event = event_by_code(code)
    held = session_at(event, session_id)
    shown = list_on(event, held)
    return if_changed(shown["version"], lambda: render_template("collect/floor_list.html", **shown))


@bp.post("/e/<code>/questions/<int:session_id>/alike")
@limiter.limit(SENDING)
def floor_alike(code: str, session_id: int) -> Page:
    """The questions that ask nearly what is being typed. Posted, so that no log holds what was not sent."""
    event = event_by_code(code)
    held = session_at(event, session_id)
    like = alike(request.form.get("text", "")[:2000], [line.question for line in floor_of(held)])
    return render_template("collect/floor_alike.html", event=event, session_=held, like=like)


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


@bp.post("/e/<code>/questions/<int:session_id>/forget")
@limiter.limit(SENDING)
def forget(code: str, session_id: int) -> Page:
    """Hand the phone to the next person: it no longer knows what was asked or backed on it."""
    held = session_at(event_by_code(code), session_id)
    forget_the_last_person()
    flash(_("This phone no longer shows what was asked on it. The questions themselves stay."), "good")
    return redirect(url_for(".floor", code=code, session_id=held.id), 303)


def on_screen(held: EventSession) -> dict[str, Any]:
    """What the hall's screen shows, the open questions that most people back, and its version."""
    lines = [line for line in floor_of(held) if line.question.state == "open"][:ON_SCREEN]
    return {"floor": lines, "version": version([line.shown for line in lines])}


@bp.get("/e/<code>/questions/<int:session_id>/screen")
def screen(code: str, session_id: int) -> Page:
    """For the projector: how to join, and the questions that most people back. It has no controls."""
    event = event_by_code(code)
    held = session_at(event, session_id)
    return render_template(
        "collect/screen.html",
        event=event,
        session_=held,
        host=addresses.host(),
        qr=addresses.qr(f"{addresses.form_address(event)}/questions/{held.id}"),
        only_here=addresses.only_here(),
        **on_screen(held),
    )


@bp.get("/e/<code>/questions/<int:session_id>/screen/list")
def screen_list(code: str, session_id: int) -> Page:
    """The screen's questions alone: 304 where nothing changed."""
    shown = on_screen(session_at(event_by_code(code), session_id))
    return if_changed(shown["version"], lambda: render_template("collect/screen_list.html", **shown))
