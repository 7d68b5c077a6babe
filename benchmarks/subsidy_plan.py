"""Grant plans: seconds, proved gaps, and the gain over giving money out without a plan.

    python benchmarks/subsidy_plan.py [--firms 300 1000 10000 100000] [--exact 300]

Firms are invented: twelve candidate projects each, five of them with a prerequisite, a grant of
30 % of the eligible cost up to 30 万元, money for about a third of what is asked for. "Groups"
adds a floor for small firms and caps for twelve industries that bind. The baseline is HiGHS
(scipy.optimize.milp) on the plain formulation, a binary for each project of each firm, with a gap
of 0.01 % allowed. Seconds are of the wall clock; run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from models.subsidy import Candidates, GrantPlan, Grants, Limits, plan_grants
from models.subsidy.portfolios import enumerate_portfolios

RATE, CAP, PROJECTS, INDUSTRIES = 0.3, 30.0, 12, 12


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--firms", type=int, nargs="*", default=[300, 1_000, 10_000, 100_000])
    arguments.add_argument("--exact", type=int, default=300)
    asked = arguments.parse_args()
    print("firms    rules   seconds  gap        points  over first come  over by project   MiB")
    for firms in asked.firms:
        for groups in (False, True):
            candidates, limits = invent(firms, seed=1, groups=groups)
            began = time.perf_counter()
            plan = plan_grants(candidates, Grants.flat(firms, RATE, CAP), limits)
            tell(firms, groups, time.perf_counter() - began, plan)
    if asked.exact:
        compare(asked.exact)


def tell(firms: int, groups: bool, seconds: float, plan: GrantPlan) -> None:
    ahead = [plan.chosen.total / rival.total - 1 for rival in (plan.first_come, plan.by_project)]
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{firms:<8} {'groups' if groups else 'budget':7} {seconds:7.2f}  {plan.gap:8.5%} "
        f"{plan.chosen.total:9.0f}  {ahead[0]:15.2%}  {ahead[1]:15.2%} {used:5.0f}"
    )


def compare(firms: int) -> None:
    candidates, limits = invent(firms, seed=1, groups=True)
    began = time.perf_counter()
    plan = plan_grants(candidates, Grants.flat(firms, RATE, CAP), limits)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    value, bound = exact(candidates, limits)
    theirs = time.perf_counter() - began
    print(
        f"\nscipy.milp on {firms} firms: {theirs:.1f} s for {value:.2f} (bound {bound:.2f}); "
        f"here {ours:.2f} s for {plan.chosen.total:.2f}: {plan.chosen.total / value:.5f} of it, "
        f"{theirs / ours:.0f} times as fast"
    )


def invent(firms: int, *, seed: int, groups: bool) -> tuple[Candidates, Limits]:
    rng = np.random.default_rng(seed)
    shape = (firms, PROJECTS)
    cost = rng.lognormal(2.6, 0.8, shape).round(2)
    share = rng.choice([0.0, 0.4, 0.7, 1.0], shape, p=[0.1, 0.2, 0.3, 0.4])
    needs = np.zeros((*shape, 1), np.int64)
    for at in (3, 5, 7, 9, 11):
        needs[:, at, 0] = 1 << rng.integers(0, at, firms)
    candidates = Candidates(
        firm=np.arange(firms),
        gain=rng.gamma(2.0, 1.0, shape) * np.sqrt(cost / 10),
        cost=cost,
        eligible=cost * share,
        offered=np.ones(shape, bool),
        needs=needs,
        least=(needs > 0).astype(np.int64),
        own=rng.lognormal(4.0, 0.6, firms),
        arrival=rng.permutation(firms).astype(float),
    )
    budget = 8.0 * firms
    if not groups:
        return candidates, Limits.of(budget, firms)
    industry = rng.integers(0, INDUSTRIES, firms)
    small = rng.random(firms) < 0.85
    member = np.hstack([small[:, None], industry[:, None] == np.arange(INDUSTRIES)])
    floor = np.append(0.9 * budget, np.full(INDUSTRIES, 0.08 * budget))
    cap = np.append(np.inf, np.full(INDUSTRIES, 0.0845 * budget))
    return candidates, Limits(budget, member, floor, cap)


def exact(candidates: Candidates, limits: Limits) -> tuple[float, float]:
    """Variables: each project, each grant, and whether it is at the cap; then the firm's base."""
    n, p = candidates.gain.shape
    grant, capped = np.arange(n) + n * p, np.arange(n) + n * p + n
    rows: list[tuple[dict[int, float], float, float]] = []
    for i in range(n):
        mine = range(i * p, i * p + p)
        due = {at: -RATE * e for at, e in zip(mine, candidates.eligible[i], strict=True)}
        big = RATE * float(candidates.eligible[i].sum())
        rows.append((due | {int(grant[i]): 1.0, int(capped[i]): big}, 0.0, np.inf))
        rows.append((due | {int(grant[i]): 1.0}, -np.inf, 0.0))
        rows.append(({int(grant[i]): 1.0, int(capped[i]): -CAP}, 0.0, np.inf))
        cost = dict(zip(mine, candidates.cost[i].tolist(), strict=True))
        rows.append((cost | {int(grant[i]): -1.0}, -np.inf, float(candidates.own[i])))
        rows += [
            ({i * p + at: 1.0, i * p + int(of).bit_length() - 1: -1.0}, -np.inf, 0.0)
            for at, of in enumerate(candidates.needs[i, :, 0])
            if of
        ]
    for group, floor, cap in zip(limits.member.T, limits.floor, limits.cap, strict=True):
        rows.append((dict.fromkeys(grant[group].tolist(), 1.0), float(floor), float(cap)))
    rows.append((dict.fromkeys(grant.tolist(), 1.0), -np.inf, limits.budget))
    at_row = [at for at, (terms, _, _) in enumerate(rows) for _ in terms]
    column = [at for terms, _, _ in rows for at in terms]
    value = [value for terms, _, _ in rows for value in terms.values()]
    matrix = csr_array((value, (at_row, column)), (len(rows), n * p + 2 * n))
    gain = np.concatenate([candidates.gain.ravel(), np.zeros(2 * n)])
    top = np.concatenate([np.ones(n * p), np.full(n, CAP), np.ones(n)])
    found = milp(
        -gain,
        integrality=np.concatenate([np.ones(n * p), np.zeros(n), np.ones(n)]),
        bounds=Bounds(0, top),
        constraints=LinearConstraint(
            matrix, [least for _, least, _ in rows], [most for _, _, most in rows]
        ),
        options={"mip_rel_gap": 1e-4, "time_limit": 300},
    )
    base = base_gain(candidates)
    return -found.fun - base, -found.mip_dual_bound - base


def base_gain(candidates: Candidates) -> float:
    """What the firms gain without any grant, which a plan does not count."""
    grants = Grants.flat(len(candidates), RATE, CAP)
    bits = np.arange(candidates.width)
    return sum(
        float((((found.free[:, None] >> bits) & 1) * candidates.gain[rows]).sum())
        for rows, found in enumerate_portfolios(candidates, grants)
    )


if __name__ == "__main__":
    main()
