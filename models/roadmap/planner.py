"""The planner: roadmaps of up to three years, exact for one firm, fast and bounded for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from models.firms import profile_firms
from models.roadmap.cases import Cases, read_cases
from models.roadmap.catalogue import Catalogue
from models.roadmap.exact import Clock, Programme, Relaxed
from models.roadmap.goal import LEVEL, Short, levels_reached, short_of
from models.roadmap.heuristic import Hints, search
from models.roadmap.money import default_budgets, given_budgets
from models.roadmap.plans import Plans, Rules, Years
from models.roadmap.raising import ladders, raise_sheets
from models.roadmap.results import Roadmap
from models.roadmap.telling import Teller, Verdict
from models.roadmap.units import compile_units
from models.scoring import Scorer
from questionnaires.sheets import Sheets

# What counts as proved: HiGHS stops there.
PROVED = 1e-4
_TINY = 1e-9
# Where the search missed a level: how good a plan must be that reaches it, and how long to look.
_ROUGHLY = 0.02
_NODES = 500


@dataclass(frozen=True)
class Best:
    """What no plan of a firm exceeds: its level, and the value of a plan of that level."""

    level: int
    value: float


class Planner:
    """Plans retrofit roadmaps by one standard and one catalogue, compiled once.

    `years` is how far a plan reaches. `seconds` is how long an exact plan may take before it is
    given with the gap that is left.
    """

    def __init__(
        self, scorer: Scorer, catalogue: Catalogue, *, years: int = 3, seconds: float = 8.0
    ) -> None:
        if catalogue.questionnaire != scorer.questionnaire.id:
            raise ValueError(f"{catalogue.id} does not raise {scorer.questionnaire.id}")
        self.scorer = scorer
        self.catalogue = catalogue
        self.years = years
        self.seconds = seconds
        self._rules = Rules(catalogue, compile_units(catalogue, scorer), scorer.standard)
        self._ladders = ladders(self._rules.units, scorer.questionnaire)

    def plan(
        self, sheets: Sheets, row: int, budget: float | Sequence[float] | None = None
    ) -> Roadmap:
        """The best roadmap of one firm, with its proof.

        `budget` 万元 a year, one figure or one a year; by default the firm's own, else 2 % of its
        revenue.
        """
        sheet = sheets.take([row])
        plans = self._plans(sheet, None if budget is None else [budget])
        when, best = self._exact(plans)
        return self._told(sheet, plans, when, [best])[0]

    def plan_many(
        self, sheets: Sheets, budgets: Sequence[float | Sequence[float]] | None = None
    ) -> list[Roadmap]:
        """Good roadmaps of all firms, each with a bound on how far from the best it can be.

        `budgets` as in `plan`, one entry a firm.
        """
        if not len(sheets):
            return []
        plans = self._plans(sheets, budgets)
        when, best = self._searched(plans)
        return self._told(sheets, plans, when, best)

    def raised(self, sheets: Sheets, row: int, roadmap: Roadmap) -> Sheets:
        """The firm's sheet (a table of one row) once the roadmap is done."""
        sheet = sheets.take([row])
        plans = self._plans(sheet, [roadmap.budget])
        new = np.zeros((1, len(self.catalogue)), bool)
        new[0, [self.catalogue.index[project.id] for project in roadmap.projects]] = True
        gained = plans.gained(new, np.array([0]))
        return raise_sheets(sheet, self.scorer.standard, self._ladders, gained)

    def _plans(self, sheets: Sheets, budgets: Sequence[float | Sequence[float]] | None) -> Plans:
        profiles = profile_firms(sheets.firms)
        money = (
            default_budgets(sheets, profiles.size, self.years)
            if budgets is None
            else given_budgets(budgets, self.years)
        )
        if len(money.yearly) != len(sheets):
            raise ValueError(f"{len(money.yearly)} budgets for {len(sheets)} firms")
        units = self._rules.units
        cases = read_cases(self.catalogue, units, self.scorer, sheets, profiles, money)
        return Plans(self._rules, cases)

    def _goals(self, plans: Plans) -> list[list[int]]:
        """By firm: the levels that all candidates together would reach, highest first, then 0."""
        cases = plans.cases
        everything = plans.gained(cases.candidates, np.arange(len(cases)))
        most = levels_reached(self._rules.standard, self._rules.units, cases, everything)
        pairs = zip(most.tolist(), cases.scores.level.tolist(), strict=True)
        return [[*range(top, level, -1), 0] for top, level in pairs]

    def _programme(self, plans: Plans, row: int) -> Programme:
        rules = self._rules
        return Programme(self.catalogue, rules.units, rules.apart, plans.cases, row)

    def _exact(self, plans: Plans) -> tuple[Years, Best]:
        clock, programme = Clock(self.seconds), self._programme(plans, 0)
        undecided: Best | None = None
        for level in self._goals(plans)[0]:
            short = self._short(plans.cases, 0, level)
            found = programme.solve(short, time_limit=max(clock.left, 0.05), mip_rel_gap=PROVED)
            best = Best(max(level, int(plans.cases.scores.level[0])), found.bound)
            if found.when is not None:
                return plans.prune(found.when[None, :], np.array([0])), undecided or best
            if found.bound > -np.inf:
                undecided = undecided or best
        when, bests = self._searched(plans)
        return when, bests[0]

    def _searched(self, plans: Plans) -> tuple[Years, list[Best]]:
        n, cases = len(plans.cases), plans.cases
        firms, goals = np.arange(n), self._goals(plans)
        goal = np.zeros(n, np.int8)
        bound = np.zeros(n)
        done = np.zeros((n, len(self.catalogue), self.years))
        for row, levels in enumerate(goals):
            level, relaxed = self._relaxed(plans, row, levels)
            goal[row], bound[row], done[row] = level, relaxed.bound, relaxed.done
        when = search(plans, Hints(goal, bound, done))
        missed = plans.shortage(plans.gained(when > 0, firms), firms, goal) > 0
        for row in np.flatnonzero(missed).tolist():
            levels = [level for level in goals[row] if level <= goal[row]]
            goal[row], bound[row], when[row] = self._rescued(plans, row, levels, when[row])
        top = np.maximum(goal, cases.scores.level)
        best = [Best(int(t), float(b)) for t, b in zip(top, bound, strict=True)]
        return plans.prune(when, firms), best

    def _rescued(
        self, plans: Plans, row: int, levels: Sequence[int], when: NDArray[np.int8]
    ) -> tuple[int, float, NDArray[np.int8]]:
        """A level missed: whether it can be reached after all, its bound, and the better plan."""
        programme = self._programme(plans, row)
        for level in levels:
            short = self._short(plans.cases, row, level)
            found = programme.solve(short, mip_rel_gap=_ROUGHLY, node_limit=_NODES)
            if found.when is not None:
                return level, found.bound, found.when
            if found.bound > -np.inf:
                return level, found.bound, when
        raise AssertionError("the empty plan is always there")

    def _relaxed(self, plans: Plans, row: int, levels: Sequence[int]) -> tuple[int, Relaxed]:
        programme = self._programme(plans, row)
        for level in levels:
            if relaxed := programme.relax(self._short(plans.cases, row, level)):
                return level, relaxed
        raise AssertionError("the empty plan is always there")

    def _short(self, cases: Cases, row: int, level: int) -> Short | None:
        return short_of(cases, row, self._rules.standard.levels[level - 1]) if level else None

    def _told(
        self, sheets: Sheets, plans: Plans, when: Years, best: Sequence[Best]
    ) -> list[Roadmap]:
        rows = np.arange(len(sheets))
        gained = plans.gained(when > 0, rows)
        raised = raise_sheets(sheets, self.scorer.standard, self._ladders, gained)
        after = self.scorer.score(raised)
        # Rounded, so that a firm's figure does not depend on those planned beside it.
        values = plans.value(when, rows).round(9)
        teller = Teller(plans, self._ladders, when)
        return [
            teller.tell(
                row,
                _verdict(float(values[row]), int(after.level[row]), best[row]),
                float(after.score[row]),
                int(after.level[row]),
                float(sheets.firms.revenue[row]),
            )
            for row in range(len(sheets))
        ]


def _verdict(value: float, level: int, best: Best) -> Verdict:
    """How far from the best: of its value, at least one point; a missed level counts 100 points."""
    ahead = LEVEL * max(0, best.level - level)
    if not np.isfinite(best.value):
        return Verdict(value, None, optimal=False)
    gap = max(0.0, ahead + best.value - value) / max(ahead + best.value, 1.0)
    # Rounded up, so that what is stated always holds.
    return Verdict(value, ceil(gap * 1e6) / 1e6 if gap > _TINY else 0.0, optimal=gap <= PROVED)
