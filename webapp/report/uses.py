"""Tells a delegate's receipt which published paragraphs used their words."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from ..collect.models import Answer, Response
from ..collect.signals import Use, asking_for_uses
from ..extensions import db
from ..themes.models import Statement
from .models import Edition, EditionUse, ReportDraft

# Made once, as every receipt asks it.
OF_RESPONSE = (
    select(EditionUse, Statement.text, Statement.id)
    .join(Statement, Statement.id == EditionUse.statement_id)
    .join(Answer, Answer.id == Statement.answer_id)
    .join(EditionUse.edition)
    .join(Edition.draft)
    .where(
        Answer.response_id == bindparam("response_id"),
        Statement.retired_at.is_(None),
        Edition.unpublished_at.is_(None),
    )
    .options(contains_eager(EditionUse.edition).contains_eager(Edition.draft))
    .order_by(Statement.answer_id, Statement.start, ReportDraft.id, Edition.number, EditionUse.id)
)


@asking_for_uses.connect
def uses_in_editions(response: Response) -> list[Use]:
    """Each statement of the response that stands in an edition which is public, with the paragraphs' numbers."""
    found: dict[tuple[int, int], tuple[str, Edition, list[EditionUse]]] = {}
    for use, text, statement_id in db.session.execute(OF_RESPONSE, {"response_id": response.id}):
        found.setdefault((statement_id, use.edition_id), (text, use.edition, []))[2].append(use)
    return [Use(text, became(edition, uses)) for text, edition, uses in found.values()]


def became(edition: Edition, uses: list[EditionUse]) -> str:
    """Which edition has it, and in which paragraphs."""
    address = f"/reports/{edition.draft.slug}/{edition.number}"
    counted = ", ".join(dict.fromkeys(use.number for use in uses))
    quoted = ", ".join(dict.fromkeys(use.number for use in uses if use.quoted))
    if quoted:
        return _(
            "Published in edition %(edition)s of the report (%(address)s). Paragraphs that count it: %(counted)s."
            " Paragraphs that quote it: %(quoted)s.",
            edition=edition.number,
            counted=counted,
            quoted=quoted,
            address=address,
        )
    return _(
        "Published in edition %(edition)s of the report (%(address)s). Paragraphs that count it: %(counted)s.",
        edition=edition.number,
        counted=counted,
        address=address,
    )
