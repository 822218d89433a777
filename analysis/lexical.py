"""Words of statements: tokens, stems, and vectors of TF-IDF reduced by LSA."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from nltk.stem.snowball import SnowballStemmer
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from analysis.words import STOP_WORDS

TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_stemmer = SnowballStemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a word, in lower case."""
    return str(_stemmer.stem(word.lower().replace("’", "'")))


def content_stems(text: str) -> list[str]:
    """Stems of a text's words, without stop words and single letters."""
    words = (word.replace("’", "'") for word in TOKEN.findall(text.lower()))
    return [stem(word) for word in words if len(word) > 1 and word not in STOP_WORDS]


class LexicalSpace:
    """TF-IDF over stems and character pieces, reduced by LSA to at most ``dimensions`` axes."""

    def fit(self, texts: Sequence[str], dimensions: int) -> "LexicalSpace":
        """Learn words and axes from ``texts``; texts without any word give an empty space."""
        self.dimensions = dimensions
        self.vectorizer = TfidfVectorizer(
            analyzer=content_stems, sublinear_tf=True, min_df=2 if len(texts) > 2000 else 1
        )
        try:
            matrix = self.vectorizer.fit_transform(texts)
        except ValueError:  # not one word in all of them
            self.axes: npt.NDArray[np.float64] | None = None
            return self
        rank = min(dimensions, min(matrix.shape) - 1)
        self.axes = _axes(matrix, rank)
        return self

    def transform(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit rows, float32 (n, dimensions), filled up with zeros; a text without a known word is zero."""
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if self.axes is None or not len(texts):
            return out
        reduced = self.vectorizer.transform(texts) @ self.axes.T
        norms = np.linalg.norm(reduced, axis=1, keepdims=True)
        out[:, : reduced.shape[1]] = reduced / np.maximum(norms, 1e-12)
        return out


def _axes(matrix: sparse.csr_matrix, rank: int) -> npt.NDArray[np.float64]:
    if rank < 1:
        return np.eye(matrix.shape[1])[: matrix.shape[1]]
    _, _, axes = randomized_svd(matrix, rank, random_state=0)
    return np.asarray(axes)
