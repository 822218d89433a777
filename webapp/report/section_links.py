"""What holds for all sections at once: their links lead to sections that stand, and their paragraphs have numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .document import Section


def not_empty(section: Section) -> bool:
    return bool(section.paragraphs or section.sections)


def linked(sections: Sequence[Section]) -> list[Section]:
    """The sections, with links to those alone that stand in the report."""
    keys: set[str] = set()

    def collect(each: Section) -> None:
        keys.add(each.key)
        for inner in each.sections:
            collect(inner)

    def with_links(each: Section) -> Section:
        paragraphs = tuple(
            replace(one, items=tuple(item if item.link in keys else replace(item, link="") for item in one.items))
            for one in each.paragraphs
        )
        return replace(each, paragraphs=paragraphs, sections=tuple(with_links(inner) for inner in each.sections))

    standing = [each for each in sections if not_empty(each)]
    for section in standing:
        collect(section)
    return [with_links(each) for each in standing]


def renumbered(section: Section, numbers: Mapping[str, str]) -> Section:
    return replace(
        section,
        paragraphs=tuple(replace(one, number=numbers.get(one.key)) for one in section.paragraphs),
        sections=tuple(renumbered(each, numbers) for each in section.sections),
    )
