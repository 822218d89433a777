"""Finds the themes in a list of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin

from analysis import partition
from analysis.describing import ThemeDescription, describe_themes
from analysis.duplicates import find_duplicates
from analysis.encoder import DIMENSIONS, load_encoder
from analysis.lexical import LexicalSpace
from analysis.meaning import MeaningSpace
from analysis.partition import Floats, Labels, Smoother, centroids, group, split, unit
from analysis.placing import keep_apart, keep_placed, numbered
from analysis.stability import theme_stability

LANDMARKS = 2500  # statements that the themes of a larger list are found from
PART_SAMPLE = 400  # statements that the parts of a larger theme are found from
SMALLEST_SPLIT = 12  # statements of a theme that may have sub-themes
SPLIT_GAIN = 0.15  # silhouette that sub-themes must reach
LONELY = 0.05  # cosine of a statement with its theme's middle, under which it is left in no theme
SHARPNESS = 8.0  # turns differences of cosines into confidence
SUREST = 0.8  # confidence without any rival: people agreed with four of five such placements on three coded sets


class ThemeClusterer(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Groups statements into themes.

    ``n_themes`` is a number, a ``(low, high)`` range, or None to let the statements decide. ``random_state``
    only draws the sample that the themes of more than 2,500 statements are found from.

    After ``fit``, for n statements: ``labels_`` (n,) with -1 for in no theme, themes numbered from 0 by
    falling size; ``confidence_`` (n,) from 0 to 1; ``sublabels_`` (n,); ``duplicates_`` (n,) with the index
    of the first statement that says the same, or -1; ``themes_``, a ``ThemeDescription`` for each label.
    """

    def __init__(self, n_themes: int | tuple[int, int] | None = None, random_state: int = 0) -> None:
        self.n_themes = n_themes
        self.random_state = random_state

    def fit(
        self,
        texts: Sequence[str],
        vectors: Floats | None = None,
        placed: Mapping[int, int] | None = None,
        unspoken: Collection[int] = (),
        apart: Iterable[tuple[int, int]] = (),
    ) -> "ThemeClusterer":
        """Find the themes of ``texts``.

        ``vectors`` are kept vectors of ``encode``, float32 (n, 384). ``placed`` maps a statement's index to
        the label (0 or more) of a theme that a person put it in, or to -1 for none: these stay as they are,
        other statements may join those themes, and new themes are numbered above them. ``unspoken`` are indices of
        texts whose authors are not to be quoted: they count as any other, and lend no words to a title.
        ``apart`` are pairs of indices that a person decided may not share a theme.
        """
        placed = dict(placed or {})
        # In one fixed order, so that the result does not hang on the order of the input.
        order = sorted(range(len(texts)), key=lambda i: (texts[i], placed.get(i, -2)))
        back = np.argsort(np.array(order, dtype=np.int64))
        ordered = [texts[i] for i in order]
        given = None if vectors is None else np.asarray(vectors, dtype=np.float32)[order]
        hand = {int(back[i]): int(label) for i, label in placed.items()}
        points = self._learn(ordered, given)
        copies = find_duplicates(ordered)
        labels, smoothed = self._find(points, copies)
        divided = [(int(back[one]), int(back[other])) for one, other in apart]
        labels = keep_apart(keep_placed(labels, smoothed, hand), smoothed, divided, hand)
        labels = numbered(labels, hand)
        self._settle(points, smoothed, labels, hand)
        self.texts_ = list(texts)
        self.unspoken_ = frozenset(unspoken)
        self.points_ = points[back]
        self.labels_ = self._ordered_labels[back]
        self.confidence_ = self._ordered_confidence[back]
        self.sublabels_ = self._sublabels(points, self._ordered_labels)[back]
        self.duplicates_ = find_duplicates(self.texts_)
        self._themes: list[ThemeDescription] | None = None
        return self

    @property
    def themes_(self) -> list[ThemeDescription]:
        """The themes in order of their labels, described when they are first asked for."""
        if self._themes is None:
            stability = theme_stability(self.points_, self.labels_, *self._range())
            self._themes = describe_themes(
                self.texts_,
                self.points_,
                self.labels_,
                self.sublabels_,
                stability,
                self._points_of,
                self.unspoken_,
            )
        return self._themes

    def predict(self, texts: Sequence[str], vectors: Floats | None = None) -> Labels:
        """Labels (n,) for statements that came later, -1 for in no theme."""
        return self.predict_confidence(texts, vectors)[0]

    def predict_confidence(self, texts: Sequence[str], vectors: Floats | None = None) -> tuple[Labels, Floats]:
        """Labels (n,) and confidence (n,) for statements that came later."""
        texts = list(texts)
        if not texts:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        return self._place(self._points_of(texts, vectors))

    def join(self, texts: Sequence[str], vectors: Floats | None = None) -> tuple[Labels, Floats]:
        """Labels (n,) and confidence (n,) for the rest of a list of which a sample was fitted.

        Each joins its nearest theme, as in a fit all but the landmarks do; ``predict`` leaves out what is far from all.
        """
        return self._place(self._points_of(list(texts), vectors), least=-1.0)

    def _points_of(self, texts: list[str], vectors: Floats | None = None) -> Floats:
        if vectors is None:
            vectors = self._encode(texts)
        return self.meaning_.transform(texts, np.asarray(vectors, dtype=np.float32))

    def _encode(self, texts: list[str]) -> Floats:
        if self.space_ is not None:
            return self.space_.transform(texts)
        encoder = load_encoder()
        if encoder is None:
            raise RuntimeError("The themes were found with the sentence encoder, which is not installed here.")
        return encoder.encode(texts)

    def _learn(self, texts: list[str], vectors: Floats | None) -> Floats:
        """Learn the space of the statements and give their points in it."""
        encoder = load_encoder()
        self.space_ = None
        if vectors is None and encoder is None:
            self.space_ = LexicalSpace().fit(texts, DIMENSIONS)
        if vectors is None:
            vectors = self._encode(texts) if texts else np.zeros((0, DIMENSIONS), dtype=np.float32)
        self.meaning_ = MeaningSpace()
        return self.meaning_.fit(texts, vectors, encoder)

    def _find(self, points: Floats, copies: Labels) -> tuple[Labels, Floats]:
        """Group the distinct statements, or a sample of them; the others join, copies go with the first.

        Returns the labels (n,) and the smoothed points (n, d).
        """
        counts = np.bincount(np.where(copies < 0, np.arange(len(copies)), copies), minlength=len(copies))
        drawn = np.flatnonzero(copies < 0)
        if sampled := len(drawn) > LANDMARKS:
            drawn = np.sort(np.random.default_rng(self.random_state).choice(drawn, LANDMARKS, replace=False))
        self.smoother_ = Smoother()
        landmarks = self.smoother_.fit(points[drawn])
        smoothed = self.smoother_.transform(points)
        labels = np.full(len(points), -1, dtype=np.int64)
        labels[drawn] = group(landmarks, *self._range(), counts=counts[drawn])
        if sampled:
            middles, names = centroids(landmarks, labels[drawn])
            labels = names[np.argmax(smoothed @ middles.T, axis=1)]
        labels[copies >= 0] = labels[copies[copies >= 0]]
        return labels, smoothed

    def _range(self) -> tuple[int | None, int | None]:
        if isinstance(self.n_themes, tuple):
            return self.n_themes
        return self.n_themes, self.n_themes

    def _settle(self, points: Floats, smoothed: Floats, labels: Labels, hand: Mapping[int, int]) -> None:
        """Keep the middles of the themes, leave lonely statements out, and weigh every placement."""
        self.middles_, self.names_ = centroids(smoothed, labels)
        self.cores_, _ = centroids(points, labels)
        free = np.ones(len(labels), dtype=bool)
        free[list(hand)] = False
        lonely = free & (labels >= 0)
        column = np.searchsorted(self.names_, np.maximum(labels, 0)) if len(self.names_) else labels
        if len(self.names_):
            near = np.einsum("nd,nd->n", points, self.cores_[np.minimum(column, len(self.names_) - 1)])
            lonely &= (near < LONELY) & (len(labels) > 2) & bool(np.ptp(points, axis=0).any())
        self._ordered_labels = np.where(lonely, -1, labels)
        self._ordered_confidence = self._confidence(points, smoothed, self._ordered_labels)

    def _place(self, points: Floats, least: float = partition.LONELY) -> tuple[Labels, Floats]:
        if not len(self.names_):
            return np.full(len(points), -1, dtype=np.int64), np.zeros(len(points), dtype=np.float32)
        smoothed = self.smoother_.transform(points)
        likeness = smoothed @ self.middles_.T
        column = np.argmax(likeness, axis=1)
        near = np.einsum("nd,nd->n", points, self.cores_[column])
        fits = (near >= LONELY) & (likeness.max(axis=1) >= least)
        labels = np.where(fits, self.names_[column], -1)
        return labels, self._confidence(points, smoothed, labels)

    def _confidence(self, points: Floats, smoothed: Floats, labels: Labels) -> Floats:
        """The share of a placement's likeness among all themes; for no theme, how far all themes are."""
        if not len(self.names_):
            return np.zeros(len(labels), dtype=np.float32)
        likeness = (points @ self.cores_.T + smoothed @ self.middles_.T) / 2
        odds = np.exp(SHARPNESS * (likeness - likeness.max(axis=1, keepdims=True)))
        odds /= odds.sum(axis=1, keepdims=True)
        column = np.minimum(np.searchsorted(self.names_, np.maximum(labels, 0)), len(self.names_) - 1)
        inside = odds[np.arange(len(labels)), column]
        outside = 1 - np.clip((points @ self.cores_.T).max(axis=1), 0, 1)
        confidence: Floats = np.where(labels >= 0, SUREST * inside, outside).astype(np.float32)
        return confidence

    def _sublabels(self, points: Floats, labels: Labels) -> Labels:
        sub = np.full(len(labels), -1, dtype=np.int64)
        for name in np.unique(labels[labels >= 0]):
            members = np.flatnonzero(labels == name)
            sub[members] = 0
            if len(members) >= SMALLEST_SPLIT:
                sub[members] = numbered(_parts(points[members], 2, 4, SPLIT_GAIN), {})
        return sub


def _parts(points: Floats, low: int, high: int, least_gain: float | None = None) -> Labels:
    """Parts of one theme; of a very large one from a sample, which the others join."""
    own = unit(points - points.mean(axis=0)) if len(points) > 2 else points
    if len(own) <= PART_SAMPLE:
        return split(own, low, high, least_gain)
    drawn = np.linspace(0, len(own) - 1, PART_SAMPLE).astype(np.int64)
    middles, names = centroids(own[drawn], split(own[drawn], low, high, least_gain))
    joined: Labels = names[np.argmax(own @ middles.T, axis=1)]
    return joined


def split_theme(texts: Sequence[str], vectors: Floats | None = None, parts: int | None = None) -> Labels:
    """Propose 2 to 4 parts of one theme, or exactly ``parts``: labels (n,), the largest part 0."""
    order = sorted(range(len(texts)), key=lambda i: texts[i])
    ordered = [texts[i] for i in order]
    given = None if vectors is None else np.asarray(vectors, dtype=np.float32)[order]
    points = ThemeClusterer()._learn(ordered, given)
    low, high = (2, 4) if parts is None else (parts, parts)
    labels = numbered(_parts(points, low, high), {})
    return labels[np.argsort(np.array(order, dtype=np.int64))]
