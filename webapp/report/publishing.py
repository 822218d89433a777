"""Publishing: what stands in its way, freezing an edition with its data, and taking one back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.exc import IntegrityError

from ..accounts.audit import record_audit
from ..accounts.models import User
from ..errors import DomainError, NotFound, Refused
from ..extensions import db
from ..programme.models import Event, Series
from ..text_input import clean_text
from ..themes.models import Statement
from ..themes.queries import accounts_of, boards_of
from ..themes.said_again import ENOUGH_WORDS, holds, squeezed
from ..themes.unsaid import unsaid_in
from . import signals
from .assembling import assemble
from .desk import Assembled, Part
from .differences import changes_section, differences
from .document import Item, Paragraph, Quote, Report, Section
from .drafts import begun, draft_of, stored_of
from .editions import edition_of, latest_edition, published
from .frozen import frozen
from .language import written_in
from .markup import plain
from .models import Edition, EditionUse, ReportDraft
from .queries import material_for
from .quotes import words_of
from .section_links import linked


@dataclass(frozen=True)
class Standing:
    """A text that must not become public, in a paragraph that would publish it."""

    part: Part
    # None for words that were cut: they stand in no statement any more.
    statement_id: int | None
    why: str


@dataclass(frozen=True)
class Readiness:
    """Whether an edition can be published now, and all that stands in its way."""

    assembled: Assembled
    balance: bool
    stale: tuple[Part, ...]
    forbidden: tuple[Standing, ...]
    claims: tuple[Part, ...]
    empty: bool

    @property
    def ready(self) -> bool:
        return self.balance and not self.stale and not self.forbidden and not self.empty


def readiness(series: Series, event: Event | None, now: datetime) -> Readiness:
    assembled = assemble(material_for(series, event, now), stored_of(draft_of(series, event)))
    board_ids = [board.id for board in boards_of(series.id)]
    accounts = accounts_of(board_ids, event.id if event else None)
    balance = assembled.report.balance
    return Readiness(
        assembled=assembled,
        balance=accounts.balance
        and balance.received == balance.used + balance.duplicate + balance.withheld + balance.in_no_theme,
        stale=tuple(assembled.stale),
        forbidden=(*standing_texts(assembled, board_ids), *standing_cuts(assembled, series)),
        claims=tuple(part for part in assembled.parts if part.claims),
        empty=not any(one.number is not None for one in assembled.report.all_paragraphs()),
    )


def standing_texts(assembled: Assembled, board_ids: list[int]) -> list[Standing]:
    """Words that were withheld, taken back or not given for quoting, and stand in a paragraph all the same: somebody
    typed or pasted them, or named a theme with them."""
    # The board's paragraphs hold the titles of themes, which may be in somebody's words.
    written = [(part, squeezed(plain(part.markup))) for part in assembled.parts if part.shown is not None]
    query = select(Statement.id, Statement.text, Statement.withheld, Statement.consent, Statement.retired_at).where(
        Statement.board_id.in_(board_ids)
    )
    rows = db.session.execute(query).all()
    free = {squeezed(row.text) for row in rows if _may_be_printed(row)}
    found = []
    for row in rows:
        words = squeezed(row.text)
        if _may_be_printed(row) or words in free or len(words_of(row.text)) < ENOUGH_WORDS:
            continue
        why = "taken back by its author" if row.retired_at else "withheld" if row.withheld else "not to be quoted"
        found += [Standing(part, row.id, why) for part, text in written if holds(text, words)]
    return found


def standing_cuts(assembled: Assembled, series: Series) -> list[Standing]:
    """Words that were cut from what somebody said, and that a person typed into a paragraph since."""
    unsaid = unsaid_in(series.id, public=True)
    if not unsaid:
        return []
    written = ((part, plain(part.markup)) for part in assembled.parts if _written_by_a_person(part))
    return [Standing(part, None, "cut") for part, text in written if unsaid.taken_out(text) != text]


def _may_be_printed(row: Row[Any]) -> bool:
    return row.retired_at is None and row.withheld is None and row.consent == "quote"


def _written_by_a_person(part: Part) -> bool:
    return part.shown is not None and (bool(part.fixed) or (part.row is not None and part.row.edited))


def publish(series: Series, event: Event | None, actor: User, now: datetime, seen: int | None = None) -> Edition:
    """Freeze the next edition with its data. `seen` is the edition's number that the person was shown."""
    ready = readiness(series, event, now)
    if not ready.ready:
        raise Refused("It cannot be published yet. The page says what stands in its way.")
    draft = begun(series, event, now)
    before = latest_edition(draft)
    number = (db.session.scalar(select(func.max(Edition.number)).where(Edition.draft_id == draft.id)) or 0) + 1
    if seen is not None and seen != number:
        raise Refused(f"Edition {seen} was published by somebody else meanwhile. Look at it, then publish again.")
    report = published_report(ready.assembled.report, before, number, now)
    edition = Edition(
        draft_id=draft.id, number=number, contents=frozen(report), published_at=now, published_by_id=actor.id
    )
    draft.numbers = {**(draft.numbers or {}), **{one.key: one.number for one in report.all_paragraphs() if one.number}}
    db.session.add(edition)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        said = f"Edition {number} was published by somebody else in the same moment. Look at it first."
        raise Refused(said) from error
    db.session.add_all(uses_in(edition, report))
    record_audit("publication", f"edition {number} at /reports/{draft.slug}", now, actor, series.id)
    db.session.commit()
    signals.edition_published.send(None, series_id=series.id)
    return edition


