"""Providers (3.11), benchmark projects (3.12), chains (3.13) and tasks (3.14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diagnose.campaigns.lights import Light
from diagnose.coverage.counting import tenths
from diagnose.ledgers.frames import Frame, framed, gathered, level_of, of_firm, seen_by
from diagnose.planning.wording import worded
from diagnose.reading import judge
from diagnose.records import (
    Account,
    Benchmark,
    BenchmarkKind,
    BenchmarkStage,
    Diagnosis,
    Firm,
    Interest,
    Kind,
    Project,
    Provider,
    Report,
    Stay,
    SupplyLink,
    Task,
    TaskPlan,
)
from diagnose.records.benchmark import Copy
from diagnose.records.publication import Rating
from diagnose.records.retrofit import Contract
from diagnose.tasks.following import follow
from diagnose.tasks.stages import STANDINGS
from diagnose.workflow import MACHINE
from questionnaires.text import Text

KINDS: Mapping[str, Text] = {
    BenchmarkKind.WORKSHOP: Text("数字化车间", "digital workshop"),
    BenchmarkKind.FACTORY: Text("智能工厂", "smart factory"),
    BenchmarkKind.SCENE: Text("场景", "scene"),
    BenchmarkKind.CHAIN: Text("链式", "chain"),
    BenchmarkKind.SERVICE: Text("服务型制造", "service-oriented manufacturing"),
    BenchmarkKind.AI: Text("AI", "AI"),
}
STAGES: Mapping[str, Text] = {
    BenchmarkStage.PROPOSED: Text("已申报", "proposed"),
    BenchmarkStage.SCORED: Text("已评分", "scored"),
    BenchmarkStage.CHECKED: Text("已现场复核", "checked on site"),
    BenchmarkStage.PUBLISHED: Text("公示中", "public notice"),
    BenchmarkStage.CHOSEN: Text("入选", "chosen"),
    BenchmarkStage.REFUSED: Text("未入选", "not chosen"),
    BenchmarkStage.REVOKED: Text("已撤销", "revoked"),
}
LIGHTS: Mapping[str, Text] = {
    Light.GREEN: Text("绿", "green"),
    Light.YELLOW: Text("黄", "yellow"),
    Light.RED: Text("红", "red"),
    Light.GREY: Text("灰", "grey"),
}
LINKS: Mapping[str, Text] = {
    "orders": Text("订单", "orders"),
    "quality": Text("质量", "quality"),
    "stock": Text("库存", "stock"),
    "codes": Text("标识", "codes"),
    "scheduling": Text("排产", "scheduling"),
}
AGREED = Text("已同意", "agreed")
ASKED = Text("待同意", "asked")
REFUSED = Text("未同意", "refused")
WITHDRAWN = Text("已撤回", "withdrawn")
PASSED = {True: Text("通过", "passed"), False: Text("不通过", "not passed")}
COVERING = ("done", "expired")
FEWEST = 5  # ratings; a mean of fewer would tell what single firms said
PROVIDERS_STEPS = (
    "accepted",
    "scheduled",
    "on_site",
    "visited",
    "drafting",
    "internal_check",
    "returned",
)


def providers(session: Session, account: Account, _day: date) -> Frame:
    """Every consultant of the providers at work in the district, with their provider's figures."""
    here = select(Diagnosis.provider_id).join(Firm, col(Firm.id) == Diagnosis.firm_id)
    rows = session.execute(
        select(Provider, Account)
        .outerjoin(
            Account, (col(Account.provider_id) == Provider.id) & (Account.kind == Kind.CONSULTANT)
        )
        .where(col(Provider.id).in_(here.where(seen_by(account))))
        .order_by(col(Provider.name), col(Account.name), col(Account.id))
    ).all()
    done, led = _diagnosed(session, account)
    times, quality = _times(session, account), _quality(session, account)
    liked, converted = _liked(session, account), _converted(session, account)
    interests = _counted(session, account, Interest.provider_id, Interest)
    cells = {
        "code": lambda r: r[0].code,
        "provider": lambda r: r[0].name,
        "specialities": lambda r: r[0].specialities,
        "valid_until": lambda r: r[0].valid_until,
        "diagnosed": lambda r: sum(each[1] for each in done.get(r[0].id, ())),
        "on_time": lambda r: _share(times.get(r[0].id, ()), lambda each: each),
        "returned": lambda r: _share(done.get(r[0].id, ()), lambda each: each[2] > 0),
        "quality": lambda r: _mean(quality.get(r[0].id, ())),
        "satisfaction": lambda r: _mean(liked.get(r[0].id, ()), FEWEST),
        "converted": lambda r: _share(converted.get(r[0].id, ()), lambda each: each),
        "interests": lambda r: interests.get(r[0].id, 0),
        "consultant": lambda r: r[1] and r[1].name,
        "certificate": lambda r: r[1] and r[1].certificate,
        "in_hand": lambda r: r[1] and led.get(r[1].id, 0),
        "barred": lambda r: interests.get(r[0].id, 0),
    }
    return framed(rows, cells)


