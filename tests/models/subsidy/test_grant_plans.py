"""Laws of grant plans, on cases small enough to try everything."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.subsidy import Candidates, FloorsOutOfReach, Grants, Limits, Reason, plan_grants
from tests.models.subsidy.plain_subsidy import (
    allowed,
    best_total,
    draw_candidates,
    draw_grants,
    draw_limits,
    kept,
    weigh,
)

seeds = st.integers(0, 2**32 - 1)
LAWS = settings(max_examples=40, deadline=None)


def planned(candidates, grants, limits):
    try:
        return plan_grants(candidates, grants, limits)
    except FloorsOutOfReach:
        return None


def draw(seed, firms=4, width=3, groups=2):
    rng = np.random.default_rng(seed)
    candidates = draw_candidates(rng, firms, width)
    return candidates, draw_grants(rng, firms), draw_limits(rng, firms, groups)


@LAWS
@given(seeds, st.integers(1, 4), st.integers(0, 2))
def test_small_plans_are_the_best_that_there_are(seed, firms, groups):
    candidates, grants, limits = draw(seed, firms, groups=groups)
    plan = planned(candidates, grants, limits)
    best = best_total(candidates, grants, limits)
    if plan is None:
        assert best is None
    else:
        assert plan.chosen.total == pytest.approx(best, abs=1e-6)
        assert plan.bound >= best - 1e-6
        assert plan.gap < 1e-6


@LAWS
@given(seeds, st.integers(1, 60), st.integers(1, 6), st.integers(0, 4))
def test_plans_keep_every_rule(seed, firms, width, groups):
    candidates, grants, limits = draw(seed, firms, width, groups)
    plan = planned(candidates, grants, limits)
    if plan is None:
        return
    for chosen in (plan.chosen, plan.first_come, plan.by_project):
        paid = np.rint(chosen.grant * 10_000)
        if chosen is plan.chosen:
            assert kept(paid, limits)
        assert paid.sum() <= limits.budget * 10_000
        assert (paid @ limits.member <= limits.cap * 10_000 + 1e-6).all()
        for firm, mask in enumerate(chosen.mask.tolist()):
            gain, cost, grant = weigh(candidates, grants, firm, mask)
            free, _cost, none = weigh(candidates, grants, firm, int(plan.free[firm]))
            assert allowed(candidates, firm, mask)
            assert cost - grant / 10_000 <= candidates.own[firm] + 1e-6
            assert none == 0
            assert grant == paid[firm]
            assert gain - free == pytest.approx(chosen.gain[firm], abs=1e-9)


@LAWS
@given(seeds, st.integers(1, 60), st.integers(0, 4))
def test_the_gap_is_honest(seed, firms, groups):
    candidates, grants, limits = draw(seed, firms, 4, groups)
    plan = planned(candidates, grants, limits)
    if plan is not None:
        assert plan.bound >= plan.chosen.total - 1e-9
        if kept(np.rint(plan.by_project.grant * 10_000), limits):
            assert plan.bound >= plan.by_project.total - 1e-6
        if kept(np.rint(plan.first_come.grant * 10_000), limits):
            assert plan.bound >= plan.first_come.total - 1e-6


@LAWS
@given(seeds, st.integers(1, 40), st.integers(1, 100))
def test_more_money_never_gains_less(seed, firms, more):
    candidates, grants, limits = draw(seed, firms, 4, groups=0)
    plan = plan_grants(candidates, grants, limits)
    richer = plan_grants(candidates, grants, replace(limits, budget=limits.budget + more))
    assert richer.chosen.total >= plan.chosen.total - 1e-9


@LAWS
@given(seeds, st.integers(2, 40), st.integers(0, 3))
def test_the_order_of_firms_does_not_matter(seed, firms, groups):
    candidates, grants, limits = draw(seed, firms, 4, groups)
    order = np.random.default_rng(seed).permutation(firms)
    plan = planned(candidates, grants, limits)
    turned = planned(
        candidates.take(order), grants.take(order), replace(limits, member=limits.member[order])
    )
    assert (plan is None) == (turned is None)
    if plan is not None:
        assert (turned.chosen.mask == plan.chosen.mask[order]).all()
        assert turned.bound == plan.bound
        assert (turned.explained.reason == plan.explained.reason[order]).all()
        assert (turned.first_come.mask == plan.first_come.mask[order]).all()
        assert (turned.by_project.mask == plan.by_project.mask[order]).all()


def test_hundreds_of_firms_with_binding_rules_are_proved_within_half_a_per_cent():
    rng = np.random.default_rng(5)
    candidates, grants = draw_candidates(rng, 600, 8), draw_grants(rng, 600)
    street = rng.integers(0, 6, 600)
    member = np.hstack([street[:, None] == np.arange(6), (rng.random(600) < 0.3)[:, None]])
    budget = 700.0
    floor = np.append(np.full(6, 0.1 * budget), 0.5 * budget)
    limits = Limits(budget, member, floor, np.append(np.full(6, 0.18 * budget), np.inf))
    plan = plan_grants(candidates, grants, limits)
    assert plan.gap < 0.005
    assert kept(np.rint(plan.chosen.grant * 10_000), limits)
    assert plan.chosen.total > 1.02 * max(plan.by_project.total, plan.first_come.total)
    assert max(plan.floor_price) > 0
    assert plan.explained.group.max() >= 0


def test_a_floor_out_of_reach_says_which_and_how_much():
    candidates = single(gain=[3.0, 4.0], cost=[10.0, 20.0])
    member = np.array([[True], [False]])
    with pytest.raises(FloorsOutOfReach) as refused:
        plan_grants(
            candidates,
            Grants.flat(2, 0.3),
            Limits(8.0, member, np.array([5.0]), np.array([np.inf])),
        )
    assert refused.value.missing == {0: pytest.approx(2.0)}


def single(gain, cost, eligible=None, own=np.inf, offered=True):
    """One candidate project for each firm."""
    n = len(gain)
    return Candidates(
        firm=np.arange(n),
        gain=np.array(gain)[:, None],
        cost=np.array(cost)[:, None],
        eligible=np.array(cost if eligible is None else eligible)[:, None],
        offered=np.full((n, 1), offered),
        needs=np.zeros((n, 1, 1), np.int64),
        least=np.zeros((n, 1, 1), np.int64),
        own=np.full(n, own),
        arrival=np.arange(n, dtype=float),
    )


def test_every_choice_says_why():
    candidates = single([9.0, 8.0, 1.0, 5.0], [10.0, 10.0, 20.0, 10.0], [10.0, 10.0, 20.0, 0.0])
    plan = plan_grants(candidates, Grants.flat(4, 0.5), Limits.of(6.0, 4))
    assert plan.explained.reason.tolist() == [
        Reason.CHOSEN,
        Reason.TOO_DEAR,
        Reason.TOO_DEAR,
        Reason.NOTHING_COUNTS,
    ]
    assert plan.explained.slope[0] == pytest.approx(9 / 5)
    assert plan.price == pytest.approx(8 / 5)
    assert plan.explained.next_gain[2] == pytest.approx(1.0)
    assert plan.explained.next_money[2] == pytest.approx(10.0)


def test_what_a_firm_cannot_carry_is_said():
    plan = plan_grants(single([9.0], [10.0], own=2.0), Grants.flat(1, 0.5), Limits.of(6.0, 1))
    assert plan.explained.reason[0] == Reason.OWN_MONEY
    none = plan_grants(single([9.0], [10.0], offered=False), Grants.flat(1, 0.5), Limits.of(6.0, 1))
    assert none.explained.reason[0] == Reason.NOTHING_OFFERED


def test_nobody_is_paid_for_nothing_but_to_meet_a_floor():
    candidates = single([5.0, 0.0], [10.0, 10.0])
    member = np.array([[True], [True]])
    for floor, paid in ((4.0, [5.0, 0.0]), (8.0, [5.0, 5.0])):
        limits = Limits(20.0, member, np.array([floor]), np.array([np.inf]))
        plan = plan_grants(candidates, Grants.flat(2, 0.5), limits)
        assert plan.chosen.grant.tolist() == paid
        assert plan.chosen.total == 5.0
    free = plan_grants(candidates, Grants.flat(2, 0.5), Limits.of(20.0, 2))
    assert free.explained.reason.tolist() == [Reason.CHOSEN, Reason.NOTHING_MORE]


@LAWS
@given(seeds, st.integers(1, 30), st.integers(0, 3))
def test_money_that_brings_nothing_stays_where_no_floor_asks_for_it(seed, firms, groups):
    candidates, grants, limits = draw(seed, firms, 3, groups)
    limits = replace(limits, budget=10 * limits.budget, floor=np.zeros(groups))
    plan = plan_grants(candidates, grants, limits)
    assert (plan.chosen.grant[plan.chosen.gain <= 0] == 0).all()


def test_a_full_group_holds_back_what_would_otherwise_be_paid():
    candidates = single([9.0, 8.0, 1.0], [10.0, 10.0, 10.0])
    member = np.array([[True], [True], [False]])
    limits = Limits(10.0, member, np.array([0.0]), np.array([5.0]))
    plan = plan_grants(candidates, Grants.flat(3, 0.5), limits)
    assert plan.chosen.grant.tolist() == [5.0, 0.0, 5.0]
    assert plan.explained.reason[1] == Reason.GROUP_FULL
    assert plan.explained.group[1] == 0


def test_what_a_firm_would_do_without_a_grant_is_not_counted():
    candidates = single([3.0], [10.0], [0.0])
    plan = plan_grants(candidates, Grants.flat(1, 0.5), Limits.of(10.0, 1))
    assert plan.chosen.total == 0
    assert plan.free.tolist() == [1]


def test_the_curve_of_more_money_rises_ever_more_slowly():
    rng = np.random.default_rng(2)
    candidates = draw_candidates(rng, 50, 5)
    curve = plan_grants(candidates, draw_grants(rng, 50), Limits.of(20.0, 50)).curve
    slopes = np.diff(curve[:, 1]) / np.diff(curve[:, 0])
    assert (slopes >= 0).all()
    assert (np.diff(slopes) <= 1e-9).all()


@pytest.mark.parametrize(
    "changes",
    [{"gain": np.array([[-1.0]])}, {"needs": np.ones((1, 1, 1), int)}],
)
def test_what_cannot_be_is_refused(changes):
    with pytest.raises(ValueError, match=r"is 0 or more|stands before"):
        replace(single([1.0], [1.0]), **changes)
