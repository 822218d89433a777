"""For and against: whether parts of a theme argue against each other."""

from collections.abc import Sequence

import numpy as np

from analysis.meaning import words_of
from analysis.partition import Labels

AGAINST = frozenset(
    """
    not no never don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't can't cannot couldn't
    haven't hasn't without nothing nobody none neither nor stop stopped abolish abandon ban banned end oppose
    opposed against harm harms harmful unfair wrong bad worse worst dangerous unnecessary useless waste wasteful
    immoral unethical cruel failed fails poor poorly too less lack lacking difficult hard confusing boring slow
    disagree unacceptable terrible awful threat risk risks hurt hurts destroys destroy problem problems
    """.split()
)
UNLIKE = 0.7  # difference of the shares of opposing statements, from which on two parts are sides
FEWEST = 3


def against(text: str) -> bool:
    """Whether a statement denies, opposes or finds fault: an odd number of words that do."""
    return sum(word in AGAINST for word in words_of(text)) % 2 == 1


def opposed_parts(texts: Sequence[str], sublabels: Labels) -> tuple[int, int] | None:
    """The sublabels of the part most in favour and the part most against, if they differ enough."""
    names = [int(name) for name in np.unique(sublabels) if (sublabels == name).sum() >= FEWEST]
    if len(names) < 2:
        return None
    opposing = np.array([against(text) for text in texts])
    shares = {name: float(opposing[sublabels == name].mean()) for name in names}
    best, worst = min(names, key=shares.__getitem__), max(names, key=shares.__getitem__)
    return (best, worst) if shares[worst] - shares[best] >= UNLIKE else None
