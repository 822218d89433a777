import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import browser_of
from tests.factories import (
    NOON,
    join_series,
    make_event,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
    make_user,
)
from tests.themes.factories import make_statements, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import correct_response, edit_note
from webapp.collect.models import Answer, GroupNote, GroupNoteRevision, Response
from webapp.collect.models_sealed import Redaction, SealedText
from webapp.errors import DomainError, Refused
from webapp.extensions import db
from webapp.programme.models import Event
from webapp.themes import actions, queries, undoing
from webapp.themes.models import Board, CurationEntry, Statement, SuggestedTheme, ThemeRun
from webapp.themes.reading import read_statements
from webapp.themes.replaying import replay
from webapp.wording import now

SAID = "Targets come too late. Ask Zebedee Quill about it. The soup was cold."
MARK = "[name removed]"


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser))


@pytest.fixture
def response(event: Event) -> Response:
    made = make_response(event, {make_question(event): SAID})
    read_statements(event, NOON)
    return made


def statements() -> list[Statement]:
    db.session.expire_all()
    live = db.select(Statement).where(Statement.retired_at.is_(None))
    return list(db.session.scalars(live.order_by(Statement.answer_id, Statement.note_id, Statement.start)))


def board() -> Board:
    return db.session.scalars(db.select(Board).where(Board.about_project.is_(False))).one()


def cut(statement: Statement, words: str, who: User, reason: str = "name", **more: object) -> CurationEntry:
    start = statement.text.index(words)
    entry = actions.redact(statement, [(start, start + len(words))], reason, who, NOON, **more)
    assert entry is not None
    return entry


def test_the_words_go_from_the_source_and_from_its_statements_and_what_was_sent_is_sealed(
    response: Response, organiser: User
) -> None:
    cut(statements()[1], "Zebedee Quill", organiser)

    late, named, soup = statements()
    answer = response.answers[0]
    assert answer.text == f"Targets come too late. Ask {MARK} about it. The soup was cold."
    assert [late.text, named.text, soup.text] == [
        "Targets come too late.",
        f"Ask {MARK} about it.",
        "The soup was cold.",
    ]
    for each in (late, named, soup):
        assert answer.text[each.start : each.end] == each.text
    assert db.session.scalars(db.select(SealedText.text)).all() == [SAID]
    assert (named.vector, named.encoder, named.facet_guess) == (None, None, None)


def test_two_cuts_in_one_statement_and_one_beside_the_first_cut(response: Response, organiser: User) -> None:
    named = statements()[1]
    actions.redact(named, [(0, 3), (4, 11)], "name", organiser, NOON)
    assert statements()[1].text == f"{MARK} {MARK} Quill about it."

    cut(statements()[1], "Quill", organiser, "other")
    assert statements()[1].text == f"{MARK} {MARK} [private words removed] about it."
    assert response.answers[0].text.endswith("about it. The soup was cold.")


@pytest.mark.parametrize(
    ("spans", "reason", "told"),
    [
        ([], "name", "Mark the words"),
        ([(3, 3)], "name", "not in this statement"),
        ([(0, 900)], "name", "not in this statement"),
        ([(0, 3)], "spite", "Choose one of the reasons"),
    ],
)
def test_what_cannot_be_cut(
    response: Response, organiser: User, spans: list[tuple[int, int]], reason: str, told: str
) -> None:
    with pytest.raises(DomainError, match=told):
        actions.redact(statements()[1], spans, reason, organiser, NOON)
    assert db.session.scalars(db.select(Redaction.id)).all() == []


def test_a_mark_is_not_cut_again(response: Response, organiser: User) -> None:
    cut(statements()[1], "Zebedee Quill", organiser)
    with pytest.raises(DomainError, match="cut already"):
        cut(statements()[1], "name", organiser)


