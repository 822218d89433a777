"""How the report was made: what was received and what became of it, in figures that add up."""

from collections import Counter

from ..themes.models import CHANNELS, WITHHOLDING_REASONS
from ..wording import capital, day, listed, number
from .document import Figures, Item, Run, Section
from .heard import Heard, Material, count_voices
from .key_themes import in_short
from .numbering import Numbering, missing
from .quantity import SCALE, counted, in_words

SCALE_WORDS = (
    "Words of quantity follow one scale. They tell a number of delegates as a share of all delegates whose written"
    " words stand in a theme: in one on the events' subject or, for feedback on the project, in one on the project."
)
THE_SCALE = Figures("The scale of words", ("Word", "Meaning"), SCALE)
VERBS = {
    "describe": "sentences written",
    "rename": "renamed",
    "merge": "merged",
    "split": "split",
    "move": "moved",
    "make": "made",
    "delete": "removed",
    "reorder": "put in order",
    "facet": "headings set",
    "withhold": "withheld",
    "restore": "restored",
    "apart": "duplicates set apart",
    "practice": "marked as practice",
    "accept": "proposals accepted",
}
FATES = {"used": "Used in a theme", "duplicate": "Duplicate", "withheld": "Withheld", "in_no_theme": "In no theme"}


def method_section(material: Material, numbers: Numbering) -> Section:
    """The method box."""
    key, title = "method", "How this report was made"
    if not material.heard:
        text = "Nothing has been received yet, so that no statement has been used, withheld or left out."
        return Section(key, title, (missing(f"{key}-missing", text),), kind="box")
    figures = accounts(material.heard)
    paragraphs = [
        numbers.paragraph(f"{key}-statements", what_a_statement_is(material)),
        numbers.paragraph(f"{key}-accounts", accounts_in_words(material.heard), "figures", figures=figures),
    ]
    withheld = [one for one in material.heard if one.fate == "withheld"]
    if withheld:
        text = f"{capital(counted(len(withheld), 'statement'))} {were(len(withheld))} withheld, each for one reason:"
        paragraphs.append(numbers.paragraph(f"{key}-withheld", text, "list", reasons(withheld)))
    paragraphs.append(numbers.paragraph(f"{key}-themes", how_themes_were_found(material)))
    paragraphs.append(numbers.paragraph(f"{key}-people", what_people_changed(material)))
    paragraphs.append(numbers.paragraph(f"{key}-quotes", how_quotes_were_chosen(material)))
    paragraphs.append(numbers.paragraph(f"{key}-scale", SCALE_WORDS, "figures", figures=THE_SCALE))
    return Section(key, title, tuple(paragraphs), kind="box")


def were(value: int) -> str:
    return "was" if value == 1 else "were"


def what_a_statement_is(material: Material) -> str:
    counts = count_voices(material.heard)
    return (
        "Everything that was written was divided into statements, each one idea in its author's own words. A form"
        " sent by one delegate counts as one person. Notes taken at a table are the table's: they are counted as"
        f" tables and never as people. The statements came from {in_short(counts)}."
    )


def accounts_in_words(heard: list[Heard] | tuple[Heard, ...]) -> str:
    """1,204 received = 1,093 used + 41 duplicate + 12 withheld + 58 in no theme."""
    fates = Counter(one.fate for one in heard)
    return (
        f"Each statement is accounted for once: {number(len(heard))} received = {number(fates['used'])} used"
        f" + {number(fates['duplicate'])} duplicate + {number(fates['withheld'])} withheld"
        f" + {number(fates['in_no_theme'])} in no theme."
    )


def accounts(heard: list[Heard] | tuple[Heard, ...]) -> Figures:
    """A row a channel and a column a fate; rows and columns add up to what was received."""
    cells = Counter((one.channel, one.fate) for one in heard)
    channels = [channel for channel in CHANNELS if any(channel == name for name, _ in cells)]

    def row(name: str, counts: list[int]) -> tuple[str, ...]:
        return (name, *(number(count) for count in counts), number(sum(counts)))

    rows = [row(CHANNELS[channel], [cells[channel, fate] for fate in FATES]) for channel in channels]
    sums = [sum(cells[channel, fate] for channel in channels) for fate in FATES]
    return Figures(
        "What became of each statement",
        ("Channel", *FATES.values(), "Received"),
        (*rows, row("All channels", sums)),
        total=True,
    )


def reasons(withheld: list[Heard]) -> tuple[Item, ...]:
    """The reasons for withholding with their numbers, the commonest first."""
    tally = Counter(one.withheld or "" for one in withheld)
    return tuple(
        Item((Run(f"{WITHHOLDING_REASONS.get(reason, reason)}: {number(count)}"),))
        for reason, count in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def how_themes_were_found(material: Material) -> str:
    """The analysis that proposed, when, with what; nothing where people made the themes alone."""
    if not material.runs:
        return "The themes were made by people; no analysis was run."
    last = material.runs[-1]
    lastly = "" if len(material.runs) == 1 else "last "
    when = f", {lastly}on {day(last.finished_at.date())}" if last.finished_at else ""
    times = "once" if len(material.runs) == 1 else f"{in_words(len(material.runs))} times"
    tools = listed(f"{name} {version}" for name, version in last.versions.items())
    made_with = f" It used {tools}." if tools else ""
    return (
        "Software on the organisers' own machine grouped statements that are alike in meaning and wording, and"
        " proposed themes; a statement that is like no others was left in no theme. The analysis was run"
        f" {times}{when}.{made_with} The same statements give the same proposal. No text left the machine, and no"
        " quotation was written or changed by software."
    )


def what_people_changed(material: Material) -> str:
    used = [one for one in material.heard if one.fate == "used"]
    by_people = sum(one.by_person for one in used)
    total = sum(material.decisions.values())
    placed = (
        f"Of the {counted(len(used), 'statement')} used, {number(by_people)} {were(by_people)} placed by a person and"
        f" {number(len(used) - by_people)} by the software."
        if by_people
        else "Every statement used stands where the software placed it."
    )
    if not total:
        return f"The organisers have not changed what the software proposed. {placed}"
    kinds = listed(
        f"{VERBS.get(verb, verb.replace('_', ' '))} {number(count)}"
        for verb, count in sorted(material.decisions.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return (
        f"The organisers' decisions on the themes that stand number {number(total)} ({kinds}). Each is kept with who"
        f" made it and when. {placed}"
    )


def how_quotes_were_chosen(material: Material) -> str:
    silent = sum(one.fate == "used" and not one.quotable for one in material.heard)
    asked = (
        f" {capital(counted(silent, 'statement'))} {were(silent)} counted and not quoted, as asked by"
        f" {'its author' if silent == 1 else 'their authors'}."
        if silent
        else ""
    )
    return (
        "Quotations are given letter for letter, with their authors' spelling. They were chosen for what stands behind"
        " them (a whole table, others who said the same) and for variety of speakers, events and channels. Where one"
        f" was shortened at the end of a sentence or clause, […] says so.{asked} A kind of organisation is named beside"
        f" a quotation only where at least {material.small_group} responses came from that kind at that event."
    )
