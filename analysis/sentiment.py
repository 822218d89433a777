"""Whether a statement is negative, neutral (or mixed) or positive in tone."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.statement_model import class_probabilities
from analysis.statements import says_nothing

SENTIMENTS = ("negative", "neutral", "positive")


class SentimentGuess(NamedTuple):
    """The likeliest sentiment of a statement and its probability, a third to 1."""

    sentiment: str
    probability: float


def classify_sentiment(texts: Sequence[str], vectors: npt.NDArray[np.float32] | None = None) -> list[SentimentGuess]:
    """Guess the sentiment of each text, in order; an answer that says nothing is neutral.

    ``vectors`` are those of ``encode(texts)``, float32 (n, 384), computed if left out. Without the sentence
    encoder the guess rests on wording alone. Raises ValueError when there are not as many vectors as texts.
    """
    shares = class_probabilities("sentiment", texts, vectors)
    return [
        SentimentGuess("neutral", 1.0)
        if says_nothing(text)
        else SentimentGuess(SENTIMENTS[row.argmax()], float(row.max()))
        for text, row in zip(texts, shares, strict=True)
    ]
