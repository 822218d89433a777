"""A section a theme: how widely it was heard, then what was observed, what is hard, what is done, what is proposed."""

from ..programme.models import FACET_WORDS, FACETS
from ..wording import capital, listed
from .attribution import Voices
from .document import Paragraph, Quote, Section
from .heard import Counts, Heard, Material, ThemeFacts, at_events, count_voices
from .key_themes import sentence_of
from .numbering import Numbering
from .quantity import counted, in_words, people, per_cent
from .quotes import choose

# What was done, for several statements and for one; and how it came up where nobody in particular did it.
DONE = {
    "observation": ("made observations", "made one observation", "Observations", "One observation"),
    "problem": ("raised problems", "raised one problem", "Problems", "One problem"),
    "approach": ("described approaches", "described one approach", "Approaches", "One approach"),
    "suggestion": ("made suggestions", "made one suggestion", "Suggestions", "One suggestion"),
}


def theme_sections(material: Material, voices: Voices, numbers: Numbering) -> list[Section]:
    """The sections of the themes that were heard, in the organiser's order."""
    everyone = count_voices(material.used(about_project=False))
    heard = material.themes_heard(about_project=False)
    return [
        theme_section(place, theme, statements, everyone, material, voices, numbers)
        for place, (theme, statements) in enumerate(heard.items(), 1)
    ]


def theme_section(
    place: int,
    theme: ThemeFacts,
    statements: list[Heard],
    everyone: Counts,
    material: Material,
    voices: Voices,
    numbers: Numbering,
) -> Section:
    key = f"theme-{theme.id}"
    opening = numbers.paragraph(
        key,
        f"{sentence_of(theme) + ' ' if theme.statement else ''}{how_widely(statements, everyone, material)}",
        "opening",
        evidence=tuple(voices.evidence(one) for one in statements),
    )
    facets = [
        facet_section(f"{key}-{facet}", facet, theme, spoken, everyone, material, voices, numbers)
        for facet in FACETS
        if (spoken := [one for one in statements if one.facet == facet])
    ]
    practice = practice_box(key, statements, voices, numbers)
    title = f"Theme {place}: {' '.join(theme.title.split())}"
    return Section(key, title, (opening,), (*facets, *([practice] if practice else [])))


def how_widely(statements: list[Heard], everyone: Counts, material: Material) -> str:
    """How many people, tables, questions and presentations, at which events, in words that match the figures."""
    counts = count_voices(statements)
    where = at_events(counts.event_ids, material.events)
    others = [
        at_tables(counts.tables, everyone.tables) if counts.tables else "",
        f"in {counted(counts.floor, 'question')} from the floor" if counts.floor else "",
        f"in {counted(counts.presentations, 'presentation')}" if counts.presentations else "",
    ]
    came_up = listed(other for other in others if other)
    sentences = []
    if counts.people:
        share = f"{counts.people:,} of {everyone.people:,}, or {per_cent(counts.people, everyone.people)}"
        who = people(counts.people, everyone.people).split(" (")[0]
        sentences.append(f"{capital(who)} wrote about this ({share}).")
    if came_up:
        it = "It also came up" if counts.people else "No delegate wrote about this; it came up"
        sentences.append(f"{it} {came_up}.")
    rests = f"This section rests on {counted(counts.statements, 'statement')}"
    sentences.append(f"{rests}, heard {where}." if where else f"{rests}.")
    return " ".join(sentences)


def at_tables(number: int, base: int) -> str:
    """at the one table; at all four tables; at two of the 20 tables."""
    if number == base:
        return "at the only table" if base == 1 else f"at {'both' if base == 2 else 'all ' + in_words(base)} tables"
    return f"at {in_words(number)} of the {counted(base, 'table')}"


