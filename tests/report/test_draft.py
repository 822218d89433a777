import pytest
from sqlalchemy import event as sql_event

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme, place
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report.document import Paragraph, Report
from webapp.report.heard import ThemeFacts
from webapp.report.key_themes import sentence_of
from webapp.report.queries import report_for
from webapp.report.states import state_in_words
from webapp.themes.models import CurationEntry, ThemeRun
from webapp.themes.queries import accounts_of, boards_of

PROBLEM = "The targets we are set never fit what our district does."
FLOOR = "Will the inspectors use the same measures as the councils do?"
SPLIT = "Should league tables be published every year or not at all?"


@pytest.fixture
def series() -> Series:
    return make_series(
        purpose="Councils asked.\n\nWe listened.",
        organisers="Wayfield Network",
        what_next="Visits follow. Write to **us** at team@example.org.",
        about_bodies="**Wayfield Network** belongs to its members.",
        contacts="Ros Moore\nLead\nros@example.org",
    )


@pytest.fixture
def london(series: Series) -> Event:
    return make_event(series)


@pytest.fixture
def leeds(series: Series) -> Event:
    return make_event(series, title="Leeds conference", place="Leeds")


def paragraph(report: Report, key: str) -> Paragraph:
    return next(one for one in report.all_paragraphs() if one.key == key)


def test_the_sections_stand_in_the_order_of_the_model(series: Series, london: Event, leeds: Event) -> None:
    targets = make_theme(make_board(series), "Targets", "Targets must be few")
    members = make_theme(make_board(series), "Members")
    make_statement(london, PROBLEM, targets)
    make_statement(leeds, "Councillors see figures four months late.", members)
    assert [section.title for section in report_for(series).sections] == [
        "Introduction",
        "The events",
        "The key themes",
        "Theme 1: Targets",
        "Theme 2: Members",
        "Feedback on the project",
        "What next?",
        "About the bodies",
        "Contact details",
        "How this report was made",
    ]


def test_paragraphs_are_numbered_from_one_without_a_gap_and_have_keys_of_their_own(
    series: Series, london: Event
) -> None:
    theme = make_theme(make_board(series))
    make_statement(london, PROBLEM, theme, facet_guess="problem")
    paragraphs = list(report_for(series).all_paragraphs())
    numbers = [one.number for one in paragraphs if one.number is not None]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len({one.key for one in paragraphs}) == len(paragraphs)
    assert f"theme-{theme.id}-problem" in {one.key for one in paragraphs}


def test_a_theme_tells_how_widely_it_was_heard(series: Series, london: Event, leeds: Event) -> None:
    theme, other = make_theme(make_board(series), "Targets", "Targets must be few"), make_theme(make_board(series))
    make_statement(london, PROBLEM, theme, facet_guess="problem")
    make_statement(london, FLOOR, theme, channel="floor", facet_guess="problem")
    make_statement(leeds, "Tables want fewer targets.", theme, channel="table", facet_guess="problem")
    for number in range(4):
        make_statement(leeds, f"Something quite different number {number}.", other)
    report = report_for(series)
    assert paragraph(report, f"theme-{theme.id}").text == (
        "Targets must be few. One delegate wrote about this (1 of 5, or 20 per cent). It also came up at the only"
        " table and in one question from the floor. The theme rests on three statements, heard at both events."
    )
    assert paragraph(report, f"theme-{theme.id}-problem").text == (
        "One delegate and one table raised problems; more came up in one question from the floor."
    )


def test_quotes_are_attributed_by_kind(series: Series, london: Event, leeds: Event) -> None:
    theme = make_theme(make_board(series))
    for number in range(5):
        make_statement(london, f"{number} {PROBLEM}", theme, source={"organisation_type": "District council"})
    make_statement(
        leeds, "One lonely county says that it is alone in this.", theme, source={"organisation_type": "County"}
    )
    make_statement(london, SPLIT, theme, channel="table", source={"weight": "split"})
    make_statement(london, FLOOR, theme, channel="floor")
    make_statement(leeds, "Presenters said that trust comes before any measure.", theme, channel="presentation")
    evidence = {one.text: one for one in paragraph(report_for(series), f"theme-{theme.id}").evidence}
    assert evidence[f"0 {PROBLEM}"].attribution == "a delegate from a district council, London"
    assert evidence["One lonely county says that it is alone in this."].attribution == "a delegate, Leeds"
    assert evidence[FLOOR].attribution == "a question from the floor, London"
    assert (
        evidence["Presenters said that trust comes before any measure."].attribution == "a presenter at the Leeds event"
    )
    assert evidence[SPLIT].attribution == "a table at the London event"
    assert evidence[SPLIT].standing == "the table was split"


