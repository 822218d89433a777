"""Accepting an invitation: a name and a password make the account; whoever has one joins with it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user, login_user

from ..errors import DomainError, NotFound
from ..extensions import db, limiter
from ..wording import now
from .actions_invitations import accept_as, accept_as_new, invitation_by_token
from .forms import JoinForm
from .models import Invitation
from .queries import user_by_email
from .sign_in import GUESSES
from .views import bp


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@limiter.limit(GUESSES, methods=["POST"])
def invitation(token: str) -> ResponseReturnValue:
    """What one is invited to, and the form that makes the account."""
    found = invitation_by_token(token, now())
    form = JoinForm()
    has_account = user_by_email(found.email) is not None
    if not has_account and not current_user.is_authenticated and form.validate_on_submit():
        try:
            user = accept_as_new(found, form.name.data, form.password.data, now())
        except NotFound:
            raise
        except DomainError as error:
            db.session.rollback()
            form.password.errors = [str(error)]
        else:
            login_user(user, authn_via=["invitation"])
            flash("Your account is made, and you are signed in.")
            return redirect(destination(found), 303)
    page = render_template(
        "accounts/invitation.html", invitation=found, form=form, token=token, has_account=has_account
    )
    return page, 200


@bp.post("/invitations/<token>/accept")
@auth_required()
@limiter.limit(GUESSES)
def accept(token: str) -> ResponseReturnValue:
    """Join with the account that is signed in."""
    found = invitation_by_token(token, now())
    accept_as(found, current_user, now())
    flash("You are in.")
    return redirect(destination(found), 303)


def destination(found: Invitation) -> str:
    if found.series_id is None:
        return url_for("programme.series_list")
    return url_for("programme.overview", series_id=found.series_id)
