"""From the relaxed plan to a real one: whole steps, within every limit, and no money left idle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import Floats
from models.subsidy.limits import FloorsOutOfReach, Rows
from models.subsidy.prices import Prices, Steps

_CENT = 1e-6


@dataclass
class Filling:
    """Which steps are taken (m,), always a firm's first ones, and the yuan spent in each row."""

    steps: Steps
    rows: Rows
    prices: Prices
    taken: NDArray[np.bool_]
    spent: Floats

    @property
    def gain(self) -> float:
        """Points gained."""
        return float(self.steps.gain[self.taken].sum())

    def room(self) -> Floats:
        """(k,) how many yuan each kind may still get."""
        left = self.rows.most - self.spent
        return np.asarray(np.where(self.rows.inside, left, np.inf).min(axis=1))

    def next_steps(self, *, last: bool = False) -> NDArray[np.int64]:
        """The first step that each firm has not taken, or the last one that it has."""
        steps = np.flatnonzero(self.taken if last else ~self.taken)
        owners = self.steps.owner[steps]
        if last:
            _firms, at = np.unique(owners[::-1], return_index=True)
            return np.sort(steps[::-1][at])
        _firms, at = np.unique(owners, return_index=True)
        return np.sort(steps[at])

    def move(self, step: int, *, take: bool) -> None:
        """Take a step, or give it back."""
        self.taken[step] = take
        money = self.steps.money[step] if take else -self.steps.money[step]
        self.spent += self.rows.inside[self.steps.kind[step]] * money


def fill(steps: Steps, rows: Rows, prices: Prices) -> Filling:
    """A plan near the relaxed one. Raises FloorsOutOfReach where whole steps miss a floor."""
    taken = np.zeros(len(steps.to), bool)
    for kind, (begin, end) in enumerate(zip(steps.first[:-1], steps.first[1:], strict=True)):
        spent = np.cumsum(steps.money[begin:end])
        taken[begin:end] = spent <= prices.money[kind] + _CENT
    by_kind = np.bincount(
        steps.kind, np.where(taken, steps.money, 0.0), minlength=len(rows.inside)
    ).astype(np.float64)
    filling = Filling(steps, rows, prices, taken, by_kind @ rows.inside)
    _meet_floors(filling)
    _use_up(filling)
    return filling


def _meet_floors(filling: Filling) -> None:
    rows = filling.rows
    for row in np.flatnonzero(rows.least > 0):
        while filling.spent[row] < rows.least[row] and _raise(filling, int(row)):
            pass


def _raise(filling: Filling, row: int) -> bool:
    """Take one more step in `row`, giving steps elsewhere back where money is short."""
    steps, rows = filling.steps, filling.rows
    open_ = filling.next_steps()
    open_ = open_[rows.inside[steps.kind[open_], row]]
    if not len(open_):
        return False
    fits = open_[steps.money[open_] <= filling.room()[steps.kind[open_]]]
    if len(fits):
        worth = steps.slope[fits] - filling.prices.of_kind[steps.kind[fits]]
        filling.move(int(fits[worth.argmax()]), take=True)
        return True
    return _give_back(filling, row)


def _give_back(filling: Filling, row: int) -> bool:
    """Give back the step outside `row` that is worth least and that no floor needs."""
    steps, rows = filling.steps, filling.rows
    last = filling.next_steps(last=True)
    last = last[~rows.inside[steps.kind[last], row]]
    spare = filling.spent - rows.least
    room = np.where(rows.inside & (rows.least > 0), spare, np.inf).min(axis=1)
    last = last[steps.money[last] <= room[steps.kind[last]]]
    if not len(last):
        return False
    worth = steps.slope[last] - filling.prices.of_kind[steps.kind[last]]
    filling.move(int(last[worth.argmin()]), take=False)
    return True


def _use_up(filling: Filling) -> None:
    """Spend what is left on the steps that bring most a yuan and still fit."""
    steps = filling.steps
    rising = np.flatnonzero(~filling.taken & (steps.gain > 0))
    worth = steps.slope[rising] - filling.prices.of_kind[steps.kind[rising]]
    open_ = rising[np.lexsort((rising, -worth))]
    skipped = np.zeros(int(steps.owner.max(initial=-1)) + 1, bool)
    while len(open_):
        fits = (steps.money[open_] <= filling.room()[steps.kind[open_]]) & ~skipped[
            steps.owner[open_]
        ]
        if not fits.any():
            return
        at = int(fits.argmax())
        skipped[steps.owner[open_[:at]]] = True
        step = int(open_[at])
        open_ = open_[at + 1 :]
        if not skipped[steps.owner[step]]:
            filling.move(step, take=True)


def check_floors(spent: Floats, rows: Rows) -> None:
    """Raise FloorsOutOfReach where a group got less than its floor."""
    lacking = np.flatnonzero(spent < rows.least - _CENT)
    if len(lacking):
        from_ = zip(lacking.tolist(), (rows.least - spent)[lacking].tolist(), strict=True)
        raise FloorsOutOfReach({row - 1: yuan / 10_000 for row, yuan in from_})
