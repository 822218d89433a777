"""How a session's questions are moderated: before or after they are shown, and for which reasons."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select

from ..accounts.models import User
from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import EventSession
from ..text_input import clean_line
from .models import FloorQuestion
from .models_hall import REASONS, FloorDecision, FloorRules

MOST_REASONS = 10
LONGEST_REASON = 200


def rules_of(session: EventSession) -> FloorRules:
    """The session's rules; where none were set, the defaults, not yet stored."""
    stored = db.session.scalar(select(FloorRules).where(FloorRules.session_id == session.id))
    return stored or FloorRules(session_id=session.id, before=False, reasons=list(REASONS))


def is_asked(session: EventSession) -> bool:
    """Whether somebody has asked something: from then on the reasons stand."""
    return bool(db.session.scalar(select(exists().where(FloorQuestion.session_id == session.id))))


def checked_reasons(reasons: Iterable[str]) -> list[str]:
    lines = list(dict.fromkeys(line for line in map(clean_line, reasons) if line))
    if not 1 <= len(lines) <= MOST_REASONS:
        raise DomainError(f"Write 1 to {MOST_REASONS} reasons, one a line.")
    long = next((line for line in lines if len(line) > LONGEST_REASON), None)
    if long is not None:
        raise DomainError(f"A reason has at most {LONGEST_REASON} characters, and one has {len(long)}.")
    return lines


def set_floor_rules(
    session: EventSession, before: bool, reasons: Iterable[str], now: datetime, by: User | None = None
) -> FloorRules:
    """Set when questions are read and what they may be hidden for. Each change is logged.

    Refused where the reasons would change after the first question: nobody may look for a reason to fit a question.
    """
    rules, lines = rules_of(session), checked_reasons(reasons)
    changed = {"before" if before else "after": before != rules.before, "reasons": lines != rules.reasons}
    if changed["reasons"] and is_asked(session):
        raise Refused("Questions were asked already, so the reasons stay as they were. Reload the page to see them.")
    rules.before, rules.reasons = before, lines
    db.session.add(rules)
    for verb in (verb for verb, is_new in changed.items() if is_new):
        reason = "; ".join(lines)[:LONGEST_REASON] if verb == "reasons" else ""
        decided(session, verb, now, by, reason=reason)
    db.session.commit()
    return rules


def decided(
    session: EventSession,
    verb: str,
    now: datetime,
    by: User | None,
    question: FloorQuestion | None = None,
    reason: str = "",
) -> None:
    """Write a decision into the log; the action that decided commits it."""
    db.session.add(
        FloorDecision(
            session_id=session.id,
            question_id=question.id if question else None,
            actor_id=by.id if by else None,
            at=now,
            verb=verb,
            reason=reason,
        )
    )


def decisions_of(session: EventSession) -> list[FloorDecision]:
    """Every decision on the session's floor, newest first."""
    query = (
        select(FloorDecision)
        .where(FloorDecision.session_id == session.id)
        .order_by(FloorDecision.at.desc(), FloorDecision.id.desc())
    )
    return list(db.session.scalars(query))
