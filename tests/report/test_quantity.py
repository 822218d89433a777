from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.report.quantity import counted, in_words, opening, people, per_cent, quantity_word

ORDER = ["no", "one", "two", "a few", "a number", "several", "many", "most", "all"]
shares = st.integers(0, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("number", "base", "word"),
    [
        (0, 0, "no"),
        (0, 50, "no"),
        (1, 1, "one"),
        (2, 2, "two"),
        (3, 30, "a few"),
        (3, 29, "several"),
        (9, 600, "a few"),
        (10, 600, "10"),
        (45, 664, "45"),
        (25, 100, "several"),
        (26, 100, "many"),
        (50, 100, "many"),
        (51, 100, "most"),
        (99, 100, "most"),
        (3, 3, "all"),
    ],
)
def test_a_word_of_quantity_follows_the_published_scale(number: int, base: int, word: str) -> None:
    assert quantity_word(number, base) == word


@settings(max_examples=60)
@given(shares)
def test_more_people_never_get_a_smaller_word(share: tuple[int, int]) -> None:
    number, base = share
    if number < base:
        assert rank(quantity_word(number, base)) <= rank(quantity_word(number + 1, base))


def rank(word: str) -> int:
    return ORDER.index("a number" if word.isdigit() else word)


@settings(max_examples=60)
@given(shares)
def test_most_is_said_of_more_than_half_and_of_nothing_less(share: tuple[int, int]) -> None:
    number, base = share
    at_least_three_and_over_half = number >= 3 and Fraction(number, base) > Fraction(1, 2)
    assert (quantity_word(number, base) in ("most", "all")) == at_least_three_and_over_half


@settings(max_examples=60)
@given(shares)
def test_the_number_stands_beside_its_word(share: tuple[int, int]) -> None:
    number, base = share
    words = people(number, base)
    assert str(number) in words if number >= 3 else words.startswith(in_words(number) + " ")


@pytest.mark.parametrize(("number", "base"), [(-1, 5), (6, 5)])
def test_what_is_not_a_share_is_refused(number: int, base: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        quantity_word(number, base)


def test_counts_read_as_english() -> None:
    assert counted(1, "table") == "one table"
    assert counted(9, "table") == "nine tables"
    assert counted(1204, "table") == "1,204 tables"
    assert counted(2, "question from the floor", "questions from the floor") == "two questions from the floor"
    assert people(12, 12) == "all 12 delegates"
    assert people(11, 60) == "several delegates (11)"
    assert people(9, 600) == "a few delegates (9)"
    assert people(45, 664) == "45 delegates"


@pytest.mark.parametrize(
    ("number", "base", "words"),
    [(0, 10, "0 per cent"), (1, 300, "less than 1 per cent"), (1, 200, "1 per cent"), (42, 231, "18 per cent")],
)
def test_shares_are_rounded_half_up(number: int, base: int, words: str) -> None:
    assert per_cent(number, base) == words


@pytest.mark.parametrize(
    ("sentence", "opened"),
    [
        ("17 delegates said so.", "Seventeen delegates said so."),
        ("90 notes, 12 of them long.", "Ninety notes, 12 of them long."),
        ("45 delegates", "Forty-five delegates"),
        ("121 delegates", "121 delegates"),
        ("a few delegates", "A few delegates"),
    ],
)
def test_a_sentence_begins_with_a_word_where_that_is_short(sentence: str, opened: str) -> None:
    assert opening(sentence) == opened
