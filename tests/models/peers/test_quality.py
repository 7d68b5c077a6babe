from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.peers import flag_quality
from models.peers.quality import longest_run, person_fit


@pytest.mark.parametrize(
    ("answers", "run"),
    [
        ([0.5, 0.5, 0.5, 0.25], 3),
        ([0.5, np.nan, 0.5, np.nan, np.nan, 0.5], 3),
        ([0, 0, 0, 0, 0.25, 0.75], 4 * 0.5),
        ([1, 1, 1, 1, 0.25, 0.75], 4 * 0.5),
        ([1, 1, 1, 1, 0.9, 1], 2 * 0.1),
        ([1, 1, 1, 1, 0, 0], 4 * 1.0),
        ([0, 0, np.nan, 0, 0], 4 * 0.5),
        ([1, 1, np.nan, 1, 1], 0),
        ([np.nan, np.nan], 0),
        ([np.nan, 0.25], 1),
    ],
)
def test_a_run_at_an_end_counts_by_what_the_rest_leads_to_expect(answers, run):
    found = longest_run(np.array([answers], np.float32))[0]
    assert found == pytest.approx(max(run, 1 if 0.25 in answers or 0.9 in answers else 0))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0.25, 0.5, 0.75, np.nan]), min_size=1, max_size=20))
def test_the_longest_run_is_that_of_a_plain_loop(answers):
    known = [answer for answer in answers if np.isfinite(answer)]
    best = run = 0
    for at, answer in enumerate(known):
        run = run + 1 if at and answer == known[at - 1] else 1
        best = max(best, run)
    assert longest_run(np.array([answers], np.float32))[0] == best


def test_a_leader_is_not_flagged_for_answering_like_one(pool):
    items = pool.traits.items.copy()
    items[0] = 1
    items[0, [3, 12, 20]] = 0.75, 0.8, 0.75
    items[1] = 1
    items[1, :7] = 0.2, 0.3, 0.2, 0.3, 0.2, 0.3, 0.2
    assert flag_quality(replace(pool.traits, items=items)).longest_run[:2].tolist() == [False, True]


@pytest.mark.parametrize("difficulty", ["base", "hard"])
def test_most_careless_sheets_are_found_and_few_honest_ones(pool_of, difficulty):
    pool = pool_of(3000, 7, difficulty=difficulty)
    careless, whole = pool.district.careless, ~pool.district.half_finished
    flagged = pool.quality.careless
    assert flagged[careless & whole].mean() > 0.85
    assert flagged[~careless].mean() < 0.025
    leading = ~careless & (np.nanmean(pool.traits.items, axis=1) > 0.85)
    assert pool.quality.longest_run[leading].mean() < 0.06


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


def test_nobody_is_flagged_where_there_is_nobody(pool):
    held = pool.traits
    nobody = replace(held, items=held.items[:0], features=held.features[:0])
    found = flag_quality(nobody)
    assert found.careless.shape == (0,)
    assert found.person_fit.shape == (0,)
