"""From diagnosis to project (以诊促转): counted by cohort of accepted reports, not as a quotient.

A firm belongs to the cohort of its latest accepted report that is old enough to count, or of its
latest where none is. It is converted where a project that this report recommended was contracted
within so many months of the report's acceptance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, case, or_, select
from sqlmodel import Session, col

from diagnose.records import Diagnosis, Firm, Project, Stage, Stay
from diagnose.retrofits.current import contracts, passed, signings, spendings
from diagnose.retrofits.days import months_on
from diagnose.retrofits.guards import ACCEPTED
from diagnose.retrofits.levels import standings_by_id
from diagnose.retrofits.past import stages_on
from diagnose.retrofits.stages import LIFE

NOT_ADOPTED = (None, Stage.SUGGESTED, Stage.POSTPONED, Stage.REJECTED)
QUARTER = 3
TWO = 2  # the level that pilot cities ask for


@dataclass(frozen=True, slots=True)
class Recommended:
    """A project that a report recommended, as it stood. Money in 万元 (None: not known)."""

    diagnosis_id: int
    adopted: bool
    signed_on: date | None
    months: int
    planned: float | None
    contracted: float | None
    spent: float
    type: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted report."""

    diagnosis_id: int
    firm_id: int
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Cohort:
    """The firms whose report was accepted from `first` to `last`, and what came of its projects.

    `due` says that the months of conversion are over for all of them; until then `converted`
    counts how many there are so far. `planned` sums the middle estimates, `unpriced` are projects
    without one.
    """

    first: date
    last: date
    due: bool
    firms: int
    converted: int
    recommended: int
    adopted: int
    contracted: int
    started: int
    planned: float
    unpriced: int
    agreed: float
    spent: float


@dataclass(frozen=True, slots=True)
class Conversion:
    """The figure on a day with its cohorts by quarter, the latest first; None where none is due.

    `next_due` is when the next firm begins to count. `projects` are those of all cohorts.
    """

    day: date
    due: Cohort | None
    next_due: date | None
    quarters: Sequence[Cohort]
    projects: Sequence[Recommended]


def count_conversion(session: Session, district: str, day: date) -> Conversion:
    """The conversion of a district as it stood on `day`, in four statements."""
    return converted_on(
        _accepted(session, district, day), _recommended(session, district, day), day
    )


def converted_on(
    accepted: Iterable[Accepted], recommended: Iterable[Recommended], day: date
) -> Conversion:
    """The figure from plain values."""
    until = months_on(day, -LIFE.rules.conversion_months)
    chosen = _one_a_firm(accepted, until)
    projects: dict[int, list[Recommended]] = defaultdict(list)
    for project in recommended:
        projects[project.diagnosis_id].append(project)
    old = [report for report in chosen if _is_due(report, day)]
    quarters: dict[date, list[Accepted]] = defaultdict(list)
    for report in chosen:
        quarters[_quarter(report.accepted_on)].append(report)
    due = _cohort(old, projects, day) if old else None
    found = [
        _cohort(quarters[first], projects, day, first) for first in sorted(quarters, reverse=True)
    ]
    waiting = [_due_on(report) for report in chosen if not _is_due(report, day)]
    theirs = [project for report in chosen for project in projects[report.diagnosis_id]]
    return Conversion(day, due, min(waiting, default=None), found, theirs)


def _is_due(report: Accepted, day: date) -> bool:
    """Whether the months of conversion are over."""
    return _due_on(report) <= day


def _due_on(report: Accepted) -> date:
    return months_on(report.accepted_on, LIFE.rules.conversion_months)


def _one_a_firm(accepted: Iterable[Accepted], until: date) -> list[Accepted]:
    """One report a firm: the latest that is old enough, or else the latest."""
    found: dict[int, Accepted] = {}
    for report in sorted(accepted, key=lambda r: (r.accepted_on, r.diagnosis_id)):
        held = found.get(report.firm_id)
        if held is None or report.accepted_on <= until or held.accepted_on > until:
            found[report.firm_id] = report
    return list(found.values())