def benchmarks(session: Session, account: Account, _day: date) -> Frame:
    """Every project that was proposed as an example."""
    rows = session.execute(
        select(Project, Benchmark, Firm.uscc, Firm.name)
        .join(Benchmark, col(Benchmark.project_id) == Project.id)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(seen_by(account))
        .order_by(col(Benchmark.year), col(Benchmark.id))
    ).all()
    copies = dict(
        map(
            tuple,
            session.execute(
                select(Copy.benchmark_id, func.count())
                .join(Benchmark, col(Benchmark.id) == Copy.benchmark_id)
                .where(Benchmark.district == account.district)
                .group_by(col(Copy.benchmark_id))
            ),
        )
    )
    cells = of_firm() | {
        "project": lambda r: f"X{r[0].id}",
        "title": lambda r: worded(r[0], judge().catalogue).name,
        "year": lambda r: r[1].year,
        "kind": lambda r: KINDS[r[1].kind],
        "score": lambda r: _points(r[1].marks),
        "site": lambda r: PASSED.get(r[1].site_passed),
        "site_on": lambda r: r[1].site_on,
        "notice": lambda r: _span(r[1].notice_from, r[1].notice_until),
        "stage": lambda r: STAGES[r[1].stage],
        "visits": lambda r: r[1].visits,
        "copies": lambda r: copies.get(r[1].id, 0),
        "review_on": lambda r: r[1].review_on,
    }
    return framed(rows, cells)


def chains(session: Session, account: Account, _day: date) -> Frame:
    """Every supplier of a chain leader, both of the district."""
    leader = aliased(Firm)
    rows = session.execute(
        select(SupplyLink, leader.name.label("leader"), Firm.uscc, Firm.name)  # type: ignore[attr-defined]  # a column
        .join(leader, leader.id == SupplyLink.leader_id)  # type: ignore[arg-type]  # as above
        .join(Firm, col(Firm.id) == SupplyLink.supplier_id)
        .where(seen_by(account), leader.district == account.district)
        .order_by(col(SupplyLink.leader_id), col(SupplyLink.id))
    ).all()
    levels = _levels(session, account)
    cells = {
        "leader": lambda r: r.leader,
        "supplier": lambda r: r.name,
        "supplier_uscc": lambda r: r.uscc,
        "supplies": lambda r: r[0].supplies,
        "links": lambda r: tuple(LINKS[each] for each in r[0].links if each in LINKS),
        "agreed": lambda r: r[0].agreed_at is not None and r[0].withdrawn_at is None,
        "agreed_on": lambda r: r[0].agreed_at,
        "level": lambda r: level_of(levels.get(r[0].supplier_id)),
        "target": lambda r: r[0].target,
        "project": lambda r: f"X{r[0].project_id}" if r[0].project_id else None,
        "state": lambda r: _agreement(r[0]),
    }
    return framed(rows, cells)


def tasks(session: Session, account: Account, day: date) -> Frame:
    """Every task of the district's plans, with its light and letters."""
    held = session.exec(
        select(Task)
        .join(TaskPlan, col(TaskPlan.id) == Task.plan_id)
        .where(TaskPlan.district == account.district)
        .order_by(col(Task.plan_id), col(Task.id))
    ).all()
    cells = {
        "task": lambda r: r.task.number,
        "clause": lambda r: r.task.clause,
        "title": lambda r: r.task.title,
        "indicator": lambda r: r.task.indicator,
        "goal": lambda r: r.task.goal,
        "unit": lambda r: r.task.unit,
        "lead": lambda r: r.task.lead,
        "others": lambda r: "、".join(r.task.others),
        "due": lambda r: r.task.due_on,
        "value": lambda r: r.value.value,
        "share": lambda r: r.share,
        "light": lambda r: LIGHTS[r.light],
        "standing": lambda r: STANDINGS[r.standing],
        "proof": lambda r: r.task.proof,
        "letters": lambda r: len(r.letters),
        "letter": lambda r: r.letters[-1].number if r.letters else None,
        "mend_by": lambda r: r.letters[-1].mend_by if r.letters else None,
        "closed_on": lambda r: r.task.closed_on,
    }
    return framed(follow(session, account.district, held, day), cells)


