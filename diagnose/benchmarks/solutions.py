"""Solution sets by industry, from accepted projects: what was done, in which order, at what cost.

A line rests on at least `LEAST` firms. Costs, months and gains are middle halves widened to the
next round figures, so that none is that of one firm; no firm is named unless it agreed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.records import Benchmark, BenchmarkStage, Contract, Firm, Project, Stage
from models.roadmap import load_catalogue
from questionnaires.text import Text

Span = tuple[float, float]
LEAST = 3
ACCEPTED = (Stage.PASSED, Stage.EFFECTIVE, Stage.CANDIDATE, Stage.BENCHMARK)


@dataclass(frozen=True, slots=True)
class Line:
    """One project type in an industry: how many firms did it, and what it took and brought.

    `costs` 万元, `months` and `gain` (points) are from-to; None where fewer than `LEAST` firms
    have the figure. `place` is where it stands in the usual order.
    """

    type: str
    name: Text
    firms: int
    costs: Span | None
    months: Span | None
    gain: Span | None
    place: float


@dataclass(frozen=True, slots=True)
class Solution:
    """An industry's set, in the usual order; `hidden` types were done by fewer than `LEAST` firms.

    `named` are the benchmark firms that agreed to be named.
    """

    division: str
    firms: int
    lines: tuple[Line, ...]
    hidden: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    firm: int
    division: str
    type: str
    order: float
    months: float
    cost: float | None
    gain: float | None


def solutions_of(session: Session, district: str) -> list[Solution]:
    """The sets of the district's industries, the largest first; three statements."""
    done = _done(session, district)
    named = _named(session, district)
    by_division: dict[str, list[_Done]] = defaultdict(list)
    for each in done:
        by_division[each.division].append(each)
    found = [_solution(key, rows, named.get(key, ())) for key, rows in by_division.items()]
    return sorted((one for one in found if one.lines), key=lambda one: (-one.firms, one.division))


def _done(session: Session, district: str) -> list[_Done]:
    last = select(func.max(col(Contract.id))).group_by(col(Contract.project_id))
    rows = session.exec(
        select(Project, Firm.industry, Contract)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .outerjoin(Contract, (col(Contract.project_id) == Project.id) & col(Contract.id).in_(last))
        .where(Firm.district == district, col(Project.stage).in_(ACCEPTED))
        .order_by(col(Project.id))
    )
    return [
        _Done(
            firm=project.firm_id,
            division=industry[:2],
            type=project.type,
            order=project.year + project.position / 100,
            months=project.months,
            cost=contract.total if contract else None,
            gain=project.gain,
        )
        for project, industry, contract in rows
        if project.type in load_catalogue().index and industry
    ]


def _named(session: Session, district: str) -> Mapping[str, tuple[str, ...]]:
    rows = session.exec(
        select(Firm.industry, Firm.name)
        .join(Benchmark, col(Benchmark.firm_id) == Firm.id)
        .where(
            Benchmark.district == district,
            Benchmark.stage == BenchmarkStage.CHOSEN,
            col(Benchmark.named),
        )
        .distinct()
        .order_by(Firm.name)
    )
    named: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for industry, name in rows:
        named[industry[:2]] += (name,)
    return named


def _solution(division: str, done: Sequence[_Done], named: tuple[str, ...]) -> Solution:
    by_type: dict[str, list[_Done]] = defaultdict(list)
    for each in done:
        by_type[each.type].append(each)
    lines = [_line(key, rows) for key, rows in by_type.items()]
    shown = [line for line in lines if line.firms >= LEAST]
    return Solution(
        division=division,
        firms=len({each.firm for each in done}),
        lines=tuple(sorted(shown, key=lambda line: (line.place, line.type))),
        hidden=len(lines) - len(shown),
        named=named,
    )


def _line(type_: str, done: Sequence[_Done]) -> Line:
    return Line(
        type=type_,
        name=load_catalogue()[type_].name,
        firms=len({each.firm for each in done}),
        costs=_span((each.firm, each.cost) for each in done),
        months=_span(((each.firm, each.months) for each in done), step=1.0),
        gain=_span(((each.firm, each.gain) for each in done), step=1.0),
        place=float(np.mean([each.order for each in done])),
    )


def _span(pairs: Iterable[tuple[int, float | None]], step: float | None = None) -> Span | None:
    values = _by_firm(pairs)
    return outward(values, step) if len(values) >= LEAST else None


def _by_firm(pairs: Iterable[tuple[int, float | None]]) -> list[float]:
    """One figure a firm, the mean of its own, so that no firm counts twice."""
    held: dict[int, list[float]] = defaultdict(list)
    for firm, value in pairs:
        if value is not None:
            held[firm].append(value)
    return [float(np.mean(values)) for values in held.values()]


def outward(values: Sequence[float], step: float | None = None) -> Span:
    """The middle half of some figures, widened to the round figures beyond it, at least 0.

    `step` is what counts as round; by default half of the leading place.
    """
    low, high = np.quantile(np.array(values, float), [0.25, 0.75]).tolist()
    if step is None:
        step = 10 ** floor(log10(high)) / 2 if high > 0 else 1.0
    return max((ceil(low / step) - 1) * step, 0.0), (floor(high / step) + 1) * step
