"""An organiser's hand in the report: what they write stays theirs, and what moved on the board must be looked at."""

import pytest

from tests.factories import NOON, make_event, make_series, make_user
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.collect.models import Answer
from webapp.errors import DomainError, Refused
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import edit_log, editing, resting
from webapp.report.desk import Part
from webapp.report.drafts import assembled_for, draft_of
from webapp.report.edit_log import Conflict
from webapp.report.states import state_in_words
from webapp.themes import actions
from webapp.themes.models import Statement, Theme

PROBLEM = "The targets we are set never fit what our district does."
OTHER = "Inspectors ask for the same figures three times in one year."


@pytest.fixture
def series() -> Series:
    return make_series(purpose="Councils asked.")


@pytest.fixture
def london(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def theme(series: Series) -> Theme:
    return make_theme(make_board(series), "Targets", "Targets must be few")


@pytest.fixture
def said(london: Event, theme: Theme) -> Statement:
    return make_statement(london, PROBLEM, theme, facet_guess="problem")


@pytest.fixture
def key(said: Statement, theme: Theme) -> str:
    return f"theme-{theme.id}-problem"


def part(series: Series, key: str) -> Part:
    db.session.expire_all()
    found = assembled_for(series).part(key)
    assert found is not None
    return found


def own_parts(series: Series) -> list[Part]:
    return [each for each in assembled_for(series).parts if each.row is not None and each.row.own and each.shown]


def test_before_the_first_act_the_report_follows_the_board(series: Series, london: Event, key: str) -> None:
    make_statement(london, OTHER, facet_guess="problem")
    assert draft_of(series) is None
    assert assembled_for(series).stale == []


def test_written_words_stand_and_keep_their_quotes(series: Series, key: str, organiser: User) -> None:
    editing.write_paragraph(series, None, key, "One **district** cannot *meet* them.", organiser, NOON)
    shown = part(series, key).shown
    assert shown is not None
    assert [(run.text, run.strong, run.emphasis) for run in shown.runs] == [
        ("One ", False, False),
        ("district", True, False),
        (" cannot ", False, False),
        ("meet", False, True),
        (" them.", False, False),
    ]
    assert [quote.text for quote in shown.quotes] == [PROBLEM]


def test_a_change_on_the_board_is_proposed_and_overwrites_nothing(
    series: Series, london: Event, theme: Theme, key: str, organiser: User
) -> None:
    editing.write_paragraph(series, None, key, "Nobody can meet them.", organiser, NOON)
    make_statement(london, OTHER, theme, facet_guess="problem")
    stale = part(series, key)
    assert stale.markup == "Nobody can meet them."
    assert stale.reasons == ("One statement more stands behind it.", "The counts or words of the draft moved.")
    assert "Two delegates" in stale.new_draft

    editing.keep(series, None, key, organiser, NOON)
    kept = part(series, key)
    assert (kept.markup, kept.stale) == ("Nobody can meet them.", False)
    assert kept.shown is not None and len(kept.shown.evidence) == 2

    make_statement(london, "Targets come from far away and change too often.", theme, facet_guess="problem")
    editing.take(series, None, key, organiser, NOON)
    taken = part(series, key)
    assert (taken.stale, taken.row.edited) == (False, False)
    assert "All 3 delegates" in taken.markup


def test_withdrawn_words_leave_the_draft_at_once_and_the_paragraph_says_why(
    series: Series, said: Statement, key: str, organiser: User
) -> None:
    editing.write_paragraph(series, None, key, "One district cannot meet them.", organiser, NOON)
    withdraw_response(db.session.get_one(Answer, said.answer_id).response, NOON)
    stale = part(series, key)
    assert stale.shown is not None and stale.shown.quotes == () and stale.shown.evidence == ()
    assert stale.reasons[0] == (
        f"One statement was quoted here and has been withdrawn, corrected or deleted (no. {said.id})."
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda said, who: actions.withhold([said], "personal", who, NOON),
            "quoted here and has been withheld: names or points to a person",
        ),
        (lambda said, who: actions.move_statements([said], None, who, NOON), "moved out of its theme"),
        (lambda said, who: actions.set_facet([said], "approach", who, NOON), "marked as approach"),
        (
            lambda said, who: setattr(said, "consent", "use"),
            "quoted here and has been counted only, as its author now asks",
        ),
    ],
)
def test_each_change_of_the_evidence_is_told(
    series: Series, said: Statement, key: str, organiser: User, change: object, why: str
) -> None:
    editing.write_paragraph(series, None, key, "One district cannot meet them.", organiser, NOON)
    change(said, organiser)  # type: ignore[operator]
    db.session.commit()
    assert part(series, key).reasons[0] == f"One statement was {why} (no. {said.id})."


