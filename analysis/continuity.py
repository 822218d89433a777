"""Which theme became which: between two runs, and across a series of events."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from analysis.series import ALIKE, Course, course_of

Change = Literal["same", "merged", "split", "new", "gone"]
CLOSE = 0.85  # cosine from which on a second theme is taken for a part of the same one
SHARED = 0.3  # share of a theme's statements that went to the other


@dataclass(frozen=True)
class ThemeMatch:
    """What happened to themes: labels of the old run and of the new run, and how alike (0 to 1).

    same: one to one. merged: several old, one new. split: one old, several new. new and gone: one side empty.
    """

    change: Change
    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float


def theme_centroids(
    vectors: npt.ArrayLike, labels: npt.ArrayLike
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Unit centroids (k, d) of the themes and their labels (k,), in order of label, from ``encode``'s vectors."""
    points, marks = np.asarray(vectors, dtype=np.float32), np.asarray(labels, dtype=np.int64)
    names = np.unique(marks[marks >= 0])
    if not len(names):
        return np.zeros((0, points.shape[-1]), dtype=np.float32), names
    means = np.array([points[marks == name].mean(axis=0) for name in names])
    return (means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)).astype(np.float32), names


def match_themes(
    old_vectors: npt.ArrayLike,
    old_labels: npt.ArrayLike,
    new_vectors: npt.ArrayLike,
    new_labels: npt.ArrayLike,
    *,
    old_keys: Sequence[object] | None = None,
    new_keys: Sequence[object] | None = None,
    alike: float = ALIKE,
) -> list[ThemeMatch]:
    """What became of the themes of an old run in a new one.

    Vectors are ``encode``'s, (n, 384) and (m, 384); labels (n,) and (m,), -1 for in no theme. Where the two
    runs share statements, ``old_keys`` and ``new_keys`` identify them, and shared statements decide; where
    they share none (another event) the themes' middles do. Every label of either run is in exactly one match.
    """
    old, old_names = theme_centroids(old_vectors, old_labels)
    new, new_names = theme_centroids(new_vectors, new_labels)
    likeness = np.clip(old @ new.T, 0, 1) if len(old) and len(new) else np.zeros((len(old), len(new)))
    link = _links(likeness, alike)
    if old_keys is not None and new_keys is not None:
        flow = _flow(old_keys, old_labels, old_names, new_keys, new_labels, new_names)
        if flow.sum() > 0:
            link, likeness = _flow_links(flow)
    return _read(link, likeness, old_names.tolist(), new_names.tolist())


def _links(likeness: npt.NDArray[np.floating], alike: float) -> npt.NDArray[np.bool_]:
    """One-to-one pairs that are alike enough; leftovers join a partner that they resemble as much."""
    link = np.zeros(likeness.shape, dtype=bool)
    rows, columns = linear_sum_assignment(-likeness)
    keep = likeness[rows, columns] >= alike
    link[rows[keep], columns[keep]] = True
    close = likeness >= max(alike, CLOSE)
    spare_old, spare_new = ~link.any(axis=1), ~link.any(axis=0)
    for i in np.flatnonzero(spare_old & close.any(axis=1)).tolist():
        link[i, int(np.argmax(likeness[i]))] = True
    for j in np.flatnonzero(spare_new & close.any(axis=0)).tolist():
        link[int(np.argmax(likeness[:, j])), j] = True
    return link


