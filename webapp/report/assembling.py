"""The draft from the board and what people made of it, brought together: the report to read and what is to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..wording import capital
from .attribution import Voices
from .claims import unborne_claims
from .desk import FIXED_SECTIONS, LAST_SECTIONS, MOVED, UNNUMBERED, Assembled, Part, Place, Stored
from .document import Paragraph, Quote, Section
from .drafting import draft
from .evidence import drafted_links, links_of, standing, why_stale
from .heard import Heard, Material, count_voices
from .language import written_in
from .markup import markup_of, plain, with_markup
from .models import ReportParagraph
from .numbering import numbers_of
from .quantity import counted
from .section_links import linked, not_empty, renumbered
from .theme_sections import vouched


def assemble(material: Material, stored: Stored | None) -> Assembled:
    """The report as it stands. Without stored rows it is the draft from the board."""
    with written_in(material.language):
        return Assembling(material, stored).assembled()


class Assembling:
    """Goes through the drafted sections once."""

    def __init__(self, material: Material, stored: Stored | None) -> None:
        self.material, self.stored = material, stored
        self.drafted = draft(material)
        self.voices = Voices.of(material)
        self.heard: dict[int, Heard] = {one.id: one for one in material.heard}
        self.titles = {theme.id: theme.title for theme in material.themes}
        self.bases = {about: count_voices(material.used(about)).people for about in (False, True)}
        self.places: list[Place] = []

    def assembled(self) -> Assembled:
        sections = [self.section(each, 2) for each in self.drafted.sections]
        sections = linked(self.with_vanished(sections))
        shown = [one for section in sections for one in section.all_paragraphs()]
        published = self.stored.draft.numbers if self.stored else {}
        numbers = numbers_of([one.key for one in shown if one.number is not None], published or {})
        report = replace(self.drafted, sections=tuple(renumbered(each, numbers) for each in sections))
        places = tuple(
            replace(place, parts=tuple(part_renumbered(part, numbers) for part in place.parts)) for place in self.places
        )
        return Assembled(report, places, self.material)

    def section(self, section: Section, level: int) -> Section:
        parts = self.parts_of(section)
        self.places.append(Place(section, level, tuple(parts)))
        inner = tuple(self.section(each, level + 1) for each in section.sections)
        shown = tuple(part.shown for part in parts if part.shown is not None)
        return replace(section, paragraphs=shown, sections=tuple(each for each in inner if not_empty(each)))

    def parts_of(self, section: Section) -> list[Part]:
        drafted = {one.key: one for one in section.paragraphs}
        if self.stored is None:
            return [self.live(one, section.key) for one in drafted.values()]
        rows = {key: row for key, row in self.stored.paragraphs.items() if row.section_key == section.key}
        keys = in_order(self.stored.orders.get(section.key, ()), list(drafted), list(rows))
        return [self.part(key, section.key, drafted.get(key), rows.get(key)) for key in keys]

    def part(self, key: str, section_key: str, drafted: Paragraph | None, row: ReportParagraph | None) -> Part:
        if row is None:
            assert drafted is not None
            if drafted.evidence and section_key not in FIXED_SECTIONS:
                return Part(key, section_key, None, drafted, reasons=("The board has this paragraph since.",))
            return self.live(drafted, section_key)
        if row.deleted:
            return Part(key, section_key, None, drafted, row)
        shown = self.written(row, drafted, section_key)
        return Part(
            key,
            section_key,
            shown,
            drafted,
            row,
            *self.looked_at(row, drafted, section_key),
        )

    def looked_at(
        self, row: ReportParagraph, drafted: Paragraph | None, section_key: str
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Why it is stale and what it claims in vain, in the language of the organisers' pages."""
        with written_in("en-GB"):
            return tuple(self.reasons(row, drafted)), tuple(self.claims(row, section_key))

    def live(self, drafted: Paragraph, section_key: str) -> Part:
        return Part(drafted.key, section_key, drafted, drafted, fixed=FIXED_SECTIONS.get(section_key, ""))

    def written(self, row: ReportParagraph, drafted: Paragraph | None, section_key: str) -> Paragraph:
        """The paragraph as it stands in the report: its words from the row, its quotes from those who still agree."""
        number = None if section_key in UNNUMBERED else "0"
        base = drafted or Paragraph(number, row.key, "facts" if row.evidence else "text")
        links = links_of(row.evidence)
        resting_on = standing(links, self.heard)
        places = {link.statement_id: link.place for link in links}
        quoted = sorted((one for one in resting_on if places[one.id] and one.quotable), key=lambda one: places[one.id])
        paragraph = with_markup(replace(base, key=row.key, quotes=(), evidence=(), own=row.own), row.text)
        # A quote that stands beside an item of a list is chosen with the item.
        beside = {quote.statement_id for item in paragraph.items for quote in item.quotes}
        quotes = tuple(self.quote(one, resting_on, row.key) for one in quoted if one.id not in beside)
        evidence = tuple(self.voices.evidence(one) for one in sorted(resting_on, key=lambda one: one.id))
        return replace(paragraph, quotes=quotes, evidence=evidence)

    def quote(self, one: Heard, alongside: list[Heard], key: str) -> Quote:
        if key.endswith("-practice") and one.practice_vouched_by.strip():
            return vouched(one, self.voices)
        return self.voices.quote(one, alongside=alongside)

    def reasons(self, row: ReportParagraph, drafted: Paragraph | None) -> list[str]:
        """Why somebody must look at it again."""
        reasons = why_stale(links_of(row.evidence), self.heard, self.titles)
        if row.own:
            return reasons
        if drafted is None:
            return [*reasons, "The board has nothing for this paragraph any more."]
        seen = set(row.drafted_ids)
        joined = [link for link in drafted_links(drafted, self.heard) if link.statement_id not in seen]
        if joined:
            more = counted(len(joined), "statement more stands", "statements more stand")
            reasons.append(f"{capital(more)} behind it.")
        if markup_of(drafted) != row.drafted:
            figures = plain(markup_of(drafted)) != plain(row.drafted)
            reasons.append(MOVED if figures else "The draft is set differently.")
        return reasons

    def claims(self, row: ReportParagraph, section_key: str) -> list[str]:
        """What a person's words claim and the counts do not bear. The draft's own words follow the counts."""
        if not row.edited:
            return []
        counts = count_voices(standing(links_of(row.evidence), self.heard))
        return unborne_claims(plain(row.text), counts, self.bases[section_key == "project"], self.material.language)

    def with_vanished(self, sections: list[Section]) -> list[Section]:
        """The sections, and before the last ones those that the board no longer has and paragraphs still stand in."""
        if self.stored is None:
            return sections
        there = {place.section.key for place in self.places}
        gone: dict[str, list[ReportParagraph]] = {}
        for row in self.stored.paragraphs.values():
            if row.section_key not in there and not row.deleted:
                gone.setdefault(row.section_key, []).append(row)
        for key, rows in gone.items():
            parts = tuple(self.part(row.key, key, None, row) for row in rows)
            section = Section(key, rows[0].section_title, tuple(part.shown for part in parts if part.shown))
            at = next(place for place, each in enumerate(sections) if each.key in LAST_SECTIONS)
            sections.insert(at, section)
            desk = next(place for place, each in enumerate(self.places) if each.section.key in LAST_SECTIONS)
            self.places.insert(desk, Place(section, 2, parts))
        return sections


def in_order(order: Sequence[str], drafted: Sequence[str], rows: Sequence[str]) -> list[str]:
    """The keys in the order that a person gave them; others stand after the one that they follow in the draft."""
    keys = [key for key in order if key in {*drafted, *rows}]
    for place, key in enumerate(drafted):
        if key not in keys:
            before = next((each for each in reversed(drafted[:place]) if each in keys), None)
            keys.insert(keys.index(before) + 1 if before else 0, key)
    return [*keys, *(key for key in rows if key not in keys)]


def part_renumbered(part: Part, numbers: Mapping[str, str]) -> Part:
    return replace(part, shown=replace(part.shown, number=numbers.get(part.key))) if part.shown else part
