"""Roadmaps of one firm for any budget, and how one differs from another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from math import floor, log10

from diagnose.reading import judge
from models.roadmap.results import PlannedProject, Roadmap
from questionnaires.sheets import Sheets
from questionnaires.text import Text

MOST_BUDGET = 1_000_000.0
KEPT = 256  # roadmaps
STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)  # ends of the slider: these times a power of ten


@dataclass(frozen=True)
class Own:
    """The one-row sheet of a firm, told apart by what was answered."""

    digest: str
    sheets: Sheets = field(compare=False)

    @classmethod
    def of(cls, sheets: Sheets, answers: Mapping[str, object]) -> Own:
        """A sheet with the answers it was read from."""
        facts = {name: str(column[0]) for name, column in vars(sheets.firms).items()}
        held = json.dumps([facts, answers], sort_keys=True, default=str)
        return cls(sha256(held.encode()).hexdigest(), sheets)


@dataclass(frozen=True, slots=True)
class Line:
    """One project of a plan; `change` is '', 'new' or 'moved' against the plan as proposed."""

    name: Text
    cost: float
    gain: float
    change: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a plan: what it may cost, what falls due, what is left."""

    number: int
    budget: float
    spending: float
    projects: tuple[Line, ...]

    @property
    def left(self) -> float:
        """What of the budget is not spent."""
        return self.budget - self.spending


@dataclass(frozen=True, slots=True)
class Replan:
    """The plan for a budget a year, beside the plan as proposed; amounts in 万元."""

    budget: float
    proposed: float
    most: float
    years: tuple[Year, ...]
    dropped: tuple[Text, ...]
    score_before: float
    score_after: float
    score_proposed: float
    level_after: int
    level_proposed: int
    cost: float
    left: float
    optimal: bool

    @property
    def count(self) -> int:
        """How many projects the plan holds."""
        return sum(len(year.projects) for year in self.years)


@lru_cache(maxsize=KEPT)
def roadmap_of(own: Own, budget: float | None = None) -> Roadmap:
    """The best roadmap within `budget` a year; by default within the firm's own means."""
    return judge().planner.plan(own.sheets, 0, budget)


def replan(own: Own, budget: float | None = None) -> Replan:
    """The plan for `budget` a year, and what it changes against the plan as proposed."""
    proposed = roadmap_of(own)
    usual = max(proposed.budget)
    plan = proposed if budget is None else roadmap_of(own, budget)
    before = {project.id: project.year for project in proposed.projects}
    kept = {project.id for project in plan.projects}
    spending = plan.spending
    years = tuple(
        Year(
            number,
            plan.budget[number - 1],
            spending[number - 1],
            tuple(_line(project, before) for project in plan.projects if project.year == number),
        )
        for number in range(1, len(plan.budget) + 1)
    )
    return Replan(
        budget=usual if budget is None else budget,
        proposed=usual,
        most=_most(own, usual),
        years=years,
        dropped=tuple(_name(id_) for id_ in before if id_ not in kept),
        score_before=plan.score_before,
        score_after=plan.score_after,
        score_proposed=proposed.score_after,
        level_after=plan.level_after,
        level_proposed=proposed.level_after,
        cost=plan.cost,
        left=sum(plan.budget) - plan.cost,
        optimal=plan.optimal,
    )


def _line(project: PlannedProject, before: Mapping[str, int]) -> Line:
    year = before.get(project.id)
    change = "new" if year is None else "" if year == project.year else "moved"
    return Line(_name(project.id), project.cost, project.gain, change)


def _name(project: str) -> Text:
    return judge().catalogue[project].name


def _most(own: Own, usual: float) -> float:
    """Where the slider ends: a little above what can be spent to any use, rounded up."""
    everything = roadmap_of(own, MOST_BUDGET)
    wanted = max(10.0, 1.5 * usual, 1.1 * max(everything.spending, default=0.0))
    power = 10.0 ** floor(log10(wanted))
    return next(step * power for step in STEPS if step * power >= wanted)
