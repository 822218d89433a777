"""What a statement is for a report: an observation, a problem, an approach or a suggestion.

An observation is what somebody noticed or holds to be so, praise included; a problem is what gets in the way; an
approach is what the speaker's organisation does about something; a suggestion is what somebody wants done.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.statement_model import class_probabilities

FACETS = ("observation", "problem", "approach", "suggestion")


class FacetGuess(NamedTuple):
    """The likeliest facet of a statement and its probability, 0.25 to 1."""

    facet: str
    probability: float


def classify_facets(texts: Sequence[str], vectors: npt.NDArray[np.float32] | None = None) -> list[FacetGuess]:
    """Guess the facet of each text, in order.

    ``vectors`` are those of ``encode(texts)``, float32 (n, 384), computed if left out. Without the sentence
    encoder the guess rests on wording alone. Raises ValueError when there are not as many vectors as texts.
    """
    shares = class_probabilities("facet", texts, vectors)
    return [FacetGuess(FACETS[row.argmax()], float(row.max())) for row in shares]
