"""The first roster and each year's additions, brought in as files, the way a bureau does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from diagnose.records import Account, Actor
from diagnose.roster.intake.comparing import plan_import
from diagnose.roster.intake.fields import match
from diagnose.roster.intake.reading import read_head
from diagnose.roster.intake.writing import Source, take_over
from reports.workbook.tables import Cell, Column, Sheet, write_tables

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "序号": "",
        "单位详细名称": "name",
        "统一社会信用代码": "uscc",
        "行业代码": "industry",
        "所在街道": "region",
        "所属园区": "park",
        "重点产业链": "chain",
        "从业人员期末人数": "employees",
        "营业收入（万元）": "revenue",
        "优质企业称号": "honours",
        "网格员": "grid",
        "入规时间": "entered_on",
        "入规方式": "how",
    }
)
"""The columns of the invented bureau's own files, and the fact that each holds."""
HONOURS = {1: "创新型中小企业", 2: "专精特新中小企业", 4: "专精特新“小巨人”企业"}
HOW = {"yearly": "年度审核", "monthly": "月度新投产"}
FIRST = "{year} 年规上工业企业名录（示例）.xlsx"
MENDED = "{year} 年规上工业企业名录 待改正的行（已改）.xlsx"
ADDED = "{year} 年度新增规上工业企业（示例）.xlsx"
VOUCHED = "示例区统计局"
HEARD, MENDING = timedelta(days=12), timedelta(days=3)
WIDTH = 16

WRONG: Mapping[str, str] = MappingProxyType(
    {
        "uscc": "91420100",
        "name": "",
        "industry": "9999",
        "employees": "约一百人",
        "entered_on": "2019年13月",
        "how": "划转",
    }
)
"""What some rows of the first file hold in place of what they should."""


@dataclass(frozen=True, slots=True)
class Entering:
    """A firm as it was when it entered, since when and how; `wrong` is what its row has wrong."""

    facts: Mapping[str, Any]
    on: date
    how: str
    wrong: str = ""


def spoil(entering: Sequence[Entering]) -> list[Entering]:
    """The same firms, the first ones with a fault each."""
    faults = [*WRONG]
    return [
        replace(each, wrong=faults[at] if at < len(faults) else "")
        for at, each in enumerate(entering)
    ]


def bring_in(session: Session, officer: Account, entering: Sequence[Entering], first: date) -> None:
    """Take over a file of the whole roster on `first`, the rows it had wrong, and later years'."""
    old = [each for each in entering if each.on <= first]
    books = _Books(session, officer)
    books.take(FIRST.format(year=first.year), old, first, first + HEARD)
    wrong = [replace(each, wrong="") for each in old if each.wrong]
    books.take(MENDED.format(year=first.year), wrong, first, first + HEARD + MENDING)
    later = sorted((each for each in entering if each.on > first), key=lambda each: each.on)
    for on, some in groupby(later, key=lambda each: each.on):
        books.take(ADDED.format(year=on.year), [*some], on, on + HEARD)


@dataclass(frozen=True, slots=True)
class _Books:
    """Who takes files over into which records."""

    session: Session
    officer: Account

    def take(self, name: str, entering: Sequence[Entering], on: date, heard: date) -> None:
        """Write a file as the bureau got it, and take its good rows over."""
        if not entering:
            return
        moment = datetime.combine(heard, time(2), UTC)
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            with path.open("wb") as file:
                write_tables(file, [_sheet(entering)], datetime.combine(heard, time()))
            head = read_head(path, name)
            meant = match(head.headings)
            plan = plan_import(self.session, path, head, meant, self.officer.district, on)
            read = dict(zip(head.headings, meant, strict=True))
            source = Source(name, sha256(path.read_bytes()).hexdigest(), read, VOUCHED)
        actor = Actor(self.officer.id, at=moment)
        take_over(self.session, plan, source, actor, good_only=bool(plan.bad))


def _sheet(entering: Sequence[Entering]) -> Sheet:
    rows = [_row(each, number) for number, each in enumerate(entering, 1)]
    columns = zip(*rows, strict=True)
    return Sheet(
        "名录",
        tuple(
            Column(heading, WIDTH, cells) for heading, cells in zip(HEADINGS, columns, strict=True)
        ),
    )


def _row(entering: Entering, number: int) -> list[Cell]:
    held = dict(entering.facts)
    held["honours"] = "、".join(
        word for flag, word in HONOURS.items() if int(held["honours"]) & flag
    )
    held |= {"": number, "entered_on": entering.on.isoformat(), "how": HOW[entering.how]}
    if entering.wrong:
        held[entering.wrong] = WRONG[entering.wrong]
    return [held[fact] for fact in HEADINGS.values()]
