"""Moving one row of an ordered list up or down."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything that has a place in an order."""

    position: int


Row = TypeVar("Row", bound=Placed)


def shift(rows: Sequence[Row], row: Row, by: int) -> None:
    """Move `row` by one place (-1 up, 1 down) and number all rows 1, 2, 3 ...; at an end it stays."""
    order = list(rows)
    here = order.index(row)
    there = here + by
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order, start=1):
        each.position = position
