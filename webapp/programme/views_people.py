"""Who belongs to a series."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..accounts import actions as accounts
from ..accounts.actions_invitations import invite, revoke_invitation
from ..accounts.invitation_links import show_link_once, taken_link
from ..accounts.queries import invitation_in, may, member_of, members_of, open_invitations, user_by_email
from ..errors import DomainError
from ..extensions import db
from ..wording import now
from .fields import say
from .forms import MemberForm, RoleForm
from .models import Series
from .pages import inside
from .queries import series_for
from .views import bp


@bp.route("/series/<int:series_id>/people", methods=["GET", "POST"])
@auth_required()
def people(series_id: int) -> ResponseReturnValue:
    """The members; an owner lets another account in."""
    form = MemberForm()
    series = series_for(current_user, series_id, "owner" if form.is_submitted() else "viewer")
    if form.validate_on_submit():
        try:
            let_in(series, form.email.data, form.role.data)
        except DomainError as error:
            db.session.rollback()
            say(form, "email", str(error))
        else:
            return redirect(url_for("programme.people", series_id=series.id), 303)
    may_own = may(current_user, series.id, "owner")
    return inside(
        "people",
        series,
        form=form,
        members=members_of(series.id),
        invitations=open_invitations(series.id, now()) if may_own else [],
        fresh=taken_link() if may_own else None,
        role_form=RoleForm,
    )


def let_in(series: Series, email: str, role: str) -> None:
    """Somebody with an account belongs to the series at once; for anybody else there is a link that makes one."""
    if user_by_email(email) is not None:
        member = accounts.add_member(series.id, email, role, now(), current_user)
        flash(f"{member.user.called} belongs to this series now.")
        return
    invitation, token = invite(email, current_user, now(), series_id=series.id, series_title=series.title, role=role)
    show_link_once(invitation, token)


@bp.post("/series/<int:series_id>/people/invitations/<int:invitation_id>/revoke")
@auth_required()
def revoke(series_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back, so that its link opens nothing."""
    series = series_for(current_user, series_id, "owner")
    invitation = invitation_in(series.id, invitation_id)
    revoke_invitation(invitation, current_user, now())
    flash(f"The invitation of {invitation.email} is taken back.")
    return redirect(url_for("programme.people", series_id=series.id), 303)


@bp.post("/series/<int:series_id>/people/<int:membership_id>/role")
@auth_required()
def change_role(series_id: int, membership_id: int) -> ResponseReturnValue:
    series = series_for(current_user, series_id, "owner")
    member = member_of(series.id, membership_id)
    form = RoleForm()
    if form.validate_on_submit():
        accounts.change_role(member, form.role.data, now(), current_user)
        flash(f"{member.user.called} is {'an' if member.role in ('owner', 'editor') else 'a'} {member.role} now.")
    else:
        flash("Choose one of the roles.", "error")
    return redirect(url_for("programme.people", series_id=series.id), 303)


@bp.post("/series/<int:series_id>/people/<int:membership_id>/remove")
@auth_required()
def remove_member(series_id: int, membership_id: int) -> ResponseReturnValue:
    series = series_for(current_user, series_id, "owner")
    member = member_of(series.id, membership_id)
    called, self_removed = member.user.called, member.user_id == current_user.id
    accounts.remove_member(member, now(), current_user)
    flash(f"{called} does not belong to “{series.title}” any more.")
    to = url_for("programme.series_list") if self_removed else url_for("programme.people", series_id=series_id)
    return redirect(to, 303)
