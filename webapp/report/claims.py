"""Claims of quantity in what people write, held against the counts behind the paragraph and the published scale."""

import re

from .heard import Counts
from .quantity import WORDS, counted, in_words, per_cent, quantity_word

PEOPLE = r"(?:delegates?|people|persons?|participants?|respondents?|attendees?|speakers?|colleagues)"
SAYING = r"(?:said|agreed|wrote|thought|felt|wanted|asked|reported|described|believed|noted|were|are|have|had)"
WORD = re.compile(
    rf"\b(?P<word>nearly all|almost all|all|most|many|several|a few|few|some|half)\b"
    rf"(?=(?:\s+of)?(?:\s+(?:the|our|those|these))?(?:\s+\w+)?\s+{PEOPLE}\b|\s+(?:of\s+(?:them|those)\s+)?{SAYING}\b)",
    re.IGNORECASE,
)
NUMBER = re.compile(
    rf"\b(?P<number>\d[\d,]*|{'|'.join(WORDS)}|ten|eleven|twelve)\s+(?:\w+\s+)?"
    rf"(?P<noun>{PEOPLE}|tables?|statements?|questions?|presentations?)\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(?P<share>\d{1,3})(?:\s*%|\s+per\s?cent\b)", re.IGNORECASE)
SPELLED = {word: number for number, word in enumerate((*WORDS, "ten", "eleven", "twelve"))}
# Words that people use and the scale does not have, with those of it that bear them out.
LIKE = {"nearly all": {"all", "most"}, "almost all": {"all", "most"}, "half": {"many", "most"}, "few": {"a few"}}
BORNE_BY_ANY = {"some"}


def unborne_claims(text: str, counts: Counts, base: int) -> list[str]:
    """What the counts do not bear, each in a sentence. `counts` are of the paragraph's statements, `base` is the number
    of delegates whose written words stand in a theme. A number below the count may tell a part, and is let be."""
    return [*_words(text, counts, base), *_numbers(text, counts), *_shares(text, counts, base)]


def _words(text: str, counts: Counts, base: int) -> list[str]:
    word = quantity_word(min(counts.people, base), base) if base else "no"
    behind = f"{counted(counts.people, 'delegate')} of {base:,} stand{'s' if counts.people == 1 else ''} behind it"
    flagged = []
    for match in WORD.finditer(text):
        said = match["word"].lower()
        if said in BORNE_BY_ANY and counts.people:
            continue
        if word in LIKE.get(said, {said}):
            continue
        flagged.append(f"“{match['word']}”: {behind}, for which the scale's word is “{word}”.")
    return flagged


def _numbers(text: str, counts: Counts) -> list[str]:
    flagged = []
    for match in NUMBER.finditer(text):
        said, noun = match["number"].lower().replace(",", ""), match["noun"].lower()
        number = SPELLED.get(said, int(said) if said.isdigit() else 0)
        kind = noun.rstrip("s")
        there = {
            "table": counts.tables,
            "statement": counts.statements,
            "question": counts.floor,
            "presentation": counts.presentations,
        }.get(kind, counts.people)
        if number > there:
            flagged.append(
                f"“{match[0]}”: {in_words(there) if there else 'none'} stand{'s' if there == 1 else ''} behind it."
            )
    return flagged


def _shares(text: str, counts: Counts, base: int) -> list[str]:
    true = per_cent(min(counts.people, base), base) if base else "0 per cent"
    return [
        f"“{match[0]}”: {counts.people:,} of {base:,} delegates is {true}."
        for match in SHARE.finditer(text)
        if f"{match['share']} per cent" != true
    ]