def _cohort(
    reports: Sequence[Accepted],
    projects: dict[int, list[Recommended]],
    day: date,
    first: date | None = None,
) -> Cohort:
    theirs = [project for report in reports for project in projects[report.diagnosis_id]]
    days = [report.accepted_on for report in reports]
    return Cohort(
        first=first or min(days),
        last=months_on(first, QUARTER) - timedelta(days=1) if first else max(days),
        due=all(_is_due(report, day) for report in reports),
        firms=len(reports),
        converted=sum(_converts(report, projects[report.diagnosis_id], day) for report in reports),
        recommended=len(theirs),
        adopted=sum(project.adopted for project in theirs),
        contracted=sum(project.signed_on is not None for project in theirs),
        started=sum(project.months > 0 for project in theirs),
        planned=sum(project.planned or 0 for project in theirs),
        unpriced=sum(project.planned is None for project in theirs),
        agreed=sum(project.contracted or 0 for project in theirs),
        spent=sum(project.spent for project in theirs),
    )


def _converts(report: Accepted, projects: Iterable[Recommended], day: date) -> bool:
    until = min(day, _due_on(report))
    return any(p.signed_on is not None and p.signed_on <= until for p in projects)


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)


def _accepted(session: Session, district: str, day: date) -> list[Accepted]:
    """The reports that were accepted on the day; one opened again since counted from its stay."""
    rows = session.execute(
        select(
            col(Diagnosis.id),
            col(Diagnosis.firm_id),
            case((col(Diagnosis.accepted_on) <= day, col(Diagnosis.accepted_on))),
            col(Stay.since),
        )
        .join(Firm, col(Firm.id) == col(Diagnosis.firm_id))
        .join(Stay, col(Stay.diagnosis_id) == col(Diagnosis.id))
        .where(
            col(Firm.district) == district,
            col(Stay.state).in_(ACCEPTED),
            col(Stay.since) <= day,
            or_(col(Stay.until).is_(None), col(Stay.until) > day),
        )
    )
    return [Accepted(id_, firm, on or since) for id_, firm, on, since in rows]


def _recommended(session: Session, district: str, day: date) -> list[Recommended]:
    force, signed, spent = contracts(day), signings(), spendings(day)
    stages = stages_on(session, district, day)
    rows = session.execute(
        select(
            col(Project.id),
            col(Project.diagnosis_id),
            signed.c.signed_on,
            spent.c.months,
            col(Project.cost_mid),
            force.c.total,
            spent.c.spent,
            col(Project.type),
        )
        .join(Firm, col(Firm.id) == col(Project.firm_id))
        .outerjoin(force, force.c.project_id == col(Project.id))
        .outerjoin(signed, and_(signed.c.project_id == col(Project.id), signed.c.signed_on <= day))
        .outerjoin(spent, spent.c.project_id == col(Project.id))
        .where(col(Firm.district) == district, col(Project.diagnosis_id).is_not(None))
    )
    return [
        Recommended(
            diagnosis_id=diagnosis,
            adopted=stages[id_] not in NOT_ADOPTED,
            signed_on=on,
            months=months or 0,
            planned=mid,
            contracted=total,
            spent=float(paid or 0),
            type=type_,
        )
        for id_, diagnosis, on, months, mid, total, paid, type_ in rows
    ]


@dataclass(frozen=True, slots=True)
class Raised:
    """Levels before and after the accepted projects that named both."""

    projects: int
    both: int
    higher: int
    same: int
    lower: int
    two_before: int
    two_after: int


def count_raised(session: Session, district: str) -> Raised:
    """How levels moved with the accepted projects of a district, in a few statements."""
    accepted = passed()
    rows = session.execute(
        select(accepted.c.before_id, accepted.c.after_id)
        .join(Project, col(Project.id) == accepted.c.project_id)
        .join(Firm, col(Firm.id) == col(Project.firm_id))
        .where(col(Firm.district) == district)
    ).all()
    levels = {
        id_: held.level
        for id_, held in standings_by_id(session, {i for row in rows for i in row if i}).items()
    }
    pairs = [(levels.get(before), levels.get(after)) for before, after in rows]
    known = [(b, a) for b, a in pairs if b is not None and a is not None]
    return Raised(
        projects=len(rows),
        both=len(known),
        higher=sum(a > b for b, a in known),
        same=sum(a == b for b, a in known),
        lower=sum(a < b for b, a in known),
        two_before=sum(b >= TWO for b, _a in known),
        two_after=sum(a >= TWO for _b, a in known),
    )
