"""Speed of the theme engine on this machine: ``make bench``, or ``python benchmarks/engine.py [SIZE ...]``.

Statements are made of the phrases below, so nothing is read from elsewhere. Vectors for the large runs are
those of 2,000 statements with noise, since encoding is measured on its own.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from analysis import ThemeClusterer, encode, encoder_name

WHO = "Our council|The team|Members|Officers|The inspectors|Most districts|Delegates|Our partners|Staff".split("|")
DOES = "need|do not have|have asked for|cannot agree on|were pleased with|would like|struggle with|pay for".split("|")
WHAT = (
    "clear targets|a shared risk register|better software|time to read reports|political support|fewer indicators|"
    "training for managers|parking at the venue|a hot lunch|examples of good practice|honest comparison|one inspection|"
    "local surveys|a project office|data from partners|a louder microphone|more group discussion|simple guidance"
).split("|")
WHEN = "this year|before the budget|at every meeting|in small authorities|across the county".split("|")


def statements(count: int) -> list[str]:
    """Different statements, the same every time."""
    draw = random.Random(1)
    made = (f"{draw.choice(WHO)} {draw.choice(DOES)} {draw.choice(WHAT)} {draw.choice(WHEN)}" for _ in range(count))
    return [f"{text}, point {i}" for i, text in enumerate(made)]


def timed(what: str, act: Callable[[], object]) -> None:
    """Print wall-clock and processor seconds; on a busy machine only the second says much."""
    start, used = time.perf_counter(), time.process_time()
    act()
    wall, processor = time.perf_counter() - start, time.process_time() - used
    print(f"{what:55} {wall:9.2f} s {processor:9.2f} s of processor", flush=True)


def titled(texts: list[str], vectors: np.ndarray) -> object:
    return ThemeClusterer().fit(texts, vectors).themes_


def main(sizes: list[int]) -> None:
    print(f"encoder: {encoder_name() or 'TF-IDF and LSA'}")
    encode(["Load the model"])
    some = statements(2000)
    kept = encode(some)
    timed("encode 2,000 statements of 12 words again", lambda: encode(some))
    timed("10,000 statements from text to titled themes", lambda: ThemeClusterer().fit(statements(10_000)).themes_)
    noise = np.random.default_rng(0)
    for size in sizes:
        vectors = kept[np.arange(size) % 2000] + noise.normal(0, 0.02, (size, kept.shape[1])).astype(np.float32)
        texts = [some[i % 2000] + f" {i}" for i in range(size)]
        timed(f"{size:,} statements with kept vectors, titled", partial(titled, texts, vectors))
    found = ThemeClusterer().fit(some, kept)
    timed(
        "predict one statement, mean of 100",
        lambda: [found.predict([f"Officers need a quiet room, point {i}"]) for i in range(100)],
    )
    print("(the last figure is for all 100: divide by 100)")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
