"""The delegate's form as the organiser sees it beforehand: nothing can be sent from it."""

from flask import render_template
from flask_security import auth_required, current_user

from ..programme.queries import event_for, questions_of
from .forms import form_for, parts_of
from .views import Page, bp


@bp.get("/events/<int:event_id>/preview")
@auth_required()
def preview(event_id: int) -> Page:
    """The event's form, open or not."""
    event = event_for(current_user, event_id)
    questions = questions_of(event)
    form = form_for(event, questions)
    return render_template("collect/preview.html", event=event, form=form, parts=parts_of(questions))
