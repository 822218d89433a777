"""The language that a report is written in, whatever the pages around it speak."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from ..programme.models import FACET_WORDS
from ..wording import listed as listed_in_english

LANGUAGES = {"en": "en-GB", "cy": "cy"}
# Welsh: "a" breathes on c, p and t. Only the report's own words change; what people wrote stays.
BREATHED = {"cyflwyniadau": "chyflwyniadau", "trafodaethau": "thrafodaethau", "problemau": "phroblemau"}


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Within it every sentence is drafted in `language`, a tag such as en-GB or cy."""
    with force_locale(language.split("-")[0]):
        yield


def english() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "en"


def listed(words: Iterable[str]) -> str:
    """a, b and c, in the report's language."""
    words = list(words)
    if len(words) < 2 or english():
        return listed_in_english(words)
    last = words[-1]
    first, _space, rest = last.partition(" ")
    if _vowel(last):
        joined = _("%(words)s and %(last)s, which begins with a vowel", words=", ".join(words[:-1]), last=last)
    else:
        last = f"{BREATHED.get(first, first)}{_space}{rest}"
        joined = _("%(words)s and %(last)s", words=", ".join(words[:-1]), last=last)
    return joined


def the(words: str) -> str:
    """the three events; y 3 digwyddiad, yr 8 digwyddiad."""
    if _vowel(words):
        return _("the %(words)s, which begins with a vowel", words=words)
    return _("the %(words)s", words=words)


def _vowel(word: str) -> bool:
    """Whether it begins with a vowel when it is read aloud in Welsh: afal, wyth, 1 (un), 12 (un deg dau), 8, 80,
    11,000; not 1,204 (mil), 108 (cant) or 10 (deg)."""
    first, *thousands = word.split(" ")[0].split(",")
    if first.isdigit():
        return first.startswith("8") or (first == "1" and not thousands) or (len(first) == 2 and "10" < first < "20")
    # "ac mewn", though it begins with a consonant.
    return word[:1].lower() in tuple("aeiouyâêîôûŷ") or word[:1] in ("w", "ŵ") or word.startswith("mewn ")


def facet_word(words: Mapping[str, str], facet: str) -> str:
    """What the series calls a heading; the usual word in the report's language where it chose none of its own."""
    usual = FACET_WORDS[facet]
    chosen = words.get(facet, usual)
    return usual_facet_words()[facet] if chosen == usual else chosen


def usual_facet_words() -> dict[str, str]:
    return {
        "observation": _("Observations"),
        "problem": _("Problems"),
        "approach": _("Approaches"),
        "suggestion": _("Suggestions"),
    }
