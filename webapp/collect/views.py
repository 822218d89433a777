"""Delegates' pages: the form, the privacy note, the receipt."""

from datetime import datetime
from uuid import uuid4

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as AnyResponse

from config import ROOT

from ..errors import DomainError
from ..extensions import csrf, limiter
from ..programme.models import Question
from ..programme.queries import event_by_code, questions_of
from ..wording import now
from . import models
from .actions import correct_response, leave_out, receive_response, subscribe_to_news, withdraw_response
from .answers import checked_answers
from .asked import Asked, asked_at
from .codes import grouped
from .flooding import no_flood
from .forms import CONSENT_WORDS, NewsForm, ResponseForm, correction_form, form_of, parts_of, tap_words
from .queries import few_alike, response_by_code
from .responding import repeats, stored_response
from .sealing import all_as_sent
from .signals import uses_of

bp = Blueprint("collect", __name__)
bp.add_app_template_filter(grouped, "grouped")

Page = str | AnyResponse | tuple[str, int]

WORKER = ROOT / "webapp" / "static" / "delegate-worker.js"

# What stands in a kept page where each visitor has their own.
TOKEN, KEY = "\ue000token\ue000", "\ue000key\ue000"

# A hall of phones shares one address, so that this only stops a machine that floods.
SENDING = "3000 per minute"


def missed(response: Response) -> bool:
    return response.status_code == 404


# Only codes that open nothing count: whoever holds a receipt may open it as often as they like.
guesses_limited = limiter.shared_limit("20 per minute; 100 per hour", scope="receipt codes", deduct_when=missed)


def form_page(asked: Asked, form: ResponseForm, status: int = 200) -> Page:
    parts = parts_of(asked.questions)
    return render_template("collect/respond.html", event=asked.event, form=form, parts=parts), status


def blank_page(asked: Asked) -> str:
    """The form as everybody gets it first, rendered once a language; only the token and the key are each visitor's."""
    key = ("page", str(get_locale()), request.script_root)
    if key not in asked.made or "_flashes" in session:
        form = form_of(asked)
        page = str(form_page(asked, form)[0])
        if "_flashes" in session or "csrf_token" not in form:
            return page
        asked.made[key] = page.replace(generate_csrf(), TOKEN).replace(form.client_key.data, KEY)
    return asked.made[key].replace(TOKEN, generate_csrf()).replace(KEY, uuid4().hex)


# The form checks its own token, so that a page that was open too long comes back with what was typed.
@bp.get("/e/<code>")
def respond(code: str) -> Page:
    """The delegate's form."""
    asked = asked_at(code)
    state = asked.event.state(now())
    if state != "open":
        return render_template("collect/not_open.html", event=asked.event, state=state, form=None)
    return blank_page(asked)


@bp.post("/e/<code>")
@csrf.exempt
@no_flood
def send(code: str) -> Page:
    """Store what was sent and go to its receipt, or give it back with what is wrong."""
    asked = asked_at(code)
    form = form_of(asked)
    at = now()
    if asked.event.state(at) != "open":
        return sent_again(asked, form, at)
    if not form.validate():
        return form_page(asked, form, 400)
    key = form.client_key.data
    try:
        receipt_code = receive_response(asked.event, asked.questions, form.answers, key, at, **form.said)
    except DomainError as error:
        form.form_errors.append(str(error))
        return form_page(asked, form, error.status)
    if receipt_code is None:
        return sent_again(asked, form, at)
    return redirect(url_for(".receipt", code=receipt_code), 303)


def says_nothing_new(asked: Asked, form: ResponseForm, before: models.Response) -> bool:
    """Whether the response says all that is in the form already."""
    about = form.about
    try:
        said = checked_answers(asked.questions, form.answers, form.facets, form.consents)
    except DomainError:
        return False
    return repeats(before, said, about["organisation_type"], about["consent"] or before.consent, about["table_name"])


