"""Sums of money, means, percentiles and ranks: from how many firms on, and how finely."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.disclosure import (
    changed_by_few,
    dominated,
    hide_sums,
    intervals,
    mean,
    quantile,
    rank,
    table,
)


@pytest.mark.parametrize(
    ("values", "withheld"),
    [
        (np.ones(20), False),
        (np.ones(19), True),
        (np.append(np.ones(20), 0), False),
        (np.append(np.ones(19), np.zeros(5)), True),
        (np.append(np.ones(24), 24.0), False),
        (np.append(np.ones(24), 24.1), True),
        (np.append(np.ones(30), [85.0, 85.0]), False),
        (np.append(np.ones(30), [86.0, 86.0]), True),
        (np.zeros(5), False),
    ],
)
def test_a_sum_needs_twenty_firms_and_no_dominating_ones(values, withheld):
    """methods.md §6: 20 firms, the largest at most 50 %, the two largest at most 85 %."""
    assert dominated([values]).tolist() == [withheld]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_sum_withheld_can_be_told_to_a_fifth_of_itself(sizes):
    rng = np.random.default_rng(7)
    cells = [[rng.lognormal(3, 1, size) for size in row] for row in sizes]
    hidden = hide_sums(cells)
    body = np.array([[cell.sum() for cell in row] for row in cells])
    frame = table(body.shape)
    figures = frame.gather([body])
    low, high = intervals(figures, hidden.ravel(), frame)
    assert np.all((high - low)[hidden.ravel()] >= 0.2 * figures[hidden.ravel()] - 1e-3)
    assert np.all(
        hidden[:-1, :-1] >= dominated([cell for row in cells for cell in row]).reshape(body.shape)
    )


def test_a_list_of_sums_keeps_a_withheld_one_company():
    cells = [np.ones(5), np.ones(25), np.ones(60), np.ones(40)]
    assert hide_sums(cells).tolist() == [True, True, False, False, False]


def test_means_need_thirty_firms_and_are_whole_numbers():
    assert mean(np.full(29, 50.4)) is None
    assert mean(np.append(np.full(30, 50.4), np.nan)) == 50


@pytest.mark.parametrize(
    ("share", "firms"), [(0.5, 20), (0.25, 40), (0.75, 40), (0.2, 50), (0.1, 100), (0.9, 100)]
)
def test_percentiles_need_ten_firms_on_either_side(share, firms):
    assert quantile(np.arange(firms - 1.0), share) is None
    assert quantile(np.arange(float(firms)), share) is not None


def test_the_least_and_greatest_are_never_told():
    assert quantile(np.arange(1000.0), 0.0) is None
    assert quantile(np.arange(1000.0), 1.0) is None


@pytest.mark.parametrize(("share", "told"), [(52.4, 50), (52.6, 55), (0, 0), (99, 100)])
def test_ranks_are_told_in_steps_of_five(share, told):
    assert rank(share) == told


def test_a_sum_that_few_firms_moved_is_not_given_anew():
    before = {str(firm): 100.0 for firm in range(40)}
    assert not changed_by_few(before, dict(before))
    assert changed_by_few(before, before | {"40": 60.0})
    assert changed_by_few(before, dict.fromkeys(list(before)[:30], 100.0))
    assert not changed_by_few(before, dict.fromkeys(before, 120.0))
