"""Whole statements that are kept no longer, to be taken out wherever somebody repeated them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select

from ..extensions import db
from .models import Board, Statement
from .said_again import SaidAgain, replaced_in, squeezed


class Gone(SaidAgain):
    """What `blackening` takes out of everything that was made of the statements."""

    def taken_out(self, value: Any) -> Any:
        """The value with the statements replaced in each string in it, however deep."""
        return replaced_in(value, self.places)

    def term(self, _term: Any) -> bool:
        """Single words that describe a theme tell nothing of who said them."""
        return False


def gone_of(texts: Iterable[str], series_id: int, mark: str, others: ColumnElement[bool] | None = None) -> Gone:
    """The texts that nobody says any more, word for word, among the `others` that are not set aside."""
    said = select(Statement.text).join(Board).where(Board.series_id == series_id, Statement.retired_at.is_(None))
    still_said = {squeezed(text) for text in db.session.scalars(said if others is None else said.where(others))}
    return Gone((text for text in texts if squeezed(text) not in still_said), mark)
