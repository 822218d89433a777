"""Pages by key: the next page begins after the last row of this one, however many came in meanwhile."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select

from ..extensions import db


def page(
    query: Select[Any], key: ColumnElement[int] | Any, asked: dict[str, Any], scalars: bool = True
) -> tuple[Sequence[Any], bool]:
    """The rows of the page that was asked for, in the order of the key, and whether more follow."""
    narrowed = query.where(key > asked["after"]).order_by(key).limit(asked["limit"] + 1)
    found = (db.session.scalars(narrowed) if scalars else db.session.execute(narrowed)).all()
    return found[: asked["limit"]], len(found) > asked["limit"]


def as_page(rows: Sequence[Any], more: bool, shown: Callable[[Any], Any], name: str = "id") -> dict[str, Any]:
    """The page as its shape has it."""
    return {"items": [shown(row) for row in rows], "next_after": getattr(rows[-1], name) if more else None}
