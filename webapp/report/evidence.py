"""What a paragraph rests on, what that looked like when somebody last looked, and why it must be looked at again."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..themes.models import WITHHOLDING_REASONS
from ..wording import capital, listed
from .document import Paragraph
from .heard import Heard
from .quantity import counted


class Link(NamedTuple):
    """One statement of a paragraph: `place` is its place among the quotes, 0 where it is only counted."""

    statement_id: int
    place: int
    seen: Sequence[Any]

    @property
    def stored(self) -> list[Any]:
        return [self.statement_id, self.place, list(self.seen)]


def looks_like(one: Heard) -> list[Any]:
    """What of a statement matters to a paragraph; its words as a digest, so that no copy of them outlives them."""
    digest = hashlib.sha256(one.text.encode("utf-8", "replace")).hexdigest()[:16]
    return [digest, one.theme_id, one.facet, one.weight, one.quotable, one.fate, one.backings]


def links_of(stored: Iterable[Sequence[Any]]) -> list[Link]:
    return [Link(*each) for each in stored]


def drafted_links(paragraph: Paragraph, heard: Mapping[int, Heard]) -> list[Link]:
    """The links of a drafted paragraph: what it quotes first, then what it counts."""
    places = {quote.statement_id: place for place, quote in enumerate(paragraph.quotes, 1)}
    ids = dict.fromkeys([*places, *(one.statement_id for one in paragraph.evidence)])
    return [Link(id_, places.get(id_, 0), looks_like(heard[id_])) for id_ in ids if id_ in heard]


def may_stand(one: Heard | None) -> bool:
    """Whether a statement may be evidence at all: it is there, and neither withheld nor another's duplicate."""
    return one is not None and one.fate in ("used", "in_no_theme")


def standing(links: Iterable[Link], heard: Mapping[int, Heard]) -> list[Heard]:
    """The statements of the links that may still be evidence."""
    return [one for link in links if may_stand(one := heard.get(link.statement_id)) and one is not None]


def refreshed(links: Iterable[Link], heard: Mapping[int, Heard]) -> list[Link]:
    """The links as they look now, without those that may no longer stand; what may not be quoted is only counted."""
    now = []
    for link in links:
        one = heard.get(link.statement_id)
        if one is not None and may_stand(one):
            now.append(Link(one.id, link.place if one.quotable else 0, looks_like(one)))
    return now


def why_stale(links: Iterable[Link], heard: Mapping[int, Heard], titles: Mapping[int, str]) -> list[str]:
    """What changed in the statements since somebody last looked; one line a kind of change."""
    changes: Counter[str] = Counter()
    numbers: dict[str, list[int]] = {}
    for link in links:
        for change in _changes(link, heard.get(link.statement_id), titles):
            changes[change] += 1
            numbers.setdefault(change, []).append(link.statement_id)
    return [
        f"{capital(counted(number, 'statement was', 'statements were'))} {change} ({_named(numbers[change])})."
        for change, number in changes.items()
    ]


def _named(ids: list[int]) -> str:
    shown = ", ".join(f"no. {id_}" for id_ in ids[:3])
    return shown if len(ids) <= 3 else f"{shown} and {len(ids) - 3} more"


def _changes(link: Link, one: Heard | None, titles: Mapping[int, str]) -> list[str]:
    quoted = "quoted here and has been " if link.place else ""
    if one is None:
        return [f"{quoted}withdrawn, corrected or deleted"]
    now = looks_like(one)
    if list(link.seen) == now:
        return []
    digest, theme, facet, weight, quotable, fate, _backings = link.seen
    if one.fate != fate and one.fate == "withheld":
        return [f"{quoted}withheld: {WITHHOLDING_REASONS.get(one.withheld or '', one.withheld or '').lower()}"]
    if one.fate != fate and one.fate == "duplicate":
        return [f"{quoted}set aside as a duplicate"]
    if one.words_removed:
        now[0], now[4] = digest, quotable
        if link.place and quotable:
            return ["quoted here, and its words were removed at the end of their time"]
        if now == list(link.seen):
            return []
    elif digest != now[0] and one.marks:
        return [f"{quoted}redacted: it now says {listed(one.marks)}"]
    changes = []
    if one.theme_id != theme:
        where = f"to “{titles[one.theme_id]}”" if one.theme_id in titles else "out of its theme"
        changes.append(f"moved {where}")
    if one.facet != facet:
        changes.append(f"marked as {one.facet}")
    if one.quotable != quotable and not one.words_removed:
        changes.append("released for quoting" if one.quotable else f"{quoted}counted only, as its author now asks")
    if one.weight != weight:
        changes.append("given another weight")
    return changes or ["changed in its words or its backing"]