def facet_section(
    key: str,
    facet: str,
    theme: ThemeFacts,
    spoken: list[Heard],
    everyone: Counts,
    material: Material,
    voices: Voices,
    numbers: Numbering,
) -> Section:
    """The facts of one facet with its strongest quotes; where tables split, that is told in a paragraph of its own."""
    agreed = [one for one in spoken if one.weight != "split" or one.channel != "table"]
    divided = [one for one in spoken if one not in agreed]
    words = material.facet_words.get(facet, FACET_WORDS[facet])
    paragraphs = []
    if agreed:
        text = f"{who_said(facet, words, agreed, everyone, material)}{not_quotable(agreed)}"
        paragraphs.append(facts(key, text, agreed, theme, voices, numbers, 3))
    if divided:
        tables = counted(count_voices(divided).tables, "table was", "tables were")
        points = "a point" if len(divided) == 1 else counted(len(divided), "point")
        text = f"{capital(tables)} divided on {points} noted here.{not_quotable(divided)}"
        paragraphs.append(facts(f"{key}-split", text, divided, theme, voices, numbers, 2))
    return Section(key, words, tuple(paragraphs), facet=facet)


def facts(
    key: str, text: str, spoken: list[Heard], theme: ThemeFacts, voices: Voices, numbers: Numbering, most: int
) -> Paragraph:
    chosen = choose(spoken, voices.repeats, theme.central, most)
    quotes = tuple(voices.quote(one, alongside=spoken) for one in chosen)
    evidence = tuple(voices.evidence(one) for one in spoken)
    return numbers.paragraph(key, text, "facts", quotes=quotes, evidence=evidence)


def who_said(facet: str, words: str, spoken: list[Heard], everyone: Counts, material: Material) -> str:
    """Several delegates (11) and two tables raised problems; others came up in one question from the floor. Together
    these are 14 statements, heard at all three events."""
    counts = count_voices(spoken)
    one = counts.statements == 1
    does_many, does_one, many_came, one_came = DONE[facet]
    if words != FACET_WORDS[facet]:
        points = f"under “{words}”"
        does_many, does_one = f"made points {points}", f"made one point {points}"
        many_came, one_came = f"Points {points}", f"One point {points}"
    by = listed(
        part
        for part in (
            people(counts.people, everyone.people) if counts.people else "",
            counted(counts.tables, "table") if counts.tables else "",
        )
        if part
    )
    within = listed(
        part
        for part in (
            counted(counts.floor, "question from the floor", "questions from the floor") if counts.floor else "",
            counted(counts.presentations, "presentation") if counts.presentations else "",
        )
        if part
    )
    where = at_events(counts.event_ids, material.events)
    if by:
        also = f"; more came up in {within}" if within else ""
        first = f"{capital(by)} {does_one if one else does_many}{also}"
    else:
        first = f"{one_came if one else many_came} came up in {within}"
    if counts.statements == counts.people + counts.tables + counts.floor + counts.presentations:
        return f"{first}{', ' + where if where else ''}."
    heard = f", heard {where}" if where else ""
    return f"{first}. Together these are {counted(counts.statements, 'statement')}{heard}."


def not_quotable(spoken: list[Heard]) -> str:
    """Says so where nobody may be quoted, so that the want of quotes does not look like a want of evidence."""
    if any(one.quotable for one in spoken):
        return ""
    return " Those who said this asked not to be quoted."


def practice_box(key: str, statements: list[Heard], voices: Voices, numbers: Numbering) -> Section | None:
    """The statements that somebody vouches for as examples of good practice."""
    examples = [one for one in statements if one.practice_vouched_by.strip() and one.quotable]
    if not examples:
        return None
    many = len(examples) > 1
    quotes = tuple(vouched(one, voices) for one in examples)
    text = "These examples are vouched for by the people named." if many else "This example is vouched for as named."
    paragraph = numbers.paragraph(
        f"{key}-practice", text, "facts", quotes=quotes, evidence=tuple(voices.evidence(one) for one in examples)
    )
    return Section(
        f"{key}-practice", "Examples of practice" if many else "Example of practice", (paragraph,), kind="box"
    )


def vouched(one: Heard, voices: Voices) -> Quote:
    quote = voices.quote(one)
    by = f"vouched for by {one.practice_vouched_by.strip()}"
    standing = f"{quote.standing}; {by}" if quote.standing else by
    return Quote(
        quote.text, quote.statement_id, quote.start, quote.end, quote.attribution, standing, cut_after=quote.cut_after
    )
