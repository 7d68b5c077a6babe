"""What a yuan is worth: the prices at which firms ask for just the money that there is.

The relaxed plan may cut a step of a hull. It only matters, then, how much money each kind of firm
gets, since within a kind the steps are taken by their gain per yuan: a concave curve for each
kind. A linear programme over points of these curves is solved, and points are added where its
prices ask for them, until there are none (column generation). At any prices
sum over firms of max(gain - price * grant) + prices * limits is a bound that no plan exceeds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from models.subsidy.candidates import YUAN, Floats
from models.subsidy.limits import FloorsOutOfReach, Rows
from models.subsidy.portfolios import Hulls

_ROUNDS = 60
_CLOSE = 1e-9
_FIRST_POINTS = 24


@dataclass(frozen=True)
class Steps:
    """The steps from hull point to hull point, kind by kind, the steepest first.

    `to` (m,) the index of the hull point a step leads to; `kind`, `owner` (m,); `money` (m,) more
    yuan, `gain` (m,) more points, `slope` (m,) points a yuan; `first` (k + 1,) where kinds begin.
    """

    to: NDArray[np.int64]
    kind: NDArray[np.int64]
    owner: NDArray[np.int64]
    money: Floats
    gain: Floats
    slope: Floats
    first: NDArray[np.int64]


@dataclass(frozen=True)
class Curves:
    """For each kind the money and gain after each step, from (0, 0) on, and the steps' slopes."""

    money: tuple[Floats, ...]
    gain: tuple[Floats, ...]
    slope: tuple[Floats, ...]

    def asked(self, kind: int, price: float) -> int:
        """How many steps a kind takes at a price a yuan."""
        return int(np.searchsorted(-self.slope[kind], -price, side="left"))


@dataclass(frozen=True)
class Prices:
    """Prices in points a yuan, and what follows from them.

    `budget` the price of money as such; `cap` and `floor` (r,) by how much a group's cap raises
    it and a group's floor lowers it; `of_kind` (k,) what a kind of firm pays; `bound` points that
    no plan exceeds; `money` (k,) how many yuan each kind gets in the relaxed plan.
    """

    budget: float
    cap: Floats
    floor: Floats
    of_kind: Floats
    bound: float
    money: Floats


def cut_steps(hulls: Hulls, rows: Rows) -> Steps:
    """The steps of all hulls, ordered so that the result does not hang on the order of firms."""
    to = np.flatnonzero(np.diff(hulls.owner, prepend=-1) == 0)
    money = hulls.grant[to] - hulls.grant[to - 1]
    gain = hulls.gain[to] - hulls.gain[to - 1]
    slope = gain / money
    # Rounding may turn two steps on one line round; a firm's steps stay in their order.
    owner = hulls.owner[to]
    kind = rows.kind[owner]
    place = np.arange(len(to))
    order = np.lexsort((place, -slope, kind))
    first = np.searchsorted(kind[order], np.arange(len(rows.inside) + 1))
    return Steps(
        to[order], kind[order], owner[order], money[order], gain[order], slope[order], first
    )


def curves_of(steps: Steps) -> Curves:
    """The curve of each kind."""
    spans = [slice(*pair) for pair in zip(steps.first[:-1], steps.first[1:], strict=True)]
    return Curves(
        tuple(np.append(0.0, np.cumsum(steps.money[span])) for span in spans),
        tuple(np.append(0.0, np.cumsum(steps.gain[span])) for span in spans),
        tuple(steps.slope[span] for span in spans),
    )


