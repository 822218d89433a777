"""How the report was made: what was received and what became of it, in figures that add up."""

from collections import Counter

from flask_babel import gettext as _
from flask_babel import ngettext

from ..themes.models import CHANNELS
from ..wording import day, number
from .document import Figures, Item, Run, Section
from .heard import Heard, Material, count_voices
from .key_themes import in_short
from .language import listed
from .numbering import Numbering, missing
from .quantity import counted, in_words, opening, scale


def scale_words() -> str:
    return _(
        "Words of quantity follow one scale. They tell a number of delegates as a share of all delegates whose written"
        " words stand in a theme: in one on the events' subject or, for feedback on the project, in one on the project."
    )


def the_scale() -> Figures:
    return Figures(_("The scale of words"), (_("Word"), _("Meaning")), scale())


def verbs() -> dict[str, str]:
    """What people did on the board, by the name it has there."""
    return {
        "describe": _("sentences written"),
        "rename": _("renamed"),
        "merge": _("merged"),
        "split": _("split"),
        "move": _("moved"),
        "make": _("made"),
        "delete": _("removed"),
        "reorder": _("put in order"),
        "facet": _("headings set"),
        "withhold": _("withheld"),
        "restore": _("restored"),
        "apart": _("duplicates set apart"),
        "practice": _("marked as practice"),
        "accept": _("proposals accepted"),
    }


def fates() -> dict[str, str]:
    return {
        "used": _("Used in a theme"),
        "duplicate": _("Duplicate"),
        "withheld": _("Withheld"),
        "in_no_theme": _("In no theme"),
    }


def channels() -> dict[str, str]:
    return {
        "written": _("Written feedback"),
        "table": _("Table notes"),
        "floor": _("Questions from the floor"),
        "presentation": _("Presentations"),
    }


def withholding_reasons() -> dict[str, str]:
    return {
        "says_nothing": _("Says nothing"),
        "consent": _("Kept out of reports by its author"),
        "personal": _("Names or points to a person"),
        "off_topic": _("Not about the event"),
        "offensive": _("Offensive or unlawful"),
        "confidential": _("Given in confidence"),
    }


def method_section(material: Material, numbers: Numbering) -> Section:
    """The method box."""
    key, title = "method", _("How this report was made")
    if not material.heard:
        text = _("Nothing has been received yet, so that no statement has been used, withheld or left out.")
        return Section(key, title, (missing(f"{key}-missing", text),), kind="box")
    figures = accounts(material.heard)
    paragraphs = [
        numbers.paragraph(f"{key}-statements", what_a_statement_is(material)),
        numbers.paragraph(f"{key}-accounts", accounts_in_words(material.heard), "figures", figures=figures),
    ]
    withheld = [one for one in material.heard if one.fate == "withheld"]
    if withheld:
        text = ngettext(
            "%(statements)s was withheld, for this reason:",
            "%(statements)s were withheld, each for one reason:",
            len(withheld),
            statements=opening(counted(len(withheld), "statement")),
        )
        paragraphs.append(numbers.paragraph(f"{key}-withheld", text, "list", reasons(withheld)))
    paragraphs.append(numbers.paragraph(f"{key}-themes", how_themes_were_found(material)))
    paragraphs.append(numbers.paragraph(f"{key}-people", what_people_changed(material)))
    paragraphs.append(numbers.paragraph(f"{key}-quotes", how_quotes_were_chosen(material)))
    paragraphs.append(numbers.paragraph(f"{key}-scale", scale_words(), "figures", figures=the_scale()))
    return Section(key, title, tuple(paragraphs), kind="box")


def what_a_statement_is(material: Material) -> str:
    counts = count_voices(material.heard)
    return _(
        "Everything that was written was divided into statements, each one idea in its author's own words. A form"
        " sent by one delegate counts as one person. Notes taken at a table are the table's: they are counted as"
        " tables and never as people. The statements came from %(speakers)s.",
        speakers=in_short(counts),
    )


def accounts_in_words(heard: list[Heard] | tuple[Heard, ...]) -> str:
    """1,204 received = 1,093 used + 41 duplicate + 12 withheld + 58 in no theme."""
    tally = Counter(one.fate for one in heard)
    return _(
        "Each statement is accounted for once: %(received)s received = %(used)s used + %(duplicate)s duplicate"
        " + %(withheld)s withheld + %(in_no_theme)s in no theme.",
        received=number(len(heard)),
        **{fate: number(tally[fate]) for fate in ("used", "duplicate", "withheld", "in_no_theme")},
    )


