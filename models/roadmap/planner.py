"""The planner: roadmaps of up to three years, exact for one firm, fast and bounded for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from threadpoolctl import threadpool_limits

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
# Firms searched at a time: enough for arrays to pay, few enough for some 100 MB.
_BLOCK = 1024
# Where the search missed a level: how good a plan must be that reaches it, and how long to look.
_ROUGHLY = 0.1
_NODES = 100


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
        with threadpool_limits(1):
            plans = self._plans(sheet, None if budget is None else [budget])
            when, best = self._exact(plans)
            return self._told(sheet, plans, when, [best])[0]

    def plan_many(
        self, sheets: Sheets, budgets: Sequence[float | Sequence[float]] | None = None
    ) -> list[Roadmap]:
        """Good roadmaps of all firms, each with a bound on how far from the best it can be.

        `budgets` as in `plan`, one entry a firm.
        """
        roadmaps: list[Roadmap] = []
        for at in range(0, len(sheets), _BLOCK):
            rows = np.arange(at, min(at + _BLOCK, len(sheets)))
            mine = sheets.take(rows)
            # The matrices are small: threads would spend more on waiting than they save.
            with threadpool_limits(1):
                plans = self._plans(mine, None if budgets is None else budgets[at : at + _BLOCK])
                when, best = self._searched(plans)
                roadmaps += self._told(mine, plans, when, best)
        return roadmaps

    def follow(self, sheets: Sheets, row: int, years: Mapping[str, int]) -> Roadmap:
        """The roadmap of a plan that somebody else made: each project in the year given to it.

        Prerequisites, budgets and what the firm has already are told, not kept to.
        """
        sheet = sheets.take([row])
        with threadpool_limits(1):
            plans = self._plans(sheet, None)
            when = np.zeros((1, len(self.catalogue)), np.int8)
            for project, year in years.items():
                when[0, self.catalogue.index[project]] = year
            return self._told(sheet, plans, when, [Best(0, np.inf)])[0]

    def in_place(self, sheets: Sheets, row: int) -> frozenset[str]:
        """The project types that the firm's answers show to be in place."""
        return self.in_place_many(sheets.take([row]))[0]

    def in_place_many(self, sheets: Sheets) -> list[frozenset[str]]:
        """For each firm the project types that its answers show to be in place."""
        ids = np.array([project.id for project in self.catalogue.projects])
        return [frozenset(ids[have].tolist()) for have in self._plans(sheets, None).cases.in_place]

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
        hints = Hints(
            np.zeros(n, np.int8), np.zeros(n), np.zeros((n, len(self.catalogue), self.years))
        )
        for row, levels in enumerate(goals):
            self._hint(plans, row, levels, hints)
        when = search(plans, hints)
        gained = plans.gained(when > 0, firms)
        missed = np.flatnonzero(plans.shortage(gained, firms, hints.goal) > 0).tolist()
        again = [row for row in missed if self._out_of_reach(plans, row, hints, when)]
        for row in again:
            self._hint(plans, row, [at for at in goals[row] if at < hints.goal[row]], hints)
        if again:
            # The others are left out: nothing is better than a bound of minus infinity.
            others = np.setdiff1d(firms, again)
            bound = hints.bound.copy()
            bound[others] = -np.inf
            when[again] = search(plans, replace(hints, bound=bound))[again]
        top = np.maximum(hints.goal, cases.scores.level)
        best = [Best(int(t), float(b)) for t, b in zip(top, hints.bound, strict=True)]
        return plans.prune(when, firms), best

    def _out_of_reach(self, plans: Plans, row: int, hints: Hints, when: Years) -> bool:
        """Whether a level that the search missed cannot be reached; else the plan is replaced."""
        short = self._short(plans.cases, row, int(hints.goal[row]))
        programme = self._programme(plans, row)
        found = programme.solve(short, mip_rel_gap=_ROUGHLY, node_limit=_NODES)
        if found.when is not None:
            when[row], hints.bound[row] = found.when, found.bound
        return found.when is None and found.bound == -np.inf

    def _hint(self, plans: Plans, row: int, levels: Sequence[int], hints: Hints) -> None:
        level, relaxed = self._relaxed(plans, row, levels)
        hints.goal[row], hints.bound[row], hints.done[row] = level, relaxed.bound, relaxed.done

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
