"""The roster of a day as a table, under headings that an import reads again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from diagnose.roster.past import Then
from diagnose.roster.words import GROUNDS, honours_in
from models.firms import SIZES, UNKNOWN_SIZE, industry_name
from questionnaires.text import Language, Text
from reports.workbook.tables import Column, Sheet

YES = Text("是", "yes")
NO = Text("否", "no")
TITLE = Text("{day} 名录", "Roster on {day}")

Cell = str | float | None
Say = Callable[[Text], str]


def _industry(row: Then, say: Say) -> str:
    return say(industry_name(row.facts["industry"])) if row.facts["industry"] else ""


def _size(row: Then) -> Text:
    return SIZES[row.size] if row.size >= 0 else UNKNOWN_SIZE


def _honours(row: Then, say: Say) -> str:
    return ";".join(map(say, honours_in(row.facts["honours"])))


def _ground(row: Then, say: Say) -> str | None:
    ground: Any = GROUNDS.get(row.ground)
    return say(ground) if ground else None


COLUMNS: tuple[tuple[Text, float, Callable[[Then, Say], Cell]], ...] = (
    (Text("统一社会信用代码", "Unified social credit code"), 22, lambda r, _: r.facts["uscc"]),
    (Text("企业名称", "Name of the firm"), 36, lambda r, _: r.facts["name"]),
    (Text("街道", "Street"), 16, lambda r, _: r.facts["region"]),
    (Text("园区", "Park"), 16, lambda r, _: r.facts["park"]),
    (Text("行业代码", "Industry code"), 10, lambda r, _: r.facts["industry"]),
    (Text("行业名称", "Industry name"), 24, _industry),
    (Text("产业链", "Industry chain"), 14, lambda r, _: r.facts["chain"]),
    (Text("从业人员", "Employees"), 10, lambda r, _: r.facts["employees"]),
    (Text("营业收入（万元）", "Revenue (CNY 10,000)"), 12, lambda r, _: r.facts["revenue"]),
    (Text("规模", "Size class"), 10, lambda r, say: say(_size(r))),
    (Text("优质称号", "Titles held"), 24, _honours),
    (Text("入规日期", "Entered on"), 12, lambda r, _: r.entered.isoformat()),
    (Text("免诊依据", "Exempt for"), 16, _ground),
    (Text("停产", "Production rests"), 8, lambda r, say: say(YES if r.stopped else NO)),
    (Text("网格员", "Grid officer"), 12, lambda r, _: r.facts["grid"]),
    (Text("备注", "Remark"), 24, lambda r, _: r.facts["remark"]),
)


def roster_sheet(rows: Sequence[Then], day: object, language: Language) -> Sheet:
    """The firms of a day, a row each."""

    def say(text: Text) -> str:
        return text.to(language)

    columns = tuple(
        Column(say(head), width, [cell(row, say) for row in rows]) for head, width, cell in COLUMNS
    )
    return Sheet(say(TITLE.format(day=day)), columns)
