"""What changed from one edition to the next, paragraph by paragraph."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from flask_babel import gettext as _

from .document import Item, Paragraph, Report, Run, Section
from .leaving_out import Contents, words_by_number

CHANGES = "changes"
REMOVED = f"{CHANGES}-removed"


@dataclass(frozen=True)
class Differences:
    """Paragraphs that are in one edition only, and those whose words, quotes or figures are others."""

    added: tuple[Paragraph, ...]
    removed: tuple[Paragraph, ...]
    rewritten: tuple[tuple[Paragraph, Paragraph], ...]

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.rewritten)


def told(paragraph: Paragraph) -> object:
    """What a reader of the paragraph is told; its place, its number and what lies behind it are not part of it."""
    return (
        paragraph.text,
        [(item.text, item.note, [quote.text for quote in item.quotes]) for item in paragraph.items],
        [(quote.text, quote.attribution, quote.standing) for quote in paragraph.quotes],
        paragraph.figures,
    )


def differences(old: Report, new: Report) -> Differences:
    before = {one.key: one for one in old.all_paragraphs() if one.number is not None}
    after = {one.key: one for one in new.all_paragraphs() if one.number is not None and not in_changes(one)}
    return Differences(
        added=tuple(one for key, one in after.items() if key not in before),
        removed=tuple(one for key, one in before.items() if key not in after and not in_changes(one)),
        rewritten=tuple(
            (before[key], one) for key, one in after.items() if key in before and told(before[key]) != told(one)
        ),
    )


def in_changes(paragraph: Paragraph) -> bool:
    return paragraph.key.startswith(f"{CHANGES}-")


def changes_section(found: Differences, old_number: int) -> Section:
    """The section that tells what changed since an edition. It is not numbered: the next edition has another."""
    key, title = CHANGES, _("Changes since edition %(number)s", number=old_number)
    if not found.any:
        return Section(key, title, (Paragraph(None, f"{key}-none", "text", (Run(_("No paragraph changed.")),)),))
    groups = (
        ("rewritten", _("Paragraphs with other words, quotes or figures:"), [new for _old, new in found.rewritten]),
        ("added", _("Paragraphs that are new:"), list(found.added)),
        ("removed", _("Paragraphs that were taken out:"), list(found.removed)),
    )
    return Section(
        key,
        title,
        tuple(
            Paragraph(None, f"{key}-{name}", "list", (Run(words),), tuple(map(_item, paragraphs)))
            for name, words, paragraphs in groups
            if paragraphs
        ),
    )


def _item(paragraph: Paragraph) -> Item:
    return Item(_line(f"{paragraph.number}", paragraph.text or "; ".join(item.text for item in paragraph.items)))


def _line(number: str, text: str) -> tuple[Run, ...]:
    """A paragraph by its number and its first words; a list without words before it by those of its items."""
    words = " ".join(text.split())
    short = words if len(words) <= 90 else f"{words[:90].rsplit(' ', 1)[0]} …"
    return (Run(number, strong=True), Run(f" {short}")) if short else (Run(number, strong=True),)


def cut_anew(contents: Contents, before: Callable[[int], Contents | None]) -> Contents:
    """An edition's contents with the first words of each changed paragraph taken from it as it is now: words that left
    it are in no line about it either. `before` gives the contents of the edition of a number; where it has none, the
    numbers alone stay."""
    found = next((each for each in contents["sections"] if each["key"] == CHANGES), None)
    since = re.search(r"\d+", found["title"]) if found is not None else None
    if found is None or since is None:
        return contents
    mine = words_by_number(contents)
    paragraphs = []
    for one in found["paragraphs"]:
        told = mine
        if one["key"] == REMOVED:
            earlier = before(int(since.group()))
            told = words_by_number(earlier) if earlier is not None else {}
        paragraphs.append({**one, "items": [_cut(item, told) for item in one["items"]]})
    section = {**found, "paragraphs": paragraphs}
    return {**contents, "sections": [section if each is found else each for each in contents["sections"]]}


def _cut(item: dict[str, object], told: Mapping[str, str]) -> dict[str, object]:
    runs = item["runs"]
    assert isinstance(runs, list)
    number = runs[0]["text"]
    return {**item, "runs": [asdict(run) for run in _line(number, told.get(number, ""))]}
