import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score

from analysis import ThemeClusterer, encode, split_theme
from tests.analysis.corpus import COMMENTS, FOOD, MATTERS, PARKING, SOUND

texts_of_any_kind = st.lists(
    st.one_of(st.sampled_from(COMMENTS), st.text(max_size=30), st.sampled_from(["", "!!!", "ok", "日本語です"])),
    max_size=14,
)


@pytest.fixture(scope="module")
def vectors():
    return encode(COMMENTS)


@pytest.fixture(scope="module")
def fitted(vectors):
    return ThemeClusterer().fit(COMMENTS, vectors)


def test_four_matters_are_found(fitted):
    assert adjusted_rand_score(MATTERS, fitted.labels_) > 0.8
    assert len(fitted.themes_) == 4


def test_themes_are_numbered_by_falling_size_and_described_in_that_order(fitted):
    sizes = [int((fitted.labels_ == theme.label).sum()) for theme in fitted.themes_]
    assert [theme.label for theme in fitted.themes_] == list(range(len(sizes)))
    assert sizes == sorted(sizes, reverse=True) == [theme.size for theme in fitted.themes_]


def test_what_speaks_for_a_theme_is_in_it(fitted):
    for theme in fitted.themes_:
        assert 3 <= len(theme.central) <= 5
        assert {fitted.labels_[i] for i in [*theme.central, theme.summary] if i is not None} == {theme.label}
        assert 0 <= theme.stability <= 1 and 0 <= theme.spread <= 1
        assert theme.label not in [other for other, _ in theme.nearest]


def test_late_arrivals_join_the_theme_they_speak_of(fitted):
    labels = fitted.predict(["Parking is too expensive for delegates", "The lunch was cold and the food stale"])
    assert labels.tolist() == [fitted.labels_[0], fitted.labels_[10]]


def test_themes_without_kept_vectors_are_the_same(fitted):
    assert (ThemeClusterer().fit(COMMENTS).labels_ == fitted.labels_).all()


@settings(max_examples=12, deadline=None)
@given(texts_of_any_kind)
def test_any_list_of_texts_can_be_fitted(texts):
    found = ThemeClusterer().fit(texts)
    n = len(texts)
    assert found.labels_.shape == found.confidence_.shape == found.sublabels_.shape == found.duplicates_.shape == (n,)
    assert ((found.confidence_ >= 0) & (found.confidence_ <= 1)).all()
    assert ((found.sublabels_ == -1) == (found.labels_ == -1)).all()
    assert [theme.size for theme in found.themes_] == [
        int((found.labels_ == theme.label).sum()) for theme in found.themes_
    ]
    assert len({theme.title for theme in found.themes_}) == len(found.themes_)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(len(COMMENTS))))
def test_the_order_of_the_input_does_not_matter(fitted, vectors, order):
    again = ThemeClusterer().fit([COMMENTS[i] for i in order], vectors[list(order)])
    assert (again.labels_ == fitted.labels_[list(order)]).all()


def test_the_same_input_gives_the_same_output(fitted, vectors):
    again = ThemeClusterer().fit(COMMENTS, vectors)
    assert again.themes_ == fitted.themes_
    assert (again.confidence_ == fitted.confidence_).all()


@pytest.mark.parametrize("texts", [[], ["One statement"], ["One statement", "Another"]])
def test_too_few_statements_for_themes(texts):
    found = ThemeClusterer().fit(texts)
    assert found.labels_.tolist() == [0] * len(texts)
    assert found.predict([]).tolist() == []


def test_identical_statements_are_one_theme_and_duplicates_of_the_first():
    found = ThemeClusterer().fit(["Parking is dear"] * 12)
    assert found.labels_.tolist() == [0] * 12
    assert found.duplicates_.tolist() == [-1] + [0] * 11


def test_very_long_and_letterless_statements():
    found = ThemeClusterer().fit(["word " * 2000, "?" * 10_000, "12 34", *COMMENTS])
    assert adjusted_rand_score(MATTERS, found.labels_[3:]) > 0.7


def test_other_languages_are_grouped_and_titled():
    welsh = ["Mae'r maes parcio yn rhy ddrud", "Doedd dim lle i barcio", "Roedd y cinio yn oer", "Bwyd da iawn"] * 2
    found = ThemeClusterer().fit(welsh)
    assert all(theme.title for theme in found.themes_)


def test_a_number_or_a_range_of_themes_is_kept_to(vectors):
    assert set(ThemeClusterer(n_themes=2).fit(COMMENTS, vectors).labels_.tolist()) - {-1} == {0, 1}
    assert 5 <= len(set(ThemeClusterer(n_themes=(5, 8)).fit(COMMENTS, vectors).labels_.tolist()) - {-1}) <= 8