def test_the_log_says_that_and_why_and_never_what(response: Response, organiser: User) -> None:
    entry = cut(statements()[1], "Zebedee Quill", organiser, note="Zebedee asked for it")

    assert (entry.verb, entry.summary) == ("redact", "Cut 1 passage in 1 statement: a name")
    assert entry.note == f"{MARK} asked for it"
    assert [change[0] for change in entry.changes] == ["redaction.standing"]
    assert "ebedee" not in str(entry.changes)
    assert queries.history_of(statements()[1]) == [entry]


def test_every_copy_loses_the_words(event: Event, response: Response, organiser: User) -> None:
    long = "Everybody in finance knows that Zebedee Quill never reads the figures that we send."
    for _ in range(2):
        make_response(event, {make_question(event): long})
    read_statements(event, NOON)
    original = next(each for each in statements() if each.text == long)
    entry = cut(original, "Zebedee Quill", organiser)

    texts = [answer.text for answer in db.session.scalars(db.select(Answer))]
    assert texts.count(long.replace("Zebedee Quill", MARK)) == 2
    # Nobody asked for the words to be cut elsewhere.
    assert texts.count(SAID) == 1
    assert entry.summary == "Cut 2 passages in 2 statements: a name"
    assert len({each.wording_key for each in statements() if MARK in each.text}) == 1


def test_everywhere_on_the_board(event: Event, response: Response, organiser: User) -> None:
    table = make_table(make_session(event))
    note = make_note(table, "We asked Zebedee  Quill twice, Zebedee Quilliam once.")
    read_statements(event, NOON)
    (named,) = [each for each in statements() if each.text.startswith("Ask")]
    cut(named, "Zebedee Quill", organiser, everywhere=True)

    assert db.session.get_one(GroupNote, note.id).text == f"We asked {MARK} twice, Zebedee Quilliam once."
    assert MARK in response.answers[0].text


def test_an_owner_brings_the_words_back_and_cuts_them_again(response: Response, organiser: User) -> None:
    before = [(each.id, each.start, each.end, each.text) for each in statements()]
    entry = cut(statements()[1], "Zebedee Quill", organiser)
    undone = undoing.undo(entry, organiser, NOON)

    assert [(each.id, each.start, each.end, each.text) for each in statements()] == before
    assert response.answers[0].text == SAID

    undoing.undo(undone, organiser, NOON)
    assert statements()[1].text == f"Ask {MARK} about it."
    replay(queries.whole_log(board()))


def test_an_editor_cuts_and_does_not_bring_back(response: Response, event: Event) -> None:
    editor = make_user()
    join_series(editor, event.series, "editor")
    entry = cut(statements()[1], "Zebedee Quill", editor)
    with pytest.raises(Refused, match="owner of the series alone"):
        undoing.undo(entry, editor, NOON)
    assert statements()[1].text == f"Ask {MARK} about it."


def test_the_author_reads_their_own_words_and_the_organiser_does_not(
    client: FlaskClient, signed_in: FlaskClient, app: Flask, event: Event, response: Response, organiser: User
) -> None:
    event.opens_at, event.closes_at = NOON, None
    db.session.commit()
    cut(statements()[1], "Zebedee Quill", organiser)

    receipt = app.test_client().get(f"/r/{response.receipt_code}").text
    assert "Zebedee Quill" in receipt
    assert f"Ask {MARK} about it." in receipt
    assert "Zebedee Quill" in app.test_client().get(f"/r/{response.receipt_code}/correct").text
    for page in (
        f"/series/{event.series_id}/collect/responses",
        f"/series/{event.series_id}/collect/responses/{response.id}",
        f"/statements/{statements()[1].id}",
        f"/statements/{statements()[1].id}/redact",
        f"/series/{event.series_id}/statements?words=Zebedee",
        f"/series/{event.series_id}/themes/log",
        f"/series/{event.series_id}/themes/log.csv",
    ):
        shown = signed_in.get(page, follow_redirects=True).text
        assert "Quill" not in shown, page


