"""How money is given out without a plan: who comes first, or which project looks best by itself.

Both keep all the rules: budget, floors and caps, prerequisites, what a firm can pay itself. To
meet the floors, groups that have one are served first, each up to its floor.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, inf

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import YUAN, Candidates, Floats, Grants
from models.subsidy.limits import Rows
from models.subsidy.portfolios import Hulls
from models.subsidy.results import Chosen

_CENT = 1e-9
_TINY = 1e-6


class Purse:
    """What is left of the money in each row of the limits."""

    def __init__(self, rows: Rows) -> None:
        self.left = [float(most) for most in rows.most]
        self.floor = [float(least) for least in rows.least]
        self.of_kind = [np.flatnonzero(inside).tolist() for inside in rows.inside]

    def pays(self, kind: int, money: float) -> bool:
        """Take `money` (yuan) for a firm of `kind` if every row has it; whether it did."""
        rows = self.of_kind[kind]
        if any(self.left[row] < money for row in rows):
            return False
        for row in rows:
            self.left[row] -= money
            self.floor[row] -= money
        return True

    def rounds(self) -> Iterator[int | None]:
        """The rows with a floor, while it is not met, then None for everybody."""
        yield from (row for row, floor in enumerate(self.floor) if floor > 0)
        yield None

    def serves(self, row: int | None, kind: int) -> bool:
        """Whether a firm of `kind` has its turn in the round of `row`."""
        return row is None or (self.floor[row] > 0 and row in self.of_kind[kind])


def first_come(hulls: Hulls, rows: Rows, arrival: Floats) -> Chosen:
    """By `arrival` (n,): each firm gets the portfolio with most gain, while there is money."""
    n = len(arrival)
    firms = np.arange(n)
    free = np.searchsorted(hulls.owner, firms)
    # The last of a firm's points by gain is the one that it wants most.
    by_gain = np.lexsort((-hulls.grant, hulls.gain, hulls.owner))
    wanted = by_gain[np.searchsorted(hulls.owner, firms, side="right") - 1]
    purse, served = Purse(rows), np.zeros(n, bool)
    order = [
        firm for firm in np.argsort(arrival, kind="stable").tolist() if wanted[firm] > free[firm]
    ]
    kinds, grants = rows.kind.tolist(), hulls.grant[wanted].tolist()
    for row in purse.rounds():
        for firm in order:
            if not served[firm] and purse.serves(row, kinds[firm]):
                served[firm] = purse.pays(kinds[firm], grants[firm])
    at = np.where(served, wanted, free)
    return Chosen(hulls.mask[at], hulls.grant[at] / YUAN, hulls.gain[at])


def by_project(
    candidates: Candidates, grants: Grants, rows: Rows, free: NDArray[np.int64]
) -> Chosen:
    """The best project by itself (gain for its own grant), then the next, while there is money.

    A firm starts from its `free` portfolio (n,); a project has its turn once its prerequisites
    are there.
    """
    pickers = _pickers(candidates, grants, free)
    purse, kinds = Purse(rows), rows.kind.tolist()
    for row in purse.rounds():
        queue = [
            (worth, firm, project)
            for firm, picker in enumerate(pickers)
            if purse.serves(row, kinds[firm])
            for worth, project in picker.offers()
        ]
        heapq.heapify(queue)
        while queue:
            _worth, firm, project = heapq.heappop(queue)
            if purse.serves(row, kinds[firm]) and pickers[firm].pick(project, kinds[firm], purse):
                for worth, after in pickers[firm].offers(project):
                    heapq.heappush(queue, (worth, firm, after))
    return Chosen(
        np.array([picker.mask for picker in pickers], np.int64),
        np.array([picker.grant for picker in pickers]) / YUAN,
        np.array([picker.gain - picker.base for picker in pickers]),
    )


@dataclass(slots=True)
class _Picker:
    """One firm's projects and what it has picked; plain lists, since each pick hangs on the last.

    `tiers` are (reach, rate, cap) as they apply to the firm.
    """

    gains: list[float]
    costs: list[float]
    eligibles: list[float]
    offered: list[bool]
    needs: list[list[int]]
    least: list[list[int]]
    own: float
    tiers: list[tuple[float, float, float]]
    mask: int
    gain: float = 0.0
    base: float = 0.0
    cost: float = 0.0
    eligible: float = 0.0
    grant: float = 0.0

    def start(self) -> None:
        """Reckon with the portfolio that it begins with."""
        held = [at for at in range(len(self.gains)) if self.mask >> at & 1]
        self.gain = self.base = sum(self.gains[at] for at in held)
        self.cost = sum(self.costs[at] for at in held)
        self.eligible = sum(self.eligibles[at] for at in held)

    def paid(self, gain: float, eligible: float) -> float:
        """The grant in whole yuan, as `Grants.paid`."""
        due = [min(rate * eligible, cap) for reach, rate, cap in self.tiers if gain >= reach]
        return float(floor(max(due, default=0.0) * YUAN + _TINY))

    def offers(self, after: int | None = None) -> list[tuple[float, int]]:
        """Projects that may be picked now, as (-gain a yuan, project); those that `after` opens."""
        return [
            (-self._worth(at), at)
            for at in range(len(self.gains))
            if self.offered[at]
            and not self.mask >> at & 1
            and (after is None or any(of >> after & 1 for of in self.needs[at]))
            and all(
                (of & self.mask).bit_count() >= least
                for of, least in zip(self.needs[at], self.least[at], strict=True)
            )
        ]

    def _worth(self, at: int) -> float:
        alone = max((rate for _reach, rate, _cap in self.tiers), default=0.0) * self.eligibles[at]
        return self.gains[at] / alone if alone > 0 else inf

    def pick(self, at: int, kind: int, purse: Purse) -> bool:
        """Add a project if the firm and the purse can pay for it; whether it did."""
        gain, eligible = self.gain + self.gains[at], self.eligible + self.eligibles[at]
        cost, grant = self.cost + self.costs[at], self.paid(gain, eligible)
        if self.mask >> at & 1 or cost - grant / YUAN > self.own + _CENT:
            return False
        if not purse.pays(kind, grant - self.grant):
            return False
        self.mask |= 1 << at
        self.gain, self.eligible, self.cost, self.grant = gain, eligible, cost, grant
        return True


def _pickers(candidates: Candidates, grants: Grants, free: NDArray[np.int64]) -> list[_Picker]:
    columns = [
        held.tolist()
        for held in (
            candidates.gain,
            candidates.cost,
            candidates.eligible,
            candidates.offered,
            candidates.needs,
            candidates.least,
            candidates.own,
        )
    ]
    caps = np.minimum(grants.cap, grants.limit[:, None])
    tiers = [
        [(reach - _TINY, rate, cap) for reach, rate, cap in zip(*of_firm, strict=True)]
        for of_firm in zip(
            grants.reach.tolist(), [grants.rate.tolist()] * len(caps), caps.tolist(), strict=True
        )
    ]
    found = [_Picker(*row) for row in zip(*columns, tiers, free.tolist(), strict=True)]
    for picker in found:
        picker.start()
    return found
