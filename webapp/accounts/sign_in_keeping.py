"""Ties the browser's session to a row in the database, so that what was signed out stays out, copied cookie or not."""

from typing import Any

from flask import Flask, g, request, session
from flask_login import user_logged_in, user_logged_out
from flask_security import password_changed, password_reset, tf_disabled, tf_profile_changed, user_failed_authn
from flask_security.signals import wan_deleted, wan_registered
from flask_security.utils import set_request_attr

from ..extensions import db, security
from ..wording import now
from .actions_sign_ins import end_all_sign_ins, is_live, notice, sign_in_by_key, start_sign_in
from .audit import record_audit
from .models import SignIn, User
from .second_factor_first import held_back

KEY = "sign_in"


def join(app: Flask) -> None:
    """Let the database decide who is signed in, and the audit log hear of it."""
    security.login_manager.user_loader(signed_in_user)
    # No key but the session's opens a page: neither a token in a header nor a cookie that outlives its sign-in.
    security.login_manager.request_loader(lambda _request: None)
    user_logged_in.connect(signed_in, app)
    user_logged_out.connect(signed_out, app)
    user_failed_authn.connect(failed, app)
    password_changed.connect(password_is_new, app)
    password_reset.connect(password_is_new, app)
    for signal in (tf_profile_changed, tf_disabled, wan_registered, wan_deleted):
        signal.connect(second_factor_changed, app)


def signed_in_user(uniquifier: str) -> User | None:
    """The person of this session, as long as the sign-in that made it lives."""
    untouched = not db.session().in_transaction()
    key = session.get(KEY)
    sign_in = sign_in_by_key(key) if isinstance(key, str) else None
    if sign_in is None or sign_in.user.fs_uniquifier != str(uniquifier) or not is_live(sign_in, now()):
        return None
    user = sign_in.user
    if held_back(user):
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    if untouched:
        notice(sign_in, now())
    return user


def this_sign_in(user: User) -> SignIn | None:
    """The row of the browser that asks."""
    key = session.get(KEY)
    sign_in = sign_in_by_key(key) if isinstance(key, str) else None
    return sign_in if sign_in is not None and sign_in.user_id == user.id else None


def signed_in(_app: Flask, user: User, **_more: Any) -> None:
    """Begin a sign-in under a new key: whatever key the browser had before opens nothing any more."""
    at = now()
    before = this_sign_in(user)
    # The sign-in's row keeps somebody signed in; Flask-Login's own cookie could not be ended from here.
    stay = session.pop("_remember", None) == "set" or bool(before and before.stay)
    session.pop("_remember_seconds", None)
    if before is not None:
        before.ended_at = at
    session[KEY] = start_sign_in(user, at, stay, request.remote_addr or "", request.user_agent.string)
    session.permanent = stay
    for place in (session, g):
        place.pop("csrf_token", None)
    if before is None:
        record_audit("sign-in", "", at, user, address=request.remote_addr or "")
    db.session.commit()


def signed_out(_app: Flask, user: User, **_more: Any) -> None:
    key = session.pop(KEY, None)
    sign_in = sign_in_by_key(key) if isinstance(key, str) else None
    if sign_in is None or sign_in.ended_at is not None:
        return
    sign_in.ended_at = now()
    record_audit("sign-out", "", now(), sign_in.user, address=request.remote_addr or "")
    db.session.commit()


def failed(_app: Flask, user: User, auth_type: str, **_more: Any) -> None:
    """A wrong password, code or passkey of an account that there is."""
    record_audit("sign-in failed", f"wrong {auth_type}", now(), user, address=request.remote_addr or "")
    db.session.commit()


def unknown_address() -> None:
    """Somebody tried an address that no account has. What they typed is not noted: it may be a password."""
    record_audit("sign-in failed", "no such account", now(), address=request.remote_addr or "")
    db.session.commit()


def password_is_new(_app: Flask, user: User, **_more: Any) -> None:
    """Whoever knew the old password is out, on every other browser."""
    at = now()
    end_all_sign_ins(user, at, session.get(KEY, ""))
    record_audit("password changed", "", at, user, address=request.remote_addr or "")
    db.session.commit()


def second_factor_changed(_app: Flask, user: User, **more: Any) -> None:
    what = f"passkey “{more['name']}”" if "name" in more else f"authenticator app {more.get('method') or 'taken away'}"
    record_audit("second factor", what, now(), user, address=request.remote_addr or "")
    db.session.commit()
