"""The events: where and when they were, who took part and how."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from ..programme.models import FACETS
from ..wording import day, days
from .document import Figures, Section
from .heard import EventFacts, Material, event_names
from .language import facet_word, listed
from .numbering import Numbering, missing
from .quantity import counted, opening


def month(value: date) -> str:
    """July 2003, in the report's language."""
    return format_date(value, "MMMM y", locale=get_locale() or "en")


def dates_of(material: Material) -> str:
    """8 July 2003; 8 to 22 July 2003; 8 July 2003 to 4 May 2004."""
    if not material.events:
        return ""
    first = min(event.starts_on for event in material.events)
    last = max(event.ends_on or event.starts_on for event in material.events)
    if first != last and (first.year, first.month) == (last.year, last.month):
        return _("%(first)s to %(last)s", first=first.day, last=day(last))
    return days(first, last)


def places_of(material: Material) -> str:
    """Each place once, in the order of the events."""
    return listed(list(dict.fromkeys(event.place.strip() for event in material.events if event.place.strip())))


def subtitle_of(material: Material) -> str:
    """Summary outputs from three events held by the bodies behind them, or from one event."""
    if not material.events:
        return _("Summary outputs from a series of events")
    if material.one_event:
        event = material.events[0]
        return _("Summary outputs from %(event)s", event=f"{event.title}, {days(event.starts_on, event.ends_on)}")
    held_by = _(" held by %(bodies)s", bodies=material.organised_by) if material.organised_by else ""
    if len(material.events) == 1:
        return _("Summary outputs from an event%(held_by)s", held_by=held_by)
    events = counted(len(material.events), "event")
    return _("Summary outputs from a series of %(events)s%(held_by)s", events=events, held_by=held_by)


def when_held(material: Material) -> str:
    """In July 2003, X ran three events: London on 8 July 2003, Leeds on ... and Bristol on ..."""
    names = event_names(material.events)
    months = list(dict.fromkeys(month(event.starts_on) for event in material.events))
    when = (
        _("In %(month)s", month=months[0])
        if len(months) == 1
        else _("Between %(first)s and %(last)s", first=months[0], last=months[-1])
    )
    number = len(material.events)
    which = counted(number, "event")
    if material.one_event:
        which = _("one of the %(events)s of this series", events=counted(material.events_in_series, "event"))
    if material.organised_by:
        opening = _("%(when)s, %(bodies)s ran %(events)s", when=when, bodies=material.organised_by, events=which)
    elif number == 1:
        opening = _("%(when)s, there was %(events)s", when=when, events=which)
    else:
        opening = _("%(when)s, there were %(events)s", when=when, events=which)
    each = listed(
        _("%(event)s on %(days)s", event=names[event.id], days=days(event.starts_on, event.ends_on))
        for event in material.events
    )
    return f"{opening}: {each}." if number < 9 else f"{opening}."


def channels_used(material: Material) -> list[str]:
    """How delegates could take part, in the order of the day: presentations, group discussions, Q&A, writing."""
    kinds = {kind for event in material.events for kind in event.session_kinds}
    heard = {one.channel for one in material.heard}
    ways = []
    if "presentation" in heard or "presentation" in kinds:
        ways.append(_("presentations"))
    if "table" in heard:
        ways.append(_("group discussions"))
    if "floor" in heard:
        ways.append(_("Q&A sessions"))
    if "written" in heard:
        ways.append(_("written feedback from delegates"))
    return ways


def how_heard(material: Material) -> str:
    """What the events drew out, and by which ways."""
    themes = {one.theme_id for one in material.heard if one.fate == "used" and not one.about_project}
    ways = listed(channels_used(material))
    through = _(", through %(ways)s", ways=ways) if ways else ""
    drew = counted(len(themes), "key theme")
    if len(material.events) == 1:
        first = _("The event drew out %(themes)s%(through)s.", themes=drew, through=through)
    else:
        first = _("The events drew out %(themes)s%(through)s.", themes=drew, through=through)
    parts = listed(facet_word(material.facet_words, facet).lower() for facet in FACETS)
    headings = counted(len(FACETS), "heading")
    told = ngettext(
        "This report sets out what participants had to say on it, from their own experience, under %(headings)s:"
        " %(parts)s.",
        "This report sets out what participants had to say on each, from their own experience, under %(headings)s:"
        " %(parts)s.",
        len(themes),
        headings=headings,
        parts=parts,
    )
    return f"{first} {told}"


def amount(value: int | None) -> str:
    return _("not recorded") if value is None else f"{value:,}"


