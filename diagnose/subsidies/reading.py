"""The firms of a district with their candidate projects, in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, or_, select

from diagnose.pool import latest_sheets
from diagnose.reading import judge, questionnaire
from diagnose.records import Diagnosis, Firm, Project, Report, Stage
from models.firms import profile_firms, size_classes
from models.roadmap.money import LEAST_REVENUE, RULE, default_budgets
from models.roadmap.results import Roadmap
from questionnaires.check import check_rows

ACCEPTED = ("done", "expired")
CANDIDATES = (Stage.SUGGESTED, Stage.ADOPTED, Stage.POOLED)
"""Stages in which a project still waits for its money."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A candidate project; costs in 万元, `id` None where only the system would plan it."""

    id: int | None
    type: str
    name: str
    cost: float
    gain: float
    free_of_needs: bool = False


@dataclass(frozen=True)
class Applicant:
    """A firm with its candidates, and how it stands: score and level None where not known.

    `top` is the highest level its whole roadmap reaches, None where not known. `own` 万元 that it
    can put in a year. `in_place` are the project types it has.
    """

    firm: int
    name: str
    industry: str
    region: str
    honours: int
    size: int
    own: float
    score: float | None = None
    level: int | None = None
    accepted_on: date | None = None
    top: int | None = None
    in_place: frozenset[str] = frozenset()
    wishes: tuple[Wish, ...] = ()
    planned: bool = False


@dataclass
class Gathered:
    """The applicants in the order of their ids, and what was left out or is not known."""

    applicants: list[Applicant]
    without_cost: int = 0
    without_gain: int = 0


def count_to_plan(session: Session, district: str) -> int:
    """How many firms on the roster have no project of a report or the pool yet."""
    having = (
        select(Project.firm_id)
        .where(_candidate())
        .join(Diagnosis, col(Diagnosis.id) == Project.diagnosis_id, isouter=True)
    )
    return session.exec(
        select(func.count())
        .select_from(Firm)
        .where(Firm.district == district, Firm.on_roster, col(Firm.id).not_in(having))
    ).one()


def gather(session: Session, district: str, *, roadmaps: bool) -> Gathered:
    """The firms on the roster with what they wish for.

    With `roadmaps`, a firm that has a sheet but no project yet takes part with what the system
    would plan for it.
    """
    firms = session.exec(
        select(Firm).where(Firm.district == district, Firm.on_roster).order_by(col(Firm.id))
    ).all()
    found = Gathered([_bare(firm, *of) for firm, of in zip(firms, _means(firms), strict=True)])
    _add_projects(session, district, found)
    _add_sheets(session, district, found, {firm.uscc: firm.id or 0 for firm in firms}, roadmaps)
    _add_reports(session, district, found)
    return found


def _bare(firm: Firm, size: int, own: float) -> Applicant:
    names = ("name", "industry", "region", "honours")
    return Applicant(firm.id or 0, **{n: getattr(firm, n) for n in names}, size=size, own=own)


def _means(firms: Sequence[Firm]) -> Iterable[tuple[int, float]]:
    """The size of each firm, and 2 % of its revenue, or of the least that its size has."""
    employees = np.array([np.nan if f.employees is None else f.employees for f in firms], float)
    revenue = np.array([np.nan if f.revenue is None else f.revenue for f in firms], float)
    size = size_classes(employees, revenue)
    own = RULE * np.where(revenue > 0, revenue, np.array(LEAST_REVENUE)[size])
    return zip(size.tolist(), own.tolist(), strict=True)


def _candidate() -> ColumnElement[bool]:
    """Projects that wait for money; what a report suggests, once it is accepted."""
    waiting = col(Project.stage).in_(CANDIDATES)
    return waiting & or_(col(Diagnosis.id).is_(None), col(Diagnosis.state).in_(ACCEPTED))


def _add_projects(session: Session, district: str, found: Gathered) -> None:
    rows = session.exec(
        select(Project)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .outerjoin(Diagnosis, col(Diagnosis.id) == Project.diagnosis_id)
        .where(Firm.district == district, Firm.on_roster, _candidate())
        .order_by(
            case((col(Project.stage) == Stage.SUGGESTED, 1), else_=0),
            col(Project.year),
            col(Project.position),
            col(Project.id),
        )
    ).all()
    wishes: dict[int, list[Wish]] = defaultdict(list)
    for row in rows:
        if row.cost_mid is None:
            found.without_cost += 1
            continue
        found.without_gain += row.gain is None
        free = bool(row.override)
        wishes[row.firm_id].append(
            Wish(row.id, row.type, row.name, row.cost_mid, max(row.gain or 0.0, 0.0), free)
        )
    found.applicants[:] = [
        replace(one, wishes=tuple(wishes[one.firm])) if one.firm in wishes else one
        for one in found.applicants
    ]


def _add_sheets(
    session: Session, district: str, found: Gathered, firm_of: Mapping[str, int], roadmaps: bool
) -> None:
    """Score, level, money and what is in place, from the latest sheet; a plan where wanted."""
    raw = latest_sheets(session, col(Firm.district) == district)
    sheets = check_rows(questionnaire(), raw).sheets
    sheets = sheets.take([row for row, code in enumerate(sheets.firms.uscc) if code in firm_of])
    if not len(sheets):
        return
    row_of = {firm_of[code]: row for row, code in enumerate(sheets.firms.uscc.tolist())}
    scores = judge().scorer.score(sheets)
    own = default_budgets(sheets, profile_firms(sheets.firms).size, 1).yearly[:, 0]
    have = judge().planner.in_place_many(sheets)
    lacking = [
        row_of[one.firm] for one in found.applicants if one.firm in row_of and not one.wishes
    ]
    planned = judge().planner.plan_many(sheets.take(lacking)) if roadmaps and lacking else []
    plans = dict(zip(lacking, planned, strict=False))
    for at, one in enumerate(found.applicants):
        if (row := row_of.get(one.firm)) is None:
            continue
        known = replace(
            one,
            score=float(scores.score[row]),
            level=int(scores.level[row]),
            own=float(own[row]),
            in_place=have[row],
        )
        found.applicants[at] = _planned(known, plans[row]) if row in plans else known


def _planned(one: Applicant, roadmap: Roadmap) -> Applicant:
    wishes = tuple(
        Wish(None, planned.id, "", planned.cost, planned.gain) for planned in roadmap.projects
    )
    return replace(one, wishes=wishes, top=roadmap.level_after, planned=bool(wishes))


def _add_reports(session: Session, district: str, found: Gathered) -> None:
    """What accepted reports found stands above what the sheets come to."""
    last = (
        select(func.max(Report.id))
        .join(Diagnosis, col(Diagnosis.id) == Report.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(Firm.district == district, col(Diagnosis.state).in_(ACCEPTED))
        .group_by(col(Diagnosis.firm_id))
    )
    rows = session.exec(
        select(Diagnosis, Report)
        .join(Report, col(Report.diagnosis_id) == Diagnosis.id)
        .where(col(Report.id).in_(last))
    )
    told = {diagnosis.firm_id: (diagnosis.accepted_on, report) for diagnosis, report in rows}
    for at, one in enumerate(found.applicants):
        if one.firm in told:
            day, report = told[one.firm]
            found.applicants[at] = replace(
                one,
                score=one.score if report.score is None else report.score,
                level=one.level if report.level is None else report.level,
                accepted_on=day,
            )
