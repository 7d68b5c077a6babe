"""One firm's best plan, by mixed-integer programming (HiGHS), and the proof of how good it is.

For each year t and project p, X[p, t] says whether p is done by the end of t. Y[u, t] says
whether unit u is gained by then; it is at most what supports it and at most the step below, and
since more is always better it takes whole values by itself. Units that stand on the same support
are one variable.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from models.roadmap.cases import Cases, gainable
from models.roadmap.catalogue import Catalogue
from models.roadmap.goal import EXACT, Short, discounts, thrift, weights
from models.roadmap.units import Units

_INFEASIBLE = 2
Terms = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Solution:
    """The best plan found: `when` (p,) its year by project, 0 for none; None: nothing found.

    `bound` is what no plan exceeds, -inf where there is none at all.
    """

    when: NDArray[np.int8] | None
    bound: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A plan with fractions: `bound` no plan exceeds, `done` (p, t) by the end of each year."""

    bound: float
    done: NDArray[np.float64]


@dataclass
class _Rows:
    """Constraints least ≤ terms ≤ most, as they are collected."""

    terms: list[Terms] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, terms: Terms, least: float = -np.inf, most: float = np.inf) -> None:
        self.terms.append(terms)
        self.least.append(least)
        self.most.append(most)

    def constraint(self, width: int) -> LinearConstraint:
        row = [at for at, terms in enumerate(self.terms) for _ in terms]
        column = [at for terms in self.terms for at, _ in terms]
        value = [value for terms in self.terms for _, value in terms]
        matrix = csr_array((value, (row, column)), shape=(len(self.terms), width))
        return LinearConstraint(matrix, self.least, self.most)


