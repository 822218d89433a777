"""The page on which an account is deleted: what goes, what stays, and the address typed once more."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user, logout_user

from ..wording import now
from .actions_deletion import delete_account
from .forms import DeletionForm
from .letters import post
from .models import User
from .queries import other_administrators, owned_alone, user_with
from .views import bp
from .views_administration import administrators_only

# Minutes since the sign-in, after which it has to be shown once more who it is; and for how long that holds.
FRESHNESS, GRACE = 5, 10


@bp.route("/account/delete", methods=["GET", "POST"])
@auth_required(within=FRESHNESS, grace=GRACE)
def delete_own() -> ResponseReturnValue:
    """A person's own account."""
    user = current_user._get_current_object()
    form = DeletionForm(user.email)
    if hindrances(user) or not form.validate_on_submit():
        return page(user, form)
    email = delete_account(user, user, now())
    logout_user()
    tell(email, "by yourself")
    flash("Your account is deleted, and you are signed out.")
    return redirect(url_for("programme.home"), 303)


@bp.route("/administration/accounts/<int:user_id>/delete", methods=["GET", "POST"])
@administrators_only
def delete_disabled(user_id: int) -> ResponseReturnValue:
    """An account that an administrator disabled before."""
    user = user_with(user_id)
    form = DeletionForm(user.email)
    if hindrances(user) or user.active or not form.validate_on_submit():
        return page(user, form)
    email = delete_account(user, current_user, now())
    tell(email, "by an administrator")
    flash(f"The account {email} is deleted.")
    return redirect(url_for("accounts.accounts"), 303)


def hindrances(user: User) -> bool:
    return bool(owned_alone(user)) or is_last_administrator(user)


def is_last_administrator(user: User) -> bool:
    return user.is_administrator and not other_administrators(user)


def page(user: User, form: DeletionForm) -> ResponseReturnValue:
    """What stands in the way, or what will be done."""
    own = user.id == current_user.id
    may_be = not hindrances(user) and (own or not user.active)
    shown = render_template(
        "accounts/deletion.html",
        user=user,
        own=own,
        may_be=may_be,
        form=form,
        owned_alone=owned_alone(user),
        last_administrator=is_last_administrator(user),
    )
    return shown, 409 if form.is_submitted() and not may_be else 200


def tell(email: str, by: str) -> None:
    """A last letter to the address, for whoever did not do this themselves."""
    body = render_template("accounts/letters/deleted.txt", email=email, by=by)
    post(email, "Your account in Rapporteur is deleted", body)
