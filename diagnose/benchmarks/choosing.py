"""From a proposal to a benchmark project: marks, site check, notice, decision, revocation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from diagnose.benchmarks.rules import Rules
from diagnose.records import (
    Account,
    Actor,
    Benchmark,
    BenchmarkKind,
    BenchmarkStage,
    Firm,
    Project,
    Stage,
    note,
)
from diagnose.records.claiming import claim, first_of
from diagnose.refusing import RefusedFor
from diagnose.retrofits import MoveRefused, Wanted, move_project
from questionnaires.clock import day_of
from questionnaires.text import Text

ACCEPTED = (Stage.PASSED, Stage.EFFECTIVE, Stage.CANDIDATE)
"""Stages of a project that passed its acceptance and is no benchmark yet."""
OPEN = (
    BenchmarkStage.PROPOSED,
    BenchmarkStage.SCORED,
    BenchmarkStage.CHECKED,
    BenchmarkStage.PUBLISHED,
)
"""Stages before the decision."""
MONTH = 30.44

NOT_ACCEPTED = Text(
    "只有验收通过的项目可以推荐为标杆。", "Only accepted projects can be proposed as benchmarks."
)
TWICE = Text("这个项目本年度已经推荐过。", "This project was already proposed this year.")
DECIDED = Text("已经作出决定，不能再改。", "It has been decided on and cannot be changed.")
NOT_CHOSEN = Text("只有已认定的标杆可以这样做。", "Only a chosen benchmark project can do this.")
MEANWHILE = Text(
    "别人刚刚改动了它，请查看最新情况后再操作。",
    "Somebody changed it meanwhile; look at how it stands now.",
)
REASON = Text("请写明原因。", "Please give the reason.")
NO_MARKS = Text("还没有评分。", "Nobody has given marks yet.")
TOO_FEW = Text("平均 {got} 分，低于 {least} 分。", "{got} points on average, below {least}.")
NO_SITE = Text("还没有通过现场复核。", "It has not passed a check on site.")
NO_NOTICE = Text("公示还没有结束。", "The public notice has not ended.")
NOT_EFFECTIVE = Text(
    "项目还没有确认见效，请先在项目储备库中确认。",
    "The effect of the project is not confirmed yet; confirm it in the pool first.",
)
SHORT_NOTICE = Text("公示至少 {days} 天。", "The notice runs at least {days} days.")


class ChoiceRefused(RefusedFor):
    """The step cannot be taken; `problems` say why."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A project as it is proposed."""

    kind: BenchmarkKind
    story: str = ""


def propose(
    session: Session, project: Project, proposal: Proposal, account: Account | None, actor: Actor
) -> Benchmark:
    """Propose an accepted project; the caller commits."""
    year = day_of(actor.moment).year
    if project.stage not in ACCEPTED:
        raise ChoiceRefused(NOT_ACCEPTED)
    held = select(Benchmark.id).where(Benchmark.project_id == project.id, Benchmark.year == year)
    if session.exec(held).first() is not None:
        raise ChoiceRefused(TWICE)
    district = account.district if account else _district(session, project)
    benchmark = Benchmark(
        district=district,
        project_id=project.id or 0,
        firm_id=project.firm_id,
        year=year,
        kind=proposal.kind.value,
        story=proposal.story,
        created_at=actor.moment,
    )
    with first_of(session, ChoiceRefused(TWICE)):
        session.add(benchmark)
    _noted(session, actor, benchmark, "benchmark.propose", project=project.id)
    if project.stage == Stage.EFFECTIVE:
        _moved(session, project, Wanted("nominate"), account, actor)
    return benchmark


def score(
    session: Session, benchmark: Benchmark, rules: Rules, points: Mapping[str, float], actor: Actor
) -> None:
    """Keep the marks of whoever acts; again replaces them. The caller commits."""
    marks = dict(benchmark.marks)
    marks[str(actor.account_id)] = dict(points) | {"day": day_of(actor.moment).isoformat()}
    total = rules.total(dict(points))
    stage = BenchmarkStage.SCORED if benchmark.stage == BenchmarkStage.PROPOSED else None
    _step(session, benchmark, {"marks": marks}, stage)
    _noted(session, actor, benchmark, "benchmark.score", points=total)


def check_site(
    session: Session, benchmark: Benchmark, day: date, told: str, *, passed: bool, actor: Actor
) -> None:
    """Keep what was seen on site; the caller commits."""
    early = benchmark.stage in {BenchmarkStage.PROPOSED, BenchmarkStage.SCORED}
    stage = BenchmarkStage.CHECKED if early and passed else None
    _step(session, benchmark, {"site": told, "site_on": day, "site_passed": passed}, stage)
    _noted(session, actor, benchmark, "benchmark.site", passed=passed)


