"""Claims of quantity in an editor's words, in English and in Welsh."""

import pytest

from webapp.report.claims import unborne_claims
from webapp.report.heard import Counts

BASE = 100
SAID = Counts(statements=22, people=20, tables=2, floor=1, presentations=0, event_ids=frozenset({1}))
SCALE = "20 delegates of 100 stand behind it, for which the scale's word is “several”."


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Most delegates want fewer targets.", "Most"),
        ("Many of the delegates agreed.", "Many"),
        ("The majority of people said so.", "The majority"),
        ("Everyone agreed on this.", "Everyone"),
        ("A few people want it.", "A few"),
    ],
)
def test_a_word_that_the_counts_do_not_bear_is_flagged(text: str, claimed: str) -> None:
    assert unborne_claims(text, SAID, BASE) == [f"“{claimed}”: {SCALE}"]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Mae'r rhan fwyaf o'r cynrychiolwyr am gael llai o dargedau.", "rhan fwyaf"),
        ("Roedd y rhan fwyaf o gynrychiolwyr o blaid.", "y rhan fwyaf"),
        ("Dywedodd llawer fod gormod o dargedau.", "llawer"),
        ("Mae llawer iawn o bobl yn cytuno.", "llawer"),
        ("Soniodd ychydig o bobl am hyn.", "ychydig"),
        ("Cytunodd pawb ar hyn.", "pawb"),
        ("Dywedodd pob un o'r 20 cynrychiolydd hynny.", "pob un"),
        ("Teimlai mwyafrif y cyfranogwyr felly.", "mwyafrif"),
    ],
)
def test_a_welsh_word_that_the_counts_do_not_bear_is_flagged(text: str, claimed: str) -> None:
    assert unborne_claims(text, SAID, BASE, "cy") == [f"“{claimed}”: {SCALE}"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Several delegates want fewer targets, some people more.", "en-GB"),
        ("A minority of delegates wrote of it; 20 delegates and two tables did, or 20 per cent.", "en-GB"),
        ("Most targets are set elsewhere, and all of them move.", "en-GB"),
        ("Mae sawl cynrychiolydd am gael llai o dargedau, a rhai pobl am gael mwy.", "cy"),
        ("Ysgrifennodd 20 cynrychiolydd a dau fwrdd am hyn, neu 20 y cant.", "cy"),
        ("Mae llawer o dargedau, ac ychydig o amser.", "cy"),
    ],
)
def test_what_the_counts_bear_and_what_claims_nothing_of_people_is_let_be(text: str, language: str) -> None:
    assert unborne_claims(text, SAID, BASE, language) == []


@pytest.mark.parametrize(
    ("text", "language", "flagged"),
    [
        ("Thirty delegates and 21 people", "en-GB", ["“21 people”: 20 stand behind it."]),
        ("Three tables agreed.", "en-GB", ["“Three tables”: two stand behind it."]),
        (
            "Cytunodd tri bwrdd a 21 o bobl.",
            "cy",
            ["“tri bwrdd”: two stand behind it.", "“21 o bobl”: 20 stand behind it."],
        ),
        ("Dyna 30 y cant.", "cy", ["“30 y cant”: 20 of 100 delegates is 20 per cent."]),
        ("That is 30%.", "en-GB", ["“30%”: 20 of 100 delegates is 20 per cent."]),
    ],
)
def test_figures_above_the_counts_are_flagged(text: str, language: str, flagged: list[str]) -> None:
    assert unborne_claims(text, SAID, BASE, language) == flagged


def test_ten_and_more_up_to_a_tenth_have_their_number_and_no_word() -> None:
    said = Counts(statements=12, people=12, tables=0, floor=0, presentations=0, event_ids=frozenset({1}))
    assert unborne_claims("A few people want it.", said, 400) == [
        "“A few”: 12 delegates of 400 stand behind it, for which the scale has the number itself."
    ]
    assert unborne_claims("Some people want it, a minority of delegates.", said, 400) == []
