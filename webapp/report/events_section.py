"""The events: where and when they were, who took part and how."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ..wording import MONTHS, capital, count, day, days, listed
from .document import Figures, Section
from .heard import EventFacts, Material, event_names
from .numbering import Numbering, missing
from .quantity import counted, in_words


def month(value: date) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def dates_of(material: Material) -> str:
    """8 July 2003; 8 to 22 July 2003; 8 July 2003 to 4 May 2004."""
    if not material.events:
        return ""
    first = min(event.starts_on for event in material.events)
    last = max(event.ends_on or event.starts_on for event in material.events)
    if first != last and (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return days(first, last)


def places_of(material: Material) -> str:
    """Each place once, in the order of the events."""
    return listed(list(dict.fromkeys(event.place.strip() for event in material.events if event.place.strip())))


def subtitle_of(material: Material) -> str:
    """Summary outputs from three events held by the bodies behind them, or from one event."""
    if not material.events:
        return "Summary outputs from a series of events"
    if material.one_event:
        event = material.events[0]
        return f"Summary outputs from {event.title}, {days(event.starts_on, event.ends_on)}"
    held_by = f" held by {material.organised_by}" if material.organised_by else ""
    if len(material.events) == 1:
        return f"Summary outputs from an event{held_by}"
    return f"Summary outputs from a series of {in_words(len(material.events))} events{held_by}"


def when_held(material: Material) -> str:
    """In July 2003, X ran three events: London on 8 July 2003, Leeds on ... and Bristol on ..."""
    names = event_names(material.events)
    months = list(dict.fromkeys(month(event.starts_on) for event in material.events))
    when = f"In {months[0]}" if len(months) == 1 else f"Between {months[0]} and {months[-1]}"
    who = material.organised_by
    number = len(material.events)
    held = f"{who} ran" if who else "there " + ("was" if number == 1 else "were")
    each = listed(f"{names[event.id]} on {days(event.starts_on, event.ends_on)}" for event in material.events)
    which = f"one of the {counted(material.events_in_series, 'event')} of this series" if material.one_event else ""
    opening = f"{when}, {held} " + (which or ("one event" if number == 1 else counted(number, "event")))
    return f"{opening}: {each}." if number < 9 else f"{opening}."


def channels_used(material: Material) -> list[str]:
    """How delegates could take part, in the order of the day: presentations, group discussions, Q&A, writing."""
    kinds = {kind for event in material.events for kind in event.session_kinds}
    heard = {one.channel for one in material.heard}
    ways = []
    if "presentation" in heard or "presentation" in kinds:
        ways.append("presentations")
    if "table" in heard:
        ways.append("group discussions")
    if "floor" in heard:
        ways.append("Q&A sessions")
    if "written" in heard:
        ways.append("written feedback from delegates")
    return ways


def how_heard(material: Material) -> str:
    """What the events drew out, and by which ways."""
    themes = {one.theme_id for one in material.heard if one.fate == "used" and not one.about_project}
    these = "The event" if len(material.events) == 1 else "The events"
    through = f", through {listed(channels_used(material))}" if channels_used(material) else ""
    drew = "one key theme" if len(themes) == 1 else f"{in_words(len(themes))} key themes"
    parts = listed(word.lower() for word in material.facet_words.values())
    headings = counted(len(material.facet_words), "heading")
    each = "it" if len(themes) == 1 else "each"
    return (
        f"{these} drew out {drew}{through}. This report sets out what participants had to say on {each},"
        f" from their own experience, under {headings}: {parts}."
    )


def amount(value: int | None) -> str:
    return "not recorded" if value is None else f"{value:,}"


def taking_part(material: Material) -> Figures:
    """A row an event and a column a way of taking part, with their sum where there are several events."""
    columns = (
        ("Invited", [event.invited for event in material.events]),
        ("Attended", [event.attended for event in material.events]),
        ("Written responses", [event.responses for event in material.events]),
        ("Tables", [event.tables for event in material.events]),
        ("Table notes", [event.notes for event in material.events]),
        ("Questions from the floor", [event.floor_questions for event in material.events]),
        ("Key points", [event.key_points for event in material.events]),
    )
    shown = [(head, values) for head, values in columns if any(values)]
    names = event_names(material.events)
    rows = [
        (names[event.id], *(amount(values[place]) for _, values in shown))
        for place, event in enumerate(material.events)
    ]
    if len(material.events) > 1:
        sums = [None if None in values else sum(value or 0 for value in values) for _, values in shown]
        rows.append(("All events", *(amount(value) for value in sums)))
    return Figures(
        "Who took part, and how",
        ("Event", *(head for head, _ in shown)),
        tuple(rows),
        total=len(material.events) > 1,
        note="Notes and questions that were deleted, hidden or withdrawn before the event closed are not counted.",
    )


def kind_sizes(events: Sequence[EventFacts]) -> Counter[str]:
    """How many responses came from each kind of organisation that was told."""
    sizes: Counter[str] = Counter()
    for event in events:
        sizes.update({kind: number for kind, number in event.organisation_types.items() if kind})
    return sizes


def kinds_apart(events: Sequence[EventFacts], small_group: int) -> tuple[list[str], list[str]]:
    """The kinds of organisation shown singly, the largest first, and those shown together. Where even together these
    are too few, the next smallest joins them, so that no small group can be had by subtraction."""
    sizes = kind_sizes(events)
    small = [kind for kind, number in sizes.items() if number < small_group]
    large = sorted((kind for kind in sizes if kind not in small), key=lambda kind: (-sizes[kind], kind))
    while small and large and (sum(sizes[kind] for kind in small) < small_group or len(small) == 1):
        small.append(large.pop())
    return large, small


def organisation_figures(events: Sequence[EventFacts], small_group: int) -> Figures | None:
    """Responses by kind of body, with groups under the limit shown together."""
    sizes = kind_sizes(events)
    large, small = kinds_apart(events, small_group)
    if not large:
        return None
    rows = [(kind, f"{sizes[kind]:,}") for kind in large]
    if small:
        rows.append(("Smaller groups, together", f"{sum(sizes[kind] for kind in small):,}"))
    rows.append(("All who told us", f"{sum(sizes.values()):,}"))
    note = f"Kinds of organisation from which fewer than {small_group} responses came are not shown singly."
    return Figures("Written responses by kind of organisation", ("Kind", "Responses"), tuple(rows), True, note)


def events_section(material: Material, numbers: Numbering) -> Section:
    """The section that says where, when, who and how."""
    key = "events"
    title = "The event" if len(material.events) == 1 else "The events"
    if not material.events:
        return Section(key, title, (missing(f"{key}-missing", "No event has been set up in this series yet."),))
    paragraphs = [numbers.paragraph(f"{key}-held", when_held(material))]
    if any(one.fate == "used" and not one.about_project for one in material.heard):
        paragraphs.append(numbers.paragraph(f"{key}-heard", how_heard(material)))
    received = any(
        event.responses + event.notes + event.floor_questions + event.key_points for event in material.events
    )
    if not received:
        paragraphs.append(missing(f"{key}-nothing", "Nothing has been received from delegates or tables yet."))
        return Section(key, title, tuple(paragraphs))
    figures = taking_part(material)
    paragraphs.append(numbers.paragraph(f"{key}-figures", taking_part_words(material), "figures", figures=figures))
    kinds = organisation_figures(material.events, material.small_group)
    if kinds is not None:
        told = sum(number for event in material.events for kind, number in event.organisation_types.items() if kind)
        everyone = told == sum(event.responses for event in material.events)
        who = "All who wrote" if everyone else count(told, "delegate")
        words = f"{who} told us what kind of organisation they work for."
        paragraphs.append(numbers.paragraph(f"{key}-organisations", words, "figures", figures=kinds))
    return Section(key, title, tuple(paragraphs))


def taking_part_words(material: Material) -> str:
    """231 delegates sent written responses; 160 notes were taken at 27 tables; ..."""
    totals = {
        name: sum(getattr(event, name) for event in material.events)
        for name in ("responses", "tables", "notes", "floor_questions", "key_points")
    }
    ways = (
        (totals["responses"], "delegate", "", "sent written feedback"),
        (totals["notes"], "note", "taken", f"at {counted(totals['tables'], 'table')}"),
        (totals["floor_questions"], "question", "asked", "from the floor"),
        (totals["key_points"], "point", "noted", "from presentations"),
    )
    parts = [
        " ".join(filter(None, (counted(number, noun), done and ("was " if number == 1 else "were ") + done, how)))
        for number, noun, done, how in ways
        if number
    ]
    return f"{capital(listed(parts))}."
