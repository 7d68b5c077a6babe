"""The plan as its page shows it: years, totals, warnings, what each project answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnose.planning import Unmet, costs_in_order, unmet_needs
from diagnose.planning.wording import worded
from diagnose.reading import judge
from diagnose.records import Finding, Project
from diagnose.reporting.gathering import Gathered
from diagnose.reporting.telling import in_place
from models.roadmap.money import BUDGET_QUESTION, RULE, Verdict, affordability
from questionnaires.text import Text

YEARS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Line:
    """One project: its words, what it lacks, which findings it answers, and what is missing."""

    project: Project
    name: Text
    unmet: tuple[Text, ...]
    late: bool
    findings: tuple[Finding, ...]
    costs_missing: bool

    @property
    def blocked(self) -> bool:
        """Whether it needs a reason that is not given, or costs."""
        return self.costs_missing or (bool(self.unmet) and not self.project.override.strip())


@dataclass(frozen=True, slots=True)
class Year:
    """One year: its projects, what falls due in it, and how that compares."""

    number: int
    lines: tuple[Line, ...]
    low: float
    mid: float
    high: float
    share: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole plan. `budget` a year (万元), `stated` whether the firm named it itself."""

    years: tuple[Year, ...]
    budget: float | None
    stated: bool

    @property
    def blocked(self) -> int:
        """How many projects need attention."""
        return sum(line.blocked for year in self.years for line in year.lines)

    @property
    def count(self) -> int:
        """How many projects there are."""
        return sum(len(year.lines) for year in self.years)

    @property
    def total(self) -> tuple[float, ...]:
        """Low, middle and high of all years."""
        return tuple(sum(getattr(y, k) for y in self.years) for k in ("low", "mid", "high"))


def lay_out(held: Gathered) -> Layout:
    """The plan of a diagnosis, year by year."""
    unmet = unmet_needs(judge().catalogue, held.projects, in_place(held))
    answered = _answered(held)
    lines = [_line(p, unmet.get(p.id or 0, ()), answered.get(p.id or 0, ())) for p in held.projects]
    due = [_due(held.projects, year) for year in YEARS]
    judged = affordability(held.assessment.revenue, [mid for _, mid, _ in due])
    years = tuple(
        Year(
            year,
            tuple(line for line in lines if line.project.year == year),
            *due[at],
            share=judged.shares[at],
            verdict=judged.verdicts[at],
        )
        for at, year in enumerate(YEARS)
    )
    own = held.judged.get(BUDGET_QUESTION)
    if isinstance(own, int | float):
        return Layout(years, float(own), stated=True)
    revenue = held.assessment.revenue
    return Layout(years, RULE * revenue if revenue else None, stated=False)


def _line(project: Project, unmet: Sequence[Unmet], findings: Sequence[Finding]) -> Line:
    catalogue = judge().catalogue
    return Line(
        project=project,
        name=worded(project, catalogue).name,
        unmet=tuple(each.names(catalogue) for each in unmet),
        late=any(each.late for each in unmet),
        findings=tuple(findings),
        costs_missing=not costs_in_order(project),
    )


def _answered(held: Gathered) -> Mapping[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in held.findings:
        for project in held.links.get(finding.id or 0, ()):
            found.setdefault(project, []).append(finding)
    return found


def _due(projects: Sequence[Project], year: int) -> tuple[float, float, float]:
    """What falls due in a year; fees paid by the year come again in each later one."""
    catalogue = judge().catalogue
    low = mid = high = 0.0
    for project in projects:
        yearly = project.type in catalogue.index and any(
            cost.yearly for cost in catalogue[project.type].costs.values()
        )
        if project.year == year or (yearly and project.year < year):
            low += project.cost_low or 0.0
            mid += project.cost_mid or 0.0
            high += project.cost_high or 0.0
    return low, mid, high
