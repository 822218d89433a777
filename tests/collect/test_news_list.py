"""Owners read who wants to hear more, take the list with them, and take an address out of it."""

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import join_series, make_series, make_user
from webapp.accounts.models import User
from webapp.accounts.models_audit import AuditEntry
from webapp.collect.models import NewsSubscriber
from webapp.collect.responding import subscribe_to_news
from webapp.extensions import db


def test_an_owner_reads_the_list_takes_it_along_and_takes_an_address_out(
    app: Flask, signed_in: FlaskClient, organiser: User
) -> None:
    series, other = make_series(organiser), make_series(organiser)
    page = f"/series/{series.id}/collect/news"
    assert "Nobody yet" in signed_in.get(page).text
    for address in ("zoe@example.org", "abe@example.org", "=cmd@example.org"):
        subscribe_to_news(series.id, address)
    assert "abe@example.org" in signed_in.get(page).text
    rows = signed_in.get(f"{page}.csv").text.lstrip("\ufeff").split()
    assert rows == ["email", "'=cmd@example.org", "abe@example.org", "zoe@example.org"]
    zoe = db.session.scalar(db.select(NewsSubscriber.id).where(NewsSubscriber.email == "zoe@example.org"))
    assert signed_in.post(f"/series/{other.id}/collect/news/{zoe}/delete").status_code == 404
    done = signed_in.post(f"{page}/{zoe}/delete", follow_redirects=True).text
    assert "The address is taken out." in done and "zoe@example.org" not in done
    details = list(db.session.scalars(db.select(AuditEntry.detail).where(AuditEntry.kind.in_(("export", "deletion")))))
    assert sorted(details) == ["3 addresses for news as CSV", "one address of the list for news"]
    editor = make_user("editor@example.org")
    join_series(editor, series, "editor")
    assert browser_of(app, editor).get(page).status_code == 403