class Master:
    """The linear programme over points of the curves; keeps its points from budget to budget."""

    def __init__(self, steps: Steps, rows: Rows) -> None:
        self.curves = curves_of(steps)
        self.rows = rows
        self._points = [_spread(len(money)) for money in self.curves.money]

    def solve(self, budget: float | None = None) -> Prices:
        """The best prices for a budget (yuan; default: that of the rows).

        Raises FloorsOutOfReach where no plan meets all floors.
        """
        rows = self.rows
        if budget is not None:
            rows = replace(rows, most=np.append(budget, rows.most[1:]))
        self._check_floors(rows)
        best: Prices | None = None
        for _round in range(_ROUNDS):
            value, prices = self._relax(rows)
            best = prices if best is None or prices.bound < best.bound else best
            best = replace(best, money=prices.money)
            if best.bound - value <= _CLOSE * max(1.0, value) or not self._ask(prices):
                break
        assert best is not None
        return best

    def _relax(self, rows: Rows) -> tuple[float, Prices]:
        kind, money, gain = self._columns()
        # Money is counted in shares of the budget, so that the solver's tolerances are fair.
        scale = max(rows.most[0], 1.0)
        use = rows.inside[kind].T * (money / scale)
        capped, floored = np.isfinite(rows.most), rows.least > 0
        once = csr_array((np.ones(len(kind)), (kind, np.arange(len(kind)))))
        found = linprog(
            -gain,
            A_ub=vstack([csr_array(use[capped]), csr_array(-use[floored]), once]),
            b_ub=np.concatenate(
                [rows.most[capped] / scale, -rows.least[floored] / scale, np.ones(once.shape[0])]
            ),
            method="highs",
        )
        if found.x is None:
            raise FloorsOutOfReach({})
        dual = np.maximum(-found.ineqlin.marginals, 0.0) / scale
        caps, floors = np.zeros(len(rows.most)), np.zeros(len(rows.most))
        caps[capped] = dual[: capped.sum()]
        floors[floored] = dual[capped.sum() : capped.sum() + floored.sum()]
        spent = _summed(kind, found.x * money, len(rows.inside))
        return -float(found.fun), self._priced(rows, caps, floors, spent)

    def _priced(self, rows: Rows, caps: Floats, floors: Floats, spent: Floats) -> Prices:
        of_kind = rows.inside @ (caps - floors)
        asked = [self.curves.asked(k, price) for k, price in enumerate(of_kind)]
        kept = [
            self.curves.gain[k][at] - of_kind[k] * self.curves.money[k][at]
            for k, at in enumerate(asked)
        ]
        finite = np.isfinite(rows.most)
        limits = caps[finite] @ rows.most[finite] - floors @ rows.least
        return Prices(
            budget=float(caps[0]),
            cap=caps[1:],
            floor=floors[1:],
            of_kind=of_kind,
            bound=float(sum(kept) + limits),
            money=spent,
        )

    def _ask(self, prices: Prices) -> bool:
        """Add the points that the prices ask for; whether there were any new ones."""
        new = False
        for kind, price in enumerate(prices.of_kind):
            at = self.curves.asked(kind, price)
            for near in (at, max(at - 1, 0), min(at + 1, len(self.curves.money[kind]) - 1)):
                if near not in self._points[kind]:
                    self._points[kind].add(near)
                    new = True
        return new

    def _columns(self) -> tuple[NDArray[np.int64], Floats, Floats]:
        points = [np.array(sorted(held)) for held in self._points]
        kind = np.repeat(np.arange(len(points)), [len(held) for held in points])
        money = [self.curves.money[k][held] for k, held in enumerate(points)]
        gain = [self.curves.gain[k][held] for k, held in enumerate(points)]
        return kind, np.concatenate(money), np.concatenate(gain)

    def _check_floors(self, rows: Rows) -> None:
        """Raise FloorsOutOfReach with what is missing, spread so that the sum is least."""
        wanted = np.flatnonzero(rows.least > 0)
        if not len(wanted):
            return
        most = np.array([money[-1] for money in self.curves.money])
        capped = np.flatnonzero(np.isfinite(rows.most))
        scale = max(rows.most[0], 1.0)
        use, lack = csr_array(rows.inside.T[wanted].astype(float)), np.eye(len(wanted))
        spread = csr_array(rows.inside.T[capped].astype(float))
        found = linprog(
            np.append(np.zeros(len(most)), np.ones(len(wanted))),
            A_ub=vstack(
                [
                    hstack([-use, csr_array(-lack)]),
                    hstack([spread, csr_array((len(capped), len(wanted)))]),
                ]
            ),
            b_ub=np.append(-rows.least[wanted], rows.most[capped]) / scale,
            bounds=[(0, top / scale) for top in most] + [(0, None)] * len(wanted),
            method="highs",
        )
        short = found.x[len(most) :] * scale
        if short.sum() > 1:
            named = zip(wanted.tolist(), short.tolist(), strict=True)
            raise FloorsOutOfReach({row - 1: yuan / YUAN for row, yuan in named if yuan > 1})


def _summed(kind: NDArray[np.int64], money: Floats, kinds: int) -> Floats:
    return np.bincount(kind, money, minlength=kinds).astype(np.float64)


def _spread(count: int) -> set[int]:
    return set(np.unique(np.linspace(0, count - 1, _FIRST_POINTS).astype(int)).tolist())
