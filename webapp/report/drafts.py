"""Reads of the report as it is edited, and its beginning."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..extensions import db
from ..programme.models import Event, Series
from .assembling import assemble
from .desk import Assembled, Stored
from .document import Paragraph
from .evidence import drafted_links
from .heard import Material
from .markup import markup_of
from .models import ReportDraft, ReportParagraph, ReportSection
from .queries import material_for


def draft_of(series: Series, event: Event | None = None) -> ReportDraft | None:
    """The report of the series or of the event, once somebody has begun to edit it."""
    query = select(ReportDraft).where(
        ReportDraft.series_id == series.id,
        ReportDraft.event_id == event.id if event is not None else ReportDraft.event_id.is_(None),
    )
    return db.session.scalar(query)


def stored_of(draft: ReportDraft | None) -> Stored | None:
    if draft is None:
        return None
    rows = db.session.scalars(
        select(ReportParagraph).where(ReportParagraph.draft_id == draft.id).order_by(ReportParagraph.id)
    )
    sections = db.session.scalars(select(ReportSection).where(ReportSection.draft_id == draft.id))
    return Stored.of(draft, list(rows), list(sections))


def assembled_for(series: Series, event: Event | None = None, now: datetime | None = None) -> Assembled:
    """The report as it stands: the board's draft with what people made of it. The caller has checked who may read."""
    return assemble(material_for(series, event, now), stored_of(draft_of(series, event)))


def begun(series: Series, event: Event | None, now: datetime) -> ReportDraft:
    """The report to edit. The first act takes down each paragraph that rests on statements as it stands at that moment;
    from then on a change on the board is proposed and overwrites nothing. The caller commits."""
    found = draft_of(series, event)
    if found is not None:
        return found
    draft = ReportDraft(
        series_id=series.id, event_id=event.id if event else None, slug=_free_slug(series, event), begun_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:
        # Somebody else began it in the same moment.
        found = draft_of(series, event)
        if found is None:
            raise
        return found
    _take_down(draft, material_for(series, event))
    db.session.flush()
    return draft


def _take_down(draft: ReportDraft, material: Material) -> None:
    for place in assemble(material, None).places:
        for part in place.parts:
            if part.drafted is not None and part.drafted.evidence:
                db.session.add(row_of(draft, part.drafted, place.section.key, place.section.title, material))


def row_of(
    draft: ReportDraft, drafted: Paragraph, section_key: str, section_title: str, material: Material
) -> ReportParagraph:
    """A drafted paragraph as a row, seen as it stands now."""
    heard = {one.id: one for one in material.heard}
    links = drafted_links(drafted, heard)
    text = markup_of(drafted)
    return ReportParagraph(
        draft_id=draft.id,
        key=drafted.key,
        section_key=section_key,
        section_title=section_title[:400],
        own=False,
        deleted=False,
        text=text,
        drafted=text,
        evidence=[link.stored for link in links],
        drafted_ids=[link.statement_id for link in links],
    )


def slug_of(words: str, longest: int = 60) -> str:
    """making-it-count-leeds: letters that every address can hold."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def _free_slug(series: Series, event: Event | None) -> str:
    slug = slug_of(" ".join(filter(None, (series.title, event and (event.place or event.title))))) or "report"
    taken = set(db.session.scalars(select(ReportDraft.slug).where(ReportDraft.slug.startswith(slug, autoescape=True))))
    number = 1
    while (free := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return free
