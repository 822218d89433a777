from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import find_personal_details


@pytest.mark.parametrize(
    ("text", "kind", "detail"),
    [
        ("Reach me at pat.h@lowermere.example.org or at home.", "e-mail address", "pat.h@lowermere.example.org"),
        ("Call 01632 960902 after six.", "telephone number", "01632 960902"),
        ("Ring (0117) 496 0123, ask for me.", "telephone number", "(0117) 496 0123"),
        ("From abroad +44 1632 960902.", "telephone number", "+44 1632 960902"),
        ("See https://example.org/plan for it.", "web address", "https://example.org/plan"),
        ("My number is QQ 12 34 56 C or AB123456C.", "National Insurance number", "AB123456C"),
        ("NHS 943 476 5919 was mine.", "NHS number", "943 476 5919"),
        ("I live at SW1A 1AA now.", "postcode", "SW1A 1AA"),
    ],
)
def test_a_detail_is_found_where_it_stands(text: str, kind: str, detail: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find_personal_details(text)] == [(kind, detail)]


@pytest.mark.parametrize(
    "text",
    [
        "11,000 homes and 14 requests since 2003",
        "NHS 943 476 5918 has a wrong check digit",
        "In 1998 and 2001 we scored 3, 4 and 5 of 10",
        "It cost £0123456789 they said, or 1,234,567,890",
        "we met @ ten, in 4 as many rooms",
        "",
    ],
)
def test_plain_figures_are_none(text: str) -> None:
    assert find_personal_details(text) == []


@given(st.text())
def test_details_are_slices_in_order_and_apart(text: str) -> None:
    found = find_personal_details(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
