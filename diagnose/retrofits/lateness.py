"""Which projects are late and why, which months are due, and when effects are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from diagnose.records import Figure, Firm, Month, Project, Stage
from diagnose.retrofits.current import contracts, passed
from diagnose.retrofits.days import first_of, months_between, months_on
from diagnose.retrofits.stages import LIFE
from questionnaires.clock import day_of
from questionnaires.text import Text

REPORTING = (Stage.CONTRACTED, Stage.UNDER_WAY)
"""Stages in which a month's report is due."""
CLOCKED = tuple(id_ for id_, stage in LIFE.stages.items() if stage.days is not None)
HURRIED = tuple(dict.fromkeys((*CLOCKED, *REPORTING)))
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Run:
    """How a project runs: its stage and since when, per cent done, its term, its reports."""

    stage: str
    since: date | None
    progress: int
    starts_on: date | None
    ends_on: date | None
    reported: Collection[date] = ()


def due_on(stage: str, since: date | None) -> date | None:
    """The day by which a stage should be left; None where it has no clock."""
    days = LIFE.stages[stage].days
    return since + timedelta(days=days) if since and days else None


def expected(run: Run, day: date) -> float:
    """The share of the contract's term that has passed, in per cent."""
    if run.starts_on is None or run.ends_on is None:
        return 0.0
    whole = (run.ends_on - run.starts_on).days + 1
    gone = (day - run.starts_on).days + 1
    return min(max(gone / whole, 0.0), 1.0) * WHOLE


def months_due(run: Run, day: date) -> list[date]:
    """The months whose report should be here and is not, the oldest first."""
    if run.stage not in REPORTING or run.starts_on is None:
        return []
    months = months_between(run.starts_on, _last_due(day))
    return [month for month in months if month not in run.reported]


def _last_due(day: date) -> date:
    """The latest month whose report should be here."""
    return months_on(first_of(day), -1 if day.day > LIFE.rules.report_day else -2)


def report_due(month: date) -> date:
    """The day by which a month is reported."""
    return months_on(first_of(month), 1).replace(day=LIFE.rules.report_day)


def delays(run: Run, day: date) -> tuple[Text, ...]:
    """Why a project counts as late on `day`; nothing where it does not."""
    found = []
    due = due_on(run.stage, run.since)
    if due is not None and due < day:
        found.append(Text(f"应在 {due} 前进入下一步", f"should have left this stage by {due}"))
    if run.stage in REPORTING:
        found += _behind(run, day)
    missing = months_due(run, day)
    if missing:
        found.append(
            Text(f"缺 {len(missing)} 份月报", f"{len(missing)} monthly reports are missing")
        )
    return tuple(found)


def _behind(run: Run, day: date) -> list[Text]:
    if run.ends_on is not None and run.ends_on < day:
        return [
            Text(f"合同期已于 {run.ends_on} 届满", f"the contract’s term ended on {run.ends_on}")
        ]
    # Progress is known as of the last month due; what passed since is not held against it.
    until = months_on(_last_due(day), 1) - timedelta(days=1)
    wanted = expected(run, until)
    if run.progress >= LIFE.rules.behind * wanted:
        return []
    return [
        Text(
            f"进度 {run.progress}%，到 {until} 工期已过 {wanted:.0f}%",
            f"{run.progress} % done, {wanted:.0f} % of the term had passed by {until}",
        )
    ]


@dataclass(frozen=True, slots=True)
class Late:
    """A late project, whose, and why."""

    project: Project
    firm: Firm
    run: Run
    why: tuple[Text, ...]


def late_projects(session: Session, district: str, day: date) -> list[Late]:
    """The late projects of a district, in two statements."""
    found = []
    for project, firm, run in _running(session, col(Firm.district) == district):
        why = delays(run, day)
        if why:
            found.append(Late(project, firm, run, why))
    return found


@dataclass(frozen=True, slots=True)
class Owed:
    """A month's report that is due and not here."""

    project: Project
    firm: Firm
    month: date
    due: date


def months_owed(session: Session, district: str, day: date) -> list[Owed]:
    """Every month's report that a district waits for, the oldest first, in two statements."""
    return _owed(session, col(Firm.district) == district, day)