def test_a_split_table_is_told_in_a_paragraph_of_its_own(series: Series, london: Event) -> None:
    theme = make_theme(make_board(series))
    make_statement(london, SPLIT, theme, channel="table", source={"weight": "split"}, facet_guess="problem")
    split = paragraph(report_for(series), f"theme-{theme.id}-problem-split")
    assert split.text == "One table was divided on one point noted here."
    assert [quote.text for quote in split.quotes] == [SPLIT]


def test_every_quote_is_a_slice_of_its_source(series: Series, london: Event) -> None:
    theme = make_theme(make_board(series))
    long = "word " * 30 + "ends here. " + "and goes on " * 10
    sources = {}
    for before, text in (
        ("Hello. ", PROBLEM),
        ("", long),
        ("Ümläut 😀 ", "  <b>#let x = *1*</b> we never see the figures  "),
    ):
        statement = make_statement(london, text, theme, before=before)
        sources[statement.id] = before + text
    quotes = [quote for one in report_for(series).all_paragraphs() for quote in one.quotes]
    assert len(quotes) == 3
    for quote in quotes:
        assert sources[quote.statement_id][quote.start : quote.end] == quote.text


def test_the_accounts_add_up_and_agree_with_the_board(series: Series, london: Event) -> None:
    theme = make_theme(make_board(series))
    first = make_statement(london, PROBLEM, theme)
    make_statement(london, PROBLEM, theme, duplicate_of_id=first.id)
    make_statement(london, "n/a", withheld="says_nothing")
    make_statement(london, "Mr Smith is to blame.", theme, withheld="personal")
    place(make_statement(london, "The car park was full."), None)
    make_statement(london, "Withdrawn since.", theme, retired_at=NOON)
    report = report_for(series)
    accounts = accounts_of([board.id for board in boards_of(series.id)])
    assert vars(report.balance) == vars(accounts)
    assert vars(report.balance) == {"received": 5, "used": 1, "duplicate": 1, "withheld": 2, "in_no_theme": 1}
    figures = paragraph(report, "method-accounts").figures
    assert figures is not None
    cells = [[int(cell.replace(",", "")) for cell in row[1:]] for row in figures.rows]
    assert all(sum(row[:-1]) == row[-1] for row in cells)
    assert [sum(column) for column in zip(*cells[:-1], strict=True)] == cells[-1]


def test_feedback_on_the_project_is_ranked_by_people(series: Series, london: Event) -> None:
    board = make_board(series, about_project=True)
    few, many = make_theme(board, "Few", "It should be short"), make_theme(board, "Many", "One size does not fit all")
    make_statement(london, "Keep the tool short enough to fill in.", few)
    make_statement(london, "What suits a county will not suit us here.", many)
    make_statement(london, "Different councils need different things from it.", many)
    items = paragraph(report_for(series), "project-list").items
    assert [(item.text, item.note) for item in items] == [
        ("One size does not fit all.", "two delegates"),
        ("It should be short.", "one delegate"),
    ]


def test_a_practice_example_stands_in_a_box_with_who_vouches_for_it(series: Series, london: Event) -> None:
    theme = make_theme(make_board(series))
    make_statement(
        london, "Our depot keeps one board that everyone reads.", theme, practice_vouched_by="Dilys Pargeter"
    )
    box = next(section for section in report_for(series).sections if section.key == f"theme-{theme.id}").sections[-1]
    assert (box.kind, box.title) == ("box", "Example of practice")
    assert box.paragraphs[0].quotes[0].standing == "vouched for by Dilys Pargeter"


def test_one_event_gets_the_same_themes_from_its_own_statements(series: Series, london: Event, leeds: Event) -> None:
    here, elsewhere = make_theme(make_board(series), "Targets"), make_theme(make_board(series), "Members")
    make_statement(london, PROBLEM, here)
    make_statement(leeds, "Councillors see figures four months late.", elsewhere)
    report = report_for(series, london)
    assert report.subtitle == "Summary outputs from London conference, 8 July 2003"
    assert [item.text for item in paragraph(report, "key-themes-list").items] == ["Targets"]
    assert paragraph(report, "key-themes-elsewhere").text == (
        "Not heard at this event, but at others of the series: Members."
    )
    assert report.balance.received == 1