def test_a_new_paragraph_of_the_board_waits_to_be_taken_or_left_out(
    series: Series, london: Event, theme: Theme, key: str, organiser: User
) -> None:
    editing.write_paragraph(series, None, key, "Written.", organiser, NOON)
    make_statement(london, "We publish two figures a month on one page.", theme, facet_guess="approach")
    new = part(series, f"theme-{theme.id}-approach")
    assert (new.proposed, new.shown, new.stale) == (True, None, True)
    editing.take(series, None, new.key, organiser, NOON)
    assert part(series, new.key).shown is not None
    editing.delete_paragraph(series, None, new.key, organiser, NOON)
    assert (part(series, new.key).shown, part(series, new.key).stale) == (None, False)


def test_a_paragraph_whose_theme_left_the_board_stands_until_somebody_decides(
    series: Series, london: Event, theme: Theme, key: str, organiser: User
) -> None:
    make_statement(london, OTHER, make_theme(theme.board, "Members"))
    editing.write_paragraph(series, None, key, "Still true.", organiser, NOON)
    actions.delete_themes([theme], organiser, NOON)
    report = assembled_for(series)
    assert "Still true." in [one.text for one in report.report.all_paragraphs()]
    assert "The board has nothing for this paragraph any more." in part(series, key).reasons
    editing.take(series, None, key, organiser, NOON)
    assert part_or_none(series, key) is None


def part_or_none(series: Series, key: str) -> Part | None:
    found = assembled_for(series).part(key)
    return found if found is not None and found.shown is not None else None


def test_own_words_are_marked_and_a_blank_line_makes_two_paragraphs(
    series: Series, theme: Theme, key: str, organiser: User
) -> None:
    editing.add_paragraph(series, None, key, key, "We add this.\n\nAnd this:\n- one\n- two", organiser, NOON)
    first, second = own_parts(series)
    assert first.shown is not None and second.shown is not None
    assert (first.shown.own, first.shown.text) == (True, "We add this.")
    assert (second.shown.kind, [item.text for item in second.shown.items]) == ("list", ["one", "two"])
    keys = [one.key for one in assembled_for(series).report.all_paragraphs()]
    assert keys[keys.index(key) : keys.index(key) + 3] == [key, first.key, second.key]


def test_paragraphs_move_within_their_section_and_each_act_can_be_undone(
    series: Series, key: str, organiser: User
) -> None:
    def order() -> list[str]:
        keys = [one.key for one in assembled_for(series).report.all_paragraphs()]
        return [each for each in keys if each == key or each.startswith("own-")]

    editing.add_paragraph(series, None, key, key, "Ours.", organiser, NOON)
    ours = own_parts(series)[0].key
    editing.move_paragraph(series, None, ours, -1, organiser, NOON)
    assert order() == [ours, key]
    assert editing.move_paragraph(series, None, ours, -1, organiser, NOON) is None
    editing.delete_paragraph(series, None, key, organiser, NOON)
    assert order() == [ours]
    draft = draft_of(series)
    for expected in ([ours, key], [key, ours], [key]):
        edit_log.undo(edit_log.last_undoable(draft), organiser, NOON)
        assert order() == expected
    assert edit_log.last_undoable(draft) is None


