"""Benchmark projects of the fictional district, firms that copy one, and a supply chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from diagnose.benchmarks import chains, choosing, naming
from diagnose.benchmarks.chains import Item
from diagnose.benchmarks.choosing import Proposal
from diagnose.benchmarks.copying import add_copy
from diagnose.benchmarks.rules import Rules, read_rules
from diagnose.demonstration.people import Cast
from diagnose.demonstration.scene import Scene
from diagnose.records import Actor, Benchmark, BenchmarkKind, Firm, Project, Stage, SupplyLink

AHEAD = timedelta(hours=8)
SHARE = 0.82  # of the full marks
STORY = "从纸质报工到扫码报工：三个月上线，班组长当天就能看到差距。（演示）"
SUPPLIES = ("冲压件", "注塑件", "紧固件", "包装箱", "线束", "铸件")
KINDS = (BenchmarkKind.WORKSHOP, BenchmarkKind.SCENE, BenchmarkKind.WORKSHOP)
CHOSEN, BEGUN = 2, timedelta(days=45)  # so many are chosen; the selection began so long ago
COPYING = (Stage.POOLED, Stage.CONTRACTED, Stage.UNDER_WAY)
COPIERS = slice(40, 43)
LEADER = 10
SUPPLIERS = slice(20, 26)


def show_benchmarks(scene: Scene) -> None:
    """Choose benchmark projects and leave one half-way; link a leader with suppliers."""
    session, cast, day = scene.session, scene.cast, scene.day
    rules = read_rules(Path())
    effective = session.exec(
        select(Project)
        .where(
            Project.stage == Stage.EFFECTIVE,
            col(Project.stage_since) < _at(cast, day - BEGUN).moment,
        )
        .order_by(col(Project.id))
    ).all()
    firms = session.exec(select(Firm).where(Firm.on_roster).order_by(col(Firm.id))).all()
    for at, (project, kind) in enumerate(zip(effective, KINDS, strict=False)):
        benchmark = _select(session, cast, project, kind, rules, day, chosen=at < CHOSEN)
        if at < CHOSEN:
            by = _at(cast, day - timedelta(days=10))
            _followed(session, benchmark, project, firms[COPIERS], by)
    if len(firms) > SUPPLIERS.stop:
        _chain(session, cast, firms, day)


def _at(cast: Cast, day: date) -> Actor:
    return Actor(cast.officer.id, at=datetime.combine(day, time(9, 30), UTC) - AHEAD)


def _select(
    session: Session,
    cast: Cast,
    project: Project,
    kind: BenchmarkKind,
    rules: Rules,
    day: date,
    *,
    chosen: bool,
) -> Benchmark:
    """Take a project through the selection, as far as the decision or up to the marks."""
    officer, begun = cast.officer, day - BEGUN
    proposal = Proposal(kind, STORY)
    benchmark = choosing.propose(session, project, proposal, officer, _at(cast, begun))
    points = {each.id: round(each.points * SHARE) * 1.0 for each in rules.criteria}
    choosing.score(session, benchmark, rules, points, _at(cast, begun + timedelta(days=5)))
    if not chosen:
        return benchmark
    accounts = {account.firm_id: account.id for account in cast.firms}
    answered = Actor(accounts.get(project.firm_id), at=_at(cast, begun + timedelta(days=6)).at)
    naming.say(session, benchmark, True, answered)
    seen = begun + timedelta(days=9)
    told = "到现场看了两条线，数据与系统一致。（演示）"
    choosing.check_site(session, benchmark, seen, told, passed=True, actor=_at(cast, seen))
    days = (seen + timedelta(days=3), seen + timedelta(days=9))
    choosing.publish(session, benchmark, rules, days, "", _at(cast, days[0]))
    decided = _at(cast, days[1] + timedelta(days=2))
    choosing.decide(
        session, benchmark, rules, chosen=True, reason="", account=officer, actor=decided
    )
    return benchmark


def _followed(
    session: Session,
    benchmark: Benchmark,
    project: Project,
    visitors: Sequence[Firm],
    actor: Actor,
) -> None:
    """Some visitors mean to do the same; others have a project like it under way."""
    choosing.visited(session, benchmark, 4, actor)
    like = select(Project, Firm).join(Firm, col(Firm.id) == Project.firm_id)
    same = (Project.type == project.type, Firm.id != project.firm_id)
    under_way = like.where(*same, col(Project.stage).in_(COPYING)).order_by(col(Project.id))
    copies: dict[int | None, tuple[Firm, Project | None]] = {
        firm.id: (firm, None) for firm in visitors if firm.id != project.firm_id
    }
    for theirs, firm in session.exec(under_way.limit(len(visitors))):
        copies[firm.id] = (firm, theirs)
    for firm, other in copies.values():
        told = "参照标杆实施（演示）" if other else "观摩后准备照做（演示）"
        add_copy(session, benchmark, firm, other, told, actor)


def _chain(session: Session, cast: Cast, firms: Sequence[Firm], day: date) -> None:
    """A leader with six suppliers: three agree, one refuses, two have not answered."""
    leader, asked = firms[LEADER], day - timedelta(days=30)
    accounts = {account.firm_id: account.id for account in cast.firms}
    answers: list[Callable[[SupplyLink, Actor], None]] = [
        lambda link, by: chains.agree(session, link, [Item.QUALITY, Item.STOCK], 0, by),
        lambda link, by: chains.agree(session, link, [Item.ORDERS, Item.LEVEL], 0, by),
        lambda link, by: chains.refuse(session, link, 0, by),
        lambda link, by: chains.agree(session, link, [Item.QUALITY, Item.LEVEL], 0, by),
    ]
    for at, (supplier, what) in enumerate(zip(firms[SUPPLIERS], SUPPLIES, strict=True)):
        worked_on = [Item.QUALITY, Item.STOCK]
        link = chains.link_up(session, leader, supplier, what, worked_on, _at(cast, asked))
        if at < len(answers):
            moment = datetime.combine(asked + timedelta(days=2 + at), time(15), UTC) - AHEAD
            answers[at](link, Actor(accounts.get(supplier.id), at=moment))
