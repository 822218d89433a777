"""A series with one of everything in it, and everybody who might come to its addresses."""

from datetime import timedelta
from typing import Any

from tests.factories import (
    NOON,
    join_series,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
    make_user,
)
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.actions_invitations import invite
from webapp.accounts.actions_sign_ins import start_sign_in
from webapp.accounts.models import SignIn, User
from webapp.api.models_webhooks import Webhook
from webapp.api.signing import locked, new_secret
from webapp.api.tokens import make_token
from webapp.collect.import_receiving import receive_file
from webapp.collect.models import NewsSubscriber
from webapp.collect.models_imports import CardPrint
from webapp.extensions import db
from webapp.report.editions import published
from webapp.report.models import ReportDraft
from webapp.report.publishing import publish
from webapp.themes.actions import rename_theme
from webapp.themes.models import ThemeRun
from webapp.wording import now


def make_place() -> dict[str, Any]:
    """A series with one of everything. Gives what stands for each name in an address, and the series' owner."""
    owner = make_user(name="Owner")
    series = make_series(owner)
    event = make_event(series)
    session = make_session(event, "qa")
    table = make_table(session)
    question = make_question(event)
    response = make_response(event, {question: "Too many targets."})
    note = make_note(table, "Nobody has the time.")
    floor = make_floor_question(session, "Who decides?")
    board = make_board(event)
    statement = make_statements(board, ["Too many targets."])[0]
    theme = make_theme(board, "Targets", [statement])
    run = ThemeRun(board_id=board.id, state="done", asked_at=NOON)
    db.session.add(run)
    db.session.commit()
    entry = rename_theme(theme, "Too many targets", owner, NOON)
    assert entry is not None
    file = receive_file(series, event, b"comment\nToo many targets.\n", "comments.csv", owner, NOON)
    cards = CardPrint(event_id=event.id, first=1, last=20, language="en", printed_at=NOON)
    db.session.add(cards)
    db.session.commit()
    edition = publish(series, None, owner, NOON)
    paragraph = next(each for each in published(edition).report.all_paragraphs() if each.number)
    member = join_series(make_user(), series, "viewer")
    invitation, invitation_token = invite(f"{member.id}@example.com", owner, now(), series_id=series.id, role="viewer")
    site_invitation, _ = invite(f"site{member.id}@example.com", owner, now())
    token, _text = make_token(owner, "Programs", ["read"], now() + timedelta(days=1), now())
    # Switched off: nothing that the walk does is sent anywhere.
    webhook = Webhook(
        series_id=series.id, address="https://192.0.2.1/", kinds=[], secret=locked(new_secret()), made_at=NOON
    )
    webhook.disabled_at = NOON
    subscriber = NewsSubscriber(series_id=series.id, email="news@example.org")
    db.session.add_all([webhook, subscriber])
    start_sign_in(owner, now(), False, "", "")
    db.session.commit()
    return {
        "owner": owner,
        "series": series,
        "invitation_token": invitation_token,
        "floor_question_id": floor.id,
        "subscriber_id": subscriber.id,
        "series_id": series.id,
        "event_id": event.id,
        "session_id": session.id,
        "table_id": table.id,
        "question_id": question.id,
        "membership_id": member.id,
        "response_id": response.id,
        "note_id": note.id,
        "board_id": board.id,
        "theme_id": theme.id,
        "run_id": run.id,
        "statement_id": statement.id,
        "entry_id": entry.id,
        "invitation_id": invitation.id,
        "import_id": file.id,
        "print_id": cards.id,
        "number": edition.number,
        "edition_id": edition.id,
        "token_id": token.id,
        "webhook_id": webhook.id,
        "slug": db.session.get_one(ReportDraft, edition.draft_id).slug,
        "paragraph": paragraph.number,
        "key": paragraph.key,
        "site_invitation_id": site_invitation.id,
        "user_id": owner.id,
        "sign_in_id": db.session.query(SignIn.id).filter_by(user_id=owner.id).scalar(),
        "code": event.code,
        "receipt_code": response.receipt_code,
        "token": table.token,
        "ext": "md",
        "filename": "js/webauthn.js",
    }


# Where a name in an address stands for something else than in the others.
EXCEPTIONS = {
    "collect.moderate": {"question_id": "floor_question_id"},
    "collect.back": {"question_id": "floor_question_id"},
    "collect.answer": {"question_id": "floor_question_id"},
    "collect.receipt": {"code": "receipt_code"},
    "collect.correct": {"code": "receipt_code"},
    "collect.confirm_withdrawal": {"code": "receipt_code"},
    "collect.withdraw": {"code": "receipt_code"},
    "collect.leave_out_part": {"code": "receipt_code"},
    "accounts.invitation": {"token": "invitation_token"},
    "accounts.revoke_site_invitation": {"invitation_id": "site_invitation_id"},
    "accounts.accept": {"token": "invitation_token"},
}


def open_the_event(place: dict[str, Any]) -> None:
    """Open from now on, so that delegates' pages answer."""
    event = place["series"].events[0]
    event.opens_at, event.closes_at = now() - timedelta(hours=1), None
    db.session.commit()


def people_around(place: dict[str, Any]) -> dict[str, User | None]:
    """Everybody who might try, by how they are called in the decisions."""
    viewer, editor, elsewhere = make_user(), make_user(), make_user()
    join_series(viewer, place["series"], "viewer")
    join_series(editor, place["series"], "editor")
    join_series(elsewhere, make_series(make_user()), "viewer")
    return {
        "nobody": None,
        "stranger": make_user(),
        "viewer elsewhere": elsewhere,
        "viewer": viewer,
        "editor": editor,
        "owner": place["owner"],
        "administrator": make_user(administrator=True),
    }
