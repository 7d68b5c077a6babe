"""Lists of benchmark projects, of accepted projects to propose, and of firms with honours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.benchmarks.choosing import ACCEPTED, mean_points
from diagnose.benchmarks.levels import verified_level
from diagnose.benchmarks.rules import Rules
from diagnose.records import Benchmark, Copy, Firm, Project, Stage
from diagnose.web.paging import Paged, paged
from diagnose.web.retrofits.words import name_of
from questionnaires.clock import today

PER_PAGE = 25
POOLED = (
    Stage.POOLED,
    Stage.CONTRACTED,
    Stage.UNDER_WAY,
    Stage.FINISHED,
    Stage.TO_MEND,
)
DONE = (*ACCEPTED, Stage.BENCHMARK)


@dataclass(frozen=True, slots=True)
class Row:
    """A benchmark project with its firm, its mean points and how many copy it."""

    benchmark: Benchmark
    firm: Firm
    project: Project
    copies: int
    points: float | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A firm with honours: its verified level, its projects under way and accepted."""

    firm: Firm
    level: int | None
    accepted: int
    pooled: int
    done: int


def browse(session: Session, district: str, stage: str, rules: Rules, number: int) -> Paged:
    """A page of the benchmark projects, the latest first."""
    copies = (
        sqlalchemy.select(func.count())
        .where(col(Copy.benchmark_id) == col(Benchmark.id))
        .correlate(Benchmark)
        .scalar_subquery()
    )
    query: Any = (
        sqlalchemy.select(Benchmark, Firm, Project, copies)
        .join(Firm, col(Firm.id) == col(Benchmark.firm_id))
        .join(Project, col(Project.id) == col(Benchmark.project_id))
        .where(col(Firm.district) == district)
        .order_by(col(Benchmark.year).desc(), col(Benchmark.id).desc())
    )
    if stage:
        query = query.where(col(Benchmark.stage) == stage)
    page = paged(session, query, number, PER_PAGE)
    rows = [Row(b, f, p, c, mean_points(b, rules)) for b, f, p, c in page.rows]
    return Paged(rows, page.count, page.number, page.size)


def stages_of(session: Session, district: str) -> dict[str, int]:
    """How many stand at which stage."""
    rows = session.exec(
        select(Benchmark.stage, func.count())
        .join(Firm, col(Firm.id) == Benchmark.firm_id)
        .where(Firm.district == district)
        .group_by(col(Benchmark.stage))
    )
    return dict(rows.all())


def proposable(session: Session, district: str) -> list[tuple[int, str]]:
    """Accepted projects that were not proposed this year: id and how they are called."""
    proposed = select(Benchmark.project_id).where(Benchmark.year == today().year)
    rows = session.exec(
        select(Project, Firm)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(
            Firm.district == district,
            col(Project.stage).in_(ACCEPTED),
            col(Project.id).not_in(proposed),
        )
        .order_by(Firm.name, col(Project.id))
    )
    return [(project.id or 0, f"{firm.name} · {name_of(project)}") for project, firm in rows]


def browse_holders(session: Session, district: str, honour: int, number: int) -> Paged:
    """A page of the firms on the roster that hold an honour (0: any)."""
    counts = [_projects(), *(_projects(stages) for stages in (POOLED, DONE))]
    held = col(Firm.honours) if not honour else col(Firm.honours).op("&")(honour)
    query: Any = (
        sqlalchemy.select(Firm, verified_level(), *counts)
        .where(col(Firm.district) == district, col(Firm.on_roster), held > 0)
        .order_by(col(Firm.name), col(Firm.id))
    )
    page = paged(session, query, number, PER_PAGE)
    return Paged([Holder(*row) for row in page.rows], page.count, page.number, page.size)


def _projects(stages: tuple[Stage, ...] = ()) -> Any:
    """How many projects a firm has that were decided for, or stand at some stages."""
    ruled_out = (Stage.SUGGESTED, Stage.POSTPONED, Stage.REJECTED, Stage.TERMINATED)
    there = col(Project.stage).in_(stages) if stages else col(Project.stage).not_in(ruled_out)
    return (
        sqlalchemy.select(func.count())
        .where(col(Project.firm_id) == col(Firm.id), there)
        .correlate(Firm)
        .scalar_subquery()
    )
