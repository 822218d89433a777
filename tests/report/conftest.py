"""A series with something of everything, among it words that must be in no file."""

import pytest

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.programme.models import Series
from webapp.report.document import Report
from webapp.report.queries import report_for

SECRETS = ("secretnone", "secretuse", "secretunquoted", "secretwithheld", "secretretired", "secretduplicate")


@pytest.fixture
def full_series() -> Series:
    series = make_series(title="Managing <performance>", purpose="Why we met.", contacts="Ros\nros@example.org")
    london, leeds = make_event(series), make_event(series, title="Leeds conference", place="Leeds")
    board = make_board(series)
    targets = make_theme(board, "Targets & <measures>", "Targets must be #few")
    politics = make_theme(board, "Politics", "It requires effective political input")
    original = make_statement(london, "Publish fewer numbers and explain them well.", targets, facet_guess="suggestion")
    make_statement(london, "We keep 😀 a “traffic light” for each target.", targets, facet_guess="approach")
    make_statement(leeds, "Members never ask about results.", politics, "table", facet_guess="problem")
    make_statement(leeds, "Who leads on performance here?", politics, "floor")
    make_statement(leeds, "Leaders read it first.", politics, "presentation", practice_vouched_by="The inspectors")
    project = make_theme(make_board(series, about_project=True), "One approach", "There should be one approach")
    make_statement(london, "One approach from all inspectorates, please.", project)
    make_statement(london, "secretnone words", targets, source={"consent": "none"}, withheld="consent")
    make_statement(london, "secretnone words not yet withheld", targets, source={"consent": "none"})
    make_statement(london, "secretuse words are counted here", targets, source={"consent": "use"})
    make_statement(london, "secretunquoted words are counted here", targets, consent="unquoted")
    make_statement(london, "secretwithheld words", targets, withheld="personal")
    make_statement(london, "secretretired words", targets, retired_at=NOON)
    make_statement(london, "secretduplicate", targets, source={"consent": "use"}, duplicate_of_id=original.id)
    return series


@pytest.fixture
def full_report(full_series: Series) -> Report:
    return report_for(full_series, now=NOON)
