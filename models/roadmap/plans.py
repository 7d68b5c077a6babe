"""Plans of many firms as arrays: what they are worth, and where a project fits in.

A plan is a row of `when` (s, p) int8: the year of each project, 0 where it is not chosen. The
plan of row i belongs to the firm `firm[i]` of the cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.roadmap.cases import Bools, Cases, Floats, gainable
from models.roadmap.catalogue import Catalogue
from models.roadmap.goal import EXACT, discounts, thrift, weights
from models.roadmap.ordering import order_of, years_apart
from models.roadmap.units import Units
from models.standard import Standard

Years = NDArray[np.int8]
Rows = NDArray[np.intp]
# Budgets are kept to less than a thousandth of a fen.
_ROUNDING = 1e-9
# A scene that is missing for a level counts as this many points, on the way there.
_SCENE = 3.0


@dataclass(frozen=True)
class Rules:
    """What every plan must keep to: the catalogue's prerequisites, order and durations."""

    catalogue: Catalogue
    units: Units
    standard: Standard

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Every project after all that may prepare it."""
        return order_of(self.catalogue)

    @cached_property
    def apart(self) -> tuple[tuple[int, ...], ...]:
        """Runs of projects that do not fit into one year."""
        return years_apart(self.catalogue)

    @cached_property
    def needs(self) -> tuple[tuple[tuple[int, NDArray[np.intp]], ...], ...]:
        """By project: how many of which projects it needs."""
        index = self.catalogue.index
        return tuple(
            tuple((need.least, np.array([index[id_] for id_ in need.of])) for need in p.needs)
            for p in self.catalogue.projects
        )

    @cached_property
    def worth(self) -> Floats:
        """(u,) what each unit is worth, in points."""
        return weights(self.units)

    @cached_property
    def scored(self) -> Bools:
        """(u,) what the score or a level rests on."""
        return np.asarray((self.units.points > 0) | (self.units.scene_levels > 0))

    @cached_property
    def runs_of(self) -> tuple[tuple[NDArray[np.intp], ...], ...]:
        """By project: the rest of each run it belongs to."""
        return tuple(
            tuple(np.array([o for o in run if o != p]) for run in self.apart if p in run)
            for p in range(len(self.catalogue))
        )


class Plans:
    """The plans that the firms of `cases` may have, under `rules`."""

    def __init__(self, rules: Rules, cases: Cases) -> None:
        self.rules = rules
        self.cases = cases
        self.years: int = cases.budgets.yearly.shape[1]
        self.cost: Floats = np.nan_to_num(cases.cost, nan=np.inf)
        self.thrift = thrift(cases)

    def gained(self, new: Bools, firm: Rows) -> Bools:
        """(s, u) what the projects `new` (s, p) gain."""
        cases = self.cases
        return gainable(
            self.rules.units, cases.in_place[firm], new, cases.reached[firm], cases.open[firm]
        )

    def spending(self, when: Years, firm: Rows) -> Floats:
        """(s, t) 万元 that fall due in each year."""
        cost = np.where(when > 0, self.cost[firm], 0.0)
        returns = self.cases.yearly[firm] & (when > 0)
        due = [
            (cost * ((when == year) | (returns & (when < year)))).sum(axis=1)
            for year in range(1, self.years + 1)
        ]
        return np.stack(due, axis=1)

    def value(self, when: Years, firm: Rows) -> Floats:
        """(s,) what the plans are judged by, see `models.roadmap.goal`."""
        cost = np.where(when > 0, self.cost[firm], 0.0).sum(axis=1)
        value: Floats = -self.thrift[firm] * cost
        before = np.zeros(len(when))
        for year, counts in enumerate(discounts(self.years), start=1):
            after = self.gained((when > 0) & (when <= year), firm) @ self.rules.worth
            value += counts * (after - before)
            before = after
        return value

    def shortage(self, gained: Bools, firm: Rows, goal: NDArray[np.int8]) -> Floats:
        """(s,) how far `gained` (s, u) falls short of the level `goal` (s,), in points.

        0 where the level is reached, or is 0.
        """
        units, scores = self.rules.units, self.cases.scores
        score = scores.score[firm] + gained @ units.points
        short = np.zeros(len(gained))
        for at, level in enumerate(self.rules.standard.levels):
            rows = goal == level.number
            here = units.scene_levels == level.number
            scenes = scores.scenes_at[firm, at] + gained[:, here].sum(axis=1)
            binding = scores.binding_at[firm, at] + gained[:, here & units.binding].sum(axis=1)
            missing = np.maximum(level.scenes - scenes, 0) + np.maximum(level.binding - binding, 0)
            points = float(level.score) + (2 * EXACT if level.beyond else 0.0) - score
            points[points < EXACT] = 0.0
            short[rows] = (_SCENE * missing + points)[rows]
        return short

    def bundles(self, when: Years, firm: Rows) -> Bools:
        """(s, p, p) for each project: itself and what must be done for it, as far as it is not.

        Where one of several will do, the cheapest.
        """
        there = self.cases.in_place[firm] | (when > 0)
        count = len(self.rules.catalogue)
        bundles = np.zeros((len(when), count, count), bool)
        cost = np.where(self.cases.candidates[firm], self.cost[firm], np.inf)
        for p in self.rules.order:
            bundles[:, p, p] = True
            for least, of in self.rules.needs[p]:
                lacking = least - there[:, of].sum(axis=1)
                by_cost = np.argsort(np.where(there[:, of], np.inf, cost[:, of]), axis=1)
                for rank in range(least):
                    rows = np.flatnonzero(lacking > rank)
                    bundles[rows, p] |= bundles[rows, of[by_cost[rows, rank]]]
        return bundles & ~there[:, None, :]

    def place(self, when: Years, firm: Rows, bundle: Bools) -> tuple[Years, Bools]:
        """The plans with each `bundle` (s, p) put in, and (s,) where all of it fitted.

        The other plans are left as they were.
        """
        book = _Book(self, when, firm)
        fits = np.ones(len(when), bool)
        for p in self.rules.order:
            rows = np.flatnonzero(bundle[:, p] & fits)
            if rows.size:
                fits[rows] = book.enter(p, rows)
        return np.where(fits[:, None], book.when, when), fits

    def settle(self, wanted: Years, firm: Rows, start: Years | None = None) -> Years:
        """Plans of the projects of `wanted` (s, p), its years in turn, as far as they fit.

        They join those of `start`. A project may come earlier than wanted; what does not fit is
        left out.
        """
        book = _Book(self, np.zeros_like(wanted) if start is None else start, firm)
        for year in range(1, self.years + 1):
            for p in self.rules.order:
                rows = np.flatnonzero((wanted[:, p] == year) & (book.when[:, p] == 0))
                if rows.size:
                    book.enter(p, rows)
        return book.when

    def prune(self, when: Years, firm: Rows) -> Years:
        """The plans without projects that neither gain anything nor prepare another."""
        pruned = when.copy()
        for p in reversed(self.rules.order):
            rows = np.flatnonzero(pruned[:, p] > 0)
            without = pruned[rows]
            without[:, p] = 0
            idle = self._meets_needs(without, firm[rows])
            idle &= self.value(without, firm[rows]) >= self.value(pruned[rows], firm[rows])
            before = self.gained(pruned[rows] > 0, firm[rows]) & self.rules.scored
            after = self.gained(without > 0, firm[rows])
            idle &= ~(before & ~after).any(axis=1)
            pruned[rows[idle], p] = 0
        return pruned

    def _meets_needs(self, when: Years, firm: Rows) -> Bools:
        met = np.ones(len(when), bool)
        for p, needs in enumerate(self.rules.needs):
            for least, of in needs:
                done = (when[:, of] > 0) & (when[:, of] <= when[:, p : p + 1])
                there = (done | self.cases.in_place[firm][:, of]).sum(axis=1)
                met &= (there >= least) | (when[:, p] == 0)
        return met

    def advance(self, when: Years, firm: Rows) -> Years:
        """The plans with every project as early as the others let it."""
        book = _Book(self, when, firm)
        for p in self.rules.order:
            rows = np.flatnonzero(book.when[:, p] > 1)
            if rows.size:
                book.advance(p, rows)
        return book.when


class _Book:
    """Plans while projects are entered one by one: what is spent, how many a year."""

    def __init__(self, plans: Plans, when: Years, firm: Rows) -> None:
        self._plans = plans
        self._firm = firm
        self.when = when.copy()
        self._spent = plans.spending(when, firm)
        years = range(1, plans.years + 1)
        self._count = np.stack([(when == year).sum(axis=1) for year in years], axis=1)

    def enter(self, p: int, rows: Rows) -> Bools:
        """Enter project `p` into the plans `rows`; (rows,) whether it fitted.

        It comes as early as it fits, but what costs a returning fee as late as it fits.
        """
        room = self._room(p, rows)
        fits = np.asarray(room.any(axis=1))
        returns = self._plans.cases.yearly[self._firm[rows], p]
        last = self._plans.years - room[:, ::-1].argmax(axis=1)
        year = np.where(returns, last, room.argmax(axis=1) + 1)
        self._write(p, rows[fits], year[fits])
        return fits

    def advance(self, p: int, rows: Rows) -> None:
        """Bring project `p` of the plans `rows` forward to the first year in which it fits."""
        self._write(p, rows, self.when[rows, p], times=-1)
        self._write(p, rows, self._room(p, rows).argmax(axis=1) + 1)

    def _write(self, p: int, rows: Rows, year: NDArray[Any], times: int = 1) -> None:
        """Enter (or, with -1 times, take out) project `p` in these years."""
        self.when[rows, p] = year * (times > 0)
        self._count[rows, year - 1] += times
        cost = times * self._plans.cost[self._firm[rows], p]
        returns = self._plans.cases.yearly[self._firm[rows], p]
        for t in range(1, self._plans.years + 1):
            self._spent[rows, t - 1] += cost * ((year == t) | (returns & (year < t)))

    def _room(self, p: int, rows: Rows) -> Bools:
        """(rows, t) the years in which project `p` fits."""
        plans, mine, firm = self._plans, self.when[rows], self._firm[rows]
        cases = plans.cases
        room = self._spent[rows] + plans.cost[firm, p][:, None] <= (
            cases.budgets.yearly[firm] + _ROUNDING
        )
        # A fee that returns must fit into every later year as well.
        later = np.logical_and.accumulate(room[:, ::-1], axis=1)[:, ::-1]
        room = np.where(cases.yearly[firm, p][:, None], later, room)
        room &= self._count[rows] < cases.most_a_year[firm][:, None]
        have = cases.in_place[firm]
        for year in range(1, plans.years + 1):
            free = room[:, year - 1]
            for least, of in plans.rules.needs[p]:
                done = (mine[:, of] > 0) & (mine[:, of] <= year)
                free &= (done | have[:, of]).sum(axis=1) >= least
            for others in plans.rules.runs_of[p]:
                free &= ~(mine[:, others] == year).all(axis=1)
        return room
