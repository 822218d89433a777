"""A person's own account: their name, password, second factor, and where they are signed in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..extensions import db
from ..wording import now
from .actions_administration import sign_out_everywhere
from .actions_sign_ins import end_sign_in, sign_ins_of
from .audit import record_audit
from .forms import NameForm
from .queries import may
from .second_factor_first import lacks_second_factor
from .sign_in_keeping import KEY, this_sign_in

bp = Blueprint("accounts", __name__)


def signed_in_can_edit(series: Any) -> bool:
    """Whether whoever is signed in may change the series: pages show a viewer no button that would be refused."""
    return bool(current_user.is_authenticated) and may(current_user, series.id, "editor")


@bp.route("/account", methods=["GET", "POST"])
@auth_required()
def account() -> ResponseReturnValue:
    """What there is about the person, and the ways to change it."""
    form = NameForm(obj=current_user)
    if form.validate_on_submit():
        current_user.name = form.name.data
        db.session.commit()
        flash("Your name is changed.")
        return redirect(url_for("accounts.account"), 303)
    return render_template(
        "accounts/account.html",
        form=form,
        this=this_sign_in(current_user),
        sign_ins=sign_ins_of(current_user, now()),
        recovery_codes=len(current_user.mf_recovery_codes or []),
    )


@bp.get("/account/second-factor-first")
@auth_required()
def second_factor_first() -> ResponseReturnValue:
    """Where everybody is led who has to have a second factor and has none."""
    if not lacks_second_factor(current_user):
        return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/second_factor_first.html", has_passkey=bool(current_user.webauthn))


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@auth_required()
def end(sign_in_id: int) -> ResponseReturnValue:
    """Sign out another browser; it finds out at its next request."""
    if end_sign_in(current_user, sign_in_id, now()):
        record_audit("sign-in ended", "one, by its owner", now(), current_user)
        db.session.commit()
        flash("That browser is signed out.")
    else:
        flash("That browser was signed out before.", "error")
    return redirect(url_for("accounts.account", _anchor="sign-ins"), 303)


@bp.post("/account/sign-ins/end-others")
@auth_required()
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    ended = sign_out_everywhere(current_user, current_user, now(), session.get(KEY, ""))
    flash("You are signed out everywhere else." if ended else "You were signed in nowhere else.")
    return redirect(url_for("accounts.account", _anchor="sign-ins"), 303)