def test_a_correction_that_leaves_the_words_alone_leaves_the_cut(response: Response, organiser: User) -> None:
    cut(statements()[1], "Zebedee Quill", organiser)
    answer = response.answers[0]
    response.event.opens_at, response.event.closes_at = NOON, None
    db.session.commit()
    correct_response(response, {answer.question_id: SAID}, now())
    assert [each.text for each in response.current_answers] == [answer.text]
    assert MARK in answer.text


def test_what_its_author_corrects_is_cut_again_and_the_log_says_so(response: Response, organiser: User) -> None:
    cut(statements()[1], "Zebedee Quill", organiser)
    response.event.opens_at, response.event.closes_at = NOON, None
    db.session.commit()
    corrected = SAID + " And zebedee quill knows why."
    correct_response(response, {response.answers[0].question_id: corrected}, now())
    read_statements(response.event, now())

    assert [each.text for each in statements()][-1] == f"And {MARK} knows why."
    last = queries.whole_log(board())[-1]
    assert (last.verb, last.actor, last.summary) == (
        "redact",
        None,
        "Cut 2 passages again in what its author corrected",
    )
    undoing.undo(last, organiser, NOON)
    assert response.current_answers[0].text == corrected
    replay(queries.whole_log(board()))


def test_a_note_that_was_edited_since_keeps_its_cut_words_sealed(event: Event, organiser: User) -> None:
    note = make_note(make_table(make_session(event)), "Zebedee Quill never answers.")
    read_statements(event, NOON)
    entry = cut(statements()[0], "Zebedee Quill", organiser)
    edit_note(note, f"{MARK} seldom answers.", now())
    read_statements(event, now())

    assert db.session.scalars(db.select(GroupNoteRevision.text)).all() == [f"{MARK} never answers."]
    with pytest.raises(DomainError, match="written anew"):
        undoing.undo(entry, organiser, NOON)
    db.session.rollback()
    assert [each.text for each in statements()] == [f"{MARK} seldom answers."]


def test_titles_terms_and_the_log_lose_what_nobody_says_any_more(response: Response, organiser: User) -> None:
    named = statements()[1]
    theme = make_theme(board(), "Targets", [named])
    theme.suggested = {"terms": [["zebedee", 0.9], ["quill soup", 0.3], ["targets", 0.2]], "central": [named.id]}
    run = ThemeRun(board_id=board().id, state="done", asked_at=NOON)
    db.session.add(run)
    db.session.flush()
    suggested = SuggestedTheme(run_id=run.id, title="zebedee quill and soup", suggested={})
    db.session.add(suggested)
    db.session.commit()
    renamed = actions.rename_theme(theme, "What Quill does", organiser, NOON)
    actions.rename_theme(theme, "Who answers", organiser, NOON)

    cut(statements()[1], "Zebedee Quill", organiser)

    assert theme.suggested["terms"] == [["targets", 0.2]]
    assert suggested.title == f"{MARK} and soup"
    assert renamed is not None
    assert renamed.changes[0][2:] == ["Targets", f"What {MARK} does"]
    assert "Quill" not in renamed.summary
    replay(queries.whole_log(board()))


def test_a_title_in_words_that_others_still_say_stays(response: Response, organiser: User) -> None:
    make_statements(board(), ["Leeds is far away"])
    theme = make_theme(board(), "Leeds")
    (away,) = [each for each in statements() if "Leeds" in each.text]
    make_statements(board(), ["Everybody likes Leeds"])
    cut(away, "Leeds", organiser, "person")
    assert db.session.get_one(type(theme), theme.id).title == "Leeds"


