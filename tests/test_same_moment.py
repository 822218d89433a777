"""Two do the same thing at once: the second is told so in plain words, and what was typed stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert
from sqlalchemy.exc import IntegrityError

from tests.factories import NOON, make_event, make_series, make_session
from webapp.accounts.models import User
from webapp.collect.models_hall import FloorRules
from webapp.extensions import db
from webapp.programme.models import EventSession, Series
from webapp.report import publishing
from webapp.report.models import Edition
from webapp.report.models_brand import SeriesBrand


@contextmanager
def quicker(model: Any, **values: Any) -> Iterator[None]:
    """Somebody else stores such a row just before the first one is stored."""
    done = []

    def before(session: Any, _context: object, _instances: object) -> None:
        if not done and any(isinstance(each, model) for each in session.new):
            done.append(True)
            with db.engine.begin() as connection:
                connection.execute(insert(model.__table__).values(values))

    event.listen(db.session, "before_flush", before)
    try:
        yield
    finally:
        event.remove(db.session, "before_flush", before)
    assert done


@pytest.fixture
def held(organiser: User) -> EventSession:
    return make_session(make_event(make_series(organiser)), kind="qa")


def test_the_first_rules_of_a_floor_are_set_once_and_what_was_typed_stays(
    signed_in: FlaskClient, held: EventSession
) -> None:
    address = f"/series/{held.event.series_id}/collect/floor/{held.id}/rules"
    typed = {"when": "before", "reasons": 'It names <a> "person"'}
    db.session.commit()
    with quicker(FloorRules, session_id=held.id, before=False, reasons=["Theirs"]):
        refused = signed_in.post(address, data=typed)
    assert refused.status_code == 409
    assert "Somebody else was quicker" in refused.text
    assert 'name="reasons" value="It names &lt;a&gt; &#34;person&#34;"' in refused.text
    assert signed_in.post(address, data=typed).status_code == 303
    (rules,) = db.session.scalars(db.select(FloorRules))
    assert (rules.before, rules.reasons) == (True, ['It names <a> "person"'])


def test_the_first_brand_of_a_series_is_set_once(signed_in: FlaskClient, held: EventSession) -> None:
    series_id = held.event.series_id
    db.session.commit()
    values = {"organisation": "Theirs", "colour": "", "logo_kind": "", "logo_alternative": ""}
    with quicker(SeriesBrand, series_id=series_id, **values):
        refused = signed_in.post(f"/series/{series_id}/branding", data={"organisation": "Ours", "colour": ""})
    assert refused.status_code == 409 and 'value="Ours"' in refused.text
    assert [one.organisation for one in db.session.scalars(db.select(SeriesBrand))] == ["Theirs"]


def test_it_is_said_in_welsh_too(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "cy"}):
        answer = app.make_response(app.handle_user_exception(duplicate()))
    assert answer.status_code == 409 and "Roedd rhywun arall yn gynt" in answer.get_data(as_text=True)


def duplicate() -> IntegrityError:
    """What the database says of a second row where one may be."""
    held = make_session(make_event(make_series()), kind="qa")
    db.session.add_all([FloorRules(session_id=held.id), FloorRules(session_id=held.id)])
    with pytest.raises(IntegrityError) as caught:
        db.session.commit()
    db.session.rollback()
    return caught.value


def test_a_program_is_told_so_and_a_fault_of_ours_is_no_meeting(app: Flask) -> None:
    error = duplicate()
    with app.test_request_context("/api/v1/series"):
        answer = app.make_response(app.handle_user_exception(error))
    assert (answer.status_code, answer.json["status"]) == (409, 409)
    db.session.add(FloorRules(before=False))
    with pytest.raises(IntegrityError) as caught:
        db.session.commit()
    db.session.rollback()
    with app.test_request_context("/"), pytest.raises(IntegrityError):
        app.handle_user_exception(caught.value)


@pytest.fixture
def series(held: EventSession) -> Series:
    return held.event.series


def test_an_edition_is_published_only_by_its_number(signed_in: FlaskClient, series: Series, organiser: User) -> None:
    series.purpose = "Councils asked."
    db.session.commit()
    page = f"/series/{series.id}/report/publish"
    assert [signed_in.post(page).status_code for _ in range(3)] == [400] * 3
    assert db.session.query(Edition).count() == 0
    assert [signed_in.post(page, data={"edition": 1}).status_code for _ in range(2)] == [303, 409]
    assert db.session.query(Edition).count() == 1


def test_two_who_publish_the_same_edition_make_one(signed_in: FlaskClient, series: Series, organiser: User) -> None:
    series.purpose = "Councils asked."
    db.session.commit()
    first = publishing.publish(series, None, organiser, NOON)
    values = {"draft_id": first.draft_id, "number": 2, "contents": first.contents, "published_at": NOON}
    db.session.commit()
    with quicker(Edition, **values, unpublished_reason=""):
        refused = signed_in.post(f"/series/{series.id}/report/publish", data={"edition": 2})
    assert refused.status_code == 409 and "published by somebody else in the same moment" in refused.text
    assert db.session.query(Edition).count() == 2