def taking_part(material: Material) -> Figures:
    """A row an event and a column a way of taking part, with their sum where there are several events."""
    columns = (
        (_("Invited"), [event.invited for event in material.events]),
        (_("Attended"), [event.attended for event in material.events]),
        (_("Written responses"), [event.responses for event in material.events]),
        (_("Tables"), [event.tables for event in material.events]),
        (_("Table notes"), [event.notes for event in material.events]),
        (_("Questions from the floor"), [event.floor_questions for event in material.events]),
        (_("Key points"), [event.key_points for event in material.events]),
    )
    shown = [(head, values) for head, values in columns if any(values)]
    names = event_names(material.events)
    rows = [
        (names[event.id], *(amount(values[place]) for _, values in shown))
        for place, event in enumerate(material.events)
    ]
    if len(material.events) > 1:
        sums = [None if None in values else sum(value or 0 for value in values) for _, values in shown]
        rows.append((_("All events"), *(amount(value) for value in sums)))
    return Figures(
        _("Who took part, and how"),
        (_("Event"), *(head for head, _ in shown)),
        tuple(rows),
        total=len(material.events) > 1,
        note=_("Notes and questions that were deleted, hidden or withdrawn before the event closed are not counted.")
        if any(event.notes or event.floor_questions for event in material.events)
        else "",
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
        rows.append((_("Smaller groups, together"), f"{sum(sizes[kind] for kind in small):,}"))
    rows.append((_("All who told us"), f"{sum(sizes.values()):,}"))
    note = _(
        "Kinds of organisation from which fewer than %(number)s responses came are not shown singly.",
        number=small_group,
    )
    title = _("Written responses by kind of organisation")
    return Figures(title, (_("Kind"), _("Responses")), tuple(rows), True, note)


def events_section(material: Material, numbers: Numbering) -> Section:
    """The section that says where, when, who and how."""
    key = "events"
    title = _("The event") if len(material.events) == 1 else _("The events")
    if not material.events:
        return Section(key, title, (missing(f"{key}-missing", _("No event has been set up in this series yet.")),))
    paragraphs = [numbers.paragraph(f"{key}-held", when_held(material))]
    if any(one.fate == "used" and not one.about_project for one in material.heard):
        paragraphs.append(numbers.paragraph(f"{key}-heard", how_heard(material)))
    received = any(
        event.responses + event.notes + event.floor_questions + event.key_points for event in material.events
    )
    if not received:
        paragraphs.append(missing(f"{key}-nothing", _("Nothing has been received from delegates or tables yet.")))
        return Section(key, title, tuple(paragraphs))
    figures = taking_part(material)
    paragraphs.append(numbers.paragraph(f"{key}-figures", taking_part_words(material), "figures", figures=figures))
    kinds = organisation_figures(material.events, material.small_group)
    if kinds is not None:
        told = sum(number for event in material.events for kind, number in event.organisation_types.items() if kind)
        everyone = told == sum(event.responses for event in material.events)
        if everyone:
            words = _("All who wrote told us what kind of organisation they work for.")
        else:
            who = opening(counted(told, "delegate"))
            words = _("%(delegates)s told us what kind of organisation they work for.", delegates=who)
        paragraphs.append(numbers.paragraph(f"{key}-organisations", words, "figures", figures=kinds))
    return Section(key, title, tuple(paragraphs))


def taking_part_words(material: Material) -> str:
    """231 delegates sent written responses; 160 notes were taken at 27 tables; ..."""
    totals = {
        name: sum(getattr(event, name) for event in material.events)
        for name in ("responses", "tables", "notes", "floor_questions", "key_points")
    }
    responses, notes, asked, points = (totals[name] for name in ("responses", "notes", "floor_questions", "key_points"))
    tables = counted(totals["tables"], "table")
    who, noted, questions, told = (
        counted(number, noun)
        for number, noun in ((responses, "delegate"), (notes, "note"), (asked, "question"), (points, "point"))
    )
    parts = [
        responses and _("%(delegates)s sent written feedback", delegates=who),
        notes
        and ngettext(
            "%(notes)s was taken at %(tables)s",
            "%(notes)s were taken at %(tables)s",
            notes,
            notes=noted,
            tables=tables,
        ),
        asked
        and ngettext(
            "%(questions)s was asked from the floor",
            "%(questions)s were asked from the floor",
            asked,
            questions=questions,
        ),
        points
        and ngettext(
            "%(points)s was noted from presentations",
            "%(points)s were noted from presentations",
            points,
            points=told,
        ),
    ]
    return f"{opening(listed(part for part in parts if part))}."
