import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from models.agreement import absolute_icc, weighted_kappa


@pytest.mark.parametrize("seed", range(4))
def test_kappa_is_that_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 5, 200)
    second = np.clip(first + rng.integers(-1, 2, 200), 0, 4)
    expected = cohen_kappa_score(first, second, weights="quadratic", labels=range(5))
    assert weighted_kappa(first, second, 5) == pytest.approx(expected)


def test_kappa_of_nothing_and_of_one_level_is_not_defined():
    none = np.array([], int)
    assert np.isnan(weighted_kappa(none, none, 5))
    assert np.isnan(weighted_kappa(np.full(9, 2), np.full(9, 2), 5))


def test_icc_is_that_of_the_published_example():
    """Shrout and Fleiss 1979, judges 1 and 4 of their table 2, worked by hand."""
    first, second = np.array([9, 6, 8, 7, 10, 6.0]), np.array([8, 2, 8, 6, 9, 7.0])
    rows = 2 * np.var((first + second) / 2, ddof=1)
    columns = (
        6 * ((np.array([first.mean(), second.mean()]) - (first + second).mean() / 2) ** 2).sum()
    )
    errors = np.var(first - second, ddof=1) / 2
    expected = (rows - errors) / (rows + errors + 2 * (columns - errors) / 6)
    assert absolute_icc(first, second) == pytest.approx(expected)


def test_a_constant_shift_lowers_absolute_agreement_and_no_shift_is_perfect():
    rng = np.random.default_rng(0)
    first = rng.normal(50, 10, 100)
    assert absolute_icc(first, first) == pytest.approx(1)
    assert absolute_icc(first, first - 10) < 0.8
    assert np.isnan(absolute_icc(first[:1], first[:1]))
    assert np.isnan(absolute_icc(np.ones(5), np.ones(5)))
