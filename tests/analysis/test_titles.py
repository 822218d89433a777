import numpy as np
import pytest

from analysis.labelling import reads_alone, summary_statement
from analysis.titles import group_titles
from tests.analysis.corpus import BUDGET, FOOD, PARKING, SOUND

TITLES = group_titles([PARKING, FOOD, SOUND, BUDGET])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (TITLES[0], {"parking", "park", "car"}),
        (TITLES[1], {"lunch", "food"}),
        (TITLES[2], {"sound", "microphone"}),
        (TITLES[3], {"budget"}),
    ],
)
def test_a_title_is_a_short_heading_on_the_matter(title, words):
    assert 1 <= len(title.split()) <= 6
    assert words & set(title.lower().split())
    assert title[0].isupper()


def test_no_two_titles_are_alike():
    assert len(set(group_titles([PARKING, PARKING, PARKING]))) == 3


def test_contact_details_and_persons_are_never_in_a_title():
    texts = [
        "Write to jane.doe@example.org about the project tool",
        "Call 020 7946 0018 or see https://example.org/tool",
        "Jane Doe from the project showed the tool",
        "Ask Mr Smith for the project tool",
        "@janedoe has the project tool",
    ] * 2
    (title,) = group_titles([texts])
    assert not {"jane", "doe", "smith", "janedoe", "example"} & set(title.lower().split())
    assert "@" not in title and "http" not in title and not any(sign.isdigit() for sign in title)


def test_acronyms_and_product_names_keep_their_capitals():
    plugin = ["The VS Code plugin failed", "Our VS Code plugin was slow", "A VS Code plugin crashed"]
    (title, _) = group_titles([plugin, FOOD])
    assert title.startswith("VS Code")


def test_statements_without_words_have_a_title_all_the_same():
    titles = group_titles([["!!!", "..."], ["???"], []])
    assert titles == ["Mixed remarks", "Mixed remarks 2", "Mixed remarks 3"]


HOUSING = [
    "We need affordable housing near the station",
    "Affordable housing is the first thing young families ask for",
    "There is no affordable housing in the villages",
    "Build affordable housing on the old depot",
    "Rents rise every spring",
]
BUSES = [
    "The bus timetable changed twice",
    "Nobody prints the bus timetable any more",
    "A bus timetable at each stop would help",
    "Moving the stop was a mistake",
    "Buses are nice and clear to follow",
]
PRAISE = [
    "Thank you for the workshop",
    "Thanks for a great workshop",
    "A wonderful workshop, thank you all",
    "Thanks everyone",
    "The workshop was excellent",
]
BREAKS = [
    "Have a break as the schedule says",
    "The schedule had no break",
    "A longer break please",
    "Keep to the schedule",
    "The schedule slipped before the break",
]


def test_titles_are_phrases_that_recur_pairs_of_nouns_or_thanks():
    assert group_titles([HOUSING, BUSES, PRAISE, BREAKS]) == [
        "Affordable housing",
        "Bus timetable",
        "Thanks for the workshop",
        "Break and schedule",
    ]


def test_what_is_a_verb_elsewhere_is_a_noun_where_people_use_it_as_one():
    forks = ["The fork broke", "My fork is behind", "A fork of the code", "We fork it"]
    land = ["New Zealand needs rain", "Rain in New Zealand", "New Zealand is dry"]
    assert group_titles([forks, land]) == ["Fork", "Rain in New Zealand"]


def test_clauses_adverbs_and_judgements_make_no_title():
    asking = ["Tell us how the figures start", "Afterwards tell us how it went", "Tell us how you start"]
    judging = ["It was nice and clear", "Nice and clear talk", "The talk was nice and clear"]
    assert group_titles([asking, judging]) == ["Figures", "Talk"]


def test_misspelt_words_take_the_form_that_others_write_and_lazy_ones_their_capitals():
    texts = ["More exersices please", "The exercises were hard", "Exercises helped", "Longer exercises", "Excercises"]
    hub = ["The github page", "A github page", "Our github page broke", "Their GitHub page"]
    assert group_titles([texts, hub]) == ["Exercises", "GitHub page"]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The car park was full by nine", True),
        ("It was full by nine every morning", False),
        ("See https://example.org for the car park", False),
        ("Should the car park open earlier?", False),
        ("Car park", False),
    ],
)
def test_a_summary_is_a_sentence_that_needs_no_other(text, alone):
    assert reads_alone(text) is alone
    assert summary_statement([text], np.ones(1)) == (0 if alone else None)
    assert summary_statement([text], np.ones(1), np.zeros(1, dtype=bool)) is None
