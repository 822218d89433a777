"""How a theme fares over the events of a series, and which themes of different events may be one."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Course = Literal["new", "recurring", "faded", "heard once"]

ALIKE = 0.6  # cosine of two middles (of uncentred vectors) that may be one theme
APART = 0.1  # of the smaller theme's statements may come from events of the other


class Link(NamedTuple):
    """Two themes of different events that may be one: their labels, and how alike their middles are (cosine)."""

    one: int
    other: int
    likeness: float


def course_of(heard: Sequence[bool]) -> Course:
    """What a theme is that was heard at these events, in order of time: new at the last one, recurring up to it, faded
    before it, or heard once before it. Raises ValueError where it was heard at none."""
    times = [at for at, here in enumerate(heard) if here]
    if not times:
        raise ValueError("a theme that was heard at no event has no course")
    last = times[-1] == len(heard) - 1
    if len(times) == 1:
        return "new" if last else "heard once"
    return "recurring" if last else "faded"


def likely_links(
    vectors: npt.NDArray[np.float32], labels: npt.NDArray[np.int64], events: npt.NDArray[np.int64]
) -> list[Link]:
    """Pairs of themes that were heard at different events and say alike, the most alike first, each theme once.

    ``vectors`` (n, d) are ``encode``'s, with the theme (n,) and the event (n,) of each.
    """
    names, rows = np.unique(labels, return_inverse=True)
    if len(names) < 2:
        return []
    middles = np.zeros((len(names), vectors.shape[1]))
    np.add.at(middles, rows, vectors)
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)
    heard = np.zeros((len(names), len(np.unique(events))))
    np.add.at(heard, (rows, np.unique(events, return_inverse=True)[1]), 1)
    likeness = middles @ middles.T
    found: list[Link] = []
    for i in range(len(names)):
        for j in range(i + 1, len(names)):
            shared = np.minimum(heard[i], heard[j]).sum()
            if likeness[i, j] >= ALIKE and shared <= APART * min(heard[i].sum(), heard[j].sum()):
                found.append(Link(int(names[i]), int(names[j]), float(likeness[i, j])))
    chosen: list[Link] = []
    for link in sorted(found, key=lambda each: (-each.likeness, each.one, each.other)):
        if not {link.one, link.other} & {name for each in chosen for name in (each.one, each.other)}:
            chosen.append(link)
    return chosen
