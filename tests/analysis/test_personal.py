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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Thanks to Sarah for the lunch.", ["Sarah"]),
        ("Mr Evans never answers, and Cllr Ann O'Neill interrupts.", ["Mr Evans", "Cllr Ann O'Neill"]),
        ("thank you dafydd, that was great", ["dafydd"]),
        ("Our chief executive, Rhys ap Owen, was not there.", ["Rhys ap Owen"]),
        ("Siân Roberts and Huw led our table.", ["Siân Roberts", "Huw"]),
        ("Ask Zebedee Quill about it.", ["Zebedee Quill"]),
        ("Mark Davies should chair the next one, not Grant.", ["Mark Davies", "Grant"]),
        ("kudos to Radovan for the demo", ["Radovan"]),
        ("Tomos said that Elin's team does it better.", ["Tomos", "Elin"]),
    ],
)
def test_likely_names_are_found_by_title_by_list_and_by_place(text: str, names: list[str]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find_personal_details(text)] == [
        ("name", name) for name in names
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Will more time help? May we have more of it?",
        "Leeds City Council and the Audit Commission were late in March.",
        "Microsoft Teams kept failing, and so did Visual Studio Code.",
        "I was sent to James Cook Hospital and to Heather ward.",
        "NOTHING BUT TARGETS AND MEETINGS EVERY DAY OF THE WEEK",
        "We Want Fewer Targets And More Time For The Members Of The Board",
        "Thank you NHS. Hope it lasts.",
    ],
)
def test_words_with_capitals_are_not_all_names(text: str) -> None:
    assert find_personal_details(text) == []
