import numpy as np

from analysis import ThemeMatch, follow_themes, match_themes

AXES = np.eye(6, dtype=np.float32)


def run(*themes):
    """Vectors and labels: theme number i has three statements along the axis given."""
    return np.repeat(AXES[list(themes)], 3, axis=0), np.repeat(np.arange(len(themes)), 3)


def test_themes_of_another_event_are_matched_by_meaning():
    matches = match_themes(*run(0, 1, 2), *run(2, 0, 4))
    assert [(m.change, m.old, m.new) for m in matches] == [
        ("same", (0,), (1,)),
        ("gone", (1,), ()),
        ("same", (2,), (0,)),
        ("new", (), (2,)),
    ]


def test_shared_statements_tell_splits_and_merges():
    vectors = np.ones((12, 2), dtype=np.float32)
    old, new = [0] * 6 + [1] * 3 + [2] * 3, [0] * 3 + [1] * 3 + [2] * 6
    matches = match_themes(vectors, old, vectors, new, old_keys=range(12), new_keys=range(12))
    assert [(m.change, m.old, m.new) for m in matches] == [("split", (0,), (0, 1)), ("merged", (1, 2), (2,))]


def test_the_same_run_twice_changes_nothing():
    assert match_themes(*run(0, 1), *run(0, 1)) == [
        ThemeMatch("same", (0,), (0,), 1.0),
        ThemeMatch("same", (1,), (1,), 1.0),
    ]


def test_runs_without_themes():
    nothing = (np.zeros((2, 6), dtype=np.float32), np.array([-1, -1]))
    assert match_themes(*nothing, *nothing) == []
    assert [m.change for m in match_themes(*nothing, *run(0))] == ["new"]
    assert [m.change for m in match_themes(*run(0), *nothing)] == ["gone"]


def test_the_course_of_themes_across_a_series():
    courses = follow_themes([run(0, 1, 2), run(0, 1), run(0, 5)])
    assert [(c.labels, c.course) for c in courses] == [
        ((0, 0, 0), "recurring"),
        ((1, 1, None), "faded"),
        ((2, None, None), "heard once"),
        ((None, None, 1), "new"),
    ]
