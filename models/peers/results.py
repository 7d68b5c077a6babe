"""Peer groups, a firm's place in them, and its standing among its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Group:
    """A peer group: its name, how many firms the fit saw in it, and its profile.

    `profile` maps feature id → mean fraction 0…1; `strong` and `weak` are the features that
    stand out above and below the group's own level, the most marked first.
    """

    id: str
    name: Text
    size: int
    profile: dict[str, float]
    strong: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True)
class Membership:
    """Where n firms belong: `group` (n,) index into the groups, -1 where there are none.

    `probability` (n,) of that group; `second` (n,) the runner-up (-1: none);
    `between` (n,) true where the firm lies between the two; `reliable` (n,) false where answer
    quality makes the place doubtful.
    """

    group: NDArray[np.int16]
    probability: NDArray[np.float32]
    second: NDArray[np.int16]
    between: NDArray[np.bool_]
    reliable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature adds to a firm's belonging to its group rather than to the runner-up."""

    feature: str
    weight: float


@dataclass(frozen=True)
class Standing:
    """Percentile ranks of n firms among their peers.

    `measures` what is ranked ("score", then the standard's parts); `rank` (n, m) 0…100 in
    steps of 5, NaN where suppressed; `peers` (n,) other firms in the circle used;
    `circle` (n,) index into `circles`, the ladder from narrow to wide; -1 suppressed.
    `median` (n, m) the circle's median, NaN where the circle is too small to publish one.
    """

    measures: tuple[str, ...]
    rank: NDArray[np.float32]
    peers: NDArray[np.int32]
    circle: NDArray[np.int8]
    circles: tuple[str, ...]
    median: NDArray[np.float32]

    @property
    def suppressed(self) -> NDArray[np.bool_]:
        """(n,) true where even the widest circle holds too few other firms."""
        return np.asarray(self.circle < 0)


@dataclass(frozen=True)
class Quality:
    """Answer-quality flags of n firms: for review, never for rejection.

    `longest_run`, `distance` (Mahalanobis), `person_fit` (lz) are (n,) bool; `careless` (n,) is
    what keeps a sheet out of the fit.
    """

    longest_run: NDArray[np.bool_]
    distance: NDArray[np.bool_]
    person_fit: NDArray[np.bool_]

    @property
    def careless(self) -> NDArray[np.bool_]:
        """(n,) long run or far from any plausible pattern."""
        return np.asarray(self.longest_run | self.distance)

    def reasons(self, row: int) -> tuple[str, ...]:
        """The ids of the flags raised for one firm, e.g. ("longest_run",)."""
        flags: dict[str, Any] = vars(self)
        return tuple(name for name, raised in flags.items() if raised[row])
