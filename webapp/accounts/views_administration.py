"""The administrator's pages: accounts and the audit log. To anybody else they do not exist."""

import csv
import io
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..errors import DomainError, NotFound
from ..extensions import db
from ..row_ids import row_id
from ..spreadsheet_cells import harmless
from ..text_input import clean_line
from ..wording import now
from . import actions_administration as actions
from .actions_invitations import invite, revoke_invitation
from .audit import KINDS, first_fault, head_of_chain, log_page, record_audit, whole_log
from .forms import InviteForm
from .invitation_links import keep_link, show_link_once, taken_link
from .letters import post
from .queries import accounts_page, invitation_in, open_invitations, user_with
from .views import bp


def administrators_only(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Ask who it is; to whoever is no administrator, there is nothing at the address."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        if not current_user.is_administrator:
            raise NotFound("There is nothing at this address that you can open. Check it, or sign in as somebody else.")
        return view(*args, **values)

    return auth_required()(guarded)  # type: ignore[no-any-return]


def page_asked_for() -> int:
    return max(1, min(request.args.get("page", 1, type=row_id) or 1, 100_000))


@bp.route("/administration/accounts", methods=["GET", "POST"])
@administrators_only
def accounts() -> ResponseReturnValue:
    """Every account, and the form that invites somebody."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            made = invite(form.email.data, current_user, now(), administrator=form.administrator.data)
        except DomainError as error:
            db.session.rollback()
            form.email.errors = [str(error)]
        else:
            show_link_once(*made)
            return redirect(url_for("accounts.accounts"), 303)
    words, page = clean_line(request.args.get("q", ""))[:200], page_asked_for()
    found, more = accounts_page(words, page)
    return render_template(
        "accounts/accounts.html",
        form=form,
        accounts=found,
        more=more,
        page=page,
        words=words,
        invitations=open_invitations(None, now()),
        fresh=taken_link(),
    )


@bp.get("/administration/accounts/<int:user_id>")
@administrators_only
def one_account(user_id: int) -> ResponseReturnValue:
    """One account and what can be done about it."""
    return render_template("accounts/one_account.html", user=user_with(user_id), fresh=taken_link())


ACTS = {
    "disable": (actions.disable_account, "{} cannot sign in any more, and is signed out everywhere."),
    "enable": (actions.enable_account, "{} can sign in again."),
    "make-administrator": (actions.make_administrator, "{} is an administrator now."),
    "stop-administrator": (actions.stop_administrator, "{} is no administrator any more."),
    "take-second-factor": (actions.take_second_factor, "{} signs in by password alone, until they set up a new way."),
    "sign-out": (actions.sign_out_everywhere, "{} is signed out everywhere."),
}


@bp.post("/administration/accounts/<int:user_id>/<any({}):act>".format(", ".join(f"'{each}'" for each in ACTS)))
@administrators_only
def act(user_id: int, act: str) -> ResponseReturnValue:
    """One of the acts, by the button that names it."""
    user = user_with(user_id)
    done, words = ACTS[act]
    done(user, current_user, now())
    flash(words.format(user.called))
    return redirect(url_for("accounts.one_account", user_id=user_id), 303)


@bp.post("/administration/accounts/<int:user_id>/password-link")
@administrators_only
def password_link(user_id: int) -> ResponseReturnValue:
    """A link by which the person sets a new password: sent to them, and shown once here."""
    user = user_with(user_id)
    token = actions.password_link_token(user, current_user, now())
    link = url_for("security.reset_password", token=token, _external=True)
    body = render_template("security/email/reset_instructions.txt", user=user, reset_link=link)
    keep_link(user.email, link, "password", post(user.email, "A new password for Rapporteur", body))
    return redirect(url_for("accounts.one_account", user_id=user_id), 303)


@bp.post("/administration/invitations/<int:invitation_id>/revoke")
@administrators_only
def revoke_site_invitation(invitation_id: int) -> ResponseReturnValue:
    revoke_invitation(invitation_in(None, invitation_id), current_user, now())
    flash("The invitation is taken back.")
    return redirect(url_for("accounts.accounts"), 303)


@bp.get("/administration/audit")
@administrators_only
def audit_log() -> ResponseReturnValue:
    """The audit log, newest first, and whether its chain holds."""
    kind, page = request.args.get("kind", ""), page_asked_for()
    kind = kind if kind in KINDS else ""
    entries, more = log_page(kind, page)
    checked = request.args.get("check") == "yes"
    return render_template(
        "accounts/audit.html",
        entries=entries,
        more=more,
        page=page,
        kind=kind,
        kinds=KINDS,
        checked=checked,
        fault=first_fault() if checked else None,
        head=head_of_chain(),
    )


AUDIT_COLUMNS = ("number", "at", "kind", "actor_id", "actor", "series_id", "detail", "address", "previous", "hash")


@bp.post("/administration/audit.csv")
@administrators_only
def audit_file() -> ResponseReturnValue:
    """The whole log as a file, which the log notes first."""
    record_audit("export", "audit log as CSV", now(), current_user)
    db.session.commit()

    def lines() -> Iterator[str]:
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(AUDIT_COLUMNS)
        for entry in whole_log():
            row = [entry.at.isoformat() if name == "at" else getattr(entry, name) for name in AUDIT_COLUMNS]
            rows.writerow([harmless(value) for value in row])
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        yield out.getvalue()

    headers = {"Content-Disposition": 'attachment; filename="audit-log.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + "".join(lines()), mimetype="text/csv", headers=headers)