def sent_again(asked: Asked, form: ResponseForm, at: datetime) -> Page:
    """A form whose key came before, or that came while the event is not open."""
    state = asked.event.state(at)
    before = stored_response(asked.event, form.client_key.data)
    said_again = before is not None and (before.withdrawn_at is not None or says_nothing_new(asked, form, before))
    if before is None or (state != "open" and not said_again):
        page = render_template("collect/not_open.html", event=asked.event, state=state, form=form, before=before)
        return page, 409
    if state != "open" or before.withdrawn_at is not None:
        return redirect(url_for(".receipt", code=before.receipt_code), 303)
    if not form.validate():
        return form_page(asked, form, 400)
    if not said_again:
        return correction_page(before, asked.questions, form, sent_again=True)
    return redirect(url_for(".receipt", code=before.receipt_code), 303)


@bp.get("/e/worker.js")
def worker() -> Page:
    """The script that shows the form without a network. It stands here because it may serve only what is below it."""
    # The page's script has the phone's store. Its name changes with it, and so this worker does.
    store = f'importScripts("{url_for("static", filename="delegate.js")}");\n'
    script = store + WORKER.read_text(encoding="utf-8")
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@bp.get("/e/<code>/privacy")
def privacy(code: str) -> Page:
    """What happens with the words, in plain words."""
    return render_template("collect/privacy.html", event=event_by_code(code))


@bp.get("/r/<code>")
@guesses_limited
def receipt(code: str) -> Page:
    """What was received and when, and the way to correct or withdraw it while the event is open."""
    response = response_by_code(code)
    return render_template(
        "collect/receipt.html",
        response=response,
        event=response.event,
        open=response.event.state(now()) == "open",
        news=NewsForm(),
        taps=tap_words(response.event.series),
        consents=CONSENT_WORDS,
        own_words=all_as_sent(response.current_answers),
        few=few_alike(response),
        uses=[] if response.withdrawn_at else uses_of(response),
    )


def correction_page(
    response: models.Response,
    questions: list[Question],
    form: ResponseForm,
    sent_again: bool = False,
    status: int = 200,
) -> Page:
    page = render_template(
        "collect/correct.html",
        response=response,
        event=response.event,
        form=form,
        parts=parts_of(questions),
        sent_again=sent_again,
    )
    return page, status


@bp.route("/r/<code>/correct", methods=["GET", "POST"])
@csrf.exempt
@guesses_limited
@limiter.limit(SENDING, methods=["POST"])
def correct(code: str) -> Page:
    """The form again, filled with what was said."""
    response = response_by_code(code)
    questions = questions_of(response.event)
    form = correction_form(response.event, questions, response)
    if not form.is_submitted():
        return correction_page(response, questions, form)
    if not form.validate():
        return correction_page(response, questions, form, status=400)
    try:
        correct_response(
            response,
            form.answers,
            now(),
            **form.said,
        )
    except DomainError as error:
        form.form_errors.append(str(error))
        return correction_page(response, questions, form, status=error.status)
    flash(_("Your correction was received."), "good")
    return redirect(url_for(".receipt", code=response.receipt_code), 303)


@bp.post("/r/<code>/leave-out")
@guesses_limited
@limiter.limit(SENDING)
def leave_out_part(code: str) -> Page:
    """Forget the table or the kind of organisation, which together would point to a person."""
    response = response_by_code(code)
    leave_out(response, request.form.get("part", ""), now())
    flash(_("Left out. What you answered stays."), "good")
    return redirect(url_for(".receipt", code=response.receipt_code), 303)


@bp.get("/r/<code>/withdraw")
@guesses_limited
def confirm_withdrawal(code: str) -> Page:
    """Ask once more before a response is withdrawn."""
    response = response_by_code(code)
    return render_template("collect/withdraw.html", response=response, event=response.event)


@bp.post("/r/<code>/withdraw")
@guesses_limited
@limiter.limit(SENDING)
def withdraw(code: str) -> Page:
    """Withdraw the response."""
    response = response_by_code(code)
    withdraw_response(response, now())
    return redirect(url_for(".receipt", code=response.receipt_code), 303)


@bp.post("/e/<code>/news")
@limiter.limit("120 per minute")
def news(code: str) -> Page:
    """Take an address for news. The event's page takes it, not the receipt's, so that nothing ties the two together."""
    event = event_by_code(code)
    form = NewsForm()
    if not form.validate_on_submit():
        return render_template("collect/news.html", event=event, news=form, done=False), 400
    subscribe_to_news(event.series_id, form.email.data)
    return render_template("collect/news.html", event=event, news=form, done=True)
