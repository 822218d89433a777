"""Reads of what was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from ..errors import NotFound
from ..extensions import db
from ..text_input import clean_line
from ..themes.models import PRINTABLE, Statement
from ..themes.redactions import redacted_statements
from ..themes.unsaid import Unsaid, unsaid_in
from .differences import cut_anew
from .document import Paragraph, Report
from .frozen import TAKEN_OUT, thawed
from .leaving_out import Contents, reworded, without_words
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
    """The frozen report, for its title and how it looks: letter for letter, but for words that were cut since from
    what was said and are said nowhere any more. Readers get `published`."""
    return thawed(_without_unsaid(edition, edition.contents))


def published(edition: Edition) -> Published:
    """What readers get: the same for ever, save that words which were withdrawn, corrected or withheld since are left
    out, and so are those from which something was cut. What is taken back is taken back from every edition."""
    left, gone = as_shown(edition)
    return Published(edition, thawed(left), len(gone.union(edition.contents.get(TAKEN_OUT, ()))))


def as_shown(edition: Edition, hidden: Iterable[int] = ()) -> tuple[Contents, set[int]]:
    """The edition's contents as readers get them, without the `hidden` statements' words too; and which statements'
    words are left out."""
    left, gone = _left_of(edition, hidden)

    def before(number: int) -> Contents | None:
        """What readers get of the edition that it tells the changes since."""
        earlier = edition_of(edition.draft, number)
        return _left_of(earlier)[0] if earlier is not None and earlier.unpublished_at is None else None

    return cut_anew(left, before), gone


def _left_of(edition: Edition, hidden: Iterable[int] = ()) -> tuple[Contents, set[int]]:
    contents = edition.contents
    gone = left_out_of(contents) | set(hidden)
    return _without_unsaid(edition, without_words(contents, frozenset(gone), taken_out_of(contents))), gone


def without_cuts(contents: Contents, unsaid: Unsaid) -> Contents:
    """An edition's contents without what was cut since, to be carried where nobody can tell what was cut: the words of
    statements that it prints as they were before, and what is `unsaid` wherever else it stands."""
    gone = _cut_since(contents)
    kept = without_words(contents, frozenset(gone))
    kept = reworded(kept, unsaid.places) if unsaid else kept
    return kept | {TAKEN_OUT: sorted(gone.union(contents.get(TAKEN_OUT, ())))} if gone else kept


def left_out_of(contents: Contents) -> set[int]:
    """The statements in the contents whose words readers get no more."""
    printed = printed_in(contents)
    return (printed - those_among(printed, *PRINTABLE)) | _cut_since(contents)


def taken_out_of(contents: Mapping[str, Any]) -> list[str]:
    """The words that were taken out of the contents for good, as far as they are kept elsewhere: they may stand in a
    paragraph in another dress."""
    query = select(Statement.text).where(
        Statement.id.in_(contents.get(TAKEN_OUT, ())), Statement.words_removed_at.is_(None), Statement.text != ""
    )
    return list(db.session.scalars(query)) if TAKEN_OUT in contents else []


def printed_in(contents: Mapping[str, Any]) -> set[int]:
    """The statements whose words stand in an edition's contents."""
    return {row["id"] for row in contents["statements"] if row["text"]}


def _without_unsaid(edition: Edition, contents: Contents) -> Contents:
    """The contents without what was cut from somebody's words since, and is said nowhere in public any more."""
    unsaid = unsaid_in(edition.draft.series_id, public=True)
    return reworded(contents, unsaid.places) if unsaid else contents


def _cut_since(contents: Contents) -> set[int]:
    """Statements that the edition prints in other words than they have now, because something was cut from them."""
    found = redacted_statements(sorted(printed_in(contents)))
    return {
        row["id"] for row in contents["statements"] if row["id"] in found and row["text"] != found[row["id"]].strip()
    }


def those_among(ids: set[int], *conditions: ColumnElement[bool]) -> set[int]:
    """Those of the statements that there are, and to which all of it applies."""
    found: set[int] = set()
    ordered = sorted(ids)
    for first in range(0, len(ordered), CHUNK):
        query = select(Statement.id).where(Statement.id.in_(ordered[first : first + CHUNK]), *conditions)
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
