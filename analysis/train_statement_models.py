"""``python -m analysis.train_statement_models``: fit the facet and sentiment models and store their coefficients.

Reads ``data/facets_train.csv`` and ``data/sentiment_train.csv``, needs the sentence encoder, takes less than
a minute, and writes ``data/statement_models.npz`` with the hash of what it was fitted on.
"""

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from analysis.encoder import encode, encoder_name
from analysis.facets import FACETS
from analysis.phrasing import features
from analysis.sentiment import SENTIMENTS
from analysis.statement_model import COEFFICIENTS, LinearModel

DATA = Path(__file__).parent / "data"
# Chosen by leaving out whole fields in turn (docs/decisions/0003-facets.md); the smaller, the smoother.
FULL_STRENGTH = 1.0
WORDING_STRENGTH = 0.3

Examples = tuple[list[str], list[str]]


def facet_examples() -> Examples:
    """Texts and facets of the training sentences."""
    rows = read_rows("facets_train.csv")
    return [row["text"] for row in rows], [row["facet"] for row in rows]


def sentiment_examples() -> Examples:
    """Texts and sentiments of all training sentences."""
    rows = read_rows("facets_train.csv") + read_rows("sentiment_train.csv")
    return [row["text"] for row in rows], [row["sentiment"] for row in rows]


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def training_hash() -> str:
    """SHA-256 over the training files, to tell whether stored coefficients are still theirs."""
    content = (DATA / "facets_train.csv").read_bytes() + (DATA / "sentiment_train.csv").read_bytes()
    return hashlib.sha256(content).hexdigest()


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    classes: Sequence[str],
    vectors: npt.NDArray[np.float32] | None,
) -> LinearModel:
    """A logistic regression with its rows in the order of ``classes``."""
    model = LogisticRegression(
        C=WORDING_STRENGTH if vectors is None else FULL_STRENGTH,
        class_weight="balanced",  # the sentences' shares say nothing about an event's
        max_iter=2000,
    ).fit(features(texts, vectors), labels)
    order = [list(model.classes_).index(name) for name in classes]
    return LinearModel(model.coef_[order].astype(np.float32), model.intercept_[order].astype(np.float32))


def main() -> None:
    """Fit the four models and write them to one file."""
    if not encoder_name():
        raise SystemExit("The sentence encoder is needed to fit the models.")
    stored: dict[str, npt.NDArray[np.generic]] = {"training_hash": np.array(training_hash())}
    tasks = (("facet", facet_examples(), FACETS), ("sentiment", sentiment_examples(), SENTIMENTS))
    for task, (texts, labels), classes in tasks:
        for inputs, vectors in (("full", encode(texts)), ("wording", None)):
            model = fit(texts, labels, classes, vectors)
            stored[f"{task}/{inputs}/weights"] = model.weights
            stored[f"{task}/{inputs}/bias"] = model.bias
    np.savez_compressed(COEFFICIENTS, **stored)  # type: ignore[arg-type]
    print(f"{COEFFICIENTS.name}: {COEFFICIENTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
