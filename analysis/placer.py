"""Where a statement fits best among themes that stand: learned from what people placed before what was guessed."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

PERSON = 5.0  # what one person's placement weighs against one of the machine's; `benchmarks/review.py` measures it
SHARPNESS = 8.0  # turns differences of cosines into confidence
NEAR_ENOUGH = 0.2  # cosine with the best theme, under which a statement fits none


class ThemePlacer:
    """The middles of themes, weighed by who placed their statements, about the middle of all of them.

    After ``fit``: ``names_`` (k,), the themes' labels in rising order, and ``middles_`` (k, d), unit vectors.
    """

    def fit(self, vectors: Floats, labels: Labels, by_person: npt.NDArray[np.bool_]) -> "ThemePlacer":
        """Learn from ``encode``'s vectors (n, d) with their labels (n,), all 0 or more, and who placed them (n,)."""
        self.names_ = np.unique(labels)
        self.middle_ = vectors.mean(axis=0)
        weighed = (vectors - self.middle_) * np.where(by_person, PERSON, 1.0).astype(np.float32)[:, None]
        order = np.argsort(labels, kind="stable")
        self.middles_ = _unit(np.add.reduceat(weighed[order], np.searchsorted(labels[order], self.names_)))
        return self

    def likeness(self, vectors: Floats) -> Floats:
        """Cosines (n, k) of other statements' vectors (n, d) with each theme."""
        return np.asarray(_unit(vectors - self.middle_) @ self.middles_.T, dtype=np.float32)

    def predict(self, vectors: Floats) -> tuple[Labels, Floats, Floats]:
        """The nearest theme's label (n,), its share of the likeness among all themes (n,), and its cosine (n,)."""
        likeness = self.likeness(vectors)
        best = likeness.argmax(axis=1)
        return self.names_[best], _shares(likeness).max(axis=1), likeness.max(axis=1)

    def lead(self, vectors: Floats) -> Floats:
        """How far the nearest theme's share is ahead of the next one's (n,), 0 to 1: the less, the more in doubt."""
        if len(self.names_) < 2:
            return np.ones(len(vectors), dtype=np.float32)
        ordered = np.sort(_shares(self.likeness(vectors)), axis=1)
        return np.asarray(ordered[:, -1] - ordered[:, -2], dtype=np.float32)


def _shares(likeness: Floats) -> Floats:
    odds = np.exp(SHARPNESS * (likeness - likeness.max(axis=1, keepdims=True)))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    # Not from `partition`, which needs scikit-learn: a process that serves pages does without it.
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12), dtype=np.float32)
