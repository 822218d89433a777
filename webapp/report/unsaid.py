"""Takes words that were cut, and that nobody says any more, out of the report being edited and of its log."""

import re
from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..themes.blackening import Taken, words_unsaid
from .models import ReportDraft, ReportEntry, ReportParagraph

# The values in the log that are words.
WRITTEN = {"report_paragraph.text", "report_paragraph.drafted"}
# Entries were once written with a paragraph's first words, in which no whole text can be found.
EXCERPT = re.compile(r"(?P<numbered>paragraph \w+), “.*”|the paragraph “.*”", re.DOTALL)


@words_unsaid.connect
def take_out_of_drafts(_sender: object, series_id: int, unsaid: Taken) -> None:
    """The same words go from each paragraph and from what the log says of it, so that an act can still be undone."""
    drafts = select(ReportDraft.id).where(ReportDraft.series_id == series_id)
    for row in db.session.scalars(select(ReportParagraph).where(ReportParagraph.draft_id.in_(drafts))):
        row.text, row.drafted = unsaid.taken_out(row.text), unsaid.taken_out(row.drafted)
        row.section_title = unsaid.taken_out(row.section_title)[:400]
    for entry in db.session.scalars(select(ReportEntry).where(ReportEntry.draft_id.in_(drafts))):
        entry.summary = without_excerpt(unsaid.taken_out(entry.summary))
        entry.changes = [_changed(change, unsaid) for change in entry.changes]


def without_excerpt(summary: str) -> str:
    """A line of the log without a word of the paragraph that it is about."""
    return EXCERPT.sub(lambda found: found["numbered"] or "a paragraph", summary)


def _changed(change: list[Any], unsaid: Taken) -> list[Any]:
    field, row_id, before, after = change
    return [field, row_id, unsaid.taken_out(before), unsaid.taken_out(after)] if field in WRITTEN else change