def _diagnosed(
    session: Session, account: Account
) -> tuple[Mapping[int, list[tuple[int, bool, int]]], Mapping[int, int]]:
    """By provider: each diagnosis, whether it is accepted, times returned; by lead: those open."""
    columns: list[Any] = [Diagnosis.id, Diagnosis.provider_id, Diagnosis.lead_id]
    columns += [Diagnosis.state, Diagnosis.rounds]
    rows = session.execute(
        select(*columns)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Diagnosis.provider_id).is_not(None))
    ).all()
    led: dict[int, int] = {}
    for row in rows:
        if row.state not in (*COVERING, "exempt") and row.lead_id:
            led[row.lead_id] = led.get(row.lead_id, 0) + 1
    done = gathered((r.provider_id, r.id, r.state in COVERING, r.rounds) for r in rows)
    return done, led


def _times(session: Session, account: Account) -> Mapping[int, list[bool]]:
    """By provider: of each step of theirs that is over, whether it took no longer than it may."""
    columns: list[Any] = [Stay.provider_id, Stay.state, Stay.since, Stay.until]
    rows = session.execute(
        select(*columns)
        .join(Firm, col(Firm.id) == Stay.firm_id)
        .where(seen_by(account), col(Stay.state).in_(PROVIDERS_STEPS), col(Stay.until).is_not(None))
    )
    return gathered(
        (provider, (until - since).days <= (MACHINE.states[state].days or 0))
        for provider, state, since, until in rows
    )


def _quality(session: Session, account: Account) -> Mapping[int, list[float]]:
    rows = session.execute(
        select(Diagnosis.provider_id, Report.quality)
        .join(Diagnosis, col(Diagnosis.id) == Report.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account))
    )
    return gathered((who, each["score"]) for who, each in rows if each.get("score") is not None)


def _liked(session: Session, account: Account) -> Mapping[int, list[int]]:
    return gathered(
        session.execute(
            select(Diagnosis.provider_id, Rating.satisfaction)
            .join(Rating, col(Rating.diagnosis_id) == Diagnosis.id)
            .join(Firm, col(Firm.id) == Diagnosis.firm_id)
            .where(seen_by(account))
        )
    )


def _converted(session: Session, account: Account) -> Mapping[int, list[bool]]:
    """By provider: of each accepted diagnosis, whether one of its projects was contracted."""
    contracted = (
        select(Project.diagnosis_id).join(Contract, col(Contract.project_id) == Project.id)
    ).distinct()
    rows = session.execute(
        select(Diagnosis.provider_id, col(Diagnosis.id).in_(contracted))
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Diagnosis.state).in_(COVERING))
    )
    return gathered((who, bool(signed)) for who, signed in rows)


def _counted(session: Session, account: Account, key: Any, table: Any) -> Mapping[int, int]:
    rows = session.execute(
        select(key, func.count())
        .join(Firm, col(Firm.id) == table.firm_id)
        .where(seen_by(account))
        .group_by(key)
    )
    return dict(map(tuple, rows))


def _levels(session: Session, account: Account) -> Mapping[int, int | None]:
    """The level by the latest accepted report of each firm."""
    rows = session.execute(
        select(Diagnosis.firm_id, Report.level)
        .join(Report, col(Report.diagnosis_id) == Diagnosis.id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Diagnosis.state).in_(COVERING))
        .order_by(col(Diagnosis.accepted_on), col(Report.id))
    )
    return dict(map(tuple, rows))


def _share(parts: Any, wanted: Any) -> float | None:
    """Per cent, cut to one decimal; None where there is nothing to count."""
    held = list(parts)
    return tenths(sum(bool(wanted(each)) for each in held), len(held)) if held else None


def _mean(values: Any, least: int = 1) -> float | None:
    held = list(values)
    return round(sum(held) / len(held), 1) if len(held) >= least else None


def _points(marks: Mapping[str, Mapping[str, Any]]) -> float | None:
    """The mean of the reviewers' points."""
    totals = [
        sum(value for name, value in given.items() if name != "day") for given in marks.values()
    ]
    return _mean(totals)


def _span(first: date | None, last: date | None) -> str | None:
    return f"{first:%Y-%m-%d}—{last:%Y-%m-%d}" if first and last else None


def _agreement(link: SupplyLink) -> Text:
    if link.withdrawn_at:
        return WITHDRAWN
    if link.refused_at:
        return REFUSED
    return AGREED if link.agreed_at else ASKED
