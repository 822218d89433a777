"""What a later analysis would change in themes that stand: statements to move, themes to merge, themes to split.

Nothing that a person placed is in it: those statements stay, and hold the analysis to their themes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

import analysis

from .models import Statement, SuggestedChange, Suggestion, Theme, ThemeRun

# How far another theme's share of the likeness must be ahead before a statement is proposed to move.
CLEAR_LEAD = 0.3
# A part of a theme is proposed as a theme of its own from this many statements and this share of the theme on.
SMALLEST_PART, LEAST_SHARE = 4, 0.2

Placed = Mapping[int, int]  # index of a statement -> number of a standing theme, -1 for none


def changes_to_propose(
    run: ThemeRun,
    statements: Sequence[Statement],
    standing: Sequence[Theme],
    vectors: np.ndarray | None,
    find: Callable[[dict[int, int]], "analysis.ThemeClusterer"],
) -> list[Suggestion | SuggestedChange]:
    """What the run would change, as new rows; `find` finds themes anew, with some statements held where they are."""
    number = {theme.id: i for i, theme in enumerate(standing)}
    old = {i: number[s.placement.theme_id] for i, s in enumerate(statements) if s.placement and s.placement.theme_id}
    by_person = {i for i, s in enumerate(statements) if s.placement and s.placement.by_person}
    if vectors is None or len(set(old.values())) < 2 or by_person >= set(old):
        return []
    anew = find({i: old.get(i, -1) for i in by_person})
    return [
        *_moves(run, statements, standing, vectors, old, by_person),
        *_merges_and_splits(run, statements, standing, vectors, old, by_person, anew),
    ]


def _moves(
    run: ThemeRun,
    statements: Sequence[Statement],
    standing: Sequence[Theme],
    vectors: np.ndarray,
    old: Placed,
    by_person: set[int],
) -> Iterator[Suggestion]:
    rows = np.array(sorted(old))
    labels = np.array([old[i] for i in rows.tolist()])
    placer = analysis.ThemePlacer().fit(vectors[rows], labels, np.isin(rows, list(by_person)))
    names, share, _near = placer.predict(vectors[rows])
    lead = placer.lead(vectors[rows])
    for at, row in enumerate(rows.tolist()):
        if row not in by_person and names[at] != labels[at] and lead[at] >= CLEAR_LEAD:
            to = standing[int(names[at])].id
            yield Suggestion(
                run_id=run.id, statement_id=statements[row].id, theme_id=to, confidence=round(float(share[at]), 4)
            )


def _merges_and_splits(
    run: ThemeRun,
    statements: Sequence[Statement],
    standing: Sequence[Theme],
    vectors: np.ndarray,
    old: Placed,
    by_person: set[int],
    anew: "analysis.ThemeClusterer",
) -> Iterator[SuggestedChange]:
    rows = sorted(old)
    before = np.array([old[i] for i in rows])
    after = np.asarray(anew.labels_)[rows]
    titles = {description.label: description.title for description in anew.themes_}
    matches = analysis.match_themes(vectors[rows], before, vectors[rows], after, old_keys=rows, new_keys=rows)
    for match in matches:
        if match.change == "merged":
            themes = [standing[i].id for i in match.old]
            yield SuggestedChange(run_id=run.id, kind="merge", theme_ids=themes, parts=[])
        elif match.change == "split":
            theme = match.old[0]
            parts = _parts(match.new, [i for i in rows if old[i] == theme], anew, by_person)
            if parts:
                said = [[titles[label][:200], [statements[i].id for i in members]] for label, members in parts.items()]
                yield SuggestedChange(run_id=run.id, kind="split", theme_ids=[standing[theme].id], parts=said)


def _parts(
    labels: Sequence[int], members: list[int], anew: "analysis.ThemeClusterer", by_person: set[int]
) -> dict[int, list[int]]:
    """The parts that would leave a theme. What stays: the part with what people placed in it, else the largest."""
    found: dict[int, list[int]] = defaultdict(list)
    for i in members:
        if int(anew.labels_[i]) in labels:
            found[int(anew.labels_[i])].append(i)
    if len(found) < 2:
        return {}
    stays = max(found, key=lambda label: (sum(i in by_person for i in found[label]), len(found[label]), -label))
    least = max(SMALLEST_PART, round(LEAST_SHARE * len(members)))
    leaving = {label: [i for i in rows if i not in by_person] for label, rows in found.items() if label != stays}
    return {label: rows for label, rows in leaving.items() if len(rows) >= least}
