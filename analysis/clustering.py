"""Finds the themes in a list of statements."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin

from analysis.describing import ThemeDescription
from analysis.duplicates import find_duplicates
from analysis.encoder import DIMENSIONS, load_encoder
from analysis.labelling import central_statements, group_terms, group_titles, summary_statement
from analysis.lexical import LexicalSpace
from analysis.partition import Floats, Labels, best_kmeans, sizes_to_try, smooth, unit

FEWEST = 3  # statements that make a theme
SAMPLE = 3000


class ThemeClusterer(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Groups statements into themes.

    ``n_themes`` is a number, a ``(low, high)`` range, or None to let the statements decide.
    After ``fit``: ``labels_``, ``confidence_``, ``sublabels_``, ``duplicates_`` of shape (n,), ``themes_``.
    """

    def __init__(self, n_themes: int | tuple[int, int] | None = None, random_state: int = 0) -> None:
        self.n_themes = n_themes
        self.random_state = random_state

    def fit(
        self,
        texts: Sequence[str],
        vectors: Floats | None = None,
        placed: Mapping[int, int] | None = None,
    ) -> "ThemeClusterer":
        """Find the themes of ``texts``.

        ``vectors`` are kept vectors of ``encode``, float32 (n, 384). ``placed`` maps a statement's index to
        the label of a theme that a person put it in, or to -1 for none; these are kept as they are.
        """
        texts = list(texts)
        placed = dict(placed or {})
        self.texts_ = texts
        raw = self._vectors(texts, vectors, learn=True)
        order = sorted(range(len(texts)), key=lambda i: (texts[i], placed.get(i, -2)))
        back = np.empty(len(texts), dtype=np.int64)
        back[order] = np.arange(len(texts))
        self.mean_ = raw.mean(axis=0) if len(texts) else np.zeros(DIMENSIONS, dtype=np.float32)
        self.points_ = unit(raw - self.mean_) if len(texts) > 1 else raw
        labels = self._partition(self.points_[order])[back] if len(texts) else np.zeros(0, dtype=np.int64)
        labels = _numbered(_keep_placed(labels, self.points_, placed), placed)
        self.labels_ = labels
        self.centroids_, self.centroid_labels_ = _centroids(self.points_, labels)
        _, self.confidence_ = self._nearest(self.points_, labels)
        self.sublabels_ = self._sublabels(labels)
        self.duplicates_ = find_duplicates(texts)
        self._themes: list[ThemeDescription] | None = None
        return self

    @property
    def themes_(self) -> list[ThemeDescription]:
        """The themes in the order of their labels, described when first asked for."""
        if self._themes is None:
            self._themes = self._describe()
        return self._themes

    def predict(self, texts: Sequence[str], vectors: Floats | None = None) -> Labels:
        """Labels for statements that came later, shape (n,), -1 for in no theme."""
        return self.predict_confidence(texts, vectors)[0]

    def predict_confidence(
        self, texts: Sequence[str], vectors: Floats | None = None
    ) -> tuple[Labels, Floats]:
        """Labels and confidence (0 to 1) for statements that came later."""
        points = unit(self._vectors(list(texts), vectors, learn=False) - self.mean_)
        return self._nearest(points, None)

    def _vectors(self, texts: list[str], vectors: Floats | None, *, learn: bool) -> Floats:
        if vectors is not None:
            self.space_ = None
            return np.asarray(vectors, dtype=np.float32)
        encoder = load_encoder() if learn or self.space_ is None else None
        if encoder is not None:
            self.space_ = None
            return encoder.encode(texts)
        if learn:
            self.space_ = LexicalSpace().fit(texts, DIMENSIONS)
        return self.space_.transform(texts)

    def _range(self, n: int) -> tuple[int, int]:
        if self.n_themes is None:
            return 2, max(2, min(40, n // 3))
        if isinstance(self.n_themes, tuple):
            return self.n_themes
        return self.n_themes, self.n_themes

    def _partition(self, points: Floats) -> Labels:
        n = len(points)
        low, high = self._range(n)
        if n < 2 * FEWEST or high < 2:
            return np.zeros(n, dtype=np.int64)
        if n <= SAMPLE:
            return best_kmeans(smooth(points), sizes_to_try(n, low, high), self.random_state)
        some = np.random.default_rng(self.random_state).choice(n, SAMPLE, replace=False)
        labels = best_kmeans(smooth(points[some]), sizes_to_try(SAMPLE, low, high), self.random_state)
        centroids, names = _centroids(points[some], labels)
        return names[np.argmax(points @ centroids.T, axis=1)]

    def _nearest(self, points: Floats, given: Labels | None) -> tuple[Labels, Floats]:
        if not len(self.centroids_):
            return np.full(len(points), -1, dtype=np.int64), np.zeros(len(points), dtype=np.float32)
        similarity = points @ self.centroids_.T
        weights = np.exp(10 * (similarity - similarity.max(axis=1, keepdims=True)))
        weights /= weights.sum(axis=1, keepdims=True)
        labels = self.centroid_labels_[np.argmax(similarity, axis=1)] if given is None else given
        columns = np.searchsorted(self.centroid_labels_, np.maximum(labels, self.centroid_labels_[0]))
        columns = np.minimum(columns, len(self.centroid_labels_) - 1)
        confidence = weights[np.arange(len(points)), columns].astype(np.float32)
        return labels, np.where(labels < 0, 1 - weights.max(axis=1), confidence).astype(np.float32)

    def _sublabels(self, labels: Labels) -> Labels:
        sub = np.full(len(labels), -1, dtype=np.int64)
        for label in sorted(set(labels.tolist()) - {-1}):
            members = np.flatnonzero(labels == label)
            if len(members) < 4 * FEWEST:
                sub[members] = 0
                continue
            sub[members] = split_theme([self.texts_[i] for i in members], self.points_[members])
        return sub

    def _describe(self) -> list[ThemeDescription]:
        names = self.centroid_labels_.tolist()
        members = [np.flatnonzero(self.labels_ == name) for name in names]
        groups = [[self.texts_[i] for i in rows] for rows in members]
        titles, terms = group_titles(groups), group_terms(groups)
        similarity = self.centroids_ @ self.centroids_.T if names else np.zeros((0, 0))
        described = []
        for i, (name, rows) in enumerate(zip(names, members, strict=True)):
            closeness = self.points_[rows] @ self.centroids_[i]
            others = sorted((j for j in range(len(names)) if j != i), key=lambda j: -similarity[i, j])[:3]
            described.append(
                ThemeDescription(
                    label=name,
                    title=titles[i],
                    terms=terms[i],
                    central=[int(rows[j]) for j in central_statements(self.points_[rows])],
                    summary=int(rows[summary_statement(groups[i], closeness)]),
                    size=len(rows),
                    stability=float(np.clip(closeness.mean(), 0, 1)),
                    spread=float(np.clip(1 - closeness.mean(), 0, 1)),
                    nearest=[(names[j], float(similarity[i, j])) for j in others],
                    sides=None,
                    subthemes=self._subthemes(rows),
                )
            )
        return described

    def _subthemes(self, rows: Labels) -> list[tuple[int, str, int]]:
        sub = self.sublabels_[rows]
        found = sorted(set(sub.tolist()))
        if len(found) < 2:
            return []
        groups = [[self.texts_[i] for i in rows[sub == s]] for s in found]
        return [(s, t, len(g)) for s, t, g in zip(found, group_titles(groups), groups, strict=True)]


def split_theme(texts: Sequence[str], vectors: Floats | None = None, parts: int | None = None) -> Labels:
    """Propose 2 to 4 parts of one theme (or exactly ``parts``): labels of shape (n,), largest part 0."""
    n = len(texts)
    points = unit(vectors - vectors.mean(axis=0)) if vectors is not None else np.zeros((n, 1), np.float32)
    low, high = (2, 4) if parts is None else (parts, parts)
    if n < 2:
        return np.zeros(n, dtype=np.int64)
    return _numbered(best_kmeans(smooth(points), range(low, min(high, n) + 1), 0), {})


def _centroids(points: Floats, labels: Labels) -> tuple[Floats, Labels]:
    names = np.array(sorted(set(labels.tolist()) - {-1}), dtype=np.int64)
    if not len(names):
        return np.zeros((0, points.shape[1] if points.ndim == 2 else 0), dtype=np.float32), names
    return unit(np.array([points[labels == name].mean(axis=0) for name in names])), names


def _keep_placed(labels: Labels, points: Floats, placed: Mapping[int, int]) -> Labels:
    """Placed statements get their labels; found groups that hold many of them join those themes."""
    fixed = sorted({label for label in placed.values() if label >= 0})
    if not placed:
        return labels
    out = np.where(labels < 0, -1, labels + (max(fixed) + 1 if fixed else 0))
    hand = np.full(len(labels), -2, dtype=np.int64)
    for i, label in placed.items():
        hand[i] = label
    centroids, names = _centroids(points, np.maximum(hand, -1))
    for group in sorted(set(labels.tolist()) - {-1}):
        inside = labels == group
        anchors = inside & (hand >= 0)
        if anchors.sum() * 7 < inside.sum():
            continue
        here = np.isin(names, hand[anchors])
        free = np.flatnonzero(inside & (hand == -2))
        out[free] = names[here][np.argmax(points[free] @ centroids[here].T, axis=1)]
    out[hand > -2] = hand[hand > -2]
    return out


def _numbered(labels: Labels, placed: Mapping[int, int]) -> Labels:
    """Groups numbered by falling size (then by first statement); labels fixed by a person stay."""
    fixed = {label for label in placed.values() if label >= 0}
    found = [label for label in dict.fromkeys(labels.tolist()) if label >= 0 and label not in fixed]
    found.sort(key=lambda label: -int((labels == label).sum()))
    start = max(fixed) + 1 if fixed else 0
    new = {label: start + i for i, label in enumerate(found)} | {label: label for label in fixed} | {-1: -1}
    return np.array([new[label] for label in labels.tolist()], dtype=np.int64)


__all__: list[Any] = ["ThemeClusterer", "split_theme"]
