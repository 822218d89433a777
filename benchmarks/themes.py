"""Quality of the themes on human-coded sets: ``DATASETS=folder python benchmarks/themes.py``.

The folder holds a folder a set with a CSV of ``text`` and ``label`` (and ``group``, which makes a task a
group). AMI and ARI are against the human codes with "in no theme" as one cluster; "named" is the share of
themes whose title is, by the encoder, nearer to the theme's commonest code than to any other code.
"""

import csv
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

sys.path.insert(0, str(Path(__file__).parent.parent))

from analysis import ThemeClusterer, encode

# Name: file, how many rows at most (0 for all), smallest task.
SETS = {
    "nhs_fft_v6": ("clean.csv", 1200, 100),
    "argkp_keypoints": ("clean.csv", 0, 60),
    "banking77_test": ("data.csv", 1000, 100),
}
INTENTS = 20


def tasks(folder: Path, name: str) -> Iterator[tuple[list[str], list[str]]]:
    """Texts and their human codes, for each task of a set."""
    file, most, least = SETS[name]
    with (folder / name / file).open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r.get("label") and len((r.get("text") or "").split()) >= 3]
    if name == "banking77_test":
        kept = sorted({row["label"] for row in rows})
        random.Random(7).shuffle(kept)
        rows = [row for row in rows if row["label"] in kept[:INTENTS]]
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row.get("group") or name].append(row)
    for _, members in sorted(groups.items()):
        if len(members) >= least:
            random.Random(1).shuffle(members)
            members = members[: most or len(members)]
            yield [row["text"] for row in members], [row["label"] for row in members]


def measure(texts: list[str], codes: list[str]) -> list[float]:
    """AMI, ARI, themes found by people's themes, share in no theme, stability under removal, titles that name."""
    vectors = encode(texts)
    found = ThemeClusterer().fit(texts, vectors)
    kept = np.sort(np.random.default_rng(0).choice(len(texts), round(0.9 * len(texts)), replace=False))
    again = ThemeClusterer().fit([texts[i] for i in kept], vectors[kept])
    return [
        adjusted_mutual_info_score(codes, found.labels_),
        adjusted_rand_score(codes, found.labels_),
        len(found.themes_) / len(set(codes)),
        float(np.mean(found.labels_ == -1)),
        adjusted_rand_score(found.labels_[kept], again.labels_),
        named(found, codes),
    ]


def named(found: ThemeClusterer, codes: list[str]) -> float:
    names = sorted(set(codes))
    code_vectors = encode([name.replace("_", " ") for name in names])
    title_vectors = encode([theme.title for theme in found.themes_])
    right = 0
    for theme, vector in zip(found.themes_, title_vectors, strict=True):
        commonest = Counter(codes[i] for i in np.flatnonzero(found.labels_ == theme.label)).most_common(1)[0][0]
        right += names[int(np.argmax(code_vectors @ vector))] == commonest
    return right / max(1, len(found.themes_))


def main() -> None:
    folder = os.environ.get("DATASETS")
    if not folder:
        print("DATASETS does not name the folder of human-coded sets: nothing measured.")
        return
    print(f"{'set':18}{'tasks':>6}{'AMI':>8}{'ARI':>8}{'count':>8}{'none':>8}{'stable':>8}{'named':>8}")
    ratios, means = [], []
    for name in SETS:
        scores = np.array([measure(*task) for task in tasks(Path(folder), name)])
        ratios += scores[:, 2].tolist()
        means.append(scores.mean(axis=0))
        print(f"{name:18}{len(scores):6}" + "".join(f"{value:8.3f}" for value in means[-1]), flush=True)
    print(f"{'mean of sets':24}" + "".join(f"{value:8.3f}" for value in np.mean(means, axis=0)))
    print(f"themes found / themes people found, median over tasks: {np.median(ratios):.2f}")


if __name__ == "__main__":
    main()
