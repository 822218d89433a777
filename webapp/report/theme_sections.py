"""A section a theme: how widely it was heard, then what was observed, what is hard, what is done, what is proposed."""

from flask_babel import gettext as _
from flask_babel import ngettext

from ..programme.models import FACET_WORDS, FACETS
from .attribution import Voices
from .document import Paragraph, Quote, Section
from .heard import Counts, Heard, Material, ThemeFacts, at_events, count_voices
from .key_themes import sentence_of
from .language import facet_word, listed
from .numbering import Numbering
from .quantity import counted, in_words, opening, people, per_cent, with_words
from .quotes import choose

# What somebody did, by the number of statements; and how it came up where nobody in particular did it.
DONE = {
    "observation": lambda n, who: ngettext("%(who)s made one observation", "%(who)s made observations", n, who=who),
    "problem": lambda n, who: ngettext("%(who)s raised one problem", "%(who)s raised problems", n, who=who),
    "approach": lambda n, who: ngettext("%(who)s described one approach", "%(who)s described approaches", n, who=who),
    "suggestion": lambda n, who: ngettext("%(who)s made one suggestion", "%(who)s made suggestions", n, who=who),
}
CAME_UP = {
    "observation": lambda n, within: ngettext(
        "One observation came up in %(within)s", "Observations came up in %(within)s", n, within=within
    ),
    "problem": lambda n, within: ngettext(
        "One problem came up in %(within)s", "Problems came up in %(within)s", n, within=within
    ),
    "approach": lambda n, within: ngettext(
        "One approach came up in %(within)s", "Approaches came up in %(within)s", n, within=within
    ),
    "suggestion": lambda n, within: ngettext(
        "One suggestion came up in %(within)s", "Suggestions came up in %(within)s", n, within=within
    ),
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
    first = numbers.paragraph(
        key,
        f"{sentence_of(theme) + ' ' if theme.statement else ''}{how_widely(statements, everyone, material)}",
        "opening",
        evidence=tuple(voices.evidence(one) for one in statements),
    )
    facets = [
        facet_section(f"{key}-{facet}", facet, theme, spoken, statements, everyone, material, voices, numbers)
        for facet in FACETS
        if (spoken := [one for one in statements if one.facet == facet])
    ]
    practice = practice_box(key, statements, voices, numbers)
    title = _("Theme %(number)s: %(title)s", number=place, title=" ".join(theme.title.split()))
    return Section(key, title, (first,), (*facets, *([practice] if practice else [])))


def how_widely(statements: list[Heard], everyone: Counts, material: Material) -> str:
    """How many people, tables, questions and presentations, at which events, in words that match the figures."""
    counts = count_voices(statements)
    where = at_events(counts.event_ids, material.events)
    others = [
        at_tables(counts.tables, everyone.tables) if counts.tables else "",
        _("in %(places)s", places=counted(counts.floor, "question from the floor")) if counts.floor else "",
        _("in %(places)s", places=counted(counts.presentations, "presentation")) if counts.presentations else "",
    ]
    places = listed(other for other in others if other)
    sentences = []
    if counts.people:
        wrote = _(
            "%(delegates)s wrote about this (%(part)s of %(whole)s, or %(share)s).",
            delegates=with_words(counts.people, everyone.people),
            part=f"{counts.people:,}",
            whole=f"{everyone.people:,}",
            share=per_cent(counts.people, everyone.people),
        )
        sentences.append(opening(wrote))
    if places and counts.people:
        sentences.append(_("It also came up %(places)s.", places=places))
    elif places and everyone.people:
        sentences.append(_("No delegate wrote about this; it came up %(places)s.", places=places))
    elif places:
        # Nobody was asked to write, and then nobody's silence means anything.
        sentences.append(_("It came up %(places)s.", places=places))
    rests = counted(counts.statements, "statement")
    if where:
        sentences.append(_("The theme rests on %(statements)s, heard %(where)s.", statements=rests, where=where))
    else:
        sentences.append(_("The theme rests on %(statements)s.", statements=rests))
    return " ".join(sentences)


def at_tables(number: int, base: int) -> str:
    """at the one table; at all four tables; at two of the 20 tables."""
    tables = counted(base, "table")
    if number < base:
        return _("at %(number)s of the %(tables)s", number=in_words(number), tables=tables)
    if base < 3:
        return _("at the only table") if base == 1 else _("at both tables")
    return _("at all %(tables)s", tables=tables)


def facet_section(
    key: str,
    facet: str,
    theme: ThemeFacts,
    spoken: list[Heard],
    statements: list[Heard],
    everyone: Counts,
    material: Material,
    voices: Voices,
    numbers: Numbering,
) -> Section:
    """The facts of one facet with its strongest quotes; where tables split, that is told in a paragraph of its own."""
    agreed = [one for one in spoken if one.weight != "split" or one.channel != "table"]
    divided = [one for one in spoken if one not in agreed]
    words = facet_word(material.facet_words, facet)
    own_words = words if material.facet_words.get(facet, FACET_WORDS[facet]) != FACET_WORDS[facet] else ""
    paragraphs = []
    if agreed:
        text = f"{who_said(facet, own_words, agreed, statements, everyone, material)}{not_quotable(agreed)}"
        paragraphs.append(facts(key, text, agreed, theme, voices, numbers, 3))
    if divided:
        tables, points = count_voices(divided).tables, counted(len(divided), "point")
        told = ngettext(
            "%(tables)s was divided on %(points)s noted here.",
            "%(tables)s were divided on %(points)s noted here.",
            tables,
            tables=counted(tables, "table"),
            points=points,
        )
        text = f"{opening(told)}{not_quotable(divided)}"
        paragraphs.append(facts(f"{key}-split", text, divided, theme, voices, numbers, 2))
    return Section(key, words, tuple(paragraphs), facet=facet)


def facts(
    key: str, text: str, spoken: list[Heard], theme: ThemeFacts, voices: Voices, numbers: Numbering, most: int
) -> Paragraph:
    chosen = choose(spoken, voices.repeats, theme.central, most)
    quotes = tuple(voices.quote(one, alongside=spoken) for one in chosen)
    evidence = tuple(voices.evidence(one) for one in spoken)
    return numbers.paragraph(key, text, "facts", quotes=quotes, evidence=evidence)


def who_said(
    facet: str, own_words: str, spoken: list[Heard], theme: list[Heard], everyone: Counts, material: Material
) -> str:
    """Several delegates (11) and two tables raised problems; more came up in one question from the floor. Together
    these are 14 statements. Where they were heard is told where it is not where the whole theme was."""
    counts = count_voices(spoken)
    where = at_events(counts.event_ids, material.events)
    if counts.event_ids == count_voices(theme).event_ids:
        where = ""
    first, joined = what_was_said(facet, own_words, counts, everyone)
    if counts.statements > counts.people + counts.tables + counts.floor + counts.presentations:
        together = counted(counts.statements, "statement")
        if where:
            together = _("Together these are %(statements)s, heard %(where)s.", statements=together, where=where)
        else:
            together = _("Together these are %(statements)s.", statements=together)
        return f"{first}. {together}"
    if where and joined:
        all_heard = _("All were heard %(where)s.", where=where)
        return f"{first}. {all_heard}"
    return f"{first}, {where}." if where else f"{first}."


def what_was_said(facet: str, own_words: str, counts: Counts, everyone: Counts) -> tuple[str, bool]:
    """Who did what, without its full stop, and whether it is two clauses."""
    number = counts.statements
    who = (people(counts.people, everyone.people) if counts.people else "", told(counts.tables, "table"))
    by = listed(part for part in who if part)
    ways = (told(counts.floor, "question from the floor"), told(counts.presentations, "presentation"))
    within = listed(part for part in ways if part)
    if not by:
        if own_words:
            return _("What stands under “%(heading)s” came up in %(within)s", heading=own_words, within=within), False
        return CAME_UP[facet](number, within), False
    if own_words:
        did = ngettext(
            "%(who)s made one point under “%(heading)s”",
            "%(who)s made points under “%(heading)s”",
            number,
            who=by,
            heading=own_words,
        )
    else:
        did = DONE[facet](number, by)
    also = _("; more came up in %(within)s", within=within) if within else ""
    return f"{opening(did)}{also}", bool(within)


def told(number: int, noun: str) -> str:
    return counted(number, noun) if number else ""


def not_quotable(spoken: list[Heard]) -> str:
    """Says so where nobody may be quoted, so that the want of quotes does not look like a want of evidence."""
    if any(one.quotable for one in spoken):
        return ""
    return " " + _("Those who said this asked not to be quoted.")


def practice_box(key: str, statements: list[Heard], voices: Voices, numbers: Numbering) -> Section | None:
    """The statements that somebody vouches for as examples of good practice."""
    examples = [one for one in statements if one.practice_vouched_by.strip() and one.quotable]
    if not examples:
        return None
    many = len(examples) > 1
    quotes = tuple(vouched(one, voices) for one in examples)
    text = (
        _("These examples are vouched for by the people named.") if many else _("This example is vouched for as named.")
    )
    paragraph = numbers.paragraph(
        f"{key}-practice", text, "facts", quotes=quotes, evidence=tuple(voices.evidence(one) for one in examples)
    )
    title = _("Examples of practice") if many else _("Example of practice")
    return Section(f"{key}-practice", title, (paragraph,), kind="box")


def vouched(one: Heard, voices: Voices) -> Quote:
    quote = voices.quote(one)
    by = _("vouched for by %(name)s", name=one.practice_vouched_by.strip())
    standing = f"{quote.standing}; {by}" if quote.standing else by
    return Quote(
        quote.text, quote.statement_id, quote.start, quote.end, quote.attribution, standing, cut_after=quote.cut_after
    )
