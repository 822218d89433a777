"""Facets of statements: the kept-aside sentences, the two ways of guessing, and the stored coefficients."""

import math
import subprocess
import sys

import numpy as np
import pytest
from sklearn.metrics import f1_score

from analysis import FACETS, classify_facets, encode
from analysis.statement_model import COEFFICIENTS, class_probabilities
from analysis.train_statement_models import read_rows, training_hash

CLEAR = [
    ("It would help if the slides came round before the day.", "suggestion"),
    ("Please publish the waiting times on the website", "suggestion"),
    ("Why not share one data team between the two districts?", "suggestion"),
    ("More time for questions", "suggestion"),
    ("We cannot get members to read the reports.", "problem"),
    ("There is a lack of trained analysts and no money to hire any.", "problem"),
    ("The lift is broken again and nobody answers the phone", "problem"),
    ("We hold a monthly review with portfolio holders.", "approach"),
    ("Our team meets every Monday and publishes the figures on Tuesday.", "approach"),
    ("The sessions were well run.", "observation"),
    ("I enjoyed the talk about the archive.", "observation"),
    ("Many thanks for putting in the effort to make such good content for everyone", "observation"),
    ("Thank you for offering help with both programs", "observation"),
    ("Thanks, but the slides should come round before the day.", "suggestion"),
]
TEST = read_rows("facets_test.csv")
KEPT_ASIDE = encode([row["text"] for row in TEST])


@pytest.mark.parametrize(("text", "facet"), CLEAR)
def test_a_clear_statement_has_its_facet(text: str, facet: str) -> None:
    assert classify_facets([text])[0].facet == facet


def test_sentences_kept_aside_are_told_apart() -> None:
    guesses = classify_facets([row["text"] for row in TEST], KEPT_ASIDE)
    assert macro_f1([guess.facet for guess in guesses]) >= 0.8


def test_wording_alone_tells_them_apart_where_the_encoder_is_absent() -> None:
    program = (
        "from analysis import classify_facets\n"
        "from analysis.train_statement_models import read_rows\n"
        "texts = [row['text'] for row in read_rows('facets_test.csv')]\n"
        "print(*(guess.facet for guess in classify_facets(texts)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"RAPPORTEUR_ENCODER": "lsa"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert macro_f1(run.stdout.split()) >= 0.74


def macro_f1(guesses: list[str]) -> float:
    return float(f1_score([row["facet"] for row in TEST], guesses, average="macro"))


def test_given_vectors_change_nothing_and_neither_does_company() -> None:
    texts = [row["text"] for row in TEST[:12]]
    together = classify_facets(texts, encode(texts))
    alone = [classify_facets([text])[0] for text in texts]
    assert [guess.facet for guess in together] == [guess.facet for guess in alone]
    assert np.allclose([guess.probability for guess in together], [g.probability for g in alone], atol=0.02)


def test_probabilities_are_shares_and_the_likeliest_is_named() -> None:
    texts = ["", "...", "😀", "x" * 10_000, "Dim digon o amser", "请多给一些时间。", "no letters 123"]
    shares = class_probabilities("facet", texts, None)
    assert np.allclose(shares.sum(axis=1), 1)
    for guess, row in zip(classify_facets(texts), shares, strict=True):
        assert guess.facet == FACETS[row.argmax()]
        assert math.isclose(guess.probability, row.max())


def test_no_texts_have_no_facets() -> None:
    assert classify_facets([]) == []


def test_vectors_of_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="1 vectors for 2 texts"):
        classify_facets(["one", "two"], encode(["one"]))


def test_stored_coefficients_are_those_of_the_training_sentences() -> None:
    with np.load(COEFFICIENTS) as stored:
        assert str(stored["training_hash"]) == training_hash()


def test_training_and_test_sentences_are_different_and_enough() -> None:
    train = read_rows("facets_train.csv")
    assert not {row["text"].casefold() for row in train} & {row["text"].casefold() for row in TEST}
    for rows, least in ((train, 275), (TEST, 70)):
        assert min(sum(row["facet"] == facet for row in rows) for facet in FACETS) >= least