def published_report(report: Report, before: Edition | None, number: int, now: datetime) -> Report:
    """The report as the edition has it: without what is only said to its editors, with what changed since the last."""
    sections = tuple(kept for section in report.sections if (kept := without_gaps(section)).paragraphs or kept.sections)
    report = replace(report, sections=tuple(linked(sections)), edition=number, published_at=now, drafted_at=None)
    if before is None:
        return report
    # What its readers get of the edition before: words that left it must not come back here.
    earlier = published(before).report
    with written_in(report.language):
        changes = changes_section(differences(earlier, report), before.number)
    return replace(report, sections=(*report.sections, changes))


def without_gaps(section: Section) -> Section:
    """The section without the lines that say that something is not written yet."""
    paragraphs = tuple(one for one in section.paragraphs if one.kind != "missing")
    inner = tuple(kept for each in section.sections if (kept := without_gaps(each)).paragraphs or kept.sections)
    return replace(section, paragraphs=paragraphs, sections=inner)


def uses_in(edition: Edition, report: Report) -> Iterable[EditionUse]:
    """A row for each statement in each numbered paragraph."""
    for paragraph in report.all_paragraphs():
        if paragraph.number is None:
            continue
        quoted = {quote.statement_id for quote in all_quotes(paragraph)}
        for id_ in dict.fromkeys([*quoted, *(one.statement_id for one in paragraph.evidence)]):
            yield EditionUse(edition_id=edition.id, statement_id=id_, number=paragraph.number, quoted=id_ in quoted)


def all_quotes(paragraph: Paragraph) -> list[Quote]:
    items: Iterable[Item] = paragraph.items
    return [*paragraph.quotes, *(quote for item in items for quote in item.quotes)]


def unpublish(draft: ReportDraft, number: int, reason: str, actor: User, now: datetime) -> Edition:
    """Take an edition from the public. Its page says so, and why; its numbers stay taken."""
    edition = edition_of(draft, number)
    if edition is None:
        raise NotFound("There is no such edition.")
    reason = clean_text(reason).strip()
    if not reason:
        raise DomainError("Say why it is taken back: the public page gives the reason.")
    if edition.unpublished_at is None:
        edition.unpublished_at, edition.unpublished_reason = now, reason[:2000]
        what = f"edition {number} at /reports/{draft.slug} taken back: {reason}"
        record_audit("publication", what, now, actor, draft.series_id)
    db.session.commit()
    return edition
