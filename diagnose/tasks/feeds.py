"""Figures of the system that an indicator of a task can follow: part, whole and day of each.

All of them together take a constant number of statements, whatever the size of the district.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from diagnose.campaigns.finding import current_campaign
from diagnose.coverage import Figures, figures_of
from diagnose.coverage.arrays import Flags
from diagnose.coverage.counting import tenths
from diagnose.coverage.measures import surveyed
from diagnose.records import (
    Acceptance,
    Benchmark,
    BenchmarkStage,
    Campaign,
    Contract,
    Firm,
    Project,
    SupplyLink,
    Verdict,
)
from diagnose.records.roster import Honour
from questionnaires.clock import HERE
from questionnaires.text import Text

LARGE, LEAST_LEVEL = 3, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure on a day: a count, or `part` of `whole`; `source` names the list it rests on."""

    part: int
    whole: int | None
    day: date
    source: str = ""

    @property
    def value(self) -> float | None:
        """The count, or the share per cent cut to one decimal; None where nothing is due."""
        return float(self.part) if self.whole is None else tenths(self.part, self.whole)


class Counter:
    """A district on a day, read once for all the figures that are asked for."""

    def __init__(self, session: Session, district: str, day: date) -> None:
        self.session, self.district, self.day = session, district, day

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign of the day."""
        return current_campaign(self.session, self.district, self.day)

    @cached_property
    def figures(self) -> Figures:
        """The firms of the district with what coverage knows of each."""
        return figures_of(self.session, self.district, self.day, self.campaign)

    @property
    def until(self) -> datetime:
        """The end of the day."""
        return datetime.combine(self.day + timedelta(days=1), time(), HERE)

    def share(self, part: Flags, whole: Flags, source: str = "") -> Reading:
        """How many firms of `whole` are in `part`."""
        both = int(np.count_nonzero(part & whole))
        return Reading(both, int(np.count_nonzero(whole)), self.day, source)

    def count(self, column: Any, *where: Any) -> Reading:
        """How many different values of a column belong to firms of the district."""
        query = select(func.count(column.distinct())).where(*where)
        return Reading(self.session.scalar(query) or 0, None, self.day)

    @property
    def own(self) -> Any:
        """The firms of the district."""
        return select(Firm.id).where(Firm.district == self.district)


Count = Callable[[Counter], Reading | None]


@dataclass(frozen=True, slots=True)
class Feed:
    """A figure by its name; `count` gives None where it cannot be told."""

    title: Text
    unit: Text
    count: Count


PERCENT, FIRMS = Text("%", "%"), Text("家", "firms")
PROJECTS = Text("个", "projects")


def read_feeds(
    session: Session, district: str, day: date, names: Iterable[str]
) -> dict[str, Reading | None]:
    """The figures of `names` on `day`; a name that is not known gives None."""
    counter = Counter(session, district, day)
    return {
        name: FEEDS[name].count(counter) if name in FEEDS else None for name in dict.fromkeys(names)
    }


def _dynamic(it: Counter) -> Reading:
    return it.share(it.figures.at.covered, it.figures.at.due)


def _assessed(it: Counter) -> Reading | None:
    held = it.figures.assessed
    if held is None or it.campaign is None:
        return None
    return it.share(held.done, held.due, it.campaign.list_version)


def _ever(it: Counter) -> Reading:
    return Reading(int(np.count_nonzero(it.figures.ever)), None, it.day)


def _self_assessed(it: Counter) -> Reading:
    return it.share(it.figures.at.assessed, it.figures.at.due)


def _specialised(it: Counter) -> Reading:
    special = it.figures.part("honour", int(Honour.SPECIALISED))
    return it.share(it.figures.at.covered, it.figures.at.due & special)


def _level(it: Counter) -> Reading:
    size = it.figures.codes("size")
    small = (size >= 0) & (size < LARGE)
    reached = it.figures.at.covered & (it.figures.levels >= LEAST_LEVEL)
    return it.share(reached, it.figures.at.due & small)


def _census(it: Counter) -> Reading:
    return it.share(surveyed(it.session, it.figures.panel, it.day), it.figures.at.due)


def _contracted(it: Counter) -> Reading:
    return it.count(
        col(Contract.project_id),
        col(Contract.signed_on) <= it.day,
        col(Project.id) == Contract.project_id,
        col(Project.firm_id).in_(it.own),
    )


def _accepted(it: Counter) -> Reading:
    return it.count(
        col(Acceptance.project_id),
        Acceptance.verdict == Verdict.PASSED,
        col(Acceptance.decided_on) <= it.day,
        col(Project.id) == Acceptance.project_id,
        col(Project.firm_id).in_(it.own),
    )


def _benchmarks(it: Counter) -> Reading:
    return it.count(
        col(Benchmark.project_id),
        Benchmark.district == it.district,
        Benchmark.stage == BenchmarkStage.CHOSEN,
        col(Benchmark.year) <= it.day.year,
    )


def _suppliers(it: Counter) -> Reading:
    return it.count(
        col(SupplyLink.supplier_id),
        col(SupplyLink.leader_id).in_(it.own),
        col(SupplyLink.agreed_at) < it.until,
        or_(col(SupplyLink.withdrawn_at).is_(None), col(SupplyLink.withdrawn_at) >= it.until),
    )


FEEDS: Mapping[str, Feed] = MappingProxyType(
    {
        "coverage.dynamic": Feed(Text("动态覆盖率", "Dynamic coverage"), PERCENT, _dynamic),
        "coverage.assessed": Feed(Text("考核覆盖率", "Assessed coverage"), PERCENT, _assessed),
        "firms.diagnosed": Feed(Text("累计诊断企业", "Firms ever diagnosed"), FIRMS, _ever),
        "firms.assessed": Feed(
            Text("一年内完成自评的企业", "Firms self-assessed within a year"),
            PERCENT,
            _self_assessed,
        ),
        "firms.census": Feed(Text("需求普查完成率", "Firms with a census sheet"), PERCENT, _census),
        "firms.specialised": Feed(
            Text("专精特新企业诊断覆盖率", "Specialised small firms diagnosed"),
            PERCENT,
            _specialised,
        ),
        "smes.level_2": Feed(
            Text("达到二级及以上的中小企业", "Small and medium firms at level 2 or above"),
            PERCENT,
            _level,
        ),
        "projects.contracted": Feed(
            Text("已签约改造项目", "Projects contracted"), PROJECTS, _contracted
        ),
        "projects.accepted": Feed(Text("已验收改造项目", "Projects accepted"), PROJECTS, _accepted),
        "benchmarks.chosen": Feed(
            Text("标杆示范项目", "Benchmark projects chosen"), PROJECTS, _benchmarks
        ),
        "suppliers.agreed": Feed(
            Text("链主带动的供应商", "Suppliers under chain leaders"), FIRMS, _suppliers
        ),
    }
)
