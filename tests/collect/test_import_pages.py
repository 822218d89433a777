import io
import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.collect.import_files import (
    EXPORTS,
    conference,
    stored,
    uploaded,
)
from tests.factories import join_series, make_series
from webapp.accounts.models import User
from webapp.collect.models_imports import FileImport
from webapp.extensions import db
from webapp.programme.models import Event


def browse(signed_in: FlaskClient, organiser: User) -> tuple[Event, str]:
    event = conference()
    join_series(organiser, event.series, "owner")
    return event, f"/series/{event.series_id}/collect/import"


def send(client: FlaskClient, address: str, content: bytes, name: str, event: Event) -> Any:
    return client.post(address, data={"file": (io.BytesIO(content), name), "event": str(event.id)})


def test_the_pages_lead_from_the_file_to_the_import_and_back(signed_in: FlaskClient, organiser: User) -> None:
    event, address = browse(signed_in, organiser)
    assert "Choose a file first." in signed_in.post(address, data={"event": "0"}).text
    sent = send(signed_in, address, (EXPORTS / "microsoft-forms.xlsx").read_bytes(), "answers.xlsx", event)
    assert sent.status_code == 303
    page = signed_in.get(sent.location).text
    assert "This looks like Microsoft Forms, with 3 rows for London." in page
    assert "Targets change before anybody has met them." in page and "Check every row" in page
    targets = dict(re.findall(r'name="(t\d+)">.*?value="([^"]+)" selected', page, re.DOTALL))
    assert len(targets) == 11
    wrong = signed_in.post(sent.location, data={**targets, "t7": "out", "t8": "out", "t9": "out", "t10": "out"})
    assert (wrong.status_code, "No column is read as an answer yet." in wrong.text) == (400, True)
    assert signed_in.post(sent.location, data={**targets, "day_first": "yes"}).location == sent.location
    checked = signed_in.get(sent.location).text
    assert "Ready to import" in checked and "Import 3 responses" in checked and stored() == []
    signed_in.post(f"{sent.location}/run")
    done = signed_in.get(sent.location).text
    assert "3 responses added" in done and "3 rows = 3 added + 0 already there + 0 not added." in done
    assert len(stored()) == 3
    listed = signed_in.get(address).text
    assert "answers.xlsx" in listed and "Ada Organiser" in listed and "3 added, 0 already there" in listed
    assert "Take back this import?" in signed_in.get(f"{sent.location}/take-back").text
    signed_in.post(f"{sent.location}/take-back")
    assert "Taken back" in signed_in.get(sent.location).text and stored() == []


def test_a_file_is_given_up_and_its_words_with_it(signed_in: FlaskClient, organiser: User) -> None:
    event, address = browse(signed_in, organiser)
    sent = send(signed_in, address, b"Name,What?\nAda,Tea\n", "a.csv", event)
    signed_in.post(f"{sent.location}/give-up")
    assert signed_in.get(sent.location).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(FileImport)) == 0


def test_strangers_and_viewers_see_no_import(signed_in: FlaskClient, organiser: User) -> None:
    imported = uploaded(conference(), "google-forms.csv")
    page = f"/series/{imported.series_id}/collect/imports/{imported.id}"
    assert [signed_in.get(page).status_code, signed_in.post(f"{page}/run").status_code] == [404, 404]
    own = make_series(organiser)
    assert signed_in.get(f"/series/{own.id}/collect/imports/{imported.id}").status_code == 404
    join_series(organiser, imported.series, "viewer")
    assert [signed_in.get(page).status_code, signed_in.post(f"{page}/run").status_code] == [403, 403]
