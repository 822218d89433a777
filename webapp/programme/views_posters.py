"""Pages to print: a poster for an event, and one for each table."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from . import addresses
from .queries import event_for, session_for
from .views import bp


@bp.get("/events/<int:event_id>/poster")
@auth_required()
def poster(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id)
    address = addresses.form_address(event)
    return render_template(
        "programme/poster.html",
        event=event,
        host=addresses.host(),
        address=addresses.spoken(address),
        qr=addresses.qr(address),
        only_here=addresses.only_here(),
    )


@bp.get("/sessions/<int:session_id>/table-posters")
@auth_required()
def table_posters(session_id: int) -> ResponseReturnValue:
    """One page for each table whose link works."""
    session = session_for(current_user, session_id)
    tables = [table for table in session.tables if table.revoked_at is None]
    posters = [(table, addresses.table_address(table)) for table in tables]
    return render_template(
        "programme/table_posters.html",
        session=session,
        event=session.event,
        posters=[(table, addresses.spoken(address), addresses.qr(address)) for table, address in posters],
        only_here=addresses.only_here(),
    )
