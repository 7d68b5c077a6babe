"""How money is given out without a plan: who comes first, or which project looks best by itself.

Both keep all the rules: budget, floors and caps, prerequisites, what a firm can pay itself. To
meet the floors, groups that have one are served first, each up to its floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import YUAN, Candidates, Floats, Grants
from models.subsidy.limits import Rows
from models.subsidy.portfolios import BITS, Hulls
from models.subsidy.results import Chosen

_CENT = 1e-9


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
    are there. One that the money left does not pay for is passed over.
    """
    picking = _Picking(candidates, grants, free)
    purse, kinds = Purse(rows), rows.kind.tolist()
    for row in purse.rounds():
        firms = np.flatnonzero([purse.serves(row, kind) for kind in kinds])
        while len(firms) and purse.left[0] > 0:
            turns = picking.turns(firms)
            taken, refused = _served(turns, purse, row, kinds)
            picking.settle(turns, taken, refused)
            firms = np.unique(turns.firm[refused])
    return Chosen(picking.mask, picking.paid / YUAN, picking.gain - picking.base)


@dataclass(frozen=True)
class _Turns:
    """Picks in the order in which they have their turn: `firm`, `project`, `money` (yuan)."""

    firm: NDArray[np.int64]
    project: NDArray[np.int64]
    money: Floats


def _served(
    turns: _Turns, purse: Purse, row: int | None, kinds: list[int]
) -> tuple[list[int], list[int]]:
    """Which turns are paid for, and which are not; a firm's later turns wait for the refused."""
    taken, refused, waiting = [], [], set[int]()
    pairs = zip(turns.firm.tolist(), turns.money.tolist(), strict=True)
    for at, (firm, money) in enumerate(pairs):
        if firm in waiting or not purse.serves(row, kinds[firm]):
            continue
        if purse.pays(kinds[firm], money):
            taken.append(at)
        else:
            refused.append(at)
            waiting.add(firm)
    return taken, refused


class _Picking:
    """Where each firm stands while projects are picked one by one."""

    def __init__(self, candidates: Candidates, grants: Grants, free: NDArray[np.int64]) -> None:
        self._candidates, self._grants = candidates, grants
        self._open = candidates.offered.copy()
        alone = grants.rate.max(initial=0.0) * candidates.eligible
        with np.errstate(divide="ignore", invalid="ignore"):
            self._worth = np.where(alone > 0, candidates.gain / alone, np.inf)
        self.mask = free.copy()
        self.paid = np.zeros(len(candidates))
        self.gain = self.base = self._sum(candidates.gain)

    def turns(self, firms: NDArray[np.int64]) -> _Turns:
        """What the firms would pick if there were money for all, the best first.

        A project that only opens after a worse one has its turn right after that.
        """
        nobody = np.zeros(0, np.int64)
        found = [_Turns(nobody, nobody, np.zeros(0))]
        keys = [np.zeros(0)]
        mask, paid, key = self.mask[firms], self.paid[firms], np.full(len(firms), -np.inf)
        while len(firms):
            worth, due = self._offers(firms, mask)
            best = worth.argmax(axis=1)
            on = np.arange(len(firms))
            live = worth[on, best] > -np.inf
            firms, mask, paid, key, best = (held[live] for held in (firms, mask, paid, key, best))
            key = np.maximum(key, -worth[live, :][np.arange(len(firms)), best])
            after = due[live, :][np.arange(len(firms)), best]
            found.append(_Turns(firms, best, after - paid))
            keys.append(key)
            mask, paid = mask | (1 << best), after
        firm, project, money = (
            np.concatenate([getattr(turns, name) for turns in found])
            for name in ("firm", "project", "money")
        )
        # Of one firm the turns stand in their order already: the sort keeps it.
        order = np.lexsort((firm, np.concatenate(keys)))
        return _Turns(firm[order], project[order], money[order])

    def settle(self, turns: _Turns, taken: list[int], refused: list[int]) -> None:
        """Keep what was paid for; what was refused has no further turn."""
        np.bitwise_or.at(self.mask, turns.firm[taken], 1 << turns.project[taken])
        np.add.at(self.paid, turns.firm[taken], turns.money[taken])
        self._open[turns.firm[refused], turns.project[refused]] = False
        self.gain = self._sum(self._candidates.gain)

    def _offers(self, firms: NDArray[np.int64], mask: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """(k, p) what each project is worth, -inf where it cannot be picked; the grant with it."""
        mine, grants = self._candidates.take(firms), self._grants.take(firms)
        bits = _bits(mask, mine.width)
        gain, cost, eligible = (
            (bits * held).sum(axis=1, keepdims=True) + held
            for held in (mine.gain, mine.cost, mine.eligible)
        )
        due = grants.paid(gain, eligible)
        fits = self._open[firms] & ~bits & (cost - due / YUAN <= mine.own[:, None] + _CENT)
        held = mine.needs & mask[:, None, None]
        fits &= (_counted(held) >= mine.least).all(axis=2)
        return np.where(fits, self._worth[firms], -np.inf), due

    def _sum(self, values: Floats) -> Floats:
        return np.asarray((_bits(self.mask, values.shape[1]) * values).sum(axis=1))


def _bits(mask: NDArray[np.int64], width: int) -> NDArray[np.bool_]:
    return np.asarray((mask[:, None] >> np.arange(width)) & 1 == 1)


def _counted(masks: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(BITS[masks], np.int64)
