"""Benchmark projects (3.12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from diagnose.ledgers.frames import (
    Frame,
    framed,
    mean,
    of_firm,
    seen_by,
)
from diagnose.planning.wording import worded
from diagnose.reading import judge
from diagnose.records import (
    Account,
    Benchmark,
    BenchmarkKind,
    BenchmarkStage,
    Firm,
    Project,
)
from diagnose.records.benchmark import Copy
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
PASSED = {True: Text("通过", "passed"), False: Text("不通过", "not passed")}


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


def _points(marks: Mapping[str, Mapping[str, Any]]) -> float | None:
    """The mean of the reviewers' points."""
    totals = [
        sum(value for name, value in given.items() if name != "day") for given in marks.values()
    ]
    return mean(totals)


def _span(first: date | None, last: date | None) -> str | None:
    return f"{first:%Y-%m-%d}—{last:%Y-%m-%d}" if first and last else None
