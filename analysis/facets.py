"""What a statement is for a report: an observation, a problem, an approach or a suggestion."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.cues import CUES, cue_matrix

FACETS = ("observation", "problem", "approach", "suggestion")


class FacetGuess(NamedTuple):
    """The likeliest facet of a statement and its probability, 0.25 to 1."""

    facet: str
    probability: float


_WEIGHTS = {
    "problem": {"cannot": 2, "lack": 2, "difficult": 2, "too": 1, "negation": 1, "but": 0.5, "why": 1},
    "approach": {"we_do": 2, "we_have_done": 1.5, "routine": 1, "first_we": 0.7, "and_we": 0.5},
    "suggestion": {
        "should": 2, "would_help": 1.5, "would_be_good": 1, "wish": 2, "please": 3, "propose": 1.5,
        "how_about": 2, "imperative": 2.5, "better_start": 2, "instead": 1, "if_you": 1,
    },
    "observation": {"praise": 1.5, "think": 1, "present": 0.5, "past": 0.3},
}


def classify_facets(texts: Sequence[str], vectors: npt.NDArray[np.float32] | None = None) -> list[FacetGuess]:
    """Guess the facet of each text. ``vectors`` are the encoder's, float32 (n, 384), computed if left out."""
    names = list(CUES)
    cues = cue_matrix(texts)
    scores = np.zeros((len(texts), len(FACETS)))
    for column, facet in enumerate(FACETS):
        for name, weight in _WEIGHTS[facet].items():
            scores[:, column] += weight * cues[:, names.index(name)]
    odds = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(texts) else scores
    shares = odds / odds.sum(axis=1, keepdims=True)
    return [FacetGuess(FACETS[row.argmax()], float(row.max())) for row in shares]
