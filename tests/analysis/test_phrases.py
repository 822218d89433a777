"""Which words of a statement may stand as a heading."""

import pytest

from analysis.grammar import kinds
from analysis.phrases import runs, segments


def phrases(text):
    return {" ".join(run.words) for words in segments(text) for run in runs(words, kinds(words))}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Have a break as the schedule says", {"break", "schedule"}),
        ("a clear lack of local housing", {"lack", "lack of local housing", "local housing", "housing"}),
        ("We talked about freedom of speech", {"freedom", "freedom of speech", "speech"}),
        ("It was nice and clear afterwards", set()),
        ("an additional exercise", {"exercise"}),
        ("They've told us how it went", set()),
        ("Moving the airport is madness", {"Moving the airport", "airport", "madness"}),
    ],
)
def test_noun_phrases_and_gerunds_with_their_object_are_offered_and_nothing_else(text, offered):
    assert phrases(text) == offered


def test_a_slash_parts_two_phrases_and_a_new_land_keeps_its_name():
    assert segments("Best practices/pitfalls in New Zealand") == [
        ["Best", "practices"],
        ["pitfalls", "in", "New Zealand"],
    ]
