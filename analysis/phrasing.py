"""A statement as features: its grammar without its subject, its cues, and its vector.

Words that carry the subject are replaced by their ending, so that a model learns how people ask, complain or
report, and not what they talk about; it then holds in fields it has never seen.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from analysis.cues import cue_matrix

HASHES = 4096
GRAMMAR_WEIGHT = 2.0
_LONGEST = 1000
_TOKEN = re.compile(r"n't\b|'(?:s|d|ve|re|ll|m)\b|[^\W\d_]+(?=n't\b)|[^\W\d_]+|\d+|[?!:;,]")
_ENDINGS = ("ing", "ed", "ly", "er", "s")
_KEPT = frozenset(
    " ".join(
        (
            "a an the this that these those there here my our your his her their its i we you he she they it me us",
            "him them who whom which what when where why how whether if because so since although though while",
            "until unless as than then but and or nor not no never none nothing nobody any anybody anyone some",
            "somebody someone every everybody everyone each all both most many much more less few fewer several",
            "enough too very really just only also even still again yet already always often sometimes ever once",
            "now today be is am are was were been being have has had having do does did done doing can could will",
            "would shall should may might must ought need needs needed let lets please to of in on at by for with",
            "from into onto out up down over under about after before between through during within without",
            "against per via off away back next last first same other another such own like liked love want wants",
            "wanted wish hope think thought feel felt find found seem seems know knows knew see saw make makes made",
            "get gets got give gives gave take takes took keep keeps kept put use uses used using try tried ask asks",
            "asked tell told say said go goes went come came help helps helped work works worked allow add provide",
            "able unable possible impossible better best good great nice bad worse hard easy difficult useful",
            "helpful instead rather perhaps maybe suggest recommend idea option way time people one two three new",
            "old long short lot bit lack problem issue yes 's n't 'd 've 're 'll 'm ? ! : ; ,",
        )
    ).split()
)


def features(texts: Sequence[str], vectors: npt.NDArray[np.float32] | None) -> sparse.csr_matrix:
    """Rows of grammar hashes and cues, and of the sentence vectors where given: (n, HASHES + cues [+ 384])."""
    hashed = _HASHER.transform(texts) if len(texts) else sparse.csr_matrix((0, HASHES))
    blocks = [hashed * GRAMMAR_WEIGHT, sparse.csr_matrix(cue_matrix(texts))]
    if vectors is not None:
        blocks.append(sparse.csr_matrix(vectors))
    return sparse.csr_matrix(sparse.hstack(blocks), dtype=np.float32)


def grammar_tokens(text: str) -> list[str]:
    """The text's function words and punctuation in order, other words as their ending: ``_ing``, ``_ed``, ``_``."""
    plain = text[:_LONGEST].casefold().replace("’", "'")
    return ["<", *(_reduced(token) for token in _TOKEN.findall(plain)), ">"]


def _reduced(token: str) -> str:
    if token in _KEPT:
        return token
    if token.isdigit():
        return "0"
    return "_" + next((ending for ending in _ENDINGS if token.endswith(ending)), "")


def _grams(text: str) -> list[str]:
    tokens = grammar_tokens(text)
    return [" ".join(tokens[i : i + n]) for n in (1, 2, 3) for i in range(len(tokens) - n + 1)]


_HASHER = HashingVectorizer(
    n_features=HASHES, analyzer=_grams, alternate_sign=False, norm="l2", binary=True, dtype=np.float32
)
