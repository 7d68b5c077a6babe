"""Streets and parks side by side: coverage, levels, projects and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from diagnose.coverage import count_coverage
from diagnose.records import Contract, Firm, Project, Stage

TAKEN_UP = (
    Stage.POOLED,
    Stage.CONTRACTED,
    Stage.UNDER_WAY,
    Stage.FINISHED,
    Stage.TO_MEND,
    Stage.FAILED,
    Stage.PASSED,
    Stage.EFFECTIVE,
    Stage.CANDIDATE,
    Stage.BENCHMARK,
)
"""Stages from the pool on."""
BEGUN = TAKEN_UP[1:]


@dataclass(frozen=True, slots=True)
class Street:
    """One street or park; '' where none is given. `covered` of `due`, `share` floored per cent.

    `pooled` projects and those of them `begun`; `planned` their money by the plans and
    `contracted` by the contracts, in 万元.
    """

    name: str
    due: int
    covered: int
    share: float | None
    pooled: int
    begun: int
    planned: float
    contracted: float


def side_by_side(session: Session, district: str, day: date) -> list[Street]:
    """Every street of the district on a day, the district itself last."""
    coverage = count_coverage(session, district, day)
    money = _projects(session, district)
    parts = coverage.by["street" if "street" in coverage.by else "region"]
    known = {tally.key: tally for tally in parts}
    names = [*(tally.key for tally in parts), *sorted(set(money) - set(known))]
    found = [_street(name, known.get(name), money.get(name)) for name in names]
    whole = [sum(column) for column in zip(*money.values(), strict=True)] if money else None
    return [*found, _street("", coverage.total, whole)]


def _street(name: str, tally: Any, money: Any) -> Street:
    pooled, begun, planned, contracted = money or (0, 0, 0.0, 0.0)
    return Street(
        name=name,
        due=tally.due if tally else 0,
        covered=tally.covered if tally else 0,
        share=tally.share if tally else None,
        pooled=int(pooled),
        begun=int(begun),
        planned=float(planned or 0),
        contracted=float(contracted or 0),
    )


def _projects(session: Session, district: str) -> Mapping[str, tuple[Any, ...]]:
    """Projects from the pool on and their money by street, with the last contract of each."""
    last = (
        select(Contract.project_id, func.max(Contract.id).label("id"))
        .group_by(col(Contract.project_id))
        .subquery()
    )
    begun = func.sum(case((col(Project.stage).in_(BEGUN), 1), else_=0))
    columns: tuple[Any, ...] = (
        Firm.region,
        func.count(),
        begun,
        func.coalesce(func.sum(Project.cost_mid), 0.0),
        func.coalesce(func.sum(Contract.total), 0.0),
    )
    rows = session.execute(
        select(*columns)
        .select_from(Project)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .outerjoin(last, last.c.project_id == col(Project.id))
        .outerjoin(Contract, col(Contract.id) == last.c.id)
        .where(Firm.district == district, col(Project.stage).in_(TAKEN_UP))
        .group_by(Firm.region)
    )
    return {name: tuple(figures) for name, *figures in rows}
