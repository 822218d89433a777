"""How a set of unit vectors falls apart into groups, and into how many."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]


def unit(matrix: npt.NDArray[np.floating]) -> Floats:
    """Rows scaled to length one; a zero row stays zero."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(norms, 1e-12), dtype=np.float32)


def smooth(vectors: Floats, neighbours: int = 8, rounds: int = 2) -> Floats:
    """Each unit row averaged with its nearest rows, ``rounds`` times; float32 (n, d)."""
    k = min(neighbours + 1, len(vectors))
    for _ in range(rounds):
        near = np.argpartition(-(vectors @ vectors.T), k - 1, axis=1)[:, :k]
        vectors = unit(vectors[near].mean(axis=1))
    return vectors


def sizes_to_try(n: int, low: int, high: int) -> list[int]:
    """Numbers of groups between two bounds, closer together where they are small."""
    low, high = max(2, min(low, n)), max(2, min(high, n))
    sizes = {low, high}
    size = float(low)
    while size < high:
        sizes.add(round(size))
        size = max(size + 1, size * 1.12)
    return sorted(sizes)


def best_kmeans(points: Floats, sizes: Iterable[int], seed: int) -> Labels:
    """The k-means partition with the best silhouette less a small charge for every new group."""
    best: tuple[float, Labels] | None = None
    for size in sizes:
        labels = KMeans(size, n_init=4, random_state=seed).fit_predict(points).astype(np.int64)
        if len(set(labels.tolist())) < 2:
            continue
        if len(set(labels.tolist())) >= len(points):
            continue
        score = float(silhouette_score(points, labels)) - 0.03 * float(np.log(size))
        if best is None or score > best[0]:
            best = (score, labels)
    return best[1] if best is not None else np.zeros(len(points), dtype=np.int64)
