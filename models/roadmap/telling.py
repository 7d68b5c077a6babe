"""Roadmaps out of plans: gains in their order, what led to each project, why rivals lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.roadmap import money, phrases
from models.roadmap.cases import Bools, Floats
from models.roadmap.ordering import MONTHS
from models.roadmap.plans import Plans, Years
from models.roadmap.raising import Ladder, differences
from models.roadmap.results import PlannedProject, Rival, Roadmap
from models.roadmap.units import PAINS
from questionnaires.text import Text

MOST_RIVALS = 5
_TINY = 1e-9


@dataclass(frozen=True)
class Verdict:
    """How good a plan is: its `value`, `gap` to the best, and whether it is proved the best."""

    value: float
    gap: float | None
    optimal: bool


class Teller:
    """Tells the roadmaps of n firms from their plans `when` (n, p)."""

    def __init__(self, plans: Plans, ladders: tuple[Ladder, ...], when: Years) -> None:
        self._plans = plans
        self._rules = plans.rules
        self._cases = plans.cases
        self._ladders = ladders
        self._when = when

    def tell(self, row: int, verdict: Verdict, score: float, level: int, revenue: float) -> Roadmap:
        """The roadmap of one firm; `score` and `level` are those of the raised sheet."""
        scores = self._cases.scores
        budget = self._cases.budgets.yearly[row]
        before = int(scores.level[row])
        projects = self._projects(row)
        return Roadmap(
            budget=tuple(budget.tolist()),
            projects=projects,
            rivals=self._rivals(row),
            score_before=float(scores.score[row]),
            score_after=score,
            level_before=before,
            level_after=level,
            optimal=verdict.optimal,
            gap=verdict.gap,
            note=self._note(row, projects, level, revenue),
            value=verdict.value,
        )

    @cached_property
    def _sequences(self) -> list[list[int]]:
        """By firm: its projects by year, and within a year after what prepares them."""
        rank = {p: at for at, p in enumerate(self._rules.order)}
        return [
            sorted(np.flatnonzero(years).tolist(), key=lambda p: (years[p], rank[p]))
            for years in self._when
        ]

    @cached_property
    def _stages(self) -> tuple[Bools, NDArray[np.intp]]:
        """What is gained after 0, 1, 2 … projects of each firm, and where each firm begins."""
        counts = [len(sequence) + 1 for sequence in self._sequences]
        begins = np.cumsum([0, *counts])
        new = np.zeros((begins[-1], self._when.shape[1]), bool)
        for row, sequence in enumerate(self._sequences):
            for step, p in enumerate(sequence, start=1):
                new[begins[row] + step : begins[row + 1], p] = True
        firm = np.repeat(np.arange(len(counts)), counts)
        return self._plans.gained(new, firm), begins

    def _projects(self, row: int) -> tuple[PlannedProject, ...]:
        gained, begins = self._stages
        mine = gained[begins[row] : begins[row + 1]]
        sequence = self._sequences[row]
        fresh = {p: mine[at + 1] & ~mine[at] for at, p in enumerate(sequence)}
        starts = self._starts(row, sequence)
        return tuple(
            self._project(row, p, fresh, mine[at] | self._cases.reached[row], starts[p])
            for at, p in enumerate(sequence)
        )

    def _project(
        self, row: int, p: int, fresh: dict[int, Bools], before: Bools, start: float
    ) -> PlannedProject:
        cases, project = self._cases, self._rules.catalogue.projects[p]
        return PlannedProject(
            id=project.id,
            year=int(self._when[row, p]),
            cost=float(self._plans.cost[row, p]),
            gain=float(self._rules.units.points[fresh[p]].sum()),
            because=self._because(p, fresh),
            raises=differences(self._ladders, before, before | fresh[p]),
            low=float(cases.low[row, p]),
            high=float(cases.high[row, p]),
            yearly=bool(cases.yearly[row, p]),
            start=start,
            months=project.duration,
        )

    def _because(self, p: int, fresh: dict[int, Bools]) -> tuple[str, ...]:
        """The questions it raises; where it only helps others to, those that they raise."""
        units = self._rules.units.units
        led = {units[at].question: None for at in np.flatnonzero(fresh[p])}
        if set(led) <= {PAINS}:
            for other in fresh:
                if any(p in of for _, of in self._rules.needs[other]):
                    led |= dict.fromkeys(self._because(other, fresh))
            linked = np.logical_or.reduce([fresh[o] for o in fresh if o != p] or [fresh[p]])
            for at in np.flatnonzero(linked & self._links(p)):
                led[units[at].question] = None
        return tuple(led)

    def _links(self, p: int) -> Bools:
        """(u,) what the project raises together with others."""
        units = self._rules.units
        groups = units.members[:, p] & (units.members.sum(axis=1) > 1)
        return np.asarray(units.supports[groups].any(axis=0))

    def _starts(self, row: int, sequence: list[int]) -> dict[int, float]:
        """The month in which each project starts: after what prepares it in the same year."""
        starts: dict[int, float] = {}
        for p in sequence:
            year = int(self._when[row, p])
            start = (year - 1) * MONTHS
            for _, of in self._rules.needs[p]:
                for other in of:
                    if other in starts and self._when[row, other] == year:
                        months = self._rules.catalogue.projects[other].duration
                        start = max(start, starts[other] + months)
            starts[p] = start
        return starts

    @cached_property
    def _alone(self) -> Bools:
        """(n, p, u) what each project would gain on its own, beside what the firm has."""
        n, p = self._when.shape
        new = np.broadcast_to(np.eye(p, dtype=bool), (n, p, p)).reshape(-1, p)
        return self._plans.gained(new, np.repeat(np.arange(n), p)).reshape(n, p, -1)

    @cached_property
    def _added(self) -> Floats:
        """(n, p) what each project would add to the plan, in value."""
        n, p = self._when.shape
        chosen = self._when > 0
        new = (chosen[:, None, :] | np.eye(p, dtype=bool)).reshape(-1, p)
        then = self._plans.gained(new, np.repeat(np.arange(n), p)) @ self._rules.worth
        now = self._plans.gained(chosen, np.arange(n)) @ self._rules.worth
        return np.asarray(then.reshape(n, p) - now[:, None])

    def _rivals(self, row: int) -> tuple[Rival, ...]:
        cases, worth = self._cases, self._rules.worth
        appeal = np.maximum(self._alone[row] @ worth, self._added[row])
        appeal[(self._when[row] > 0) | cases.in_place[row] | ~cases.suits[row]] = 0.0
        closest = np.argsort(-appeal, kind="stable")[:MOST_RIVALS]
        return tuple(self._rival(row, int(p)) for p in closest if appeal[p] > _TINY)

    def _rival(self, row: int, p: int) -> Rival:
        cost = self._cases.cost[row, p]
        return Rival(
            id=self._rules.catalogue.projects[p].id,
            cost=0.0 if np.isnan(cost) else float(cost),
            gain=float(self._rules.units.points[self._alone[row, p]].sum()),
            reason=self._reason(row, p, float(cost)),
        )

    def _barred(self, row: int, p: int, cost: float) -> Text | None:
        """Why no plan of the firm could hold the project."""
        cases = self._cases
        budget = float(cases.budgets.yearly[row].max())
        if not cases.offered[row, p]:
            return phrases.NOT_AT_SIZE
        if self._rules.catalogue.projects[p].on_request:
            return phrases.ON_REQUEST
        if cost > budget + _TINY:
            return phrases.priced(phrases.OVER_BUDGET, cost=cost, budget=budget)
        if impossible := self._lacking(p, cases.candidates[row] | cases.in_place[row]):
            return phrases.NEEDS_IMPOSSIBLE.format(needs=impossible)
        return None

    def _reason(self, row: int, p: int, cost: float) -> Text:
        if barred := self._barred(row, p, cost):
            return barred
        if self._added[row, p] <= _TINY:
            others = self._coverers(row, p)
            return phrases.COVERED.format(others=phrases.together(self._names(others)))
        if lacking := self._lacking(p, (self._when[row] > 0) | self._cases.in_place[row]):
            everything = np.flatnonzero(self._bundle(row, p))
            total = float(self._plans.cost[row, everything].sum())
            return phrases.priced(phrases.NEEDS_MORE, needs=lacking, cost=total)
        return self._no_place(row, cost)

    def _no_place(self, row: int, cost: float) -> Text:
        when = self._when[row]
        years = range(1, self._plans.years + 1)
        most = int(self._cases.most_a_year[row])
        if all((when == year).sum() >= most for year in years):
            return phrases.FULL.format(most=most)
        spent = self._plans.spending(when[None, :], np.array([row]))[0]
        left = float((self._cases.budgets.yearly[row] - spent).max())
        return phrases.priced(phrases.NO_ROOM if cost > left else phrases.LESS_GAIN, cost=cost)

    def _bundle(self, row: int, p: int) -> Bools:
        bundle: Bools = self._plans.bundles(self._when[[row]], np.array([row]))[0, p]
        return bundle

    def _lacking(self, p: int, there: Bools) -> Text | None:
        """The prerequisites that `there` (p,) does not meet, in words."""
        needs = [
            phrases.needed(least, self._names(of.tolist()))
            for least, of in self._rules.needs[p]
            if there[of].sum() < least
        ]
        return phrases.all_needed(needs) if needs else None

    def _coverers(self, row: int, p: int) -> list[int]:
        """The chosen projects that raise the same."""
        units = self._rules.units
        same = units.supports[:, self._alone[row, p]].any(axis=1)
        raising = units.members[same].any(axis=0) & (self._when[row] > 0)
        return [int(other) for other in np.flatnonzero(raising)]

    def _names(self, projects: list[int]) -> list[Text]:
        return [self._rules.catalogue.projects[p].name for p in projects]

    def _note(
        self, row: int, projects: tuple[PlannedProject, ...], level: int, revenue: float
    ) -> Text | None:
        cases, scores = self._cases, self._cases.scores
        said = []
        if not projects:
            said.append(self._why_empty(row))
        elif level <= scores.level[row] < len(self._rules.standard.levels):
            name = self._rules.standard.level_name(int(scores.level[row]) + 1)
            said.append(phrases.LEVEL_MISSED.format(years=self._plans.years, level=name))
        if any(project.yearly for project in projects):
            said.append(phrases.RETURNING)
        size, budgets = int(cases.size[row]), cases.budgets
        told = money.told(int(budgets.source[row]), size, float(budgets.yearly[row].max()), revenue)
        said += [told] if told else []
        if size < 0:
            said.append(phrases.SIZE_UNKNOWN)
        missing = scores.of - int(scores.answered[row])
        if 0 < missing < scores.of:
            said.append(phrases.UNANSWERED.format(count=missing))
        return phrases.sentences(said)

    def _why_empty(self, row: int) -> Text:
        cases = self._cases
        if not cases.scores.answered[row]:
            return phrases.NOTHING_ANSWERED
        helps = (self._alone[row] @ self._rules.worth > _TINY) & ~cases.in_place[row]
        helps &= cases.suits[row] & cases.offered[row]
        if not helps.any():
            return phrases.NOTHING_LEFT
        cost = np.where(helps, self._plans.cost[row], np.inf)
        cheapest, budget = int(cost.argmin()), float(cases.budgets.yearly[row].max())
        if cost[cheapest] <= budget:
            return phrases.NO_PLAN
        name = self._rules.catalogue.projects[cheapest].name
        return phrases.priced(
            phrases.TOO_SMALL, budget=budget, name=name, cost=float(cost[cheapest])
        )
