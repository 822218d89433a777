"""A flat picture of statements: near ones say similar things."""

import numpy as np
import numpy.typing as npt

from analysis.partition import Floats, Smoother, unit

LANDMARKS = 2500


def lay_out(vectors: Floats) -> npt.NDArray[np.float64]:
    """Places (n, 2) from 0 to 1 for ``encode``'s vectors (n, d): the two axes along which smoothed points differ most.

    Half of a place is its rank, so that no crowd hides in the middle. Nothing in it is random.
    """
    if len(vectors) < 3:
        return np.asarray(0.5 + 0.1 * np.arange(len(vectors))[:, None] * np.ones((1, 2)), dtype=np.float64)
    points = unit(vectors - vectors.mean(axis=0))
    smoother = Smoother()
    smoother.fit(points[:: max(1, len(points) // LANDMARKS)])
    smooth = smoother.transform(points).astype(np.float64) + 0.15 * points
    smooth -= smooth.mean(axis=0)
    _values, axes = np.linalg.eigh(smooth.T @ smooth)
    flat = smooth @ axes[:, [-1, -2]]
    ranks = np.argsort(np.argsort(flat, axis=0, kind="stable"), axis=0, kind="stable") / (len(flat) - 1)
    spread = (flat - flat.min(axis=0)) / np.maximum(np.ptp(flat, axis=0), 1e-9)
    return np.asarray((ranks + spread) / 2)
