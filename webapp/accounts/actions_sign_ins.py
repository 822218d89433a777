"""Sign-ins begin and end here. What the browser holds is only a key; whether it opens anything is in the database."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import joinedload

from ..extensions import db
from .models import SignIn, User

# A working day; a month for those who asked to stay signed in on their computer.
DAY, MONTH = timedelta(hours=12), timedelta(days=30)
NOTICED = timedelta(minutes=5)


def hashed(secret: str) -> str:
    """What of a random key or token is stored: SHA-256 as 64 hexadecimal digits. A copy of the table opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start_sign_in(user: User, now: datetime, stay: bool, address: str, browser: str) -> str:
    """Note a sign-in and return its key, and forget the person's that are over: where somebody was is nobody's concern.
    The caller commits, with what else the sign-in changes."""
    over = or_(SignIn.ended_at.is_not(None), SignIn.ends_at <= now)
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id, over))
    key = secrets.token_urlsafe(32)
    sign_in = SignIn(
        user_id=user.id,
        key_hash=hashed(key),
        started_at=now,
        seen_at=now,
        ends_at=now + (MONTH if stay else DAY),
        stay=stay,
        address=address[:64],
        browser=browser[:300],
    )
    db.session.add(sign_in)
    db.session.flush()
    return key


# Made once, as every page asks it.
WITH_KEY = (
    select(SignIn)
    .where(SignIn.key_hash == bindparam("key_hash"))
    .options(joinedload(SignIn.user).joinedload(User.roles))
)


def sign_in_by_key(key: str) -> SignIn | None:
    """The sign-in that the browser's key names, with its person and their roles, in one query."""
    return db.session.scalars(WITH_KEY, {"key_hash": hashed(key)}).unique().one_or_none()


def is_live(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.ended_at is None and now < sign_in.ends_at and sign_in.user.active


def notice(sign_in: SignIn, now: datetime) -> None:
    """Note that the browser was here, every few minutes at most."""
    if now - sign_in.seen_at >= NOTICED:
        db.session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(seen_at=now))
        db.session.commit()


def sign_ins_of(user: User, now: datetime) -> list[SignIn]:
    """Where the person is signed in now, the latest seen first."""
    query = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.ends_at > now)
    return list(db.session.scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def end_sign_in(user: User, sign_in_id: int, now: datetime) -> bool:
    """End one of the person's sign-ins; False where it is nobody's of theirs, or ended before."""
    mine = (SignIn.id == sign_in_id, SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    ended = db.session.execute(update(SignIn).where(*mine).values(ended_at=now)).rowcount
    db.session.commit()
    return bool(ended)


def end_all_sign_ins(user: User, now: datetime, but_key: str = "") -> int:
    """End every sign-in of the person, save the one whose key is given; how many it were. The caller commits."""
    theirs = (SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.key_hash != hashed(but_key))
    return int(db.session.execute(update(SignIn).where(*theirs).values(ended_at=now)).rowcount)