def publish(
    session: Session,
    benchmark: Benchmark,
    rules: Rules,
    days: tuple[date, date],
    objections: str,
    actor: Actor,
) -> None:
    """Keep the days of the public notice, and what was objected; the caller commits."""
    begin, end = days
    if (end - begin).days + 1 < rules.notice_days:
        raise ChoiceRefused(SHORT_NOTICE.format(days=rules.notice_days))
    if not benchmark.site_passed:
        raise ChoiceRefused(NO_SITE)
    changes = {"notice_from": begin, "notice_until": end, "objections": objections}
    _step(session, benchmark, changes, BenchmarkStage.PUBLISHED)
    _noted(session, actor, benchmark, "benchmark.notice")


def decide(
    session: Session,
    benchmark: Benchmark,
    rules: Rules,
    *,
    chosen: bool,
    reason: str,
    account: Account | None,
    actor: Actor,
) -> None:
    """Choose the project, or refuse it with a reason; the caller commits."""
    project = session.get_one(Project, benchmark.project_id)
    if not chosen and not reason:
        raise ChoiceRefused(REASON)
    day = day_of(actor.moment)
    if chosen and (problems := lacking(benchmark, rules, project, day)):
        raise ChoiceRefused(*problems)
    changes: dict[str, Any] = {"reason": reason}
    if chosen:
        changes["review_on"] = day + timedelta(days=round(rules.review_months * MONTH))
    _step(session, benchmark, changes, BenchmarkStage.CHOSEN if chosen else BenchmarkStage.REFUSED)
    _noted(session, actor, benchmark, "benchmark.decide", chosen=chosen)
    if chosen:
        _moved(session, project, Wanted("award"), account, actor)
    elif project.stage == Stage.CANDIDATE:
        _moved(session, project, Wanted("stand_back", reason), account, actor)


def revoke(
    session: Session, benchmark: Benchmark, reason: str, account: Account | None, actor: Actor
) -> None:
    """Take the title away; the caller commits."""
    if benchmark.stage != BenchmarkStage.CHOSEN:
        raise ChoiceRefused(NOT_CHOSEN)
    if not reason:
        raise ChoiceRefused(REASON)
    project = session.get_one(Project, benchmark.project_id)
    _claim(session, benchmark, {"reason": reason, "stage": BenchmarkStage.REVOKED.value})
    _noted(session, actor, benchmark, "benchmark.revoke")
    if project.stage == Stage.BENCHMARK:
        _moved(session, project, Wanted("revoke", reason), account, actor)


def visited(session: Session, benchmark: Benchmark, visits: int, actor: Actor) -> None:
    """Count visits of others; the caller commits."""
    if benchmark.stage != BenchmarkStage.CHOSEN:
        raise ChoiceRefused(NOT_CHOSEN)
    _claim(session, benchmark, {"visits": benchmark.visits + visits})
    _noted(session, actor, benchmark, "benchmark.visit", visits=visits)


def mean_points(benchmark: Benchmark, rules: Rules) -> float | None:
    """The mean of the reviewers' points, None where nobody gave any."""
    totals = [rules.total(marks) for marks in benchmark.marks.values()]
    return sum(totals) / len(totals) if totals else None


def lacking(benchmark: Benchmark, rules: Rules, project: Project, day: date) -> tuple[Text, ...]:
    """What still stands against choosing it."""
    mean = mean_points(benchmark, rules)
    problems = []
    if mean is None:
        problems.append(NO_MARKS)
    elif mean < rules.least:
        problems.append(TOO_FEW.format(got=f"{mean:g}", least=f"{rules.least:g}"))
    if not benchmark.site_passed:
        problems.append(NO_SITE)
    if benchmark.notice_until is None or benchmark.notice_until >= day:
        problems.append(NO_NOTICE)
    if project.stage != Stage.CANDIDATE:
        problems.append(NOT_EFFECTIVE)
    return tuple(problems)


def _district(session: Session, project: Project) -> str:
    from_firm = select(Firm.district).where(Firm.id == project.firm_id)
    return session.exec(from_firm).one()


def _step(
    session: Session, benchmark: Benchmark, changes: dict[str, Any], stage: BenchmarkStage | None
) -> None:
    if benchmark.stage not in OPEN:
        raise ChoiceRefused(DECIDED)
    _claim(session, benchmark, changes | ({"stage": stage.value} if stage else {}))


def _claim(session: Session, benchmark: Benchmark, changes: Mapping[str, Any]) -> None:
    """Set the columns if nobody was faster."""
    if not claim(session, benchmark, benchmark.edition, **changes):
        raise ChoiceRefused(MEANWHILE)


def _moved(
    session: Session, project: Project, wanted: Wanted, account: Account | None, actor: Actor
) -> None:
    try:
        move_project(session, project, wanted, account, actor)
    except MoveRefused as refused:
        raise ChoiceRefused(*refused.problems) from refused


def _noted(
    session: Session, actor: Actor, benchmark: Benchmark, action: str, **details: Any
) -> None:
    subject = f"benchmark:{benchmark.id}"
    note(session, actor, action, subject, firm_id=benchmark.firm_id, **details)
