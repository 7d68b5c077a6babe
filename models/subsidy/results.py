"""A plan of who is paid for what, with its proof, its reasons, and what it is better than."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import Floats


class Reason(IntEnum):
    """Why a firm's choice is what it is."""

    CHOSEN = 0
    NOTHING_OFFERED = 1  # it has no candidate project
    NOTHING_COUNTS = 2  # nothing of it is eligible, or it does not meet the conditions
    OWN_MONEY = 3  # it cannot pay its part of anything that is
    TOO_DEAR = 4  # its best yuan brings less than the threshold
    GROUP_FULL = 5  # above the threshold, but a cap on one of its groups holds it back
    NOT_ENOUGH_LEFT = 6  # above the threshold, but the money left does not pay for it
    NOTHING_MORE = 7  # what counts adds no points, or the firm does it without a grant as well


@dataclass(frozen=True)
class Chosen:
    """What n firms get: `mask` (n,) the portfolio, `grant` (n,) 万元, `gain` (n,) points.

    The gain is that beyond what the firm can do without a grant.
    """

    mask: NDArray[np.int64]
    grant: Floats
    gain: Floats

    @property
    def money(self) -> float:
        """万元 in all."""
        return float(self.grant.sum())

    @property
    def total(self) -> float:
        """Points in all."""
        return float(self.gain.sum())


@dataclass(frozen=True)
class Explained:
    """Why each of n firms gets what it gets; slopes and thresholds in points for 1 万元.

    `slope` what its last money brings (0: none); `threshold` what money must bring for this firm,
    the price of the budget raised by its groups' caps and lowered by their floors; `group` the
    group whose floor or cap moves the threshold most, -1 none; `next_money` (万元) and `next_gain`
    what its next step would cost and bring (0: there is none).
    """

    reason: NDArray[np.int8]
    slope: Floats
    threshold: Floats
    group: NDArray[np.int64]
    next_money: Floats
    next_gain: Floats


@dataclass(frozen=True)
class GrantPlan:
    """The plan: `chosen`, at most `gap` (a share of `bound`) from the best that there is.

    `bound` points that no plan exceeds; `price` points that one more 万元 of budget would bring;
    `cap_price` and `floor_price` (r,) points a 万元 that a group's cap and floor cost;
    `free` (n,) each firm's portfolio without a grant. `first_come` and `by_project` are the
    plans of those who go by arrival, and by the best single project, under the same rules.
    `curve` (c, 2) budgets in 万元 and the points that the relaxed plan gains with them.
    """

    chosen: Chosen
    bound: float
    price: float
    cap_price: Floats
    floor_price: Floats
    explained: Explained
    free: NDArray[np.int64]
    first_come: Chosen
    by_project: Chosen
    curve: Floats

    @property
    def gap(self) -> float:
        """At most this share of the bound is missing."""
        return max(0.0, self.bound - self.chosen.total) / self.bound if self.bound > 0 else 0.0