def test_the_page_ticks_what_is_flagged_and_cuts_what_is_ticked(
    signed_in: FlaskClient, event: Event, organiser: User
) -> None:
    make_response(event, {make_question(event): "Write to ros@example.org, she knows."})
    read_statements(event, NOON)
    (said,) = statements()
    page = signed_in.get(f"/statements/{said.id}/redact").text
    assert 'value="2" checked' in page
    assert page.count(" checked><span>") == 1
    sign = page.split('name="of" value="')[1].split('"')[0]

    signed_in.post(f"/statements/{said.id}/redact", data={"of": sign, "word": ["2"], "reason": "contact"})
    assert statements()[0].text == "Write to [contact detail removed], she knows."

    late = signed_in.post(f"/statements/{said.id}/redact", data={"of": sign, "word": ["0"], "reason": "contact"})
    assert (late.status_code, "were changed while you had it open" in late.text) == (400, True)


def test_typed_words_are_cut_and_a_slip_is_said_with_what_was_typed(signed_in: FlaskClient, response: Response) -> None:
    named = statements()[1]
    address = f"/statements/{named.id}/redact"
    sign = signed_in.get(address).text.split('name="of" value="')[1].split('"')[0]
    slip = signed_in.post(address, data={"of": sign, "words": "Zebedee Quil", "reason": "name", "note": "asked"})
    assert slip.status_code == 400
    assert "do not stand in this statement" in slip.text
    assert "Zebedee Quil</textarea>" in slip.text
    assert 'value="asked"' in slip.text

    signed_in.post(address, data={"of": sign, "words": "Zebedee\nQuill", "reason": "name"})
    assert statements()[1].text == f"Ask {MARK} {MARK} about it."


def test_a_flag_is_dismissed_for_good_and_can_be_undone(signed_in: FlaskClient, event: Event, organiser: User) -> None:
    make_response(event, {make_question(event): "Write to ros@example.org, she knows."})
    read_statements(event, NOON)
    (said,) = statements()
    listed = f"/series/{event.series_id}/statements?personal=yes"
    assert "Write to" in signed_in.get(listed).text

    signed_in.post(f"/boards/{said.board_id}/decide", data={"do": "not_personal", "statement": [said.id]})
    assert "Write to" not in signed_in.get(listed).text
    (entry,) = queries.whole_log(board())
    undoing.undo(entry, organiser, NOON)
    assert "Write to" in signed_in.get(listed).text


def test_only_an_owner_is_offered_the_words_back(
    app: Flask, signed_in: FlaskClient, response: Response, event: Event, organiser: User
) -> None:
    cut(statements()[1], "Zebedee Quill", organiser)
    editor = make_user()
    join_series(editor, event.series, "editor")
    address = f"/statements/{statements()[1].id}"
    assert "Bring the words back" in signed_in.get(address).text
    assert "Bring the words back" not in browser_of(app, editor).get(address).text


def test_two_names_that_were_cut_are_not_the_same_words(event: Event, organiser: User) -> None:
    texts = [f"In our office it is always {name} who has to explain the figures." for name in ("Zebedee", "Ermintrude")]
    sent = [make_response(event, {make_question(event): text}) for text in texts]
    read_statements(event, NOON)
    for said, name in zip(statements(), ("Zebedee", "Ermintrude"), strict=True):
        cut(said, name, organiser)
    for each in sent:
        each.consent = "none"
    db.session.commit()
    read_statements(event, now())

    assert [each.text for each in statements()] == [texts[0].replace("Zebedee", MARK)] * 2
    assert [each.duplicate_of_id for each in statements()] == [None, None]


def test_few_places_know_of_the_sealed_words() -> None:
    """The receipt, the form to correct, and whether a form says anything new; what cuts, follows cuts, and reads."""
    root = Path(__file__).parents[2] / "webapp"
    files = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    asking = {name for name, code in files.items() if re.search(r"sealing import (all_)?as_sent", code)}
    assert asking == {"collect/views.py", "collect/forms.py", "collect/answers.py"}
    assert {name for name, code in files.items() if "SealedText" in code} == {
        "collect/erasing.py",
        "collect/retaining.py",
        "collect/models_sealed.py",
        "collect/sealing.py",
        "themes/late_copies.py",
        "themes/unsaid.py",
        "themes/reading.py",
        "themes/redacting.py",
        "themes/redactions.py",
    }
