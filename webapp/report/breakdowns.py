"""The rows behind a report, counted from what was heard. No database, no clock."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from ..programme.models import FACETS
from .attribution import NOT_A_KIND, Voices, large_groups
from .data import BreakdownRow, Data, EventRow, PlacementRow, ResponseRow, ThemeRow
from .events_section import kind_sizes, kinds_apart
from .heard import ClosedFacts, Heard, Material, ResponseFacts, ThemeFacts, count_voices, event_names
from .key_themes import rank
from .language import facet_word
from .method import channels


def data_of(material: Material, voices: Voices) -> Data:
    """Every table; sums agree with the report's own figures."""
    themes = heard_in_order(material)
    return Data(
        events=event_rows(material),
        themes=tuple(theme_row(number, theme, said) for number, theme, said in themes),
        placements=tuple(placement_row(one) for one in material.heard if one.fate == "used"),
        responses=response_rows(material, voices),
        breakdowns=(
            *theme_breakdowns(material, themes),
            *organisation_breakdown(material),
            *closed_breakdowns(material),
        ),
    )


def heard_in_order(material: Material) -> list[tuple[int, ThemeFacts, list[Heard]]]:
    """The themes that were heard with the numbers that the report gives them, and their statements."""
    subject = list(material.themes_heard(about_project=False).items())
    project = sorted(
        material.themes_heard(about_project=True).items(),
        key=lambda pair: (tuple(-part for part in rank(pair[1])), pair[0].id),
    )
    return [(number, theme, said) for part in (subject, project) for number, (theme, said) in enumerate(part, 1)]


def event_rows(material: Material) -> tuple[EventRow, ...]:
    names = event_names(material.events)
    return tuple(
        EventRow(
            id=event.id,
            name=names[event.id],
            title=event.title,
            place=event.place,
            starts_on=event.starts_on.isoformat(),
            ends_on=(event.ends_on or event.starts_on).isoformat(),
            invited=event.invited,
            attended=event.attended,
            responses=event.responses,
            tables=event.tables,
            notes=event.notes,
            floor_questions=event.floor_questions,
            presentations=event.presentations,
            key_points=event.key_points,
        )
        for event in material.events
    )


def theme_row(number: int, theme: ThemeFacts, said: list[Heard]) -> ThemeRow:
    counts = count_voices(said)
    return ThemeRow(
        id=theme.id,
        number=number,
        about_project=theme.about_project,
        title=" ".join(theme.title.split()),
        statement=" ".join(theme.statement.split()),
        statements=counts.statements,
        people=counts.people,
        tables=counts.tables,
        floor_questions=counts.floor,
        presentations=counts.presentations,
        events=len(counts.event_ids),
    )


def placement_row(one: Heard) -> PlacementRow:
    confidence = None if one.by_person else round(one.confidence, 3)
    return PlacementRow(one.id, one.theme_id or 0, "person" if one.by_person else "software", confidence)


def response_rows(material: Material, voices: Voices) -> tuple[ResponseRow, ...]:
    """In order of id; statements are those that stand, whatever became of them."""
    names = event_names(material.events)
    said = Counter(one.speaker_key for one in material.heard if one.channel == "written")
    tellable = large_groups(material.events, material.small_group)
    return tuple(
        ResponseRow(
            id=one.id,
            event_id=one.event_id,
            event=names.get(one.event_id, ""),
            received_on=one.received_on.isoformat(),
            organisation_type=kind_told(one, tellable),
            consent=one.consent,
            statements=said[f"r{one.id}"],
        )
        for one in sorted(material.responses)
    )


def kind_told(one: ResponseFacts, tellable: frozenset[tuple[int, str]]) -> str:
    kind = one.organisation_type.strip()
    told = one.consent != "none" and (one.event_id, one.organisation_type) in tellable
    return kind if told and kind.casefold() not in NOT_A_KIND else ""


Themes = Sequence[tuple[int, ThemeFacts, list[Heard]]]


def theme_breakdowns(material: Material, themes: Themes) -> list[BreakdownRow]:
    """Each theme by heading, event, channel and kind of organisation. Cells of nothing are rows too."""
    names = event_names(material.events)
    words = {facet: facet_word(material.facet_words, facet) for facet in FACETS}
    rows = crossed("theme_by_facet", themes, words, lambda one: one.facet)
    rows += crossed("theme_by_event", themes, names, lambda one: one.event_id)
    rows += crossed("theme_by_channel", themes, channels(), lambda one: one.channel)
    large, small = kinds_apart(material.events, material.small_group)
    if large:
        shown = {kind: kind for kind in large}
        if small:
            shown[together()] = together()
        shown[not_told()] = not_told()
        written = [(number, theme, [one for one in said if one.channel == "written"]) for number, theme, said in themes]
        rows += crossed("theme_by_organisation", written, shown, lambda one: kind_shown(one.organisation_type, shown))
    return rows


def kind_shown(kind: str, shown: Mapping[str, str]) -> str:
    return (kind if kind in shown else together()) if kind.strip() else not_told()


def together() -> str:
    return _("Smaller groups, together")


def not_told() -> str:
    return _("Not told")


def crossed(
    breakdown: str, themes: Themes, columns: Mapping[Any, str], column_of: Callable[[Heard], Any]
) -> list[BreakdownRow]:
    rows = []
    for _number, theme, said in themes:
        for key, name in columns.items():
            counts = count_voices(one for one in said if column_of(one) == key)
            title = " ".join(theme.title.split())
            rows.append(BreakdownRow(breakdown, theme.id, title, name, counts.statements, counts.people))
    return rows


def organisation_breakdown(material: Material) -> Iterable[BreakdownRow]:
    """Responses by kind of organisation, as the report's own table has them."""
    sizes = kind_sizes(material.events)
    large, small = kinds_apart(material.events, material.small_group)
    shown = [(kind, sizes[kind]) for kind in large]
    if large and small:
        shown.append((together(), sum(sizes[kind] for kind in small)))
    for kind, number in shown:
        yield BreakdownRow("responses_by_organisation", None, _("Written responses"), kind, None, number)


def closed_breakdowns(material: Material) -> Iterable[BreakdownRow]:
    """The answers to each question with set answers; a question that fewer than a small group answered is left out."""
    for question in material.closed:
        if question.responses >= material.small_group:
            for answer in answers_in_order(question):
                yield BreakdownRow(
                    "answers", None, question.text.strip(), answer, None, question.answers.get(answer, 0)
                )


def answers_in_order(question: ClosedFacts) -> list[str]:
    """The answers that could be given, in their order, then any that an import brought."""
    return list(dict.fromkeys([*question.choices, *sorted(question.answers)]))
