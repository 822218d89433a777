"""What a statement is for a report: an observation, a problem, an approach or a suggestion.

An observation is what somebody noticed or holds to be so, praise included; a problem is what gets in the way; an
approach is what the speaker's organisation does about something; a suggestion is what somebody wants done.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.statement_model import class_probabilities

FACETS = ("observation", "problem", "approach", "suggestion")

# Thanks, with nothing wanted, missing or done in the same breath. It is praise, whatever else its words are like.
THANKS = re.compile(
    r"^\W*(?:(?:and|so|very|many|big|huge|a|lot|lots|of|just|again|really|once more)\W+){0,3}"
    r"(?:thanks?|thank you|thx|kudos)\b",
    re.IGNORECASE,
)
MORE_THAN_THANKS = re.compile(
    r"\b(?:please|should|could|would|maybe|perhaps|suggest\w*|next time|more|less|fewer|need\w*|wish|hope|if|but|"
    r"however|although|though|unfortunately|not|no|nothing|never|too|\w+n['’]t|we|why|when|how)\b|\?",
    re.IGNORECASE,
)
LIKE_A_COIN = 0.5


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
    return [
        FacetGuess("observation", max(float(row[0]), LIKE_A_COIN))
        if only_thanks(text)
        else FacetGuess(FACETS[row.argmax()], float(row.max()))
        for text, row in zip(texts, shares, strict=True)
    ]


def only_thanks(text: str) -> bool:
    """Whether the text thanks and says nothing more: "Thank you so much for the effort", not "Thanks, but ..."."""
    return THANKS.match(text) is not None and MORE_THAN_THANKS.search(text) is None
