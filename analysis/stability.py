"""How well a theme survives when statements are left out at random."""

import numpy as np
import numpy.typing as npt

from analysis.partition import Floats, Labels, Smoother, group

RESAMPLES = 4
KEPT = 0.8
MOST = 900  # statements in a resample, which bounds its cost


def theme_stability(
    points: Floats, labels: Labels, low: int | None = None, high: int | None = None
) -> dict[int, float]:
    """For each label the mean, over resamples, of the Jaccard index with the group most like it (0 to 1).

    ``low`` and ``high`` are the range of themes that was asked for.
    """
    names = [int(name) for name in np.unique(labels[labels >= 0])]
    scores: dict[int, list[float]] = {name: [] for name in names}
    order = np.lexsort((points[:, 0], labels)) if len(labels) else np.zeros(0, dtype=np.int64)
    for seed in range(RESAMPLES):
        size = min(MOST, round(KEPT * len(labels)))
        drawn = np.sort(np.random.default_rng(seed).choice(len(labels), size, replace=False)) if size else order
        rows = order[drawn]
        if len(rows) < 4:
            continue
        again = group(Smoother().fit(points[rows]), low, high)
        for name in names:
            if (mine := labels[rows] == name).any():
                scores[name].append(max(_jaccard(mine, again == other) for other in np.unique(again)))
    return {name: float(np.mean(found)) if found else 1.0 for name, found in scores.items()}


def _jaccard(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> float:
    return float((one & other).sum() / (one | other).sum())
