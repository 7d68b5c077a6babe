"""Small plans by trying everything: slow, plain, and nothing shared with the engine."""

from itertools import product

import numpy as np

from models.subsidy import Candidates, Grants, Limits


def draw_candidates(rng, firms, width, *, own=None):
    """Invented firms with prerequisites, some of which ask for one of two projects."""
    shape = (firms, width)
    needs, least = np.zeros((*shape, 1), np.int64), np.zeros((*shape, 1), np.int64)
    for at in range(1, width):
        held = rng.random(firms) < 0.4
        needs[held, at, 0] = rng.integers(1, 1 << at, held.sum())
        least[held, at, 0] = 1
    cost = rng.integers(1, 40, shape).astype(float)
    return Candidates(
        firm=rng.permutation(firms),
        gain=rng.integers(0, 50, shape) / 10,
        cost=cost,
        eligible=cost * rng.choice([0.0, 0.5, 1.0], shape),
        offered=rng.random(shape) < 0.85,
        needs=needs,
        least=least,
        own=rng.integers(5, 60, firms).astype(float) if own is None else np.full(firms, own),
        arrival=rng.permutation(firms).astype(float),
    )


def draw_grants(rng, firms):
    """Two tiers: 30 % up to 6, and 40 % up to 9 from a gain on that some never reach."""
    reach = np.stack([np.full(firms, -np.inf), rng.choice([2.0, 4.0, np.inf], firms)], axis=1)
    limit = rng.choice([4.0, 20.0], firms)
    return Grants(np.array([0.3, 0.4]), np.array([6.0, 9.0]), reach, limit)


def draw_limits(rng, firms, groups):
    member = rng.random((firms, groups)) < 0.5
    budget = float(rng.integers(2, 5 * firms))
    floor = rng.choice([0.0, 0.1, 0.2], groups) * budget
    cap = np.maximum(rng.choice([0.3, 0.6, np.inf], groups) * budget, floor)
    return Limits(budget, member, floor, cap)


def allowed(candidates, firm, mask):
    """Whether all of a portfolio is offered and has its prerequisites."""
    for at in range(candidates.width):
        if not mask >> at & 1:
            continue
        if not candidates.offered[firm, at]:
            return False
        for of, least in zip(candidates.needs[firm, at], candidates.least[firm, at], strict=True):
            if (mask & int(of)).bit_count() < least:
                return False
    return True


def weigh(candidates, grants, firm, mask):
    """Gain, cost and grant (whole yuan) of a portfolio."""
    held = [at for at in range(candidates.width) if mask >> at & 1]
    gain = sum(candidates.gain[firm, at] for at in held)
    eligible = sum(candidates.eligible[firm, at] for at in held)
    due = 0.0
    for tier in range(len(grants.rate)):
        if gain >= grants.reach[firm, tier] - 1e-6:
            top = min(grants.cap[tier], grants.limit[firm])
            due = max(due, min(grants.rate[tier] * eligible, top))
    cost = sum(candidates.cost[firm, at] for at in held)
    return gain, cost, int(due * 10_000 + 1e-6)


def portfolios(candidates, grants, firm):
    """(grant, gain beyond the free one) of each portfolio that the firm can carry."""
    found = []
    for mask in range(1 << candidates.width):
        gain, cost, grant = weigh(candidates, grants, firm, mask)
        affordable = cost - grant / 10_000 <= candidates.own[firm] + 1e-9
        if allowed(candidates, firm, mask) and affordable:
            found.append((grant, gain))
    base = max(gain for grant, gain in found if grant == 0)
    best = {}
    for grant, gain in found:
        best[grant] = max(best.get(grant, -1e9), gain - base)
    best[0] = 0.0
    return list(best.items())


def kept(grants, limits):
    """Whether what firms are paid (whole yuan) keeps budget, floors and caps."""
    grants = np.asarray(grants)
    if grants.sum() > limits.budget * 10_000 + 1e-6:
        return False
    spent = grants @ limits.member
    over = spent > limits.cap * 10_000 + 1e-6
    under = spent < limits.floor * 10_000 - 1e-6
    return not (over.any() or under.any())


def best_total(candidates, grants, limits):
    """The greatest total gain, None where no plan keeps the limits."""
    each = [portfolios(candidates, grants, firm) for firm in range(len(candidates))]
    totals = [
        sum(gain for _, gain in chosen)
        for chosen in product(*each)
        if kept([grant for grant, _ in chosen], limits)
    ]
    return max(totals, default=None)