def months_owed_by(session: Session, firm_id: int, day: date) -> list[Owed]:
    """Every month's report that a firm owes, the oldest first, in two statements."""
    return _owed(session, col(Firm.id) == firm_id, day)


def _owed(session: Session, whose: ColumnElement[bool], day: date) -> list[Owed]:
    found = [
        Owed(project, firm, month, report_due(month))
        for project, firm, run in _running(session, whose)
        for month in months_due(run, day)
    ]
    return sorted(found, key=lambda owed: (owed.month, owed.firm.name, owed.project.id or 0))


def _running(session: Session, whose: ColumnElement[bool]) -> list[tuple[Project, Firm, Run]]:
    force = contracts()
    rows: Any = session.execute(
        select(Project, Firm, force.c.starts_on, force.c.ends_on)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .outerjoin(force, force.c.project_id == Project.id)
        .where(whose, col(Project.stage).in_(HURRIED))
        .order_by(col(Project.stage_since), col(Project.id))
    ).all()
    reported = _reported(session, whose)
    return [
        (project, firm, run_of(project, starts, ends, reported[project.id]))
        for project, firm, starts, ends in rows
    ]


def run_of(
    project: Project, starts: date | None, ends: date | None, reported: Collection[date]
) -> Run:
    """How a project runs."""
    since = day_of(project.stage_since) if project.stage_since else None
    return Run(project.stage, since, project.progress, starts, ends, reported)


def _reported(session: Session, whose: ColumnElement[bool]) -> dict[int | None, set[date]]:
    found: dict[int | None, set[date]] = defaultdict(set)
    rows: Any = session.execute(
        select(Month)
        .join(Project, col(Project.id) == Month.project_id)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(whose, col(Project.stage).in_(REPORTING))
        .with_only_columns(col(Month.project_id), col(Month.month))
    )
    for project_id, month in rows:
        found[project_id].add(month)
    return found


@dataclass(frozen=True, slots=True)
class EffectDue:
    """A look at the effect of a project: after how many months, when, and whether it was taken."""

    project: Project
    firm: Firm
    months: int
    due: date
    reported: bool


def effect_days(finished_on: date) -> tuple[tuple[int, date], ...]:
    """When the effects of works finished on a day are looked at: months after, and the day."""
    return tuple((months, months_on(finished_on, months)) for months in LIFE.rules.effects)


def effects_due(session: Session, district: str) -> list[EffectDue]:
    """The looks at effects in a district, taken or not, by their day; in two statements."""
    return _effects(session, col(Firm.district) == district)


def effects_due_by(session: Session, firm_id: int) -> list[EffectDue]:
    """The looks at effects of a firm's projects, taken or not, by their day; in two statements."""
    return _effects(session, col(Firm.id) == firm_id)


def _effects(session: Session, whose: ColumnElement[bool]) -> list[EffectDue]:
    accepted = passed()
    rows: Any = session.execute(
        select(Project, Firm, accepted.c.finished_on)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .join(accepted, accepted.c.project_id == Project.id)
        .where(whose, Project.stage != Stage.TERMINATED)
    ).all()
    told = _told(session, [project.id for project, _firm, _day in rows])
    found = [
        EffectDue(project, firm, months, due, (project.id, at) in told)
        for project, firm, finished in rows
        for at, (months, due) in enumerate(effect_days(finished))
    ]
    return sorted(found, key=lambda look: (look.due, look.firm.name, look.project.id or 0))


def _told(session: Session, ids: Sequence[int | None]) -> set[tuple[int, int]]:
    """Which projects have a figure after half a year (0), after a year (1)."""
    found: set[tuple[int, int]] = set()
    for at in range(0, max(len(ids), 1), 5000):
        some = ids[at : at + 5000]
        rows = session.exec(
            select(Figure.project_id, Figure.half_year, Figure.full_year).where(
                col(Figure.project_id).in_(some)
            )
        )
        for project_id, half, full in rows:
            found |= {(project_id, at) for at, v in enumerate((half, full)) if v is not None}
    return found