def test_the_second_of_two_editors_is_told_who_changed_what(series: Series, key: str, organiser: User) -> None:
    other = make_user(name="Ben Second")
    editing.write_paragraph(series, None, key, "First.", organiser, NOON)
    seen = draft_of(series).version
    editing.write_paragraph(series, None, key, "Theirs.", other, NOON, seen)
    with pytest.raises(Conflict, match=r"Ben Second changed this at 8 July 2003, 12:00 UTC.*still in the form"):
        editing.write_paragraph(series, None, key, "Mine.", organiser, NOON, seen)
    assert part(series, key).markup == "Theirs."
    editing.add_paragraph(series, None, "introduction", "", "Elsewhere.", organiser, NOON)
    editing.write_paragraph(series, None, key, "Mine.", organiser, NOON, draft_of(series).version)
    assert part(series, key).markup == "Mine."


def test_evidence_is_attached_detached_and_quoted_only_within_consent(
    series: Series, london: Event, theme: Theme, said: Statement, key: str, organiser: User
) -> None:
    silent = make_statement(london, OTHER, theme, facet_guess="approach", source={"consent": "use"})
    gone = make_statement(london, "Mr Smith is to blame for all of it.", theme, withheld="personal")
    resting.attach(series, None, key, [silent.id, gone.id], organiser, NOON)
    resting.set_quotes(series, None, key, [said.id, silent.id], organiser, NOON)
    shown = part(series, key).shown
    assert shown is not None
    assert [one.statement_id for one in shown.evidence] == [said.id, silent.id]
    assert [quote.statement_id for quote in shown.quotes] == [said.id]
    resting.detach(series, None, key, [said.id], organiser, NOON)
    shown = part(series, key).shown
    assert shown is not None
    assert ([one.statement_id for one in shown.evidence], shown.quotes) == ([silent.id], ())


def test_a_claim_that_the_counts_do_not_bear_is_flagged(
    series: Series, london: Event, theme: Theme, key: str, organiser: User
) -> None:
    for number in range(9):
        make_statement(london, f"{number} quite another thing is said here.", theme)
    editing.write_paragraph(series, None, key, "Most delegates and two tables cannot meet them.", organiser, NOON)
    assert part(series, key).claims == (
        "“Most”: one delegate of 10 stands behind it, for which the scale's word is “one”.",
        "“two tables”: none stand behind it.",
    )
    editing.write_paragraph(series, None, key, "One delegate of ten cannot meet them (10 per cent).", organiser, NOON)
    assert part(series, key).claims == ()


def test_empty_words_and_fixed_texts_are_refused(series: Series, key: str, organiser: User) -> None:
    with pytest.raises(DomainError, match="no words"):
        editing.write_paragraph(series, None, key, " \n ", organiser, NOON)
    with pytest.raises(Refused, match="kept with the series"):
        editing.write_paragraph(series, None, "introduction-1", "Other.", organiser, NOON)


def test_a_fixed_text_is_kept_with_the_series_and_never_overwritten_unseen(series: Series, key: str) -> None:
    editing.write_fixed_text(series, "introduction", "New purpose.", "Councils asked.")
    assert series.purpose == "New purpose."
    with pytest.raises(Conflict, match=r"It now says: “New purpose\.”"):
        editing.write_fixed_text(series, "introduction", "Mine.", "Councils asked.")


def test_the_corridor_tells_how_many_are_stale(
    series: Series, london: Event, theme: Theme, key: str, organiser: User
) -> None:
    editing.write_paragraph(series, None, key, "Written.", organiser, NOON)
    assert state_in_words(series) == "draft"
    make_statement(london, OTHER, theme, facet_guess="problem")
    assert state_in_words(series) == "draft, 2 stale"


def test_a_section_without_a_paragraph_is_linked_from_nowhere(
    series: Series, london: Event, theme: Theme, key: str, organiser: User
) -> None:
    editing.delete_paragraph(series, None, key, organiser, NOON)
    editing.delete_paragraph(series, None, f"theme-{theme.id}", organiser, NOON)
    report = assembled_for(series).report
    assert f"theme-{theme.id}" not in {section.key for section in report.sections}
    assert [item.link for one in report.all_paragraphs() for item in one.items] == [""]
