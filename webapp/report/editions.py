"""Reads of what was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..errors import NotFound
from ..extensions import db
from ..text_input import clean_line
from ..themes.blackening import unsaid_in
from ..themes.models import Statement
from ..themes.redactions import redacted_statements
from .document import Paragraph, Report
from .frozen import TAKEN_OUT, reworded, thawed, without_words
from .models import Edition, ReportDraft

CHUNK = 500


@dataclass(frozen=True)
class Published:
    """An edition as it may be shown now: frozen, but for words that were taken back since."""

    edition: Edition
    report: Report
    taken_back: int


def editions_of(draft: ReportDraft | None) -> list[Edition]:
    """Every edition, newest first."""
    if draft is None:
        return []
    return list(db.session.scalars(select(Edition).where(Edition.draft_id == draft.id).order_by(Edition.number.desc())))


def edition_of(draft: ReportDraft, number: int) -> Edition | None:
    return db.session.scalar(select(Edition).where(Edition.draft_id == draft.id, Edition.number == number))


def latest_edition(draft: ReportDraft) -> Edition | None:
    """The newest edition that is public."""
    query = select(Edition).where(Edition.draft_id == draft.id, Edition.unpublished_at.is_(None))
    return db.session.scalar(query.order_by(Edition.number.desc()).limit(1))


def report_of(edition: Edition) -> Report:
    """The frozen report, for comparing: letter for letter, but for words that were cut since from what was said and
    are said nowhere any more. Readers get `published`."""
    return thawed(_without_unsaid(edition, edition.contents))


def published(edition: Edition) -> Published:
    """What readers get: the same for ever, save that words which were withdrawn, corrected or withheld since are left
    out, and so are those from which something was cut. What is taken back is taken back from every edition."""
    left, gone = as_shown(edition)
    return Published(edition, thawed(left), len(gone.union(edition.contents.get(TAKEN_OUT, ()))))


def as_shown(edition: Edition, hidden: Iterable[int] = ()) -> tuple[dict[str, Any], set[int]]:
    """The edition's contents as readers get them, without the `hidden` statements' words too; and which statements'
    words are left out."""
    contents = edition.contents
    printed = printed_in(contents)
    gone = (printed - _printable(printed)) | _cut_since(contents) | set(hidden)
    return _without_unsaid(edition, without_words(contents, frozenset(gone))), gone


def printed_in(contents: Mapping[str, Any]) -> set[int]:
    """The statements whose words stand in an edition's contents."""
    return {row["id"] for row in contents["statements"] if row["text"]}


def _without_unsaid(edition: Edition, contents: dict[str, Any]) -> dict[str, Any]:
    """The contents without what was cut from somebody's words since, and is said nowhere any more."""
    unsaid = unsaid_in(edition.draft.series_id)
    return reworded(contents, unsaid.taken_out) if unsaid else contents


def _cut_since(contents: dict[str, Any]) -> set[int]:
    """Statements that the edition prints in other words than they have now, because something was cut from them."""
    found = redacted_statements(sorted(printed_in(contents)))
    return {
        row["id"] for row in contents["statements"] if row["id"] in found and row["text"] != found[row["id"]].strip()
    }


def _printable(ids: set[int]) -> set[int]:
    found: set[int] = set()
    ordered = sorted(ids)
    for first in range(0, len(ordered), CHUNK):
        query = select(Statement.id).where(
            Statement.id.in_(ordered[first : first + CHUNK]),
            Statement.retired_at.is_(None),
            Statement.withheld.is_(None),
            Statement.consent == "quote",
        )
        found.update(db.session.scalars(query))
    return found


def draft_by_slug(slug: str) -> ReportDraft:
    """The report at a public address, if any of its editions was ever published."""
    draft = db.session.scalar(select(ReportDraft).where(ReportDraft.slug == clean_line(slug)))
    if draft is None or not editions_of(draft):
        raise NotFound(_("There is no published report at this address. Check it for a slip of typing."))
    return draft


def paragraph_numbered(report: Report, number: str) -> Paragraph:
    found = next((one for one in report.all_paragraphs() if one.number == number), None)
    if found is None:
        raise NotFound(_("There is no paragraph with this number in this edition."))
    return found
