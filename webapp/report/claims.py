"""Claims of quantity in what people write, held against the counts behind the paragraph and the published scale."""

from .claims_wording import Wording, wording_of
from .heard import Counts
from .quantity import counted, in_words, per_cent, quantity_word


def unborne_claims(text: str, counts: Counts, base: int, language: str = "en-GB") -> list[str]:
    """What the counts do not bear, each in a sentence for the organiser. `counts` are of the paragraph's statements,
    `base` is the number of delegates whose written words stand in a theme, `language` is the text's. A number below
    the count may tell a part, and is let be."""
    wording = wording_of(language)
    return [
        *_words(text, counts, base, wording),
        *_numbers(text, counts, wording),
        *_shares(text, counts, base, wording),
    ]


def _words(text: str, counts: Counts, base: int, wording: Wording) -> list[str]:
    word = quantity_word(min(counts.people, base), base) if base else "no"
    behind = f"{counted(counts.people, 'delegate')} of {base:,} stand{'s' if counts.people == 1 else ''} behind it"
    says = "the scale has the number itself" if word[0].isdigit() else f"the scale's word is “{word}”"
    flagged = []
    for match in wording.word.finditer(text):
        said = match["word"] or match["alone"]
        bearing = wording.like.get(said.lower(), frozenset({said.lower()}))
        if word in bearing or (word[0].isdigit() and _loose(bearing)):
            continue
        flagged.append(f"“{said}”: {behind}, for which {says}.")
    return flagged


def _loose(bearing: frozenset[str]) -> bool:
    """Whether a claim is as wide as "some" or "a minority", which a number of ten and more up to a tenth bears too."""
    return {"a few", "several"} <= bearing


def _numbers(text: str, counts: Counts, wording: Wording) -> list[str]:
    behind = {
        "table": counts.tables,
        "statement": counts.statements,
        "question": counts.floor,
        "presentation": counts.presentations,
    }
    flagged = []
    for match in wording.number.finditer(text):
        said = match["number"].lower().replace(",", "")
        number = int(said) if said.isdigit() else wording.spelled[said]
        there = behind.get(wording.kinds.get(match["noun"].lower(), ""), counts.people)
        if number > there:
            flagged.append(
                f"“{match[0]}”: {in_words(there) if there else 'none'} stand{'s' if there == 1 else ''} behind it."
            )
    return flagged


def _shares(text: str, counts: Counts, base: int, wording: Wording) -> list[str]:
    true = per_cent(min(counts.people, base), base) if base else "0 per cent"
    return [
        f"“{match[0]}”: {counts.people:,} of {base:,} delegates is {true}."
        for match in wording.share.finditer(text)
        if f"{match['share']} per cent" != true
    ]
