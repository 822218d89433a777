"""An event's questions."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..wording import count, now
from . import actions
from .fields import say
from .forms import QuestionForm
from .pages import inside
from .queries import event_for, question_for
from .rules import NotValid
from .signals import words_held
from .views import bp
from .views_events import to_event


@bp.route("/events/<int:event_id>/questions/new", methods=["GET", "POST"])
@auth_required()
def new_question(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    form = QuestionForm.of(event)
    if form.validate_on_submit():
        try:
            actions.add_question(event, **form.values(event))
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash("The question is added.")
            return to_event(event, "questions")
    return inside("question_form", event.series, form=form, event=event, question=None, held=0)


@bp.route("/questions/<int:question_id>/edit", methods=["GET", "POST"])
@auth_required()
def edit_question(question_id: int) -> ResponseReturnValue:
    question = question_for(current_user, question_id, "editor")
    event = question.event
    form = QuestionForm.of(event, question)
    if form.validate_on_submit():
        try:
            actions.update_question(question, **form.values(event))
        except NotValid as error:
            say(form, error.field, str(error))
        else:
            flash("The question is saved.")
            return to_event(event, "questions")
    held = words_held(question)
    return inside("question_form", event.series, form=form, event=event, question=question, held=held)


@bp.post("/events/<int:event_id>/question-set")
@auth_required()
def use_question_set(event_id: int) -> ResponseReturnValue:
    event = event_for(current_user, event_id, "editor")
    name = request.form.get("name", "")
    added = actions.use_question_set(event, name)
    flash(f"{count(len(added), 'question')} added from “{name}”." if added else "The event asks all of these already.")
    return to_event(event, "questions")


@bp.post("/questions/<int:question_id>/move")
@auth_required()
def move_question(question_id: int) -> ResponseReturnValue:
    question = question_for(current_user, question_id, "editor")
    actions.move_question(question, -1 if request.form.get("to") == "up" else 1)
    return to_event(question.event, "questions")


@bp.post("/questions/<int:question_id>/retire")
@auth_required()
def retire_question(question_id: int) -> ResponseReturnValue:
    question = question_for(current_user, question_id, "editor")
    actions.retire_question(question, now())
    flash("The question is asked no more. Its answers stay.")
    return to_event(question.event, "questions")


@bp.post("/questions/<int:question_id>/restore")
@auth_required()
def restore_question(question_id: int) -> ResponseReturnValue:
    question = question_for(current_user, question_id, "editor")
    actions.restore_question(question)
    flash("The question is asked again, after the others.")
    return to_event(question.event, "questions")


@bp.post("/questions/<int:question_id>/delete")
@auth_required()
def delete_question(question_id: int) -> ResponseReturnValue:
    question = question_for(current_user, question_id, "editor")
    event = question.event
    actions.delete_question(question)
    flash("The question is deleted.")
    return to_event(event, "questions")
