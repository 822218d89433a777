"""How a set of unit vectors falls apart into groups, and into how many.

Vectors are averaged with their nearest neighbours, then joined pair by pair (average linkage) until the
groups stand further apart than ``APART``. The distance comes from the encoder's own scale, so the number of
groups follows from the statements and is not searched for. Nothing in it is random.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.metrics import silhouette_score

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

APART = 1.0  # mean Euclidean distance of two groups of smoothed unit vectors; 1.0 is a cosine of 0.5
NEIGHBOURS = 8
ROUNDS = 2
FEWEST = 3  # statements that make a group
LEAST_SHARE = 0.01  # of all statements that make a group
LONELY = 0.4  # cosine to the nearest group, under which a group too small to stand is left alone
EVENNESS = 0.35  # how much a merge of large groups costs: 0 is average linkage, 0.5 about Ward's criterion
MOST_LEFT = 0.15  # of all statements that may be left out where groups are made broader
_CHUNK = 2048


def unit(matrix: npt.NDArray[np.floating]) -> Floats:
    """Rows scaled to length one; a zero row stays zero."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(norms, 1e-12), dtype=np.float32)


class Smoother:
    """Averages vectors with their nearest neighbours among landmarks, twice over."""

    def fit(self, landmarks: Floats) -> Floats:
        """Keep landmarks (m, d), unit rows; returns them smoothed."""
        self.layers = [landmarks]
        # In a small list eight neighbours would be most of it.
        self.neighbours = min(NEIGHBOURS, max(1, len(landmarks) // 6))
        for _ in range(ROUNDS):
            self.layers.append(self._average(self.layers[-1], self.layers[-1], self.neighbours + 1))
        return self.layers[-1]

    def transform(self, points: Floats) -> Floats:
        """Other points (n, d), each averaged with its nearest landmarks at every round."""
        for landmarks in self.layers[:-1]:
            near = self._average(points, landmarks, self.neighbours, plain=True)
            points = unit(points + self.neighbours * near)
        return points

    @staticmethod
    def _average(points: Floats, landmarks: Floats, near: int, *, plain: bool = False) -> Floats:
        out = np.zeros_like(points)
        near = min(near, len(landmarks))
        for start in range(0, len(points) if near else 0, _CHUNK):
            likeness = points[start : start + _CHUNK] @ landmarks.T
            nearest = np.argpartition(likeness, len(landmarks) - near, axis=1)[:, -near:]
            # Added up column by column: gathering all neighbours at once takes four times as long.
            for column in nearest.T:
                out[start : start + _CHUNK] += landmarks[column]
        out /= max(near, 1)
        return out if plain else unit(out)


def distances(points: Floats) -> npt.NDArray[np.float64]:
    """Euclidean distances of unit vectors in pairs, as ``pdist`` gives them, by one product of matrices."""
    exact = points.astype(np.float64)
    squares = np.einsum("nd,nd->n", exact, exact)
    apart = squares[:, None] + squares[None, :] - 2 * (exact @ exact.T)
    return np.asarray(np.sqrt(np.maximum(apart[np.triu_indices(len(points), 1)], 0)))


def centroids(points: Floats, labels: Labels) -> tuple[Floats, Labels]:
    """Unit centroids (k, d) of the groups and their labels (k,), rising; -1 has none."""
    names = np.unique(labels[labels >= 0])
    if not len(names):
        return np.zeros((0, points.shape[1]), dtype=np.float32), names
    return unit(np.array([points[labels == name].mean(axis=0) for name in names])), names


def group(smoothed: Floats, low: int | None = None, high: int | None = None, counts: Labels | None = None) -> Labels:
    """Labels (n,) of the groups of smoothed unit vectors, -1 for the ones that stand alone.

    Between ``low`` and ``high`` groups, as near as can be to where the joining would have stopped by itself.
    ``counts`` (n,) tells how many statements each row stands for.
    """
    n = len(smoothed)
    counts = np.ones(n, dtype=np.int64) if counts is None else counts
    total = int(counts.sum())
    if n < 2 or (total < 2 * FEWEST and low is None):
        return np.zeros(n, dtype=np.int64)
    tree = linkage(distances(smoothed), "average")

    def settled(labels: npt.NDArray[np.int32]) -> Labels:
        fewest = max(FEWEST, round(LEAST_SHARE * total)) if low is None or low * FEWEST <= total else 1
        return join_small(labels.astype(np.int64), smoothed, fewest, counts)

    natural = settled(fcluster(tree, APART, "distance"))
    found = len(np.unique(natural[natural >= 0]))
    if high is not None and found > high:
        return _broader(natural, smoothed, high)
    if low is None or low <= found:
        return natural
    return _cut_to(lambda k: settled(fcluster(tree, k, "maxclust")), low, n)


def _broader(labels: Labels, points: Floats, most: int) -> Labels:
    """At most ``most`` groups out of the more that were found, none of them a catch-all.

    Every statement then goes to the group it is nearest to; what is near to none is left out (-1).
    """
    middles, names = centroids(points, _merged(labels, points, most))
    likeness = points @ middles.T
    best = likeness.max(axis=1)
    return np.where(best >= min(LONELY, np.quantile(best, MOST_LEFT)), names[np.argmax(likeness, axis=1)], -1)


def _merged(labels: Labels, points: Floats, most: int) -> Labels:
    """Groups merged pair by pair until ``most`` are left.

    Average linkage carried further makes one heap of what is left, and Ward's criterion evens out real differences
    in size. A merge costs the distance of the two, times their harmonic mean size to the power of ``EVENNESS``.
    """
    out = labels.copy()
    names = np.unique(labels[labels >= 0])
    sizes = np.array([(labels == name).sum() for name in names], dtype=np.float64)
    means = np.array([points[labels == name].mean(axis=0) for name in names], dtype=np.float64)
    while len(names) > max(1, most):
        # Members of two groups stand this far apart in the root mean square.
        apart = np.sqrt(np.maximum(2 - 2 * means @ means.T, 1e-9))
        harmonic = 2 * np.outer(sizes, sizes) / np.add.outer(sizes, sizes)
        cost = apart * (harmonic / sizes.mean()) ** EVENNESS
        np.fill_diagonal(cost, np.inf)
        one, other = sorted(divmod(int(np.argmin(cost)), len(names)))
        together = sizes[one] + sizes[other]
        means[one] = (sizes[one] * means[one] + sizes[other] * means[other]) / together
        sizes[one] = together
        out[out == names[other]] = names[one]
        names, sizes, means = np.delete(names, other), np.delete(sizes, other), np.delete(means, other, axis=0)
    return out


def _cut_to(cut: Callable[[int], Labels], wanted: int, n: int) -> Labels:
    """The cut of the tree whose number of groups is nearest to the wanted one."""
    wanted = min(wanted, n)
    best: tuple[int, Labels] | None = None
    for k in range(1, n + 1):
        labels = cut(k)
        miss = abs(len(np.unique(labels[labels >= 0])) - wanted)
        if best is None or miss < best[0]:
            best = (miss, labels)
        if miss == 0 or k > 8 * wanted + 20:
            break
    assert best is not None
    return best[1]


def join_small(labels: Labels, points: Floats, fewest: int, counts: Labels) -> Labels:
    """Groups under ``fewest`` members join the nearest large one, or are left alone (-1) far from all."""
    sizes = np.bincount(labels, weights=counts)
    large = sizes[labels] >= fewest
    if not large.any():
        return np.zeros(len(labels), dtype=np.int64)
    middles, names = centroids(points, np.where(large, labels, -1))
    out = labels.copy()
    if not large.all():
        likeness = points[~large] @ middles.T
        out[~large] = np.where(likeness.max(axis=1) >= LONELY, names[np.argmax(likeness, axis=1)], -1)
    return out


def split(points: Floats, low: int, high: int, least_gain: float | None = None) -> Labels:
    """The best split of unit vectors into ``low`` to ``high`` parts by silhouette; labels (n,).

    With ``least_gain`` everything stays one part (0) unless the silhouette reaches it.
    """
    n = len(points)
    high = min(high, n)
    if n < 2 or high < 2 or not np.ptp(points, axis=0).any():
        return np.zeros(n, dtype=np.int64)
    smoother = Smoother()
    apart = distances(smoother.fit(points))
    tree, square = linkage(apart, "ward"), squareform(apart)
    best: tuple[float, Labels] | None = None
    for k in range(max(2, low), high + 1):
        labels = fcluster(tree, k, "maxclust").astype(np.int64) - 1
        parts, counts = np.unique(labels, return_counts=True)
        if len(parts) < 2 or len(parts) >= n or (least_gain is not None and counts.min() < FEWEST):
            continue
        score = float(silhouette_score(square, labels, metric="precomputed"))
        if best is None or score > best[0] + 0.02:
            best = (score, labels)
    if best is None:
        return np.arange(n) if n == 2 else np.zeros(n, dtype=np.int64)
    if least_gain is not None and best[0] < least_gain:
        return np.zeros(n, dtype=np.int64)
    return best[1]
