"""Which words count as said: whole ones, said by one person; what was cut and is said by nobody leaves the titles."""

import pytest

from tests.factories import NOON, make_event, make_series
from tests.report.factories import make_board, make_statement, make_theme
from webapp.accounts.models import User
from webapp.programme.models import Event
from webapp.themes import actions
from webapp.themes.models import Theme

MARK = "[name removed]"


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(make_series(organiser))


@pytest.fixture
def theme(event: Event) -> Theme:
    return make_theme(make_board(event.series), "Targets")


def title_after(theme: Theme, event: Event, who: User, cut: str, others_say: list[str], title: str = "") -> str:
    """The theme's title once the name was cut from the one statement in which it stands."""
    theme.title = title or f"Ask {cut} about parking"
    statement = make_statement(event, f"Please ask {cut} about the parking.", theme)
    for text in others_say:
        make_statement(event, text, theme)
    actions.redact(statement, [(11, 11 + len(cut))], "name", who, NOON)
    return theme.title


@pytest.mark.parametrize(
    ("cut", "others_say"),
    [
        ("ann", ["We need annual planning meetings."]),
        ("Ann", ["We need annual planning meetings."]),
        ("Li", ["I like the plan a lot."]),
        ("May Hill", ["It will rain in May", "Hill roads need salt."]),
        ("O'Neil", ["The team's one O ring fits, so Neil went home."]),
    ],
)
def test_a_name_inside_other_words_or_across_two_statements_is_not_said(
    cut: str, others_say: list[str], theme: Theme, event: Event, organiser: User
) -> None:
    assert title_after(theme, event, organiser, cut, others_say) == f"Ask {MARK} about parking"


@pytest.mark.parametrize(
    ("cut", "others_say"),
    [
        ("Ann", ["It was Ann, they said."]),
        ("ann", ["ANN knows."]),
        ("May Hill", ["We walked up May  Hill."]),
        ("Li", ["(Li) said so."]),
    ],
)
def test_a_name_that_somebody_else_says_stays(
    cut: str, others_say: list[str], theme: Theme, event: Event, organiser: User
) -> None:
    assert title_after(theme, event, organiser, cut, others_say) == f"Ask {cut} about parking"


def test_a_name_of_two_letters_is_no_less_a_name_within_a_longer_one(
    theme: Theme, event: Event, organiser: User
) -> None:
    title = "What Li knows of our parking"
    assert title_after(theme, event, organiser, "Li Wei", ["I like it."], title) == f"What {MARK} knows of our parking"
    assert title_after(theme, event, organiser, "jo li", [], "Fewer jo jobs") == "Fewer jo jobs"


def test_a_word_of_every_day_is_no_name_by_itself(theme: Theme, event: Event, organiser: User) -> None:
    title = "The parking: what may Will Harwood ask?"
    left = title_after(theme, event, organiser, "The May Will Harwood", [], title)
    assert left == f"The parking: what may Will {MARK} ask?"
