"""Personal tokens are made, found and revoked here."""

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from ..accounts.actions_sign_ins import hashed
from ..accounts.audit import record_audit
from ..accounts.models import User
from ..errors import DomainError, NotFound, Refused
from ..extensions import db
from ..text_input import clean_line
from .models import SCOPES, ApiToken

FORM = re.compile(r"rap_([0-9a-f]{12})_([0-9a-f]{48})")
LONGEST_LIFE = timedelta(days=366)
MOST_TOKENS = 50
NOTICED = timedelta(minutes=5)


def make_token(
    user: User, name: str, scopes: Iterable[str], expires_at: datetime, now: datetime
) -> tuple[ApiToken, str]:
    """A new token of the person's and, this once, its text."""
    name, wanted = clean_line(name)[:100], [scope for scope in SCOPES if scope in set(scopes)]
    if not name:
        raise DomainError("Give the token a name, by which you know later what uses it.")
    if not wanted:
        raise DomainError("Choose at least one thing that the token may do.")
    if not now < expires_at <= now + LONGEST_LIFE:
        raise DomainError("A token works for a year at most.")
    alive = (ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
    if (db.session.scalar(select(func.count()).select_from(ApiToken).where(*alive)) or 0) >= MOST_TOKENS:
        raise Refused(f"You have {MOST_TOKENS} tokens. Revoke one that is not used any more.")
    key, secret = secrets.token_hex(6), secrets.token_hex(24)
    token = ApiToken(
        user_id=user.id,
        name=name,
        key=key,
        secret_hash=hashed(secret),
        scopes=wanted,
        made_at=now,
        expires_at=expires_at,
    )
    db.session.add(token)
    until = f"until {expires_at:%Y-%m-%d}"
    record_audit("token", f"API token {key} “{name}” made for {', '.join(wanted)}, {until}", now, user)
    db.session.commit()
    return token, f"rap_{key}_{secret}"


def revoke_token(user: User, token_id: int, now: datetime) -> ApiToken:
    """Let one of the person's tokens open nothing any more; a second time changes nothing."""
    token = db.session.get(ApiToken, token_id)
    if token is None or token.user_id != user.id:
        raise NotFound("You have no such token.")
    if token.revoked_at is None:
        token.revoked_at = now
        record_audit("token", f"API token {token.key} “{token.name}” revoked", now, user)
    db.session.commit()
    return token


def tokens_of(user: User) -> list[ApiToken]:
    """The person's tokens that were not revoked, newest first."""
    query = select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    return list(db.session.scalars(query.order_by(ApiToken.id.desc())))


def token_called(text: str, now: datetime) -> ApiToken | None:
    """The token whose text this is, if it works now. How long a wrong one takes tells nothing of any secret."""
    parts = FORM.fullmatch(text)
    if parts is None:
        return None
    key, secret = parts.groups()
    query = select(ApiToken).where(ApiToken.key == key)
    found = db.session.scalars(query.options(joinedload(ApiToken.user).joinedload(User.roles))).unique().one_or_none()
    known = found.secret_hash if found is not None else hashed("")
    if not hmac.compare_digest(hashed(secret), known) or found is None:
        return None
    return found if found.works(now) else None


def notice_use(token: ApiToken, now: datetime) -> None:
    """Note that the token was used, every few minutes at most."""
    if token.used_at is None or now - token.used_at >= NOTICED:
        db.session.execute(update(ApiToken).where(ApiToken.id == token.id).values(used_at=now))
        db.session.commit()
