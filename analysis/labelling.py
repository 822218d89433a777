"""From a group of statements to its title, terms and the statements that speak for it."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.lexical import TOKEN, stem
from analysis.partition import Floats
from analysis.words import STOP_WORDS


def group_terms(groups: Sequence[Sequence[str]], most: int = 10) -> list[list[tuple[str, float]]]:
    """For each group of texts its telling words with weights from 0 to 1 (class-based TF-IDF), best first."""
    counts: list[Counter[str]] = []
    surface: dict[str, Counter[str]] = {}
    for texts in groups:
        heard, count = Counter[str](), Counter[str]()
        for text in texts:
            words = [word.replace("’", "'") for word in TOKEN.findall(text.lower())]
            heard.update(words)
            count.update({stem(word) for word in words if len(word) > 1 and word not in STOP_WORDS})
        for word, times in heard.items():
            surface.setdefault(stem(word), Counter())[word] += times
        counts.append(count)
    total = Counter[str]()
    for count in counts:
        total.update(count)
    mean = sum(total.values()) / max(1, len(groups))
    result = []
    for count, texts in zip(counts, groups, strict=True):
        weights = {s: c / max(1, len(texts)) * math.log(1 + mean / total[s]) for s, c in count.items()}
        best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
        top = best[0][1] if best else 1.0
        result.append([(min(surface[s].items(), key=lambda x: (-x[1], x[0]))[0], w / top) for s, w in best])
    return result


def central_statements(texts: Sequence[str], vectors: Floats, most: int = 5) -> list[int]:
    """Rows close to the middle and unlike each other (maximal marginal relevance), most central first.

    A statement under four words says little, and one over sixty is not read: both stand back.
    """
    centre = vectors.mean(axis=0)
    closeness = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-12))
    lengths = np.array([len(TOKEN.findall(text)) for text in texts])
    closeness = closeness - 0.2 * ((lengths < 4) | (lengths > 60))
    chosen: list[int] = []
    while len(chosen) < min(most, len(vectors)):
        apart = np.max(vectors @ vectors[chosen].T, axis=1) if chosen else np.zeros(len(vectors))
        value = closeness - 0.5 * apart
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
    return chosen


def summary_statement(texts: Sequence[str], closeness: npt.NDArray[np.floating]) -> int:
    """The row nearest to a one-sentence summary: close to the middle, and of a sentence's length."""
    lengths = np.array([len(TOKEN.findall(text)) for text in texts])
    fit = np.where(lengths < 5, lengths / 5 - 1, np.minimum(0, (25 - lengths) / 50))
    return int(np.argmax(closeness + 0.3 * np.maximum(fit, -1)))
