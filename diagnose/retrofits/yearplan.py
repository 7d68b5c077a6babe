"""The plan of a year: every project of a district's pool whose works touch it, with totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from diagnose.records import Diagnosis, Firm, Month, Project, Stage
from diagnose.retrofits.current import contracts
from diagnose.retrofits.days import MONTHS, days_shared, months_on
from questionnaires.clock import day_of
from reports.papers.year_plan import Sums

LEFT_OUT = (
    Stage.SUGGESTED,
    Stage.ADOPTED,
    Stage.POSTPONED,
    Stage.REJECTED,
    Stage.FAILED,
    Stage.TERMINATED,
)
"""Stages of projects that are in no plan."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One project in the plan. Money in 万元; `total` is its contract's (None: none yet).

    `this_year` is the share of the money that falls to the year by days of the term: an estimate,
    None where neither contract nor estimate is there. `done` is what the year's months report.
    """

    firm: str
    fictional: bool
    street: str
    industry: str
    type: str
    name: str
    content: str
    starts_on: date
    ends_on: date
    low: float | None
    mid: float | None
    high: float | None
    total: float | None
    this_year: float | None
    done: float
    stage: str

    @property
    def money(self) -> float | None:
        """The contract's total, or the middle estimate."""
        return self.mid if self.total is None else self.total


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plan of a district for a year, as it stands on a day."""

    district: str
    year: int
    day: date
    rows: Sequence[Planned]

    @property
    def whole(self) -> Sums:
        """All projects together."""
        return sums_of(self.rows)

    def by(self, key: Callable[[Planned], str]) -> list[tuple[str, Sums]]:
        """Sums by street, industry or type, the largest sum first."""
        keys = dict.fromkeys(key(row) for row in self.rows)
        parts = {name: [row for row in self.rows if key(row) == name] for name in keys}
        found = [(name, sums_of(rows)) for name, rows in parts.items()]
        return sorted(found, key=lambda it: (-(it[1].contracted + it[1].estimated), it[0]))


def sums_of(rows: Sequence[Planned]) -> Sums:
    """What some projects come to."""
    return Sums(
        len(rows),
        len({row.firm for row in rows}),
        _sum(row.total for row in rows),
        _sum(row.mid for row in rows if row.total is None),
        _sum(row.this_year for row in rows),
        _sum(row.done for row in rows),
        sum(row.money is None for row in rows),
    )


def plan_of(session: Session, district: str, year: int, day: date) -> YearPlan:
    """The plan of a year, by street, firm and day of beginning; in two statements."""
    force = contracts()
    done = _done(session, district, year)
    rows = session.execute(
        select(
            Project,
            Firm,
            col(Diagnosis.accepted_on),
            force.c.starts_on,
            force.c.ends_on,
            force.c.total,
        )
        .join(Firm, col(Firm.id) == col(Project.firm_id))
        .outerjoin(Diagnosis, col(Diagnosis.id) == col(Project.diagnosis_id))
        .outerjoin(force, force.c.project_id == col(Project.id))
        .where(col(Firm.district) == district, col(Project.stage).not_in(LEFT_OUT))
        .order_by(col(Firm.region), col(Firm.name), col(Firm.id), col(Project.id))
    )
    found = []
    for project, firm, accepted, starts, ends, total in rows:
        term = (starts, ends) if starts else term_of(project, accepted, day)
        if days_shared(term, _year(year)):
            found.append(_planned(project, firm, term, total, year, done.get(project.id or 0, 0)))
    return YearPlan(district, year, day, found)


def term_of(project: Project, accepted: date | None, day: date) -> tuple[date, date]:
    """When a project without a contract is expected to be carried out.

    From the acceptance of its report, or the day it was taken in, its year in the plan gives the
    beginning and its months the end; nothing begins in the past.
    """
    decided = day_of(project.decided_at or project.created_at)
    start = max(months_on(accepted or decided, (project.year - 1) * MONTHS), day)
    return start, months_on(start, project.months) - timedelta(days=1)


def _planned(
    project: Project,
    firm: Firm,
    term: tuple[date, date],
    total: float | None,
    year: int,
    done: float,
) -> Planned:
    money = project.cost_mid if total is None else total
    share = days_shared(term, _year(year)) / ((term[1] - term[0]).days + 1)
    return Planned(
        firm=firm.name,
        fictional=firm.fictional,
        street=firm.region,
        industry=firm.industry[:2],
        type=project.type,
        name=project.name,
        content=project.content,
        starts_on=term[0],
        ends_on=term[1],
        low=project.cost_low,
        mid=project.cost_mid,
        high=project.cost_high,
        total=total,
        this_year=None if money is None else round(money * share, 2),
        done=done,
        stage=project.stage,
    )


def _done(session: Session, district: str, year: int) -> dict[int, float]:
    """What the months of a year report as spent, by project."""
    rows = session.execute(
        select(col(Month.project_id), func.sum(col(Month.spent)))
        .join(Project, col(Project.id) == col(Month.project_id))
        .join(Firm, col(Firm.id) == col(Project.firm_id))
        .where(
            col(Firm.district) == district,
            col(Month.month).between(*_year(year)),
        )
        .group_by(col(Month.project_id))
    )
    return {project_id: round(float(spent or 0), 6) for project_id, spent in rows}


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _sum(values: Iterable[float | None]) -> float:
    return round(sum(value for value in values if value is not None), 6)
