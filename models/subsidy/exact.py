"""The last bit to the optimum: firms whose choice is still open, decided by whole numbers (HiGHS).

At the prices of the relaxed plan every portfolio has a worth, gain less price times grant. One
that is worth less than its firm's best by more than the plan lacks to the bound is in no better
plan. Where few enough portfolios remain the answer is proved; where more do, those nearest to
their firm's best are tried, and the bound stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, vstack

from models.subsidy.candidates import Candidates, Floats, Grants
from models.subsidy.limits import Rows
from models.subsidy.portfolios import enumerate_portfolios
from models.subsidy.prices import Prices

# So many open portfolios are decided for good; of more, the nearest ones are tried for a while.
_DECIDED = 400
_TRIED = 200
_MOST_LOOKED_AT = 20_000
_NODES_DECIDED = 5_000
_NODES_TRIED = 100
_OPTIMAL = 0
_HALF = 0.5
_TINY = 1e-9


@dataclass(frozen=True)
class Options:
    """Portfolios that may still be right: `owner`, `mask`, `grant` (yuan), `gain`, all (k,).

    `behind` (k,) by how many points each is worth less than its firm's best.
    """

    owner: NDArray[np.int64]
    mask: NDArray[np.int64]
    grant: Floats
    gain: Floats
    behind: Floats

    def take(self, at: NDArray[np.int64]) -> Options:
        """The portfolios at `at`."""
        return Options(**{name: held[at] for name, held in vars(self).items()})


@dataclass(frozen=True)
class Choice:
    """A portfolio for each firm: `mask`, `grant` (yuan), `gain` (n,); and what no plan exceeds."""

    mask: NDArray[np.int64]
    grant: Floats
    gain: Floats
    bound: float

    @property
    def total(self) -> float:
        """Points gained."""
        return float(self.gain.sum())


def polish(
    candidates: Candidates, grants: Grants, rows: Rows, prices: Prices, choice: Choice | None
) -> Choice | None:
    """A choice at least as good; None where there is none at all and none was found."""
    lacks = np.inf if choice is None else choice.bound - choice.total
    options, complete = _options(candidates, grants, rows.kind, prices, lacks * (1 + 1e-6) + _TINY)
    nodes = _NODES_DECIDED if complete else _NODES_TRIED
    found = _decide(options, rows, prices, len(candidates), nodes)
    better = found
    if found is None or (choice is not None and found.total < choice.total):
        better = choice
    if better is None or found is None or not complete:
        return better
    bound = min(prices.bound, max(found.bound, better.total))
    return Choice(better.mask, better.grant, better.gain, bound)


def _options(
    candidates: Candidates, grants: Grants, kind: NDArray[np.int64], prices: Prices, lacks: float
) -> tuple[Options, bool]:
    """The portfolios that lack at most so much, and whether these are all of them."""
    parts, complete = [], True
    for rows, portfolios in enumerate_portfolios(candidates, grants):
        price = prices.of_kind[kind[rows]][:, None]
        worth = portfolios.gain - price * portfolios.grant
        behind = worth.max(axis=1, keepdims=True) - worth
        within = behind <= lacks
        if rows.stop - rows.start < len(candidates) and within.sum() > _MOST_LOOKED_AT:
            within &= behind <= np.partition(behind, _MOST_LOOKED_AT, axis=None)[_MOST_LOOKED_AT]
            complete = False
        owner, mask = np.nonzero(within & (portfolios.gain > -np.inf))
        grant, gain = portfolios.grant[owner, mask], portfolios.gain[owner, mask]
        found = Options(owner + rows.start, mask, grant, gain, behind[owner, mask])
        parts.append(found.take(_one_a_grant(found)))
    options = Options(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0]))
    )
    if len(options.owner) <= len(candidates) + _DECIDED:
        return options, complete
    near = np.lexsort((options.mask, options.owner, options.behind))
    return options.take(np.sort(near[: len(candidates) + _TRIED])), False


def _one_a_grant(options: Options) -> NDArray[np.int64]:
    """Of a firm's portfolios with one and the same grant, the best."""
    order = np.lexsort((options.mask, -options.gain, options.grant, options.owner))
    sorted_ = options.take(order)
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(sorted_.owner) != 0) | (np.diff(sorted_.grant) != 0)
    return np.sort(order[first])


def _decide(options: Options, rows: Rows, prices: Prices, firms: int, nodes: int) -> Choice | None:
    """The best portfolio for each firm; those with a single one are only reckoned with."""
    several = np.bincount(options.owner, minlength=firms)[options.owner] > 1
    settled, open_ = np.flatnonzero(~several), np.flatnonzero(several)
    given = options.grant[settled] @ rows.inside[rows.kind[options.owner[settled]]]
    chosen, proved = open_, True
    if len(open_):
        found = _solve(options.take(open_), rows, given, nodes)
        if found.x is None:
            return None
        chosen, proved = open_[found.x > _HALF], found.status == _OPTIMAL
    at = np.append(settled, chosen)
    at = at[np.argsort(options.owner[at])]
    spent = options.grant[at] @ rows.inside[rows.kind[options.owner[at]]]
    if len(at) != firms or (spent > rows.most).any() or (spent < rows.least).any():
        return None
    total = options.gain[at].sum()
    bound = total if proved else options.gain[settled].sum() - found.mip_dual_bound
    return Choice(
        options.mask[at], options.grant[at], options.gain[at], min(float(bound), prices.bound)
    )


def _solve(options: Options, rows: Rows, given: Floats, nodes: int) -> OptimizeResult:
    kind, count = rows.kind[options.owner], len(options.owner)
    firm, place = np.unique(options.owner, return_inverse=True)
    # Money is counted in shares of the budget, so that the solver's tolerances are fair.
    scale = max(rows.most[0], 1.0)
    use = csr_array(rows.inside[kind].T * (options.grant / scale))
    once = csr_array((np.ones(count), (place, np.arange(count))))
    return milp(
        -options.gain,
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(
            vstack([use, once]),
            np.append((rows.least - given) / scale, np.ones(len(firm))),
            np.append((rows.most - given) / scale, np.ones(len(firm))),
        ),
        options={"mip_rel_gap": 0.0, "node_limit": nodes},
    )