class Programme:
    """The programme of one firm; solved once for each level that is tried."""

    def __init__(
        self,
        catalogue: Catalogue,
        units: Units,
        apart: Iterable[tuple[int, ...]],
        cases: Cases,
        row: int,
    ) -> None:
        self._projects: list[int] = np.flatnonzero(cases.candidates[row]).tolist()
        self._years: int = cases.budgets.yearly.shape[1]
        self._place = {p: at for at, p in enumerate(self._projects)}
        self._width = len(catalogue)
        self._rows = _Rows()
        self._count: int = len(self._projects) * self._years
        self._blocks(units, cases, row)
        self._cost_rows(cases, row)
        self._order_rows(catalogue, cases.in_place[row], apart)
        self._objective = self._value(cases, row)

    def solve(self, short: Short | None, **limits: float) -> Solution:
        """The best plan that makes good what is `short`, as far as the limits let it be proved.

        `limits` are those of HiGHS: mip_rel_gap, time_limit (seconds), node_limit.
        """
        if not self._projects:
            return self._nothing(short)
        binary = np.zeros(self._count)
        binary[: len(self._projects) * self._years] = 1
        found = self._run(short, binary, limits)
        if found.status == _INFEASIBLE:
            return Solution(None, -np.inf)
        bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound
        return Solution(None if found.x is None else self._when(found.x), float(bound))

    def relax(self, short: Short | None) -> Relaxed | None:
        """The programme without whole numbers: a bound, and a hint of the plan; None: no plan."""
        if not self._projects:
            return None if short else Relaxed(0.0, np.zeros((self._width, self._years)))
        found = self._run(short, None, {})
        if found.x is None:
            return None
        done = np.zeros((self._width, self._years))
        done[self._projects] = self._fractions(found.x)
        return Relaxed(-float(found.fun), done)

    def _nothing(self, short: Short | None) -> Solution:
        return Solution(None, -np.inf) if short else Solution(np.zeros(self._width, np.int8), 0.0)

    def _run(
        self, short: Short | None, binary: NDArray[np.float64] | None, options: dict[str, float]
    ) -> OptimizeResult:
        rows = _Rows(list(self._rows.terms), list(self._rows.least), list(self._rows.most))
        if short is not None:
            for need, have in self._needs(short):
                if need > 0:
                    rows.add(have, least=need)
        return milp(
            -self._objective,
            integrality=binary,
            bounds=Bounds(0, 1),
            constraints=rows.constraint(self._count),
            options=options,
        )

    def _done(self, project: int, year: int) -> int:
        return self._place[project] * self._years + year

    def _started(self, project: int, year: int, times: float = 1.0) -> Terms:
        terms = [(self._done(project, year), times)]
        return [*terms, (self._done(project, year - 1), -times)] if year else terms

    def _blocks(self, units: Units, cases: Cases, row: int) -> None:
        """Variables of groups and of units, and what holds them down."""
        have, mine = cases.in_place[row], cases.candidates[row]
        gained = gainable(units, have, mine, cases.reached[row], cases.open[row])
        ready = [
            (int(group), tuple(np.flatnonzero(units.members[group] & ~have).tolist()))
            for group in np.flatnonzero(~(units.members & ~(mine | have)).any(axis=1))
        ]
        lacking = {group: new for group, new in ready if new}
        supports: dict[int, frozenset[tuple[int, ...]]] = {
            int(u): frozenset(new for group, new in lacking.items() if units.supports[group, u])
            for u in np.flatnonzero(gained)
        }
        blocks: dict[tuple[frozenset[tuple[int, ...]], int], int] = {}
        self._block_of: dict[int, int] = {}
        for unit, support in supports.items():
            below = self._block_of.get(units.units[unit].below, -1)
            stands_on_same = below >= 0 and list(blocks)[below][0] == support
            self._block_of[unit] = (
                below if stands_on_same else blocks.setdefault((support, below), len(blocks))
            )
        groups = {new for support, _ in blocks for new in support if len(new) > 1}
        start = {new: self._reserve() for new in sorted(groups)}
        self._first: int = self._count
        for _ in blocks:
            self._reserve()
        for new, at in start.items():
            for year in range(self._years):
                for member in new:
                    self._rows.add([(at + year, 1), (self._done(member, year), -1)], most=0)
        self._hold_down(blocks, start)
        self._weigh(units)

    def _reserve(self) -> int:
        start = self._count
        self._count += self._years
        return start

    def _gained(self, block: int, year: int) -> int:
        return self._first + block * self._years + year

    def _hold_down(
        self,
        blocks: Mapping[tuple[frozenset[tuple[int, ...]], int], int],
        start: Mapping[tuple[int, ...], int],
    ) -> None:
        for (support, below), block in blocks.items():
            for year in range(self._years):
                held = [
                    (start[new] + year if len(new) > 1 else self._done(new[0], year), -1.0)
                    for new in sorted(support)
                ]
                self._rows.add([(self._gained(block, year), 1), *held], most=0)
                if below >= 0:
                    lower = self._gained(below, year)
                    self._rows.add([(self._gained(block, year), 1), (lower, -1)], most=0)

    def _weigh(self, units: Units) -> None:
        """What each block is worth, and what it brings towards each level."""
        size = (self._count - self._first) // self._years
        at = list(self._block_of.values())
        mine = list(self._block_of)
        self._worth = np.bincount(at, weights(units)[mine], size)
        self._points = np.bincount(at, units.points[mine], size)
        top = int(units.scene_levels.max(initial=0))
        self._scenes = np.zeros((top + 1, size))
        self._binding = np.zeros((top + 1, size))
        for unit, block in self._block_of.items():
            level = units.scene_levels[unit]
            self._scenes[level, block] += 1
            self._binding[level, block] += units.binding[unit]

    def _needs(self, short: Short) -> list[tuple[float, Terms]]:
        last = self._years - 1

        def terms(worth: NDArray[Any]) -> Terms:
            return [(self._gained(int(b), last), float(worth[b])) for b in np.flatnonzero(worth)]

        needs = [(short.points - EXACT / 2, terms(self._points))]
        if short.scenes > 0:
            needs.append((short.scenes, terms(self._scenes[short.level])))
        if short.binding > 0:
            needs.append((short.binding, terms(self._binding[short.level])))
        return needs

    def _cost_rows(self, cases: Cases, row: int) -> None:
        self._cost = cases.cost[row]
        self._yearly = cases.yearly[row]
        for year, budget in enumerate(cases.budgets.yearly[row]):
            due: Terms = []
            count: Terms = []
            for p in self._place:
                paid = self._cost[p]
                due += (
                    [(self._done(p, year), paid)]
                    if self._yearly[p]
                    else self._started(p, year, paid)
                )
                count += self._started(p, year)
            self._rows.add(due, most=budget + 1e-9)
            self._rows.add(count, most=int(cases.most_a_year[row]))

    def _order_rows(
        self, catalogue: Catalogue, have: NDArray[np.bool_], apart: Iterable[tuple[int, ...]]
    ) -> None:
        years = range(self._years)
        for p in self._place:
            for year in years[1:]:
                self._rows.add([(self._done(p, year - 1), 1), (self._done(p, year), -1)], most=0)
            for need in catalogue.projects[p].needs:
                of = [catalogue.index[id_] for id_ in need.of]
                least = need.least - int(have[of].sum())
                for year in years if least > 0 else ():
                    met = [(self._done(o, year), -1.0) for o in of if o in self._place]
                    self._rows.add([(self._done(p, year), float(least)), *met], most=0)
        for run in apart:
            if all(p in self._place for p in run):
                for year in years:
                    terms = [term for p in run for term in self._started(p, year)]
                    self._rows.add(terms, most=len(run) - 1)

    def _value(self, cases: Cases, row: int) -> NDArray[np.float64]:
        value = np.zeros(self._count)
        counts = discounts(self._years)
        kept = counts - np.append(counts[1:], 0)
        for block, worth in enumerate(self._worth):
            for year in range(self._years):
                value[self._gained(block, year)] = worth * kept[year]
        price = thrift(cases)[row]
        for p in self._place:
            value[self._done(p, self._years - 1)] -= price * self._cost[p]
        return value

    def _when(self, x: NDArray[np.float64]) -> NDArray[np.int8]:
        done = self._fractions(x) > 0.5  # noqa: PLR2004  # whole numbers, up to rounding
        when = np.zeros(self._width, np.int8)
        when[self._projects] = np.where(done.any(axis=1), done.argmax(axis=1) + 1, 0)
        return when

    def _fractions(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x[: len(self._projects) * self._years].reshape(-1, self._years)


class Clock:
    """How many seconds are left."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, 0 at least."""
        return max(0.0, self._until - time.monotonic())
