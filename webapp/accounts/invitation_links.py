"""The link of a new invitation, or of a new password: sent where letters are, and shown once to whoever made it."""

from typing import Any

from flask import flash, render_template, session, url_for

from .letters import post
from .models import Invitation

FRESH = "fresh_link"


def show_link_once(invitation: Invitation, token: str) -> None:
    """Send the link, and keep it for the next page that whoever made it sees: later it can be read nowhere."""
    link = url_for("accounts.invitation", token=token, _external=True)
    body = render_template("accounts/letters/invitation.txt", invitation=invitation, link=link)
    subject = f"Invitation to “{invitation.series_title}”" if invitation.series_id else "Invitation to Rapporteur"
    sent = post(invitation.email, subject, body)
    keep_link(invitation.email, link, "invitation", sent)
    flash(f"{invitation.email} is invited{' and will have an e-mail soon' if sent else ''}.")


def keep_link(email: str, link: str, purpose: str, sent: bool) -> None:
    session[FRESH] = {"email": email, "link": link, "purpose": purpose, "sent": sent}


def taken_link() -> dict[str, Any] | None:
    """The link that was just made, the first time it is asked for."""
    return session.pop(FRESH, None)