def test_small_kinds_of_organisation_are_shown_together_and_never_alone(series: Series, london: Event) -> None:
    theme = make_theme(make_board(series))
    for kind, number in (("District council", 7), ("County council", 6), ("Fire authority", 2)):
        for _ in range(number):
            make_statement(london, PROBLEM, theme, source={"organisation_type": kind})
    report = report_for(series)
    figures = paragraph(report, "events-organisations").figures
    assert figures is not None
    assert figures.rows == (("District council", "7"), ("Smaller groups, together", "8"), ("All who told us", "15"))
    assert {row.organisation_type for row in report.statements} == {"District council", "County council", ""}


def test_an_empty_series_says_plainly_what_is_not_there() -> None:
    report = report_for(make_series())
    assert [one.text for one in report.all_paragraphs()] == [
        "The purpose of this series has not been written yet.",
        "No event has been set up in this series yet.",
        "No theme has been found in what was said yet.",
        "Nothing has been said about the project itself yet.",
        "What happens next has not been written yet.",
        "Nothing has been written about the bodies behind this report yet.",
        "No contact has been named yet.",
        "Nothing has been received yet, so that no statement has been used, withheld or left out.",
    ]
    assert report.paragraph_count == 0


def test_the_number_of_queries_does_not_grow_with_what_was_said(series: Series, london: Event) -> None:
    theme = make_theme(make_board(series))
    counts = []
    for _ in range(2):
        for number in range(5):
            make_statement(london, f"{number} {PROBLEM}", theme)
        queries: list[str] = []
        db.session.expire_all()

        def note(*args: object, queries: list[str] = queries) -> None:
            queries.append(str(args[2]))

        sql_event.listen(db.engine, "before_cursor_execute", note)
        report_for(series)
        sql_event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_decisions_that_stand_are_counted_and_those_taken_back_are_not(series: Series, london: Event) -> None:
    from tests.factories import make_user

    theme, user = make_theme(make_board(series)), make_user()
    make_statement(london, PROBLEM, theme)
    for number, (verb, undone) in enumerate([("rename", False), ("rename", False), ("merge", True), ("move", False)]):
        db.session.add(
            CurationEntry(
                board_id=theme.board_id, number=number, actor_id=user.id, at=NOON, verb=verb, summary="", undone=undone
            )
        )
    db.session.commit()
    assert "number 3 (renamed 2 and moved 1)" in paragraph(report_for(series), "method-people").text


def test_the_corridor_says_how_many_themes_there_are_to_report(series: Series, london: Event) -> None:
    assert state_in_words(series) == "nothing to report yet"
    make_statement(london, PROBLEM, make_theme(make_board(series)))
    assert state_in_words(series) == "1 theme to report"


@pytest.mark.parametrize(
    ("title", "statement", "sentence"),
    [
        ("Targets", "must be few", "Targets must be few."),
        ("Targets", "Fewer would do.", "Fewer would do."),
        ("what members do", "", "What members do."),
        ("Breaks", "  matter in a long   day!", "Breaks matter in a long day!"),
    ],
)
def test_a_statement_without_a_capital_goes_on_from_its_title(title: str, statement: str, sentence: str) -> None:
    assert sentence_of(ThemeFacts(1, False, title, statement)) == sentence


@pytest.mark.parametrize(
    ("organisers", "sentence"),
    [
        (
            "The Wayfield Network, with its members.",
            "In July 2003, the Wayfield Network, with its members ran one event",
        ),
        ("Wayfield Network\nBlack Fen Trust.", "In July 2003, Wayfield Network, Black Fen Trust ran one event"),
        ("We are a network. We have members.", "In July 2003, there was one event"),
    ],
)
def test_the_organisers_are_named_within_a_sentence_as_words_of_it(organisers: str, sentence: str) -> None:
    event = make_event(make_series(organisers=organisers))
    make_statement(event, PROBLEM, make_theme(make_board(event.series), "Targets"))
    text = " ".join(str(one) for one in report_for(event.series).all_paragraphs())
    assert sentence in text
    assert report_for(event.series).subtitle.endswith("an event") == organisers.startswith("We are")


def test_the_method_says_where_a_sample_was_taken(series: Series, london: Event) -> None:
    board = make_board(series)
    make_statement(london, PROBLEM, make_theme(board))
    run = ThemeRun(board_id=board.id, state="done", asked_at=NOON, finished_at=NOON, parameters={"sample": 20_000})
    db.session.add(run)
    db.session.commit()
    said = "The themes were found in a random sample of 20,000 statements, and the others joined those that"
    assert said in paragraph(report_for(series), "method-themes").text
    run.parameters = {}
    db.session.commit()
    assert "sample" not in paragraph(report_for(series), "method-themes").text
