"""The form on paper: cards to print, and a page to type them in."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_security import auth_required, current_user

from ..errors import Refused
from ..extensions import db
from ..programme import addresses
from ..programme.models import Event
from ..programme.queries import event_for, questions_of
from ..row_ids import row_id
from ..wording import now
from .card_entry import card_for, read_card
from .card_keying import AlreadyTyped, key_card, serials_typed, take_out_card, typed_in
from .cards import (
    MOST_CARDS,
    in_two_columns,
    next_serial,
    print_cards,
    print_in,
    printed_sides,
    prints_of,
    sheets_of,
    sides_of,
)
from .codes import sent_key
from .forms import CONSENT_WORDS, tap_words
from .received import response_in
from .views import Page, bp


@bp.route("/events/<int:event_id>/cards", methods=["GET", "POST"])
@auth_required()
def cards(event_id: int) -> Page:
    """How many cards, in which language; and what was printed before."""
    event = event_for(current_user, event_id, "editor")
    error = ""
    if request.method == "POST":
        language = request.form.get("language", "")
        offered = languages()
        try:
            count = request.form.get("count", 0, row_id)
            printed = print_cards(event, count, language if language in offered else "en", current_user, now())
        except Refused as refused:
            error = str(refused)
        else:
            layout = "one" if request.form.get("layout") == "one" else "two"
            return redirect(url_for(".printed_cards", event_id=event.id, print_id=printed.id, layout=layout), 303)
    questions = questions_of(event)
    page = render_template(
        "collect/cards.html",
        series=event.series,
        event=event,
        sides=sides_of(event, questions),
        questions=questions,
        first=next_serial(event),
        prints=prints_of(event),
        languages=languages(),
        most=MOST_CARDS,
        error=error,
        count=request.form.get("count", "20"),
    )
    return page, 400 if error else 200


def languages() -> dict[str, str]:
    return current_app.config["LANGUAGES"]


@bp.get("/events/<int:event_id>/cards/<int:print_id>")
@auth_required()
def printed_cards(event_id: int, print_id: int) -> Page:
    """The cards themselves, two on an A4 sheet or one on an A5."""
    event = event_for(current_user, event_id, "editor")
    printed = print_in(event, print_id)
    layout = "one" if request.args.get("layout") == "one" else "two"
    sides = sides_of(event, questions_of(event))
    serials = range(printed.first, printed.last + 1)
    pages = sheets_of(serials, len(sides))
    if layout == "one":
        each = range(printed_sides(len(sides)))
        pages = [((serial, side) if side < len(sides) else None, None) for serial in serials for side in each]
    with force_locale(printed.language):
        return render_template(
            "collect/cards_printed.html",
            event=event,
            printed=printed,
            layout=layout,
            pages=pages,
            sides=sides,
            taps=tap_words(event.series),
            consents=CONSENT_WORDS,
            two_columns=in_two_columns,
            host=addresses.host(),
        )


@bp.route("/events/<int:event_id>/cards/type", methods=["GET", "POST"])
@auth_required()
def type_card(event_id: int) -> Page:
    """Type one card after another."""
    event = event_for(current_user, event_id, "editor")
    questions = questions_of(event)
    card = card_for(
        event, questions, tap_words(event.series), {key: str(words) for key, words in CONSENT_WORDS.items()}
    )
    before = None
    if request.method == "POST":
        read = read_card(card, questions)
        if read is not None:
            key = sent_key(request.form.get("client_key"))
            try:
                stored = key_card(event, read, key, current_user, now(), "another" in request.form)
            except AlreadyTyped as typed:
                db.session.rollback()
                before = typed.response
                card.serial.error = str(typed)
            else:
                flash(f"Card {stored.paper_serial} is in.")
                return redirect(url_for(".type_card", event_id=event.id), 303)
    page = typing_page(event, card, before)
    return page, 400 if card.wrong or before else 200


def typing_page(event: Event, card: object, before: object) -> str:
    return render_template(
        "collect/card_typing.html",
        series=event.series,
        event=event,
        questions=questions_of(event),
        card=card,
        before=before,
        client_key=sent_key(request.form.get("client_key")),
        typed=typed_in(event),
        serials=serials_typed(event),
    )


@bp.post("/events/<int:event_id>/cards/typed/<int:response_id>/take-out")
@auth_required()
def take_out(event_id: int, response_id: int) -> Page:
    """Withdraw a card that was typed wrongly."""
    event = event_for(current_user, event_id, "editor")
    found = response_in(event.series, response_id)
    take_out_card(found, now())
    flash(f"Card {found.paper_serial} is taken out. It can be typed again.")
    return redirect(url_for(".type_card", event_id=event.id), 303)
