"""How people claim quantities, language by language: the words, and those of the scale that bear them out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .quantity import WORDS


@dataclass(frozen=True)
class Wording:
    """`word`, `number` and `share` find claims. `like` gives for each word, in lower case, the words of the published
    scale that bear it out; a word that `like` does not know is itself of the scale."""

    word: re.Pattern[str]
    number: re.Pattern[str]
    share: re.Pattern[str]
    like: Mapping[str, frozenset[str]]
    spelled: Mapping[str, int]
    # A noun, in lower case -> table, statement, question or presentation; people else.
    kinds: Mapping[str, str]


def _any(words: object) -> frozenset[str]:
    return frozenset(str(words).split("|"))


PEOPLE = r"(?:delegates?|people|persons?|participants?|respondents?|attendees?|speakers?|colleagues)"
SAYING = r"(?:said|agreed|wrote|thought|felt|wanted|asked|reported|described|believed|noted|were|are|have|had)"
NOT_PEOPLE = ("table", "statement", "question", "presentation")
SPELLED = {word: number for number, word in enumerate((*WORDS, "ten", "eleven", "twelve"))}

ENGLISH = Wording(
    word=re.compile(
        rf"\b(?:(?P<word>nearly all|almost all|all|(?:the|a) (?:majority|minority)|most|many|several|a few|few|some"
        rf"|half)\b(?=(?:\s+of)?(?:\s+(?:the|our|those|these))?(?:\s+\w+)?\s+{PEOPLE}\b"
        rf"|\s+(?:of\s+(?:them|those)\s+)?{SAYING}\b)|(?P<alone>everyone|everybody|no one|nobody)\b(?=\s+{SAYING}\b))",
        re.IGNORECASE,
    ),
    number=re.compile(
        rf"\b(?P<number>\d[\d,]*|{'|'.join(SPELLED)})\s+(?:\w+\s+)?(?P<noun>{PEOPLE}|(?:{'|'.join(NOT_PEOPLE)})s?)\b",
        re.IGNORECASE,
    ),
    share=re.compile(r"\b(?P<share>\d{1,3})(?:\s*%|\s+per\s?cent\b)", re.IGNORECASE),
    like={
        "nearly all": _any("all|most"),
        "almost all": _any("all|most"),
        "everyone": _any("all"),
        "everybody": _any("all"),
        "no one": _any("no"),
        "nobody": _any("no"),
        "the majority": _any("all|most"),
        "a majority": _any("all|most"),
        "the minority": _any("one|two|a few|several|many"),
        "a minority": _any("one|two|a few|several|many"),
        "half": _any("many|most"),
        "few": _any("a few"),
        "some": _any("one|two|a few|several|many|most|all"),
    },
    spelled=SPELLED,
    kinds={form: noun for noun in NOT_PEOPLE for form in (noun, f"{noun}s")},
)

# Welsh: a noun's first letter goes by the word before it, and the verb stands before those who did it.
WELSH_PEOPLE = (
    r"(?:(?:c|g|ch|ngh)ynrychiol(?:ydd|wyr)|(?:p|b|ph)obl|(?:p|b|ph)erson(?:au)?|(?:c|g|ch)yfranog(?:wr|wyr)"
    r"|siarad(?:wr|wyr)|(?:m|f)ynych(?:wr|wyr)|ymateb(?:ydd|wyr)|unigol(?:yn|ion))"
)
WELSH_SAYING = (
    r"(?:dywed(?:odd|wyd)|ddywedodd|cytun(?:odd|wyd)|gytunodd|ysgrifennodd|meddyliodd|teiml(?:odd|ai)|gofynnodd|ofynnodd"
    r"|soniodd|nododd|disgrifiodd|ddisgrifiodd|credai|cred(?:odd)|galwodd|cododd|roedd|mae|oedd|bu)"
)
WELSH_KINDS = {
    "table": "bwrdd|fwrdd|byrddau|fyrddau",
    "statement": "datganiad|ddatganiad|datganiadau|ddatganiadau",
    "question": "cwestiwn|gwestiwn|chwestiwn|cwestiynau|gwestiynau|chwestiynau",
    "presentation": "cyflwyniad|gyflwyniad|chyflwyniad|cyflwyniadau|gyflwyniadau|chyflwyniadau",
}
WELSH_SPELLED = {
    "dim": 0, "un": 1, "dau": 2, "dwy": 2, "ddau": 2, "ddwy": 2, "tri": 3, "tair": 3, "thri": 3, "thair": 3,
    "pedwar": 4, "pedair": 4, "phedwar": 4, "phedair": 4, "pum": 5, "pump": 5, "phum": 5, "chwe": 6, "chwech": 6,
    "saith": 7, "wyth": 8, "naw": 9, "deg": 10, "deng": 10, "deuddeg": 12,
}  # fmt: skip
WELSH_WORDS = (
    r"bron (?:pawb|pob un|bob un)|(?:y )?rhan fwyaf|(?:y )?mwyafrif|(?:y )?lleiafrif|pob un|bob un|pawb|neb"
    r"|llawer|lawer|sawl(?: un)?|ychydig|rhai|hanner"
)

WELSH = Wording(
    word=re.compile(
        rf"\b(?P<word>{WELSH_WORDS})\b"
        rf"(?=(?:\s+iawn)?(?:\s+o(?:['’]r)?)?(?:\s+(?:y|yr|ein|holl|\d[\d,]*))*\s+{WELSH_PEOPLE}\b)"
        # "Dywedodd llawer fod ...", and not "mae llawer o dargedau" or "mae sawl targed".
        rf"|\b{WELSH_SAYING}\s+(?P<alone>(?!sawl (?!un)){WELSH_WORDS})\b(?!\s+o\b)",
        re.IGNORECASE,
    ),
    number=re.compile(
        rf"\b(?P<number>\d[\d,]*|{'|'.join(WELSH_SPELLED)})\s+(?:o\s+)?"
        rf"(?P<noun>{WELSH_PEOPLE}|{'|'.join(WELSH_KINDS.values())})\b",
        re.IGNORECASE,
    ),
    share=re.compile(r"\b(?P<share>\d{1,3})(?:\s*%|\s+y\s+cant\b)", re.IGNORECASE),
    like={
        "bron pawb": _any("all|most"),
        "bron pob un": _any("all|most"),
        "bron bob un": _any("all|most"),
        "y rhan fwyaf": _any("most"),
        "rhan fwyaf": _any("most"),
        "y mwyafrif": _any("all|most"),
        "mwyafrif": _any("all|most"),
        "y lleiafrif": _any("one|two|a few|several|many"),
        "lleiafrif": _any("one|two|a few|several|many"),
        "pob un": _any("all"),
        "bob un": _any("all"),
        "pawb": _any("all"),
        "neb": _any("no"),
        "llawer": _any("many"),
        "lawer": _any("many"),
        "sawl": _any("several"),
        "sawl un": _any("several"),
        "ychydig": _any("a few"),
        "rhai": _any("one|two|a few|several|many|most|all"),
        "hanner": _any("many|most"),
    },
    spelled=WELSH_SPELLED,
    kinds={form: noun for noun, forms in WELSH_KINDS.items() for form in forms.split("|")},
)


def wording_of(language: str) -> Wording:
    """The claims of a report in `language`, a tag such as en-GB or cy."""
    return WELSH if language.split("-")[0] == "cy" else ENGLISH
