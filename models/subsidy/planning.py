"""The story of a grant plan: hulls, prices, a filled plan, the last bit, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from models.subsidy.candidates import YUAN, Candidates, Floats, Grants
from models.subsidy.exact import Choice, polish
from models.subsidy.explaining import explain
from models.subsidy.filling import check_floors, fill
from models.subsidy.limits import FloorsOutOfReach, Limits, Rows
from models.subsidy.portfolios import Hulls, find_hulls
from models.subsidy.prices import Master, Prices, Steps, cut_steps
from models.subsidy.results import Chosen, GrantPlan
from models.subsidy.rivals import by_project, first_come
from models.subsidy.thrift import give_back

# Up to this many portfolios the answer is exact; beyond, the last bit is looked for only where
# the gap is wider than this share.
_EXACT_UP_TO = 1 << 17
_NARROW = 1e-3
_CURVE = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


def plan_grants(candidates: Candidates, grants: Grants, limits: Limits) -> GrantPlan:
    """Whom to pay for what, for the greatest total gain that the budget and the rules allow.

    Raises FloorsOutOfReach where no plan meets all floors.
    """
    order = np.argsort(candidates.firm, kind="stable")
    sorted_limits = replace(limits, member=limits.member[order])
    with threadpool_limits(1):
        found = _plan(candidates.take(order), grants.take(order), sorted_limits)
    return _unsorted(found, order)


@dataclass(frozen=True)
class _Found:
    """Hulls, prices and the choice that was made by them."""

    hulls: Hulls
    steps: Steps
    master: Master
    prices: Prices
    choice: Choice


def _plan(candidates: Candidates, grants: Grants, limits: Limits) -> GrantPlan:
    rows = limits.rows
    found = _find(candidates, grants, rows, falling=limits.floored)
    first = np.searchsorted(found.hulls.owner, np.arange(len(candidates)))
    free = found.hulls.mask[first]
    prices, choice = found.prices, found.choice
    return GrantPlan(
        chosen=_chosen(choice),
        bound=max(choice.bound, choice.total),
        price=prices.budget * YUAN,
        cap_price=prices.cap * YUAN,
        floor_price=prices.floor * YUAN,
        explained=explain(candidates, grants, rows, found.hulls, prices, choice),
        free=free,
        first_come=first_come(found.hulls, rows, candidates.arrival),
        by_project=by_project(candidates, grants, rows, free),
        curve=_curve(found.master, rows),
    )


def _find(candidates: Candidates, grants: Grants, rows: Rows, *, falling: bool) -> _Found:
    hulls = find_hulls(candidates, grants, falling=falling)
    steps = cut_steps(hulls, rows)
    master = Master(steps, rows)
    prices = master.solve()
    filling = fill(steps, rows, prices)
    choice: Choice | None = _choice(hulls, steps, filling.taken, prices.bound, len(candidates))
    short = (filling.spent < rows.least).any()
    if short:
        choice = None
    small = len(candidates) << candidates.width <= _EXACT_UP_TO
    if choice is None or small or choice.bound - choice.total > _NARROW * choice.bound:
        choice = polish(candidates, grants, rows, prices, choice)
    if choice is None:
        check_floors(filling.spent, rows)
        raise FloorsOutOfReach({})
    return _Found(hulls, steps, master, prices, give_back(hulls, rows, choice))


def _choice(
    hulls: Hulls, steps: Steps, taken: NDArray[np.bool_], bound: float, firms: int
) -> Choice:
    """The hull point at which each firm stands after the steps that were taken."""
    at = np.searchsorted(hulls.owner, np.arange(firms))
    at += np.bincount(steps.owner[taken], minlength=firms)
    return Choice(hulls.mask[at], hulls.grant[at], hulls.gain[at], bound)


def _chosen(choice: Choice) -> Chosen:
    return Chosen(choice.mask, choice.grant / YUAN, choice.gain)


def _curve(master: Master, rows: Rows) -> Floats:
    """Budgets and what the relaxed plan gains with them; those that miss a floor are left out."""
    points = []
    for share in _CURVE:
        budget = share * rows.most[0]
        try:
            points.append((budget / YUAN, master.solve(budget).bound))
        except FloorsOutOfReach:
            continue
    return np.array(points).reshape(-1, 2)


def _unsorted(plan: GrantPlan, order: NDArray[np.int64]) -> GrantPlan:
    """The plan with firms in the order in which they were given."""
    back = np.argsort(order, kind="stable")

    def turned(chosen: Chosen) -> Chosen:
        return Chosen(**{name: held[back] for name, held in vars(chosen).items()})

    explained = type(plan.explained)(
        **{name: held[back] for name, held in vars(plan.explained).items()}
    )
    return replace(
        plan,
        chosen=turned(plan.chosen),
        explained=explained,
        free=plan.free[back],
        first_come=turned(plan.first_come),
        by_project=turned(plan.by_project),
    )
