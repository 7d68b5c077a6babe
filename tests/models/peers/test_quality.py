from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.peers import flag_quality
from models.peers.quality import longest_run, person_fit


def test_a_run_is_counted_in_the_middle_and_half_at_the_ends():
    row = np.array([[0.5, 0.5, 0.5, 0, 0, 0, 0, np.nan, 0.25, np.nan, 0.25]], np.float32)
    assert longest_run(row)[0] == 3
    assert longest_run(row[:, 3:])[0] == 2
    assert longest_run(row[:, 8:])[0] == 1
    assert longest_run(row[:, 7:8])[0] == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0.25, 0.5, 0.75, np.nan]), min_size=1, max_size=20))
def test_the_longest_run_is_that_of_a_plain_loop(answers):
    best = run = 0
    for at, answer in enumerate(answers):
        run = (run + 1 if at and answer == answers[at - 1] else 1) if np.isfinite(answer) else 0
        best = max(best, run)
    assert longest_run(np.array([answers], np.float32))[0] == best


@pytest.mark.parametrize("difficulty", ["base", "hard"])
def test_most_careless_sheets_are_found_and_few_honest_ones(pool_of, difficulty):
    pool = pool_of(3000, 7, difficulty=difficulty)
    careless, whole = pool.district.careless, ~pool.district.half_finished
    flagged = pool.quality.careless
    assert flagged[careless & whole].mean() > 0.85
    assert flagged[~careless].mean() < 0.025


def test_a_tiny_set_is_not_flagged_for_being_tiny(pool_of):
    pool = pool_of(30, 4, careless=0.0)
    assert pool.quality.careless.sum() <= 1
    assert len(flag_quality(pool_of(1, 4).traits).careless) == 1


def test_one_answer_all_through_is_seen_in_a_single_sheet(pool):
    row = pool.traits.items[:1].copy()
    row[0, 2:18] = 0.5
    one = replace(pool.traits, items=row, features=pool.traits.features[:1])
    assert flag_quality(one).longest_run.tolist() == [True]


def test_random_answers_fit_no_level(pool, rng):
    items, steps = pool.traits.items.copy(), pool.traits.steps
    items[:100] = rng.permuted(items[:100], axis=1)
    fit = person_fit(items, steps)
    assert np.median(fit[:100]) < np.median(fit[100:]) - 0.5


def test_flags_do_not_depend_on_the_order_of_firms(pool, rng):
    order = rng.permutation(len(pool.traits))
    shuffled = replace(
        pool.traits, items=pool.traits.items[order], features=pool.traits.features[order]
    )
    again = flag_quality(shuffled)
    for name, flags in vars(pool.quality).items():
        np.testing.assert_array_equal(getattr(again, name), flags[order])


def test_a_sheet_says_which_flags_it_raised(pool):
    row = int(np.flatnonzero(pool.quality.longest_run)[0])
    assert "longest_run" in pool.quality.reasons(row)
    calm = int(np.flatnonzero(~pool.quality.careless & ~pool.quality.person_fit)[0])
    assert pool.quality.reasons(calm) == ()
