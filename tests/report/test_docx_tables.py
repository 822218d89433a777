"""The widths of the Word file's tables."""

import pytest

from webapp.report.document import Figures
from webapp.report.docx_tables import NAMES, PAGE, layout, needs

FACETS = ("Theme", "Statements", "Observations", "Problems", "Approaches", "Suggestions")
WORKSHOPS = ("Theme", *(f"2024-0{month}-12-workshop" for month in range(1, 8)), "All events")


def table(head: tuple[str, ...], name: str) -> Figures:
    return Figures("Where it was heard", head, ((name, *(["1,204"] * (len(head) - 1))),))


@pytest.mark.parametrize("head", [FACETS, WORKSHOPS, ("Event", "Invited", "Attended")])
@pytest.mark.parametrize("name", ["Targets", "A theme with a title of some length, as they are"])
def test_no_head_breaks_within_a_word_and_the_columns_fill_the_page(head: tuple[str, ...], name: str) -> None:
    figures = table(head, name)
    size, widths = layout(figures, words=False)
    assert sum(widths) == pytest.approx(PAGE)
    assert widths[0] >= NAMES - 0.001
    assert all(width >= needs(figures, column, size) - 0.001 for column, width in enumerate(widths[1:], 1))


def test_heads_stay_as_large_as_they_can_be() -> None:
    assert layout(table(("Event", "Invited", "Attended"), "Leeds"), words=False)[0] == 9.0
    assert layout(table(WORKSHOPS, "Leeds"), words=False)[0] < 9.0
