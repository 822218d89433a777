"""Sentiment of statements: clear cases, what says nothing, and the sentences kept aside."""

import pytest
from sklearn.metrics import f1_score

from analysis import encode
from analysis.sentiment import SENTIMENTS, SentimentGuess, classify_sentiment
from analysis.train_statement_models import read_rows


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Excellent venue and friendly staff, thank you!", "positive"),
        ("I really enjoyed the morning and learned a lot.", "positive"),
        ("Terrible sound and a rude receptionist.", "negative"),
        ("The app crashes and nobody answers my e-mails.", "negative"),
        ("We hold a review every month.", "neutral"),
        ("The meeting was on a Thursday.", "neutral"),
    ],
)
def test_a_clear_statement_has_its_sentiment(text: str, sentiment: str) -> None:
    assert classify_sentiment([text])[0].sentiment == sentiment


def test_an_answer_that_says_nothing_is_neutral() -> None:
    assert classify_sentiment(["n/a", "Nothing to add."]) == [SentimentGuess("neutral", 1.0)] * 2


def test_sentences_kept_aside_are_told_apart() -> None:
    rows = read_rows("facets_test.csv")[::2]
    texts = [row["text"] for row in rows]
    guesses = [guess.sentiment for guess in classify_sentiment(texts, encode(texts))]
    assert f1_score([row["sentiment"] for row in rows], guesses, average="macro", labels=SENTIMENTS) >= 0.65


def test_no_texts_have_no_sentiment() -> None:
    assert classify_sentiment([]) == []


def test_vectors_of_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="1 vectors for 2 texts"):
        classify_sentiment(["one", "two"], encode(["one"]))
