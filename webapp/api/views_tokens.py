"""A person's own tokens: made, shown once, listed, revoked."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..errors import DomainError
from ..extensions import db
from ..programme.fields import say
from ..wording import now
from .forms import TokenForm
from .models import SCOPES
from .tokens import make_token, revoke_token, tokens_of

bp = Blueprint("tokens", __name__)
FRESH = "fresh_token"
# Minutes since the sign-in, after which a password is asked for again before a token is made.
FRESHNESS, GRACE = 30, 10


@bp.route("/account/tokens", methods=["GET", "POST"])
@auth_required(within=FRESHNESS, grace=GRACE)
def tokens() -> ResponseReturnValue:
    """The tokens there are, and the form that makes one."""
    form = TokenForm()
    if form.validate_on_submit():
        at = now()
        try:
            _token, text = make_token(current_user, form.name.data, form.scopes.data, at + form.life, at)
        except DomainError as error:
            db.session.rollback()
            say(form, "name", str(error))
        else:
            session[FRESH] = text
            return redirect(url_for("tokens.tokens"), 303)
    page = render_template(
        "api/tokens.html",
        form=form,
        tokens=tokens_of(current_user),
        scopes=SCOPES,
        fresh=session.pop(FRESH, None),
        now=now(),
    )
    return page, 400 if form.errors else 200


@bp.post("/account/tokens/<int:token_id>/revoke")
@auth_required()
def revoke(token_id: int) -> ResponseReturnValue:
    """Let a token open nothing any more."""
    token = revoke_token(current_user, token_id, now())
    flash(f"The token “{token.name}” opens nothing any more.")
    return redirect(url_for("tokens.tokens"), 303)
