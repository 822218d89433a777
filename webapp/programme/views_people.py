"""Who belongs to a series."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from ..accounts import actions as accounts
from ..accounts.queries import member_of, members_of
from ..errors import DomainError
from ..wording import now
from .fields import say
from .forms import MemberForm, RoleForm
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
            member = accounts.add_member(series.id, form.email.data, form.role.data, now())
        except DomainError as error:
            say(form, "email", str(error))
        else:
            flash(f"{member.user.called} belongs to this series now.")
            return redirect(url_for("programme.people", series_id=series.id), 303)
    return inside("people", series, form=form, members=members_of(series.id), role_form=RoleForm)


@bp.post("/series/<int:series_id>/people/<int:membership_id>/role")
@auth_required()
def change_role(series_id: int, membership_id: int) -> ResponseReturnValue:
    series = series_for(current_user, series_id, "owner")
    member = member_of(series.id, membership_id)
    form = RoleForm()
    if form.validate_on_submit():
        accounts.change_role(member, form.role.data)
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
    accounts.remove_member(member)
    flash(f"{called} does not belong to “{series.title}” any more.")
    to = url_for("programme.series_list") if self_removed else url_for("programme.people", series_id=series_id)
    return redirect(to, 303)
