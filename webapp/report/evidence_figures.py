"""What a paragraph rests on, in figures: by the way it was said and by event."""

from collections import Counter
from collections.abc import Iterable

from flask_babel import gettext as _

from .document import Figures, Paragraph


def evidence_figures(paragraph: Paragraph) -> list[Figures]:
    """A table by channel and, where there are several, one by event; each adds up to the paragraph's statements."""
    tables = [_table(_("By the way it was said"), _("Channel"), (one.channel for one in paragraph.evidence))]
    events = [one.event for one in paragraph.evidence]
    if len(set(events)) > 1:
        tables.append(_table(_("By event"), _("Event"), events))
    return [table for table in tables if table.rows]


def _table(caption: str, head: str, names: Iterable[str]) -> Figures:
    tally = Counter(names)
    rows = [(name, f"{number:,}") for name, number in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))]
    if len(rows) > 1:
        rows.append((_("Together"), f"{tally.total():,}"))
    return Figures(caption, (head, _("Statements")), tuple(rows), total=len(tally) > 1)
