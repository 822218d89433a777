"""Where statements stand: the sentence's vector plus the weighted mean of the vectors of its words.

The words that nearly everybody at one event uses say little about a statement's theme, the rarer ones more.
A sentence vector does not know the event, so the words are weighed here by how common they are in the
statements at hand (smooth inverse frequency; Arora, Liang and Ma 2017). Decision 0002 has what this is worth.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from analysis.encoder import SentenceEncoder, Vectors
from analysis.lexical import TOKEN
from analysis.partition import unit

COMMON = 0.1  # a word in this share of the statements counts half as much as a rare one
MOST_WORDS = 2500  # the commonest words; the rest of a very large vocabulary is too rare to form a theme


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return TOKEN.findall(text.lower().replace("’", "'"))


class MeaningSpace:
    """Learns from all statements which words are telling and where their middle is."""

    def fit(self, texts: Sequence[str], vectors: Vectors, encoder: SentenceEncoder | None) -> Vectors:
        """Learn from ``texts`` with their sentence vectors (n, d); returns their points, unit (n, d)."""
        self.word_vectors = np.zeros((0, vectors.shape[1]), dtype=np.float32)
        self.columns: dict[str, int] = {}
        if encoder is not None and len(texts):
            self._learn_words(texts, encoder)
        rough = self._rough(texts, vectors)
        self.mean = rough.mean(axis=0) if len(rough) else np.zeros(vectors.shape[1], dtype=np.float32)
        # The middle of statements that are all alike is the statements themselves: nothing may be taken away.
        if len(rough) < 3 or float(np.linalg.norm(rough - self.mean, axis=1).max()) < 1e-3:
            self.mean = np.zeros_like(self.mean)
        return unit(rough - self.mean)

    def transform(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Points of other statements in the same space, unit (n, d); words never met are left out."""
        return unit(self._rough(texts, vectors) - self.mean)

    def _learn_words(self, texts: Sequence[str], encoder: SentenceEncoder) -> None:
        heard = Counter(word for text in texts for word in set(words_of(text)) if not word.isdigit())
        common = sorted(heard.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
        words = [word for word, _ in common]
        share = np.array([count / len(texts) for _, count in common], dtype=np.float32)
        weights = (encoder.word_weights(words) * COMMON / (COMMON + share)).astype(np.float32)
        self.columns = {word: i for i, word in enumerate(words)}
        self.word_vectors = encoder.encode_words(words) * weights[:, None]

    def _rough(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        if not self.columns:
            return unit(vectors)
        rows, columns = [], []
        for row, text in enumerate(texts):
            for word in words_of(text):
                if (column := self.columns.get(word)) is not None:
                    rows.append(row)
                    columns.append(column)
        ones: Vectors = np.ones(len(rows), dtype=np.float32)
        counts = sparse.csr_matrix((ones, (rows, columns)), shape=(len(texts), len(self.columns)))
        return unit(vectors) + unit(np.asarray(counts @ self.word_vectors))
