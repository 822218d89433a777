"""What became of one response, for the person who sent it."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from ..collect.models import Answer, Response
from ..collect.signals import Use, asking_for_uses
from ..extensions import db
from .models import Placement, Statement

# Made once, as every receipt asks it.
IN_RESPONSE = (
    select(Statement)
    .join(Answer, Statement.answer_id == Answer.id)
    .where(Answer.response_id == bindparam("response_id"), Statement.retired_at.is_(None))
    .options(joinedload(Statement.placement).joinedload(Placement.theme))
    .order_by(Statement.answer_id, Statement.start)
)


@asking_for_uses.connect
def uses_in_themes(response: Response) -> list[Use]:
    """Each statement of the response with the theme that it stands in, in the order of its words."""
    found = db.session.scalars(IN_RESPONSE, {"response_id": response.id})
    return [Use(statement.text, became(statement)) for statement in found]


def became(statement: Statement) -> str:
    """Where a statement stands, in words for its author."""
    if statement.withheld == "consent":
        return _("Kept out of reports, as you asked.")
    if statement.withheld is not None:
        return _("Left out of the report.")
    if statement.duplicate_of_id is not None:
        return _("Received twice, and counted once.")
    if statement.placement is not None and statement.placement.theme is not None:
        return _("In the theme “%(title)s”.", title=statement.placement.theme.title)
    return _("Read, and in no theme yet.")
