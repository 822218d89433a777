"""Linear models over a statement's features, read from the coefficients that ``train_statement_models`` writes."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.encoder import encode, encoder_name
from analysis.phrasing import features

COEFFICIENTS = Path(__file__).parent / "data" / "statement_models.npz"


class LinearModel(NamedTuple):
    """Multinomial logistic regression: ``weights`` float32 (classes, features), ``bias`` (classes,)."""

    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]


@lru_cache(maxsize=8)
def load_model(task: str, inputs: str) -> LinearModel:
    """The model for ``task`` ("facet", "sentiment") over ``inputs`` ("full" with vectors, "wording" without)."""
    with np.load(COEFFICIENTS, allow_pickle=False) as stored:
        return LinearModel(stored[f"{task}/{inputs}/weights"], stored[f"{task}/{inputs}/bias"])


def class_probabilities(
    task: str, texts: Sequence[str], vectors: npt.NDArray[np.float32] | None
) -> npt.NDArray[np.float64]:
    """Probabilities (n, classes). Vectors are computed if left out, and not used where they are LSA's."""
    if vectors is not None and len(vectors) != len(texts):
        raise ValueError(f"{len(vectors)} vectors for {len(texts)} texts")
    if not encoder_name():
        vectors = None
    elif vectors is None:
        vectors = encode(texts)
    model = load_model(task, "wording" if vectors is None else "full")
    scores = np.asarray(features(texts, vectors) @ model.weights.T, dtype=np.float64) + model.bias
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