def accounts(heard: list[Heard] | tuple[Heard, ...]) -> Figures:
    """A row a channel and a column a fate; rows and columns add up to what was received."""
    cells = Counter((one.channel, one.fate) for one in heard)
    present = [channel for channel in CHANNELS if any(channel == name for name, _ in cells)]

    def row(name: str, counts: list[int]) -> tuple[str, ...]:
        return (name, *(number(count) for count in counts), number(sum(counts)))

    rows = [row(channels()[channel], [cells[channel, fate] for fate in fates()]) for channel in present]
    sums = [sum(cells[channel, fate] for channel in present) for fate in fates()]
    return Figures(
        _("What became of each statement"),
        (_("Channel"), *fates().values(), _("Received")),
        (*rows, row(_("All channels"), sums)),
        total=True,
    )


def reasons(withheld: list[Heard]) -> tuple[Item, ...]:
    """The reasons for withholding with their numbers, the commonest first."""
    tally = Counter(one.withheld or "" for one in withheld)
    return tuple(
        Item((Run(f"{withholding_reasons().get(reason, reason)}: {number(count)}"),))
        for reason, count in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def how_themes_were_found(material: Material) -> str:
    """The analysis that proposed, when, with what; nothing where people made the themes alone."""
    if not material.runs:
        return _("The themes were made by people; no analysis was run.")
    last, runs = material.runs[-1], len(material.runs)
    times = _("once") if runs == 1 else _("%(number)s times", number=in_words(runs))
    if last.finished_at:
        finished = day(last.finished_at.date())
        on = _("%(times)s, on %(day)s", times=times, day=finished)
        times = on if runs == 1 else _("%(times)s, last on %(day)s", times=times, day=finished)
    tools = listed(f"{name} {version}" for name, version in last.versions.items())
    made_with = " " + _("It used %(tools)s.", tools=tools) if tools else ""
    if last.sample:
        made_with += " " + _(
            "The themes were found in a random sample of %(sample)s, and the others joined those that they are"
            " most like.",
            sample=counted(last.sample, "statement"),
        )
    return _(
        "Software on the organisers' own machine grouped statements that are alike in meaning and wording, and"
        " proposed themes; a statement that is like no others was left in no theme. The analysis was run"
        " %(times)s.%(made_with)s The same statements give the same proposal. No text left the machine, and no"
        " quotation was written or changed by software.",
        times=times,
        made_with=made_with,
    )


def what_people_changed(material: Material) -> str:
    used = [one for one in material.heard if one.fate == "used"]
    by_people = sum(one.by_person for one in used)
    total = sum(material.decisions.values())
    placed = (
        ngettext(
            "Of the %(statements)s used, %(people)s was placed by a person and %(software)s by the software.",
            "Of the %(statements)s used, %(people)s were placed by a person and %(software)s by the software.",
            by_people,
            statements=counted(len(used), "statement"),
            people=number(by_people),
            software=number(len(used) - by_people),
        )
        if by_people
        else _("Every statement used stands where the software placed it.")
    )
    if not total:
        unchanged = _("The organisers have not changed what the software proposed.")
        return f"{unchanged} {placed} {who_chose_headings(used)}"
    names = verbs()
    kinds = listed(
        f"{names.get(verb, verb.replace('_', ' '))} {number(count)}"
        for verb, count in sorted(material.decisions.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    decided = _(
        "The organisers' decisions on the themes that stand number %(number)s (%(kinds)s). Each is kept with who made"
        " it and when.",
        number=number(total),
        kinds=kinds,
    )
    return f"{decided} {placed} {who_chose_headings(used)}"


def who_chose_headings(used: list[Heard]) -> str:
    """By whom statements were put under observations, problems, approaches and suggestions."""
    chosen = sum(one.facet_guessed is None for one in used)
    if not chosen:
        return _("The heading under which a statement is told was chosen by the software, from its wording.")
    if chosen == len(used):
        return _("The heading under which a statement is told was chosen by its author or an organiser.")
    return _(
        "The heading under which a statement is told was chosen by its author or an organiser for %(people)s, and by"
        " the software, from its wording, for %(software)s.",
        people=counted(chosen, "statement"),
        software=number(len(used) - chosen),
    )


def how_quotes_were_chosen(material: Material) -> str:
    silent = sum(one.fate == "used" and not one.quotable for one in material.heard)
    told = [
        _(
            "Quotations are given letter for letter, with their authors' spelling. They were chosen for what stands"
            " behind them (a whole table, others who said the same) and for variety of speakers, events and channels."
            " Where one was shortened at the end of a sentence or clause, […] says so."
        ),
        _(
            "A kind of organisation is named beside a quotation only where at least %(number)s responses came from that"
            " kind at that event.",
            number=material.small_group,
        ),
    ]
    if silent:
        asked = ngettext(
            "%(statements)s was counted and not quoted, as asked by its author.",
            "%(statements)s were counted and not quoted, as asked by their authors.",
            silent,
            statements=opening(counted(silent, "statement")),
        )
        told.insert(1, asked)
    return " ".join(told)
