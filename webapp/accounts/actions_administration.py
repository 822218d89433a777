"""What an administrator does to accounts. None of it opens a series: that stays with its owners."""

from datetime import datetime

from flask_security.recoverable import generate_reset_password_token

from ..errors import Refused
from ..extensions import db, security
from .actions import hold_ownership, role_named
from .actions_sign_ins import end_all_sign_ins
from .audit import record_audit, wait_for_the_chain
from .models import ADMINISTRATOR, User
from .queries import other_administrators, owned_alone


def disable_account(user: User, actor: User, now: datetime) -> None:
    """Let nobody sign in with it, and end every sign-in; Refused for the last who could administer or own."""
    if user.id == actor.id:
        raise Refused("You cannot disable your own account. Ask another administrator.")
    hold_ownership(user)
    # From here on one administrator at a time: of two who disable each other the second is none any more.
    wait_for_the_chain()
    db.session.refresh(actor, ["active", "roles"])
    if not (actor.active and actor.is_administrator):
        raise Refused("Somebody changed your own account meanwhile: you are no administrator any more.")
    alone = owned_alone(user)
    if alone:
        raise Refused(
            f"{user.called} is the only owner of {len(alone):,} series. Under “Series”, give each another owner first."
        )
    user.active = False
    end_all_sign_ins(user, now)
    record_audit("account", f"{user.email} disabled", now, actor)
    db.session.commit()


def enable_account(user: User, actor: User, now: datetime) -> None:
    user.active = True
    record_audit("account", f"{user.email} enabled", now, actor)
    db.session.commit()


def make_administrator(user: User, actor: User, now: datetime) -> None:
    if not user.is_administrator:
        user.roles.append(role_named(ADMINISTRATOR))
        record_audit("role", f"{user.email} made an administrator", now, actor)
    db.session.commit()


def stop_administrator(user: User, actor: User, now: datetime) -> None:
    """Take the role away; Refused for the last who has it."""
    # Taken first, so that of two who take it from each other the second is refused.
    record_audit("role", f"{user.email} is no administrator any more", now, actor)
    if not other_administrators(user):
        raise Refused(f"{user.called} is the only administrator. Make somebody else one first.")
    user.roles = [role for role in user.roles if role.name != ADMINISTRATOR]
    db.session.commit()


def password_link_token(user: User, actor: User, now: datetime) -> str:
    """The token of a link by which the person sets a new password; it works once, and for a few hours."""
    record_audit("account", f"{user.email}: password link made", now, actor)
    db.session.commit()
    return str(generate_reset_password_token(user))


def take_second_factor(user: User, actor: User | None, now: datetime) -> None:
    """For somebody who lost phone and recovery codes: they sign in by password alone, and set up a new one.

    Without an actor, it was done from the command line.
    """
    security.datastore.tf_reset(user)
    security.datastore.mf_set_recovery_codes(user, None)
    user.totp_counter = None
    for key in list(user.webauthn):
        db.session.delete(key)
    end_all_sign_ins(user, now)
    record_audit("second factor", f"{user.email}: taken away{' from the command line' * (actor is None)}", now, actor)
    db.session.commit()


def sign_out_everywhere(user: User, actor: User, now: datetime, but_key: str = "") -> int:
    """End the person's sign-ins, save the one whose key is given; how many it were."""
    ended = end_all_sign_ins(user, now, but_key)
    record_audit("sign-in ended", f"{user.email}: {ended}", now, actor)
    db.session.commit()
    return ended
