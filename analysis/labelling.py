"""From a group of statements to its title, terms and the statements that speak for it."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.grammar import VERB
from analysis.lexical import TOKEN, stem
from analysis.partition import Floats
from analysis.phrases import read
from analysis.words import LEANING, STOP_WORDS

NEAREST_READ = 5  # statements that are looked at for a summary however few there are
_NOT_PROSE = re.compile(r"https?://|www\.|\S@\S|\+\d|[:;]-?[)(]|[{}<>|*]|\.\.\.|…")
_FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def group_terms(groups: Sequence[Sequence[str]], most: int = 10) -> list[list[tuple[str, float]]]:
    """For each group of texts its telling words with weights from 0 to 1 (class-based TF-IDF), best first."""
    counts: list[Counter[str]] = []
    surface: dict[str, Counter[str]] = {}
    for texts in groups:
        heard, count = Counter[str](), Counter[str]()
        for text in texts:
            words = [word.replace("’", "'") for word in TOKEN.findall(text.lower())]
            heard.update(words)
            count.update({stem(word) for word in words if len(word) > 1 and word not in STOP_WORDS})
        for word, times in heard.items():
            surface.setdefault(stem(word), Counter())[word] += times
        counts.append(count)
    total = Counter[str]()
    for count in counts:
        total.update(count)
    mean = sum(total.values()) / max(1, len(groups))
    result = []
    for count, texts in zip(counts, groups, strict=True):
        weights = {s: c / max(1, len(texts)) * math.log(1 + mean / total[s]) for s, c in count.items()}
        best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
        top = best[0][1] if best else 1.0
        result.append([(min(surface[s].items(), key=lambda x: (-x[1], x[0]))[0], w / top) for s, w in best])
    return result


def central_statements(texts: Sequence[str], vectors: Floats, most: int = 5) -> list[int]:
    """Rows close to the middle and unlike each other (maximal marginal relevance), most central first.

    A statement under four words says little, and one over sixty is not read: both stand back.
    """
    centre = vectors.mean(axis=0)
    closeness = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-12))
    lengths = np.array([len(TOKEN.findall(text)) for text in texts])
    closeness = closeness - 0.2 * ((lengths < 4) | (lengths > 60))
    chosen: list[int] = []
    while len(chosen) < min(most, len(vectors)):
        apart = np.max(vectors @ vectors[chosen].T, axis=1) if chosen else np.zeros(len(vectors))
        value = closeness - 0.5 * apart
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
    return chosen


def summary_statement(
    texts: Sequence[str], closeness: npt.NDArray[np.floating], spoken: npt.NDArray[np.bool_] | None = None
) -> int | None:
    """The row nearest to a one-sentence summary, close to the middle; None where no near one reads as a sentence.

    Only rows that are True in ``spoken`` (n,) may be printed. Of the rows, the nearest quarter is looked at.
    """
    near = np.argsort(-np.asarray(closeness), kind="stable")[: max(NEAREST_READ, len(texts) // 4)]
    for row in near.tolist():
        if (spoken is None or spoken[row]) and reads_alone(texts[row]):
            return int(row)
    return None


def reads_alone(text: str) -> bool:
    """Whether a text is one sentence of 5 to 30 words that is understood without what stood around it."""
    text = text.strip()
    words = text.split()
    if not 5 <= len(words) <= 30 or not (text[0].isupper() or text[0].isdigit()) or _NOT_PROSE.search(text):
        return False
    first = _FIRST.match(text)
    opening = first[0].lower().replace("\u2019", "'") if first else ""
    if opening in LEANING or "?" in text or re.search(r"[.!]\s+[A-Z]", text):
        return False
    return VERB in "".join(tags for _, tags in read(text))
