"""What people decided about placements, kept; and the numbers that themes get."""

from collections.abc import Iterable, Mapping

import numpy as np

from analysis.partition import Floats, Labels, centroids

ANCHORED = 1 / 7  # share of a found group that people placed, from which on it belongs to their themes


def keep_placed(labels: Labels, points: Floats, placed: Mapping[int, int]) -> Labels:
    """Placed statements get their labels; found groups that hold many of them join those themes.

    Found groups of which people placed little keep a number of their own, above the fixed labels.
    """
    if not placed:
        return labels
    hand = np.full(len(labels), -2, dtype=np.int64)
    for i, label in placed.items():
        hand[i] = label
    above = int(hand.max()) + 1 if hand.max() >= 0 else 0
    out = np.where(labels < 0, -1, labels + above)
    middles, names = centroids(points, np.maximum(hand, -1))
    for name in np.unique(labels[labels >= 0]):
        inside = labels == name
        anchors = inside & (hand >= 0)
        free = np.flatnonzero(inside & (hand == -2))
        if anchors.sum() < ANCHORED * inside.sum() or not anchors.any():
            continue
        here = np.isin(names, hand[anchors])
        out[free] = names[here][np.argmax(points[free] @ middles[here].T, axis=1)]
    return np.where(hand > -2, hand, out)


def numbered(labels: Labels, placed: Mapping[int, int]) -> Labels:
    """Groups numbered by falling size, then by first member; labels that a person fixed stay."""
    fixed = {label for label in placed.values() if label >= 0}
    found = [label for label in dict.fromkeys(labels.tolist()) if label >= 0 and label not in fixed]
    found.sort(key=lambda label: -int((labels == label).sum()))
    start = max(fixed) + 1 if fixed else 0
    new = {label: start + i for i, label in enumerate(found)} | {label: label for label in fixed} | {-1: -1}
    return np.array([new[label] for label in labels.tolist()], dtype=np.int64)


def keep_apart(labels: Labels, points: Floats, pairs: Iterable[tuple[int, int]], placed: Mapping[int, int]) -> Labels:
    """Labels in which no pair shares a theme: of each pair the one further from its theme's middle moves.

    It moves to the nearest theme without a statement that it must be apart from, or to none (-1). Raises
    ValueError for a statement paired with itself, or two that a person placed in one theme.
    """
    out = labels.copy()
    partners: dict[int, set[int]] = {}
    for one, other in pairs:
        if one == other or (one in placed and other in placed and placed[one] == placed[other] >= 0):
            raise ValueError(f"Statements {one} and {other} cannot be apart.")
        partners.setdefault(one, set()).add(other)
        partners.setdefault(other, set()).add(one)
    if not partners:
        return out
    middles, names = centroids(points, labels)
    near = points @ middles.T
    for one in sorted(partners):
        for other in sorted(partners[one]):
            if one > other or out[one] != out[other] or out[one] < 0:
                continue
            column = int(np.searchsorted(names, out[one]))
            free = [i for i in (one, other) if i not in placed]
            moved = min(free, key=lambda i: (near[i, column], i))
            taken = {int(out[i]) for i in partners[moved]}
            open_to = [j for j, name in enumerate(names.tolist()) if name not in taken]
            out[moved] = names[max(open_to, key=lambda j: near[moved, j])] if open_to else -1
    return out
