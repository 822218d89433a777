"""What decisions in the review queue do for placing: ``DATASETS=folder python benchmarks/review.py``.

600 statements of nhs_fft_v6 get their themes from the engine, each named by the code that people gave most of it. Then
the statement that the placer is least sure of is decided by its human code, again and again, five at a time. Printed is
the macro-F1 of placing 1,200 other statements that nobody looked at, over the codes that have a theme; the mean of four
draws.
"""

import csv
import os
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

sys.path.insert(0, str(Path(__file__).parent.parent))

from analysis import ThemeClusterer, ThemePlacer, encode

DRAWS, BOARD, OTHERS, AT_ONCE = 4, 600, 1200, 5
STEPS = (0, 20, 50, 100)


def scores(texts: list[str], vectors: np.ndarray, codes: np.ndarray, seed: int) -> list[float]:
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    board, others = np.array(order[:BOARD]), np.array(order[BOARD : BOARD + OTHERS])
    found = ThemeClusterer(n_themes=(3, 15)).fit([texts[i] for i in board], vectors[board]).labels_
    named = {t: Counter(codes[board][found == t].tolist()).most_common(1)[0][0] for t in np.unique(found) if t >= 0}
    labels = np.array([named.get(int(theme), -1) for theme in found])
    known, decided = np.unique(labels[labels >= 0]), np.zeros(BOARD, dtype=bool)
    others = others[np.isin(codes[others], known)]
    result = []
    for done in range(0, STEPS[-1] + 1, AT_ONCE):
        placed = labels >= 0
        placer = ThemePlacer().fit(vectors[board][placed], labels[placed], decided[placed])
        if done in STEPS:
            guessed = placer.predict(vectors[others])[0]
            result.append(f1_score(codes[others], guessed, labels=known, average="macro", zero_division=0))
        sure = np.where(decided, np.inf, placer.lead(vectors[board]))
        for row in np.argsort(sure, kind="stable")[:AT_ONCE]:
            decided[row], code = True, codes[board[row]]
            labels[row] = code if code in known else -1
    return result


def main() -> None:
    folder = os.environ.get("DATASETS")
    if not folder:
        print("DATASETS does not name the folder of human-coded sets: nothing measured.")
        return
    with (Path(folder) / "nhs_fft_v6" / "clean.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if len(row["text"].split()) >= 3]
    texts, names = [row["text"] for row in rows], sorted({row["label"] for row in rows})
    codes, vectors = np.array([names.index(row["label"]) for row in rows]), encode(texts)
    means = np.mean([scores(texts, vectors, codes, seed) for seed in range(DRAWS)], axis=0)
    print(f"{'decisions':24}" + "".join(f"{step:8}" for step in STEPS))
    print(f"{'macro-F1 of placing':24}" + "".join(f"{value:8.3f}" for value in means))


if __name__ == "__main__":
    main()