def test_what_people_placed_stays_and_draws_the_others():
    placed = {0: 7, 1: 7, 2: 7, 10: 3, 11: 3, 39: -1}
    found = ThemeClusterer().fit(COMMENTS, placed=placed)
    assert {i: int(found.labels_[i]) for i in placed} == placed
    assert (found.labels_[:10] == 7).sum() >= 8
    assert (found.labels_[10:20] == 3).sum() >= 8
    assert set(found.labels_[20:39].tolist()) - {-1} <= {3, 7, 8, 9, 10}
    assert found.labels_[20:30].max() > 7
    assert (found.confidence_ >= 0).all()


@settings(max_examples=10, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(10, 19)) | st.just((0, 1)) | st.just((2, 3)), max_size=8))
def test_statements_that_must_be_apart_share_no_theme_and_the_others_stay(fitted, vectors, pairs):
    found = ThemeClusterer().fit(COMMENTS, vectors, apart=pairs)
    assert all(found.labels_[one] != found.labels_[other] or found.labels_[one] == -1 for one, other in pairs)
    untouched = [i for i in range(len(COMMENTS)) if all(i not in pair for pair in pairs)]
    assert adjusted_rand_score(fitted.labels_[untouched], found.labels_[untouched]) == 1


def test_what_a_person_placed_stays_and_the_other_of_a_pair_moves():
    found = ThemeClusterer().fit(COMMENTS, placed={0: 0, 1: 0, 2: 0}, apart=[(0, 4), (1, 4)])
    assert found.labels_[:3].tolist() == [0, 0, 0]
    assert found.labels_[4] != 0


@pytest.mark.parametrize(("placed", "apart"), [({0: 5, 1: 5}, [(0, 1)]), ({}, [(3, 3)])])
def test_decisions_that_contradict_each_other_are_refused(placed, apart):
    with pytest.raises(ValueError, match="cannot be apart"):
        ThemeClusterer().fit(COMMENTS, placed=placed, apart=apart)


def test_the_estimator_can_be_cloned():
    copy = clone(ThemeClusterer(n_themes=(4, 9), random_state=3))
    assert copy.get_params() == {"n_themes": (4, 9), "random_state": 3}


def test_splitting_a_theme_proposes_its_parts():
    labels = split_theme(PARKING + FOOD)
    assert adjusted_rand_score([0] * 10 + [1] * 10, labels) > 0.5
    assert set(split_theme(PARKING + FOOD, encode(PARKING + FOOD), parts=3).tolist()) == {0, 1, 2}
    assert split_theme([]).shape == (0,)


def test_large_lists_are_found_from_a_sample_and_all_are_placed():
    middles = np.random.default_rng(1).normal(size=(4, 384))
    matters = np.arange(4000) % 4
    vectors = middles[matters] + np.random.default_rng(2).normal(size=(4000, 384))
    wordless = [f"{i:b}".replace("0", ".").replace("1", "!") for i in range(4000)]
    found = ThemeClusterer().fit(wordless, vectors.astype(np.float32))
    assert adjusted_rand_score(matters, found.labels_) > 0.95


def test_copies_neither_make_themes_of_their_own_nor_get_lost(fitted):
    found = ThemeClusterer().fit(COMMENTS * 20)
    assert (found.labels_.reshape(20, -1) == found.labels_[: len(COMMENTS)]).all()
    assert adjusted_rand_score(MATTERS, found.labels_[: len(COMMENTS)]) > 0.8


def test_who_is_not_to_be_quoted_counts_and_lends_no_words_to_a_title():
    texts = [*PARKING, *FOOD, *SOUND]
    kept_apart = [i for i, text in enumerate(texts) if text in PARKING]
    quiet = ThemeClusterer(n_themes=3).fit(texts, unspoken=kept_apart)
    assert quiet.labels_.tolist() == ThemeClusterer(n_themes=3).fit(texts).labels_.tolist()
    theme = next(each for each in quiet.themes_ if each.label == quiet.labels_[0])
    assert "park" not in theme.title.lower()


def test_the_rest_of_a_list_joins_the_themes_of_its_sample_and_none_is_left_out(vectors):
    sampled = ThemeClusterer(n_themes=4).fit(COMMENTS[::2], vectors[::2])
    labels, confidence = sampled.join(COMMENTS[1::2], vectors[1::2])
    assert adjusted_rand_score(MATTERS[1::2], labels) > 0.8
    assert labels.min() >= 0
    assert ((confidence > 0) & (confidence <= 1)).all()
