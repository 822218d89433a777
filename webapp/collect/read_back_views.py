"""A table's lines read back for it to agree, and the table's page handed to another facilitator."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..errors import DomainError, NotFound
from ..extensions import db, limiter
from ..programme import addresses
from ..programme.models import DiscussionTable
from ..programme.queries import table_by_token
from ..wording import now
from .actions import agree_to_lines
from .agreeing import agreement_of, changed_since, changed_tables
from .forms import WEIGHT_WORDS
from .queries import notes_of, notes_version
from .views import SENDING, Page, bp


def read_page(table: DiscussionTable, error: str = "", name: str = "", status: int = 200) -> Page:
    agreement, notes = agreement_of(table), notes_of(table)
    page = render_template(
        "collect/read_back.html",
        table=table,
        session_=table.session,
        event=table.session.event,
        notes=notes,
        weights=WEIGHT_WORDS,
        version=notes_version(table),
        agreement=agreement,
        since=table.id in changed_tables([table.id]),
        changed={note.id for note in notes if changed_since(note, agreement)},
        name=name or table.facilitator,
        error=error,
    )
    return page, status


@bp.route("/t/<token>/read", methods=["GET", "POST"])
@limiter.limit(SENDING, methods=["POST"])
def read_back(token: str) -> Page:
    """The lines in large type, to be read aloud; sent back, the table agreed to them."""
    table = table_by_token(token)
    if table.session.kind != "group_discussion":
        raise NotFound(_("Only a table's lines are read back."))
    if request.method == "GET":
        return read_page(table)
    name = request.form.get("name", "")
    try:
        agree_to_lines(table, request.form.get("version", ""), name, now())
    except DomainError as error:
        db.session.rollback()
        return read_page(table, str(error), name, error.status)
    flash(_("The organiser sees that the table agreed."), "good")
    return redirect(url_for(".table", token=table.token), 303)


@bp.get("/t/<token>/handover")
def handover(token: str) -> Page:
    """The table's own address, to be scanned by whoever takes over."""
    table = table_by_token(token)
    address = addresses.table_address(table)
    return render_template(
        "collect/handover.html",
        table=table,
        session_=table.session,
        address=addresses.spoken(address),
        qr=addresses.qr(address),
        only_here=addresses.only_here(),
    )
