"""Words that match numbers: the scale is published in each report, and every such word in it follows the scale."""

from collections.abc import Callable
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from ..wording import capital
from .language import english

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
A_TENTH, A_QUARTER, A_HALF = Fraction(1, 10), Fraction(1, 4), Fraction(1, 2)

# What reports count. Where a language needs another form for two or six, its catalogue has it.
NOUNS: dict[str, Callable[[int, str], str]] = {
    "delegate": lambda n, count: ngettext("%(count)s delegate", "%(count)s delegates", n, count=count),
    "table": lambda n, count: ngettext("%(count)s table", "%(count)s tables", n, count=count),
    "statement": lambda n, count: ngettext("%(count)s statement", "%(count)s statements", n, count=count),
    "question": lambda n, count: ngettext("%(count)s question", "%(count)s questions", n, count=count),
    "question from the floor": lambda n, count: ngettext(
        "%(count)s question from the floor", "%(count)s questions from the floor", n, count=count
    ),
    "presentation": lambda n, count: ngettext("%(count)s presentation", "%(count)s presentations", n, count=count),
    "event": lambda n, count: ngettext("%(count)s event", "%(count)s events", n, count=count),
    "theme": lambda n, count: ngettext("%(count)s theme", "%(count)s themes", n, count=count),
    "key theme": lambda n, count: ngettext("%(count)s key theme", "%(count)s key themes", n, count=count),
    "heading": lambda n, count: ngettext("%(count)s heading", "%(count)s headings", n, count=count),
    "point": lambda n, count: ngettext("%(count)s point", "%(count)s points", n, count=count),
    "note": lambda n, count: ngettext("%(count)s note", "%(count)s notes", n, count=count),
    "other": lambda n, count: ngettext("%(count)s other", "%(count)s others", n, count=count),
}


def scale() -> tuple[tuple[str, str], ...]:
    """Word and meaning, from the most to the least, as the method box prints them."""
    return (
        (_("all"), _("every one of them, where there are three or more")),
        (_("most"), _("more than half")),
        (_("many"), _("more than a quarter, up to a half")),
        (_("several"), _("more than a tenth, up to a quarter")),
        (_("a few"), _("three to nine of them, up to a tenth")),
        (_("a number"), _("one or two, or ten and more who are no more than a tenth: exactly so many")),
    )


def in_words(number: int) -> str:
    """Small numbers as words, from ten on as digits: no, one, nine, 10, 1,204. In a language where the word goes by
    the gender of what is counted they are digits too."""
    return WORDS[number] if 0 <= number < len(WORDS) and english() else f"{number:,}"


def opening(sentence: str) -> str:
    """The sentence with a capital, and a number of two digits that begins it as a word: "Seventeen delegates". Larger
    ones stay: "121 delegates"."""
    digits, space, rest = sentence.partition(" ")
    if english() and space and digits.isdigit() and 10 <= int(digits) < 100:
        tens, ones = divmod(int(digits), 10)
        word = TEENS[ones] if tens == 1 else TENS[tens - 2] + (f"-{WORDS[ones]}" if ones else "")
        return f"{capital(word)} {rest}"
    return capital(sentence)


def quantity_word(number: int, base: int) -> str:
    """The scale's word for `number` out of `base` people; for ten and more who are up to a tenth it is the number."""
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
    if share > A_TENTH:
        return "several"
    return "a few" if number < 10 else f"{number:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """one table, three tables, 12 tables, no tables."""
    if noun in NOUNS:
        return NOUNS[noun](number, in_words(number))
    return f"{in_words(number)} {noun if number == 1 else plural or noun + 's'}"


def people(number: int, base: int) -> str:
    """The word of quantity and the number behind it: "several delegates (11)", "one delegate", "all 12 delegates"."""
    if number < 3:
        return counted(number, "delegate")
    words = with_words(number, base)
    return words if f"{number:,}" in words else f"{words} ({number:,})"


def with_words(number: int, base: int) -> str:
    """The same without the number behind the word: "several delegates"."""
    word = quantity_word(number, base)
    if number < 3 or word[0].isdigit():
        return counted(number, "delegate")
    return {
        "all": _("all %(number)s delegates", number=f"{number:,}"),
        "most": _("most delegates"),
        "many": _("many delegates"),
        "several": _("several delegates"),
        "a few": _("a few delegates"),
    }[word]


def rounded_share(number: int, base: int) -> int:
    """Whole hundredths of the base, rounded half up."""
    return int(Fraction(number, base) * 100 + A_HALF)


def per_cent(number: int, base: int) -> str:
    """A share in whole per cent, rounded half up; a share above nothing and below one is said to be so."""
    if base == 0 or number == 0:
        return _("0 per cent")
    rounded = rounded_share(number, base)
    return _("%(number)s per cent", number=rounded) if rounded else _("less than 1 per cent")
