"""``python -m benchmarks.facets``: how well facets, suggestions and sentiment are told, and how fast.

The sentences kept aside are in the project. Two public sets are read from the folder that DATASETS names, if it
is set: ``semeval19_suggestion/data.csv`` (text, label, split, domain) and ``nhs_fft_v6/data.csv`` (text, sentiment).
Nothing is fitted on either.
"""

import csv
import os
import time
from collections.abc import Sequence
from pathlib import Path

from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support
from sklearn.model_selection import GroupKFold

from analysis import FACETS, classify_facets, encode, says_nothing, split_statements
from analysis.phrasing import features
from analysis.sentiment import SENTIMENTS, classify_sentiment
from analysis.train_statement_models import fit, read_rows

Rows = list[dict[str, str]]
FOLDS = 8


def main() -> None:
    """Print every figure, one a line."""
    kept_aside()
    fields_left_out()
    speed()
    folder = os.environ.get("DATASETS")
    if not folder:
        print("DATASETS is not set: the two public sets are skipped.")
        return
    suggestions(read_csv(Path(folder) / "semeval19_suggestion" / "data.csv"))
    patient_sentiment(read_csv(Path(folder) / "nhs_fft_v6" / "data.csv"))


def read_csv(path: Path) -> Rows:
    """The rows of a data file, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kept_aside() -> None:
    """Macro-F1 on our own sentences in fields that the models were not fitted on."""
    rows = read_rows("facets_test.csv")
    texts = [row["text"] for row in rows]
    vectors = encode(texts)
    facets = [guess.facet for guess in classify_facets(texts, vectors)]
    report("facets, kept aside", [row["facet"] for row in rows], facets, FACETS)
    tones = [guess.sentiment for guess in classify_sentiment(texts, vectors)]
    report("sentiment, kept aside", [row["sentiment"] for row in rows], tones, SENTIMENTS)


def fields_left_out() -> None:
    """Macro-F1 on the training sentences, whole fields left out in turn, with and without vectors."""
    rows = read_rows("facets_train.csv")
    texts, truth = [row["text"] for row in rows], [row["facet"] for row in rows]
    for name, vectors in (("full", encode(texts)), ("wording alone", None)):
        guesses = [""] * len(rows)
        folds = GroupKFold(FOLDS).split(texts, truth, [row["field"] for row in rows])
        for inside, outside in folds:
            model = fit(
                [texts[i] for i in inside],
                [truth[i] for i in inside],
                FACETS,
                None if vectors is None else vectors[inside],
            )
            held = features([texts[i] for i in outside], None if vectors is None else vectors[outside])
            for i, best in zip(outside, (held @ model.weights.T + model.bias).argmax(axis=1), strict=True):
                guesses[i] = FACETS[best]
        report(f"facets, fields left out, {name}", truth, guesses, FACETS)


def speed() -> None:
    """Seconds for 10,000 statements with their vectors, and for splitting a text of 100,000 characters."""
    texts = [row["text"] for row in read_rows("facets_train.csv")]
    texts = (texts * (10_000 // len(texts) + 1))[:10_000]
    vectors = encode(texts)
    start = time.perf_counter()
    classify_facets(texts, vectors)
    print(f"facets of 10,000 statements with vectors: {time.perf_counter() - start:.1f} s")
    text = " ".join(texts)[:100_000]
    start = time.perf_counter()
    split_statements(text)
    print(f"100,000 characters split: {time.perf_counter() - start:.2f} s")


def suggestions(rows: Rows) -> None:
    """F1 of "suggestion" on the official test splits."""
    for domain in ("windows_forum", "hotel_reviews"):
        part = [row for row in rows if row["split"] == "test" and row["domain"] == domain]
        truth = [row["label"] == "suggestion" for row in part]
        guesses = [guess.facet == "suggestion" for guess in classify_facets([row["text"] for row in part])]
        precision, recall, f1, _ = precision_recall_fscore_support(truth, guesses, average="binary")
        print(f"suggestion, {domain}, {len(part)}: F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}")


def patient_sentiment(rows: Rows) -> None:
    """Accuracy and macro-F1 of sentiment, on all comments and on those that say something."""
    told = [row for row in rows if row["sentiment"]]
    guesses = [guess.sentiment for guess in classify_sentiment([row["text"] for row in told])]
    truth = [row["sentiment"].removesuffix("_or_mixed") for row in told]
    report("sentiment, patients' comments", truth, guesses, SENTIMENTS)
    saying = [i for i, row in enumerate(told) if not says_nothing(row["text"])]
    kept, kept_guesses = [truth[i] for i in saying], [guesses[i] for i in saying]
    report("sentiment, those that say something", kept, kept_guesses, SENTIMENTS)


def report(name: str, truth: Sequence[str], guesses: Sequence[str], classes: Sequence[str]) -> None:
    """Accuracy, macro-F1 and the F1 of each class, on one line."""
    each = f1_score(truth, guesses, average=None, labels=classes)
    parts = ", ".join(f"{label} {score:.2f}" for label, score in zip(classes, each, strict=True))
    macro = f1_score(truth, guesses, average="macro", labels=classes)
    print(f"{name}, {len(truth)}: macro-F1 {macro:.3f}, accuracy {accuracy_score(truth, guesses):.3f} ({parts})")


if __name__ == "__main__":
    main()
