"""A firm's word on being named as an example: said on its own pages or on paper, and taken back.

Nobody but the firm gives it. What an officer enters is what a paper of the firm says, with its day
and where the paper is kept; the firm sees it and may say otherwise at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from diagnose.benchmarks.choosing import MEANWHILE, OPEN, ChoiceRefused
from diagnose.records import Actor, Benchmark, BenchmarkStage, Naming, Project, note
from diagnose.records.claiming import claim
from questionnaires.clock import day_of
from questionnaires.text import Text

ASKED = (*OPEN, BenchmarkStage.CHOSEN)
"""Stages in which a firm is asked."""

SAME = Text("已经是这样，没有改动。", "That is how it stands already; nothing was changed.")
NO_PROOF = Text("请写明书面材料及其存放处。", "Say which paper it is and where it is kept.")
TO_COME = Text("书面材料的日期不能晚于今天。", "The day of the paper cannot be to come.")
OUTDATED = Text(
    "企业在 {day} 已另有表示，只能登记这一天之后的书面材料。",
    "The firm said otherwise on {day}; only a later paper counts.",
)


def say(session: Session, benchmark: Benchmark, agreed: bool, actor: Actor) -> None:
    """The firm itself agrees to be named, or no longer does; the caller commits."""
    _keep(session, benchmark, agreed, day_of(actor.moment), "", actor)


def record_paper(
    session: Session, benchmark: Benchmark, agreed: bool, on: date, proof: str, actor: Actor
) -> None:
    """What a paper of the firm says; the caller commits.

    Raises `ChoiceRefused` without a proof, and where the firm said something since.
    """
    said = words_of(session, benchmark)
    if not proof:
        raise ChoiceRefused(NO_PROOF)
    if on > day_of(actor.moment):
        raise ChoiceRefused(TO_COME)
    if said and on <= said[0].said_on:
        raise ChoiceRefused(OUTDATED.format(day=said[0].said_on.isoformat()))
    _keep(session, benchmark, agreed, on, proof, actor)


def words_of(session: Session, benchmark: Benchmark) -> Sequence[Naming]:
    """What the firm said, the latest first."""
    return session.exec(
        select(Naming).where(Naming.benchmark_id == benchmark.id).order_by(col(Naming.id).desc())
    ).all()


def examples_of(session: Session, firm_id: int) -> Sequence[tuple[Benchmark, Project]]:
    """A firm's own projects that are proposed or chosen as examples, the latest first."""
    return session.exec(
        select(Benchmark, Project)
        .join(Project, col(Project.id) == Benchmark.project_id)
        .where(Benchmark.firm_id == firm_id)
        .order_by(col(Benchmark.year).desc(), col(Benchmark.id).desc())
    ).all()


def unanswered(session: Session, firm_id: int) -> Sequence[Project]:
    """The projects of a firm that may become examples and on whose naming it said nothing."""
    said = select(Naming.benchmark_id)
    return session.exec(
        select(Project)
        .join(Benchmark, col(Benchmark.project_id) == Project.id)
        .where(
            Benchmark.firm_id == firm_id,
            col(Benchmark.stage).in_(ASKED),
            col(Benchmark.id).not_in(said),
        )
        .order_by(col(Benchmark.id))
    ).all()


def _keep(
    session: Session, benchmark: Benchmark, agreed: bool, on: date, proof: str, actor: Actor
) -> None:
    seen = benchmark.edition
    if words_of(session, benchmark) and benchmark.named == agreed:
        raise ChoiceRefused(SAME)
    if not claim(session, benchmark, seen, named=agreed):
        raise ChoiceRefused(MEANWHILE)
    said = Naming(
        benchmark_id=benchmark.id or 0,
        agreed=agreed,
        said_on=on,
        proof=proof,
        entered_by=actor.account_id,
        entered_at=actor.moment,
    )
    session.add(said)
    note(
        session,
        actor,
        "benchmark.naming",
        f"benchmark:{benchmark.id}",
        firm_id=benchmark.firm_id,
        agreed=agreed,
        paper=bool(proof),
    )
