"""A table hears its lines read back and agrees to them. What changes afterwards is no longer agreed, and is marked."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from ..errors import DomainError, Refused
from ..extensions import db
from ..programme.models import DiscussionTable
from ..text_input import clean_line
from .models import GroupNote
from .models_hall import TableAgreement
from .queries import notes_of, notes_version


def agree_to_lines(table: DiscussionTable, version: str, agreed_by: str, now: datetime) -> TableAgreement:
    """Store that the table agreed to its lines as they stood in `version`; Refused where they have changed since."""
    name = clean_line(agreed_by)[:200]
    if not name:
        raise DomainError(_("Write your name, so that it is known who pressed."))
    lines = len(notes_of(table))
    if not lines:
        raise Refused(_("There is nothing to agree to yet."))
    if version != notes_version(table):
        raise Refused(_("The lines changed while they were read. Read them once more, as they are now."))
    agreement = TableAgreement(table_id=table.id, agreed_at=now, agreed_by=name, lines=lines)
    db.session.add(agreement)
    db.session.commit()
    return agreement


def agreements_of(table_ids: Iterable[int]) -> dict[int, TableAgreement]:
    """The newest agreement of each of the tables that has one, by table id."""
    newest = (
        select(func.max(TableAgreement.id))
        .where(TableAgreement.table_id.in_(table_ids))
        .group_by(TableAgreement.table_id)
    )
    found = db.session.scalars(select(TableAgreement).where(TableAgreement.id.in_(newest)))
    return {agreement.table_id: agreement for agreement in found}


def agreement_of(table: DiscussionTable) -> TableAgreement | None:
    """The table's newest agreement."""
    return agreements_of([table.id]).get(table.id)


def changed_since(note: GroupNote, agreement: TableAgreement | None) -> bool:
    """Whether the line was taken, or became another, after the table had agreed."""
    return agreement is not None and (note.changed_at or note.noted_at) > agreement.agreed_at


def changed_tables(table_ids: Iterable[int]) -> set[int]:
    """Those of the tables that have a line, standing or deleted, that changed after their newest agreement."""
    newest = (
        select(TableAgreement.table_id, func.max(TableAgreement.agreed_at).label("at"))
        .where(TableAgreement.table_id.in_(table_ids))
        .group_by(TableAgreement.table_id)
        .subquery()
    )
    query = (
        select(GroupNote.table_id)
        .join(newest, newest.c.table_id == GroupNote.table_id)
        .where(func.coalesce(GroupNote.changed_at, GroupNote.noted_at) > newest.c.at)
        .distinct()
    )
    return set(db.session.scalars(query))
