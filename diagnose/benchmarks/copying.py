"""Firms that follow a benchmark project, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from diagnose.benchmarks.choosing import NOT_CHOSEN, ChoiceRefused
from diagnose.records import Actor, Benchmark, BenchmarkStage, Copy, Firm, Project, note
from questionnaires.text import Text

ITSELF = Text("标杆企业本身不算复制企业。", "The benchmark’s own firm is no copy.")
ALREADY = Text("这家企业已经登记。", "This firm is registered already.")
NOT_ITS_OWN = Text("这个项目不属于这家企业。", "This project is another firm’s.")


def add_copy(
    session: Session,
    benchmark: Benchmark,
    firm: Firm,
    project: Project | None,
    told: str,
    actor: Actor,
) -> Copy:
    """Register a firm that copies a benchmark project; the caller commits."""
    if benchmark.stage != BenchmarkStage.CHOSEN:
        raise ChoiceRefused(NOT_CHOSEN)
    if firm.id == benchmark.firm_id:
        raise ChoiceRefused(ITSELF)
    if project is not None and project.firm_id != firm.id:
        raise ChoiceRefused(NOT_ITS_OWN)
    known = select(Copy).where(Copy.benchmark_id == benchmark.id, Copy.firm_id == firm.id)
    copy = session.exec(known).first()
    if copy is not None and (project is None or copy.project_id == project.id):
        raise ChoiceRefused(ALREADY)
    copy = copy or Copy(benchmark_id=benchmark.id or 0, firm_id=firm.id or 0, added_at=actor.moment)
    copy.project_id, copy.note = (project.id if project else None), told
    session.add(copy)
    session.flush()
    note(
        session,
        actor,
        "copy.add",
        f"benchmark:{benchmark.id}",
        firm_id=firm.id,
        project=copy.project_id,
    )
    return copy


def copies_of(
    session: Session, benchmark: Benchmark
) -> Sequence[tuple[Copy, Firm, Project | None]]:
    """The firms that copy it, the first ones first."""
    return session.exec(
        select(Copy, Firm, Project)
        .join(Firm, col(Firm.id) == Copy.firm_id)
        .outerjoin(Project, col(Project.id) == Copy.project_id)
        .where(Copy.benchmark_id == benchmark.id)
        .order_by(col(Copy.id))
    ).all()
