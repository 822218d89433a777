"""What is said about a theme: its title, its terms, and the statements that speak for it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.labelling import central_statements, group_terms, summary_statement
from analysis.partition import Floats, Labels, centroids
from analysis.titles import Likeness, group_titles

READ_FOR_TITLE = 100  # statements of a theme that its title is made from
READ_FOR_TERMS = 1000


@dataclass(frozen=True)
class ThemeDescription:
    """One theme. ``central`` and ``summary`` are indices of the texts that were fitted;
    ``summary`` is None where no statement near the middle reads as a sentence by itself.

    ``stability`` (0 to 1) is how much of the theme comes back when statements are left out at random;
    ``spread`` (0 to 1) how far its statements lie from its middle; ``nearest`` other labels by similarity.
    ``subthemes`` are (sublabel, title, size).
    """

    label: int
    title: str
    terms: list[tuple[str, float]]
    central: list[int]
    summary: int | None
    size: int
    stability: float
    spread: float
    nearest: list[tuple[int, float]]
    subthemes: list[tuple[int, str, int]]


def describe_themes(
    texts: Sequence[str],
    points: Floats,
    labels: Labels,
    sublabels: Labels,
    stability: Mapping[int, float],
    place: Callable[[list[str]], Floats],
    unspoken: Collection[int] = (),
) -> list[ThemeDescription]:
    """A description for each label, in order. ``points`` are unit vectors (n, d); ``place`` makes more.

    The texts at the indices ``unspoken`` lend no words to a title.
    """
    spoken = np.ones(len(texts), dtype=bool)
    spoken[list(unspoken)] = False
    middles, names = centroids(points, labels)
    members = [np.flatnonzero(labels == name) for name in names.tolist()]
    groups = [[texts[i] for i in rows.tolist()] for rows in members]
    closeness = [points[rows] @ middles[i] for i, rows in enumerate(members)]
    speak = [spoken[rows] for rows in members]
    titles = _titles(groups, closeness, speak, READ_FOR_TITLE, likeness=lambda phrases: place(phrases) @ middles.T)
    terms = group_terms([part[:READ_FOR_TERMS] for part in groups])
    summaries = [summary_statement(*each) for each in zip(groups, closeness, speak, strict=True)]
    likeness = middles @ middles.T
    described = []
    for i, rows in enumerate(members):
        others = sorted((j for j in range(len(names)) if j != i), key=lambda j: -likeness[i, j])[:3]
        described.append(
            ThemeDescription(
                label=int(names[i]),
                title=titles[i],
                terms=terms[i],
                central=[int(rows[j]) for j in central_statements(groups[i], points[rows])],
                summary=None if summaries[i] is None else int(rows[summaries[i]]),
                size=len(rows),
                stability=stability[int(names[i])],
                spread=float(np.clip(1 - closeness[i].mean(), 0, 1)),
                nearest=[(int(names[j]), float(likeness[i, j])) for j in others],
                subthemes=_subthemes(groups[i], points[rows], sublabels[rows], speak[i], titles[i]),
            )
        )
    return described


def _titles(
    groups: list[list[str]],
    closeness: list[Floats],
    spoken: list[npt.NDArray[np.bool_]],
    most: int,
    taken: Sequence[str] = (),
    likeness: Likeness | None = None,
) -> list[str]:
    """Titles from the spoken statements nearest to the middle of each group; more would only take longer."""
    orders = [np.argsort(-near, kind="stable") for near in closeness]
    nearest = [np.sort(order[speak[order]][:most]) for order, speak in zip(orders, spoken, strict=True)]
    read = [[texts[i] for i in rows.tolist()] for texts, rows in zip(groups, nearest, strict=True)]
    near = [values[rows] for values, rows in zip(closeness, nearest, strict=True)]
    return group_titles(read, near, taken, likeness)


def _subthemes(
    texts: list[str], points: Floats, sublabels: Labels, spoken: npt.NDArray[np.bool_], title: str
) -> list[tuple[int, str, int]]:
    middles, names = centroids(points, sublabels)
    if len(names) < 2:
        return []
    members = [np.flatnonzero(sublabels == name) for name in names]
    groups = [[texts[i] for i in rows] for rows in members]
    closeness = [points[rows] @ middles[i] for i, rows in enumerate(members)]
    speak = [spoken[rows] for rows in members]
    titles = _titles(groups, closeness, speak, READ_FOR_TITLE // 3, taken=[title])
    return [(int(names[i]), titles[i], len(rows)) for i, rows in enumerate(members)]
