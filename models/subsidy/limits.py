"""How the money may be spread: the budget, and floors and caps for groups of firms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import YUAN, Floats

_CENT = 1e-6


@dataclass(frozen=True)
class Limits:
    """A budget (万元) for n firms, and r groups of them that may overlap.

    `member` (n, r) who belongs to which group; `floor` (r,) the least that a group must get and
    `cap` (r,) the most that it may get, 万元 (0 and inf: no rule).
    """

    budget: float
    member: NDArray[np.bool_]
    floor: Floats
    cap: Floats

    def __post_init__(self) -> None:
        if not self.budget > 0:
            raise ValueError("a budget is more than 0")
        if not ((self.floor >= 0) & (self.floor <= self.cap)).all():
            raise ValueError("a floor lies between 0 and the group's cap")

    @classmethod
    def of(cls, budget: float, firms: int) -> Limits:
        """A budget without any group."""
        return cls(budget, np.zeros((firms, 0), bool), np.zeros(0), np.zeros(0))

    @property
    def floored(self) -> bool:
        """Whether any group must get something."""
        return bool((self.floor > 0).any())

    @cached_property
    def rows(self) -> Rows:
        """The same as rows over the kinds of firm that there are."""
        patterns, kind = np.unique(self.member, axis=0, return_inverse=True)
        everyone = np.ones((len(patterns), 1), bool)
        return Rows(
            kind=np.asarray(kind, np.int64).reshape(-1),
            inside=np.hstack([everyone, patterns]),
            least=np.ceil(np.append(0.0, self.floor) * YUAN - _CENT),
            most=np.floor(np.append(self.budget, self.cap) * YUAN + _CENT),
        )


@dataclass(frozen=True)
class Rows:
    """Limits over k kinds of firm, firms of one kind being in the same groups; whole yuan.

    `kind` (n,) the kind of each firm; `inside` (k, 1 + r) which rows a kind counts in, `least` and
    `most` (1 + r,) what each row must and may get. Row 0 is the budget.
    """

    kind: NDArray[np.int64]
    inside: NDArray[np.bool_]
    least: Floats
    most: Floats


class FloorsOutOfReach(Exception):  # names the state that was met
    """The floors cannot all be met: `missing` maps the index of a group to 万元 that it lacks."""

    def __init__(self, missing: dict[int, float]) -> None:
        super().__init__(f"out of reach by {missing}")
        self.missing = missing
