"""Words that match numbers: the scale is published in each report, and every such word in it follows the scale."""

from fractions import Fraction

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
A_TENTH, A_QUARTER, A_HALF = Fraction(1, 10), Fraction(1, 4), Fraction(1, 2)

# Word and meaning, from the most to the least, as the method box prints them.
SCALE = (
    ("all", "every one of them, where there are three or more"),
    ("most", "more than half"),
    ("many", "more than a quarter, up to a half"),
    ("several", "more than a tenth, up to a quarter"),
    ("a few", "three or more, up to a tenth"),
    ("one, two", "exactly so many"),
)


def in_words(number: int) -> str:
    """Small numbers as words, from ten on as digits: no, one, nine, 10, 1,204."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def quantity_word(number: int, base: int) -> str:
    """The scale's word for `number` out of `base` people."""
    if not 0 <= number <= base:
        raise ValueError(f"{number} of {base} is not a share")
    if number < 3:
        return WORDS[number]
    share = Fraction(number, base)
    if share == 1:
        return "all"
    if share > A_HALF:
        return "most"
    if share > A_QUARTER:
        return "many"
    return "several" if share > A_TENTH else "a few"


def counted(number: int, noun: str, plural: str = "") -> str:
    """one table, three tables, 12 tables, no tables."""
    return f"{in_words(number)} {noun if number == 1 else plural or noun + 's'}"


def people(number: int, base: int, noun: str = "delegate") -> str:
    """The word of quantity and the number behind it: "several delegates (11)", "one delegate", "all 12 delegates"."""
    word = quantity_word(number, base)
    if number < 3:
        return counted(number, noun)
    return f"all {number:,} {noun}s" if word == "all" else f"{word} {noun}s ({number:,})"


def per_cent(number: int, base: int) -> str:
    """A share in whole per cent, rounded half up; a share above nothing and below one is said to be so."""
    if base == 0 or number == 0:
        return "0 per cent"
    rounded = int(Fraction(number, base) * 100 + A_HALF)
    return "less than 1 per cent" if rounded == 0 else f"{rounded} per cent"