def _flow(
    old_keys: Sequence[object],
    old_labels: npt.ArrayLike,
    old_names: npt.NDArray[np.int64],
    new_keys: Sequence[object],
    new_labels: npt.ArrayLike,
    new_names: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """How many statements went from each old theme (rows) to each new one (columns)."""
    after = dict(zip(new_keys, np.asarray(new_labels).tolist(), strict=True))
    row = {int(name): i for i, name in enumerate(old_names)}
    column = {int(name): j for j, name in enumerate(new_names)}
    flow = np.zeros((len(row), len(column)))
    for key, label in zip(old_keys, np.asarray(old_labels).tolist(), strict=True):
        if label in row and after.get(key, -1) in column:
            flow[row[label], column[after[key]]] += 1
    return flow


def _flow_links(
    flow: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Themes are linked where a large share of either one's shared statements went to the other."""
    out = flow / np.maximum(flow.sum(axis=1, keepdims=True), 1)
    back = flow / np.maximum(flow.sum(axis=0, keepdims=True), 1)
    mainly_out = (out >= 0.5) & (flow > 0)
    mainly_back = (back >= 0.5) & (flow > 0)
    link = (mainly_out & (back >= SHARED)) | (mainly_back & (out >= SHARED))
    overlap = flow / np.maximum(flow.sum(axis=1, keepdims=True) + flow.sum(axis=0, keepdims=True) - flow, 1)
    return link, overlap


def _read(
    link: npt.NDArray[np.bool_], likeness: npt.NDArray[np.floating], old: list[int], new: list[int]
) -> list[ThemeMatch]:
    """Links, read as changes; a chain of several on both sides is cut back to its best pairs."""
    link = _cut_chains(link, likeness)
    matches = []
    for i, label in enumerate(old):
        partners = np.flatnonzero(link[i])
        if not len(partners):
            matches.append(ThemeMatch("gone", (label,), (), 0.0))
        elif len(partners) > 1:
            to = tuple(new[j] for j in partners)
            matches.append(ThemeMatch("split", (label,), to, float(likeness[i, partners].max())))
    for j, label in enumerate(new):
        partners = np.flatnonzero(link[:, j])
        if not len(partners):
            matches.append(ThemeMatch("new", (), (label,), 0.0))
        elif len(partners) > 1:
            of = tuple(old[i] for i in partners)
            matches.append(ThemeMatch("merged", of, (label,), float(likeness[partners, j].max())))
        elif link[partners[0]].sum() == 1:
            i = int(partners[0])
            matches.append(ThemeMatch("same", (old[i],), (label,), float(likeness[i, j])))
    return sorted(matches, key=lambda m: (not m.old, m.old, m.new))


def _cut_chains(link: npt.NDArray[np.bool_], likeness: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    link = link.copy()
    while True:
        bad = link & (link.sum(axis=1, keepdims=True) > 1) & (link.sum(axis=0, keepdims=True) > 1)
        if not bad.any():
            return link
        i, j = np.unravel_index(int(np.argmin(np.where(bad, likeness, np.inf))), link.shape)
        link[i, j] = False


@dataclass(frozen=True)
class ThemeCourse:
    """One theme across a series: its label at each event (None where it was not heard) and its course.

    new: heard at the last event only. heard once: at one earlier event only. recurring: at two or more, the
    last among them. faded: at two or more, but not at the last.
    """

    labels: tuple[int | None, ...]
    course: Course


def follow_themes(runs: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]], alike: float = ALIKE) -> list[ThemeCourse]:
    """The themes of a series. ``runs`` holds (vectors, labels) of each event in order of time.

    A theme is followed by the middle of all its statements so far, so it may miss an event and come back.
    """
    tracks: list[list[int | None]] = []
    middles: list[npt.NDArray[np.float64]] = []
    for at, (vectors, labels) in enumerate(runs):
        found, names = theme_centroids(vectors, labels)
        marks = np.asarray(labels)
        for track in tracks:
            track.append(None)
        pairs: dict[int, int] = {}
        if tracks and len(found):
            known = np.array([m / max(float(np.linalg.norm(m)), 1e-12) for m in middles])
            likeness = known @ found.T
            for i, j in zip(*linear_sum_assignment(-likeness), strict=True):
                if likeness[i, j] >= alike:
                    pairs[int(j)] = int(i)
        for j, name in enumerate(names.tolist()):
            weight = found[j].astype(np.float64) * float((marks == name).sum())
            if j in pairs:
                tracks[pairs[j]][at] = name
                middles[pairs[j]] += weight
            else:
                tracks.append([None] * at + [name])
                middles.append(weight)
    return [ThemeCourse(tuple(track), course_of([label is not None for label in track])) for track in tracks]
