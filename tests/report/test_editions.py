"""Publishing: what is refused, what is frozen, what a later edition tells, and what readers get."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer, Response
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import editing, publishing
from webapp.report.differences import Differences, changes_section
from webapp.report.document import Item, Paragraph, Run
from webapp.report.drafts import draft_of
from webapp.report.editions import published, report_of
from webapp.report.frozen import frozen, thawed
from webapp.report.models import Edition
from webapp.report.numbering import numbers_of
from webapp.report.queries import report_for
from webapp.report.states import state_in_words
from webapp.report.taking_out import take_words_out
from webapp.themes.models import Statement, Theme

PROBLEM = "The targets we are set never fit what our district does."
OTHER = "Inspectors ask for the same figures three times in one year."
LATER = NOON + timedelta(days=1)


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser, title="Making it count", purpose="Councils asked.", what_next="Visits follow.")


@pytest.fixture
def event(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def theme(series: Series) -> Theme:
    return make_theme(make_board(series), "Targets", "Targets must be few")


@pytest.fixture
def said(event: Event, theme: Theme) -> list[Statement]:
    return [make_statement(event, text, theme, facet_guess="problem") for text in (PROBLEM, OTHER)]


@pytest.fixture
def edition(series: Series, said: list[Statement], organiser: User) -> Edition:
    return publishing.publish(series, None, organiser, NOON)


def withdraw(statement: Statement) -> Response:
    response = db.session.get_one(Answer, statement.answer_id).response
    withdraw_response(response, LATER)
    return response


def take_everything(series: Series, organiser: User) -> None:
    keys = [part.key for part in publishing.readiness(series, None, LATER).stale]
    editing.take_all(series, None, keys, organiser, LATER)


def test_a_frozen_report_thaws_to_an_equal_one(full_series: Series) -> None:
    report = report_for(full_series, now=NOON)
    assert thawed(json.loads(json.dumps(frozen(report)))) == report


def test_an_edition_is_frozen_with_its_data(series: Series, edition: Edition, theme: Theme, event: Event) -> None:
    before = report_of(edition)
    theme.title = "Renamed since"
    make_statement(event, "Something that came in afterwards is not in it.", theme)
    db.session.expire_all()
    assert report_of(edition) == before
    assert (before.edition, before.published_at, before.drafted_at) == (1, NOON, None)
    assert before.title == "Making it count"
    assert [one.kind for one in before.all_paragraphs() if one.kind == "missing"] == []


def test_stale_paragraphs_block_until_somebody_looked(
    series: Series, edition: Edition, said: list[Statement], theme: Theme, organiser: User
) -> None:
    withdraw(said[0])
    ready = publishing.readiness(series, None, LATER)
    assert [part.key for part in ready.stale] == [f"theme-{theme.id}", f"theme-{theme.id}-problem"]
    assert state_in_words(series) == "edition 1, 2 stale"
    with pytest.raises(Refused):
        publishing.publish(series, None, organiser, LATER)
    take_everything(series, organiser)
    second = publishing.publish(series, None, organiser, LATER)
    assert (second.number, state_in_words(series)) == (2, "edition 2")
    changes = report_of(second).sections[-1]
    assert changes.title == "Changes since edition 1"
    numbers = {one.key: one.number for one in report_of(edition).all_paragraphs()}
    rewritten = [item.runs[0].text for item in changes.paragraphs[0].items]
    assert numbers[f"theme-{theme.id}-problem"] in rewritten


def test_words_that_may_not_be_published_block_where_somebody_pasted_them(
    series: Series, event: Event, theme: Theme, said: list[Statement], organiser: User
) -> None:
    key = f"theme-{theme.id}-problem"
    make_statement(event, "Mr Smith of finance hides the figures.", theme, withheld="personal")
    make_statement(event, "Our chief executive never reads the reports.", source={"consent": "use"})
    editing.write_paragraph(series, None, key, "So mr smith of  finance hides the figures!", organiser, NOON)
    editing.add_paragraph(
        series, None, "introduction", "", "Our chief executive never reads the reports.", organiser, NOON
    )
    take_everything(series, organiser)
    ready = publishing.readiness(series, None, NOON)
    assert sorted(one.why for one in ready.forbidden) == ["not to be quoted", "withheld"]
    assert not ready.ready
    series.purpose = "Mr Smith of finance hides the figures."
    db.session.commit()
    assert "introduction-1" in {one.part.key for one in publishing.readiness(series, None, NOON).forbidden}


@pytest.mark.parametrize(
    ("keys", "published_numbers", "expected"),
    [
        (["a", "b", "c"], {}, ["1", "2", "3"]),
        (["a", "x", "b", "y", "z"], {"a": "1", "b": "2"}, ["1", "1a", "2", "2a", "2b"]),
        (["x", "b"], {"a": "1", "b": "2"}, ["0a", "2"]),
        (["a", "y", "x"], {"a": "1", "x": "1a"}, ["1", "1b", "1a"]),
        (["a", "x", "y"], {"a": "1", "x": "1a"}, ["1", "1a", "1b"]),
    ],
)
def test_published_numbers_stay_and_new_paragraphs_get_letters(
    keys: list[str], published_numbers: dict[str, str], expected: list[str]
) -> None:
    assert list(numbers_of(keys, published_numbers).values()) == expected


def test_what_is_taken_back_leaves_every_edition_and_its_files(
    series: Series, edition: Edition, said: list[Statement], client: FlaskClient
) -> None:
    base = "/reports/making-it-count"
    assert PROBLEM in client.get(base).text
    first = client.get(f"{base}/1/report.json").data
    assert client.get(f"{base}/1/report.json").data == first
    withdraw(said[0])
    for address in (base, f"{base}/1", f"{base}/1/report.json", f"{base}/1/report.csv", f"{base}/1/report.md"):
        text = client.get(address).get_data(as_text=True)
        assert PROBLEM not in text and OTHER in text
    assert "the words of 1 statement were taken back" in client.get(base).text
    shown = published(edition).report
    assert [one.number for one in shown.all_paragraphs()] == [one.number for one in report_of(edition).all_paragraphs()]


def test_public_files_do_not_tie_the_statements_of_one_speaker_together(
    edition: Edition, signed_in: FlaskClient, series: Series
) -> None:
    public = "/reports/making-it-count/1/report"
    assert "speaker" not in signed_in.get(f"{public}.csv").get_data(as_text=True).partition("\r\n")[0]
    contents = json.loads(signed_in.get(f"{public}.json").data)
    assert {row["speaker"] for row in contents["statements"]} == {""} and contents["data"]["responses"] == []
    with zipfile.ZipFile(io.BytesIO(signed_in.get(f"{public}.zip").data)) as archive:
        assert "responses.csv" not in archive.namelist() and "statements.csv" in archive.namelist()
        assert b"speaker" not in archive.read("codebook.csv").replace(b"speaker r", b"")
    with zipfile.ZipFile(io.BytesIO(signed_in.get(f"{public}.qdpx").data)) as archive:
        assert sum(name.startswith("sources/") for name in archive.namelist()) == 2
    own = signed_in.get(f"/series/{series.id}/report.csv").get_data(as_text=True)
    assert "speaker" in own.partition("\r\n")[0]


def test_a_reader_opens_the_evidence_of_a_paragraph(
    edition: Edition, theme: Theme, event: Event, client: FlaskClient
) -> None:
    number = next(one.number for one in report_of(edition).all_paragraphs() if one.key == f"theme-{theme.id}-problem")
    page = client.get("/reports/making-it-count/1").text
    assert f'id="p{number}"' in page
    assert f'<a href="/reports/making-it-count/1/evidence/{number}" data-unfold>2 statements behind' in page
    evidence = client.get(f"/reports/making-it-count/1/evidence/{number}").text
    assert PROBLEM in evidence and "Written feedback" in evidence
    assert client.get("/reports/making-it-count/1/evidence/999").status_code == 404


def test_an_edition_taken_back_says_why_and_is_gone(
    series: Series, edition: Edition, organiser: User, client: FlaskClient
) -> None:
    publishing.unpublish(draft_of(series), 1, "A figure was wrong.", organiser, LATER)
    for address in ("", "/1", "/1/report.pdf", "/1/evidence/1"):
        answer = client.get(f"/reports/making-it-count{address}")
        assert (answer.status_code, "A figure was wrong." in answer.text) == (410, True)
    second = publishing.publish(series, None, organiser, LATER)
    assert second.number == 2
    assert client.get("/reports/making-it-count").status_code == 200
    assert "/reports/making-it-count/2" in client.get("/reports/making-it-count/1").text


def test_nothing_is_public_before_the_first_edition(series: Series, said: list[Statement], client: FlaskClient) -> None:
    assert client.get("/reports/making-it-count").status_code == 404
    assert client.get("/reports/making-it-count/1").status_code == 404


def test_the_public_page_sets_no_cookie_and_is_not_sent_twice(edition: Edition, client: FlaskClient) -> None:
    answer = client.get("/reports/making-it-count")
    assert "Set-Cookie" not in answer.headers
    again = client.get("/reports/making-it-count", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_receipt_tells_which_published_paragraphs_used_the_words(
    edition: Edition, said: list[Statement], theme: Theme, client: FlaskClient
) -> None:
    numbers = {one.key: one.number for one in report_of(edition).all_paragraphs()}
    opening, problems = numbers[f"theme-{theme.id}"], numbers[f"theme-{theme.id}-problem"]
    response = db.session.get_one(Answer, said[0].answer_id).response
    page = client.get(f"/r/{response.receipt_code}").text
    assert "Published in edition 1 of the report (/reports/making-it-count/1)." in page
    assert f"Paragraphs that quote it: {problems}." in page
    assert opening in page.split("Paragraphs that count it: ")[1].split(".")[0]


def test_two_who_publish_at_once_make_one_edition(series: Series, edition: Edition, organiser: User) -> None:
    with pytest.raises(Refused, match="Edition 1 was published by somebody else"):
        publishing.publish(series, None, organiser, NOON, seen=1)


def test_one_event_has_a_report_and_editions_of_its_own(
    series: Series, event: Event, edition: Edition, organiser: User, client: FlaskClient
) -> None:
    publishing.publish(series, event, organiser, NOON)
    assert client.get("/reports/making-it-count-london").status_code == 200
    assert draft_of(series, event).id != draft_of(series).id


def test_the_pages_of_the_editor_answer_and_refuse(
    signed_in: FlaskClient, series: Series, edition: Edition, said: list[Statement], theme: Theme
) -> None:
    base, key = f"/series/{series.id}/report", f"theme-{theme.id}-problem"
    assert signed_in.get(f"{base}/edit").status_code == 200
    assert signed_in.get(f"{base}/evidence/{key}?words=inspectors").status_code == 200
    assert signed_in.post(f"{base}/edit", data={"do": "write", "key": key, "text": "Ours."}).status_code == 303
    stale = {"do": "write", "key": key, "text": "My <typed> words", "version": 0}
    answer = signed_in.post(f"{base}/edit", data=stale)
    assert answer.status_code == 409
    assert "My &lt;typed&gt; words</textarea>" in answer.text and "while you had it open" in answer.text
    assert "Wrote paragraph" in signed_in.get(f"{base}/log").text
    assert signed_in.get(f"{base}/publish").status_code == 200
    answer = signed_in.post(f"{base}/editions/1/unpublish", data={"reason": " "})
    assert (answer.status_code, "Say why it is taken back" in answer.text) == (400, True)
    assert signed_in.post(f"{base}/publish", data={"edition": 2}).status_code == 303
    assert db.session.query(Edition).count() == 2


def test_what_an_author_took_back_leaves_the_stored_edition_for_good(
    series: Series, said: list[Statement], event: Event, theme: Theme, organiser: User
) -> None:
    same = make_statement(event, PROBLEM, theme, facet_guess="problem")
    edition = publishing.publish(series, None, organiser, NOON)
    withdraw(said[0])
    withdraw(said[1])
    take_words_out(series.id)
    db.session.expire_all()
    kept = {row["id"]: row["text"] for row in edition.contents["statements"]}
    assert kept == {said[0].id: "", said[1].id: "", same.id: PROBLEM}
    assert OTHER not in json.dumps(edition.contents)
    shown = published(edition)
    assert shown.taken_back == 2 and shown.report == report_of(edition)
    assert [row.text for row in shown.report.statements] == ["", "", PROBLEM]
    assert take_words_out(series.id) == 0


def test_what_an_organiser_withheld_stays_stored_and_unseen(
    edition: Edition, said: list[Statement], series: Series
) -> None:
    said[0].withheld = "personal"
    db.session.commit()
    assert take_words_out(series.id) == 0
    assert PROBLEM in json.dumps(edition.contents)
    assert PROBLEM not in json.dumps(frozen(published(edition).report))


def test_a_new_list_without_words_before_it_is_told_by_its_items() -> None:
    items = (Item((Run("one team"),)), Item((Run("one service"),)))
    changes = changes_section(Differences((Paragraph("3b", "own-1", "list", (), items),), (), ()), 1)
    assert [item.text for item in changes.paragraphs[0].items] == ["3b one team; one service"]
