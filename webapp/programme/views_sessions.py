"""Sessions and their tables."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response

from ..wording import count, now
from . import actions, addresses
from .fields import say
from .forms import SessionForm, TableForm, TablesForm
from .models import EventSession
from .pages import inside
from .queries import event_for, session_for, table_for
from .rules import NotValid
from .views import bp
from .views_events import to_event


def to_session(session: EventSession) -> Response:
    return redirect(url_for("programme.session", session_id=session.id), 303)


@bp.route("/events/<int:event_id>/sessions/new", methods=["GET", "POST"])
@auth_required()
def new_session(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    form = SessionForm()
    if form.validate_on_submit():
        session = actions.add_session(event, form.title.data, form.kind.data, form.speaker.data)
        flash(f"“{session.title}” is added.")
        return to_session(session) if session.kind == "group_discussion" else to_event(event, "sessions")
    return inside("session_form", event.series, form=form, event=event, session=None)


@bp.get("/sessions/<int:session_id>")
@auth_required()
def session(session_id: int) -> ResponseReturnValue:
    """The session's tables, or its scribes, with their links."""
    return session_page(session_for(current_user, session_id))


def session_page(
    session: EventSession, tables_form: TablesForm | None = None, table_form: TableForm | None = None
) -> ResponseReturnValue:
    """The session's page, with what was typed into one of its two forms."""
    status = 200 if tables_form is None and table_form is None else 400
    return inside(
        "session",
        session.event.series,
        status,
        session=session,
        event=session.event,
        tables_form=tables_form or TablesForm(formdata=None),
        table_form=table_form or TableForm(formdata=None),
        address_of=addresses.table_address,
    )


@bp.route("/sessions/<int:session_id>/edit", methods=["GET", "POST"])
@auth_required()
def edit_session(session_id: int) -> ResponseReturnValue:
    session = session_for(current_user, session_id, "editor")
    form = SessionForm(obj=session)
    if form.validate_on_submit():
        actions.update_session(session, title=form.title.data, kind=form.kind.data, speaker=form.speaker.data)
        flash("The session is saved.")
        return to_event(session.event, "sessions")
    return inside("session_form", session.event.series, form=form, event=session.event, session=session)


@bp.post("/sessions/<int:session_id>/remove")
@auth_required()
def remove_session(session_id: int) -> ResponseReturnValue:
    session = session_for(current_user, session_id, "editor")
    event, title = session.event, session.title
    actions.remove_session(session)
    flash(f"“{title}” is removed.")
    return to_event(event, "sessions")


@bp.post("/sessions/<int:session_id>/move")
@auth_required()
def move_session(session_id: int) -> ResponseReturnValue:
    session = session_for(current_user, session_id, "editor")
    actions.move_session(session, -1 if request.form.get("to") == "up" else 1)
    return to_event(session.event, "sessions")


@bp.post("/sessions/<int:session_id>/tables")
@auth_required()
def add_tables(session_id: int) -> ResponseReturnValue:
    """Tables 1 to N at once."""
    session = session_for(current_user, session_id, "editor")
    form = TablesForm()
    if not form.validate_on_submit():
        return session_page(session, tables_form=form)
    added = actions.add_tables(session, form.number.data)
    flash(f"{count(len(added), 'table')} added." if added else "These tables are here already.")
    return to_session(session)


@bp.post("/sessions/<int:session_id>/table")
@auth_required()
def add_table(session_id: int) -> ResponseReturnValue:
    """One table with a name of its own."""
    session = session_for(current_user, session_id, "editor")
    form = TableForm()
    if not form.validate_on_submit():
        return session_page(session, table_form=form)
    table = actions.add_table(session, form.name.data, form.facilitator.data)
    flash(f"{table.name} is added.")
    return to_session(session)


@bp.route("/tables/<int:table_id>/edit", methods=["GET", "POST"])
@auth_required()
def edit_table(table_id: int) -> ResponseReturnValue:
    table = table_for(current_user, table_id, "editor")
    form = TableForm(obj=table)
    if form.validate_on_submit():
        try:
            actions.update_table(table, name=form.name.data, facilitator=form.facilitator.data)
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash(f"{table.name} is saved.")
            return to_session(table.session)
    return inside("table_form", table.session.event.series, form=form, table=table, session=table.session)


@bp.post("/tables/<int:table_id>/link")
@auth_required()
def renew_link(table_id: int) -> ResponseReturnValue:
    table = table_for(current_user, table_id, "editor")
    actions.renew_link(table)
    flash(f"{table.name} has a new link. The old one does not work any more.")
    return to_session(table.session)


@bp.post("/tables/<int:table_id>/remove")
@auth_required()
def remove_table(table_id: int) -> ResponseReturnValue:
    table = table_for(current_user, table_id, "editor")
    session, name = table.session, table.name
    gone = actions.remove_table(table, now())
    flash(f"{name} is removed." if gone else f"{name} has notes, so it stays in the record. Its link no longer works.")
    return to_session(session)
