"""What may be paid for: the candidate projects of n firms, and what a policy grants for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# A firm's portfolios are all enumerated: twice as many with each further project.
MOST_PROJECTS = 12


@dataclass(frozen=True)
class Candidates:
    """Candidate projects of n firms, at most p ≤ `MOST_PROJECTS` of each; amounts in 万元.

    `firm` (n,) a number that names each firm; results do not depend on the order of firms, only on
    these names. `gain` (n, p) what a project adds, points; `cost` (n, p) what it costs; `eligible`
    (n, p) how much of the cost a grant counts; `offered` (n, p) False where a firm has fewer.
    `needs` (n, p, g) and `least` (n, p, g): of the earlier projects in the bit mask `needs`, at
    least `least` must be in the portfolio as well; a prerequisite stands before what needs it.
    `own` (n,) the most a firm can pay itself (inf: no limit). `arrival` (n,) who applied first.
    """

    firm: NDArray[np.int64]
    gain: Floats
    cost: Floats
    eligible: Floats
    offered: NDArray[np.bool_]
    needs: NDArray[np.int64]
    least: NDArray[np.int64]
    own: Floats
    arrival: Floats

    def __post_init__(self) -> None:
        n, p = self.gain.shape
        if p > MOST_PROJECTS:
            raise ValueError(f"{p} candidate projects a firm; at most {MOST_PROJECTS}")
        if len(np.unique(self.firm)) != n:
            raise ValueError("two firms have one name")
        for name in ("gain", "cost", "eligible"):
            held = getattr(self, name)
            if not (np.isfinite(held) & (held >= 0)).all():
                raise ValueError(f"{name} is 0 or more")
        if (self.needs >> np.arange(p)[:, None]).any():
            raise ValueError("a prerequisite stands before what needs it")

    def __len__(self) -> int:
        return len(self.firm)

    @property
    def width(self) -> int:
        """How many candidate projects a firm has at most."""
        return int(self.gain.shape[1])

    def take(self, rows: NDArray[Any] | slice) -> Candidates:
        """The candidates of the firms at `rows`."""
        return Candidates(**{name: held[rows] for name, held in vars(self).items()})


@dataclass(frozen=True)
class Grants:
    """What a policy pays: t tiers, each with a rate and a cap by the level that is reached.

    A portfolio whose gain reaches `reach[:, t]` is paid `rate[t]` of its eligible cost, at most
    `cap[t]` 万元, and at most `limit` (n,) for the firm; of several tiers the best. `reach` (n, t)
    in points of gain: inf where a firm cannot come there, or does not meet the conditions.
    """

    rate: Floats
    cap: Floats
    reach: Floats
    limit: Floats

    def __post_init__(self) -> None:
        if not ((self.rate >= 0) & (self.rate <= 1) & (self.cap >= 0)).all():
            raise ValueError("a rate lies between 0 and 1, a cap is 0 or more")
        if not (self.limit >= 0).all():
            raise ValueError("a limit is 0 or more")

    @classmethod
    def flat(cls, firms: int, rate: float, cap: float = np.inf) -> Grants:
        """One rate and cap for all firms, whatever level they reach."""
        reach = np.full((firms, 1), -np.inf)
        return cls(np.array([rate]), np.array([cap]), reach, np.full(firms, np.inf))

    def take(self, rows: NDArray[Any] | slice) -> Grants:
        """What is granted to the firms at `rows`."""
        return Grants(self.rate, self.cap, self.reach[rows], self.limit[rows])

    def paid(self, gain: Floats, eligible: Floats) -> Floats:
        """The grant, in whole yuan rounded down, for portfolios (n, m) of `gain` and `eligible`.

        Whole yuan make sums exact: a budget is never exceeded by a rounding error.
        """
        best = np.zeros_like(gain)
        for tier, (rate, cap) in enumerate(zip(self.rate, self.cap, strict=True)):
            due = np.minimum(rate * eligible, np.minimum(cap, self.limit)[:, None])
            # A reach is met to the last rounding error: gains are summed in different orders.
            met = gain >= self.reach[:, tier, None] - _TINY
            np.maximum(best, np.where(met, due, 0.0), out=best)
        return np.floor(best * YUAN + _TINY)


YUAN = 10_000
"""Yuan in 万元."""
_TINY = 1e-6
