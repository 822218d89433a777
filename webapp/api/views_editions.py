"""What was published."""

from typing import Any

from flask import Response, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..errors import DomainError, NotFound
from ..extensions import db
from ..programme.queries import NOT_HERE, series_for
from ..report.editions import published
from ..report.files import rendered
from ..report.for_everybody import for_everybody
from ..report.models import Edition, ReportDraft
from .bearer import who_asks
from .openapi import resource
from .paging import as_page, page
from .shapes_themes import EditionPage, EditionQuery, EditionShape
from .views_programme import public

TAG = "Editions"


class TakenBack(DomainError):
    """The edition was public, and is not any more."""

    status = 410


def edition_asked(edition_id: int) -> Edition:
    """The edition, for somebody who belongs to its series."""
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        raise NotFound(NOT_HERE)
    series_for(who_asks(), edition.draft.series_id)
    return edition


def edition_shown(edition: Edition) -> dict[str, Any]:
    draft = edition.draft
    return {
        **{name: getattr(edition, name) for name in ("id", "number", "published_at", "unpublished_at")},
        "unpublished_reason": edition.unpublished_reason,
        "series_id": draft.series_id,
        "event_id": draft.event_id,
        "address": public(url_for("report.public_edition", slug=draft.slug, number=edition.number)),
        "report": public(url_for("api.get_edition_report", edition_id=edition.id)),
    }


@resource("GET", "/series/<int:series_id>/editions", TAG, "read", EditionPage, query=EditionQuery)
def list_editions(asked: dict[str, Any], series_id: int) -> dict[str, Any]:
    """The editions of a series and of its events, those that were taken back too."""
    series = series_for(who_asks(), series_id)
    query = select(Edition).join(ReportDraft).where(ReportDraft.series_id == series.id)
    if "published_since" in asked:
        query = query.where(Edition.published_at >= asked["published_since"])
    return as_page(*page(query.options(joinedload(Edition.draft)), Edition.id, asked), edition_shown)


@resource("GET", "/editions/<int:edition_id>", TAG, "read", EditionShape)
def get_edition(edition_id: int) -> dict[str, Any]:
    """One edition: when, where, and where its contents are."""
    return edition_shown(edition_asked(edition_id))


@resource(
    "GET",
    "/editions/<int:edition_id>/report",
    TAG,
    "read",
    {"$ref": "#/components/schemas/Report"},
    said="The report, letter for letter the JSON file on its public page.",
    responses={"410": {"$ref": "#/components/responses/410"}},
)
def get_edition_report(edition_id: int) -> Response:
    """The contents of an edition: its sections, numbered paragraphs, quotations, statements and figures."""
    edition = edition_asked(edition_id)
    if edition.unpublished_at is not None:
        raise TakenBack(f"This edition was taken back: {edition.unpublished_reason}")
    return Response(rendered(for_everybody(published(edition).report), "json"), mimetype="application/json")
