"""What changed from one edition to the next, paragraph by paragraph."""

from dataclasses import dataclass

from flask_babel import gettext as _

from .document import Item, Paragraph, Report, Run, Section


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
    return paragraph.key.startswith("changes-")


def changes_section(found: Differences, old_number: int) -> Section:
    """The section that tells what changed since an edition. It is not numbered: the next edition has another."""
    key, title = "changes", _("Changes since edition %(number)s", number=old_number)
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
            Paragraph(None, f"{key}-{name}", "list", (Run(words),), tuple(_line(one) for one in paragraphs))
            for name, words, paragraphs in groups
            if paragraphs
        ),
    )


def _line(paragraph: Paragraph) -> Item:
    """A paragraph by its number and its first words; a list without words before it by those of its items."""
    words = " ".join((paragraph.text or "; ".join(item.text for item in paragraph.items)).split())
    short = words if len(words) <= 90 else f"{words[:90].rsplit(' ', 1)[0]} …"
    return Item((Run(f"{paragraph.number}", strong=True), Run(f" {short}")))
