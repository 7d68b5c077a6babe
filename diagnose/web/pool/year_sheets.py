"""The plan of a year as the sheets of an Excel file and as a paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from diagnose.reading import judge
from diagnose.retrofits import LIFE
from diagnose.retrofits.yearplan import Planned, YearPlan
from models.firms import industry_name
from questionnaires.text import Language, Text
from reports.dossier.plan import as_known
from reports.papers.year_plan import PlanPaper, ProjectLine, Sums
from reports.phrases import Phrasebook
from reports.workbook.tables import Column, Head, Sheet

SHARE = Text("当年计划投资（参考估算，万元）", "Planned this year (estimate, CNY 10,000)")
OTHER = Text("目录外", "None of the catalogue")
HEADS: tuple[tuple[str, Text, float], ...] = (
    ("firm", Text("企业名称", "Firm"), 24),
    ("name", Text("项目名称", "Project"), 22),
    ("street", Text("街道或园区", "Street or park"), 12),
    ("industry", Text("行业", "Industry"), 16),
    ("type", Text("类型", "Type"), 18),
    ("content", Text("建设内容", "Content"), 40),
    ("starts_on", Text("起", "From"), 11),
    ("ends_on", Text("止", "Until"), 11),
    ("low", Text("参考估算低（万元）", "Estimate, low (CNY 10,000)"), 10),
    ("mid", Text("参考估算中（万元）", "Estimate, middle (CNY 10,000)"), 10),
    ("high", Text("参考估算高（万元）", "Estimate, high (CNY 10,000)"), 10),
    ("total", Text("合同金额（万元）", "Contract (CNY 10,000)"), 11),
    ("this_year", SHARE, 13),
    ("done", Text("当年已完成（万元）", "Done this year (CNY 10,000)"), 11),
    ("stage", Text("阶段", "Stage"), 10),
)  # fmt: skip
TOTAL_HEADS: tuple[tuple[str, Text, float], ...] = (
    ("kind", Text("口径", "By"), 10),
    ("name", Text("名称", "Name"), 30),
    ("projects", Text("项目数", "Projects"), 10),
    ("firms", Text("企业数", "Firms"), 10),
    ("contracted", Text("合同金额（万元）", "Contracts (CNY 10,000)"), 14),
    ("estimated", Text("参考估算（未签约，万元）", "Estimates, no contract (CNY 10,000)"), 16),
    ("this_year", SHARE, 18),
    ("done", Text("当年已完成（万元）", "Done this year (CNY 10,000)"), 14),
    ("unpriced", Text("待询价项目数", "Projects to be quoted"), 12),
)  # fmt: skip
KINDS = (
    ("street", Text("街道", "Street")),
    ("industry", Text("行业", "Industry")),
    ("type", Text("类型", "Type")),
)
AS_OF = Text("截至 {day}", "As of {day}")
say = Phrasebook("papers")


def paper_of(plan: YearPlan) -> PlanPaper:
    """The plan as the paper tells it."""
    by = {kind: plan.by(key_of(kind)) for kind, _title in KINDS}
    return PlanPaper(
        district=plan.district,
        year=plan.year,
        dated=plan.day,
        whole=plan.whole,
        by_street=_lines("street", by["street"]),
        by_industry=_lines("industry", by["industry"]),
        by_type=_lines("type", by["type"]),
        rows=[_project(row) for row in plan.rows],
        fictional=any(row.fictional for row in plan.rows),
    )


def key_of(kind: str) -> Callable[[Planned], str]:
    """What projects are put together by."""
    return lambda row: getattr(row, kind)


def label_of(kind: str, key: str) -> Text:
    """What a street, industry or type is called."""
    if not key:
        return OTHER if kind == "type" else say("year_plan.not_given")
    if kind == "industry":
        return industry_name(key)
    catalogue = judge().catalogue
    known = kind == "type" and key in catalogue.index
    return catalogue[key].name if known else Text(key, key)


def name_of(row: Planned) -> Text:
    """A project's name, in both languages where its catalogue knows it."""
    catalogue = judge().catalogue
    known = (catalogue[row.type].name,) if row.type in catalogue.index else ()
    return as_known(row.name, known)


def _content(row: Planned) -> Text:
    catalogue = judge().catalogue
    known = (catalogue[row.type].what,) if row.type in catalogue.index else ()
    return as_known(row.content, known)


def _lines(kind: str, totals: Sequence[tuple[str, Sums]]) -> list[tuple[Text, Sums]]:
    return [(label_of(kind, key), sums) for key, sums in totals]


def _project(row: Planned) -> ProjectLine:
    return ProjectLine(
        firm=row.firm,
        name=name_of(row),
        type=label_of("type", row.type),
        content=_content(row),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        low=row.low,
        mid=row.mid,
        high=row.high,
        total=row.total,
        this_year=row.this_year,
        stage=LIFE.stages[row.stage].title,
    )


def rows_sheet(plan: YearPlan, spoken: Language) -> Sheet:
    """All projects, a row each."""
    rows = plan.rows
    cells: dict[str, list[Any]] = {
        name: [getattr(row, name) for row in rows]
        for name in ("firm", "street", "low", "mid", "high", "total", "this_year", "done")
    }
    cells |= {
        "name": [name_of(row).to(spoken) for row in rows],
        "industry": [label_of("industry", row.industry).to(spoken) for row in rows],
        "type": [label_of("type", row.type).to(spoken) for row in rows],
        "content": [_content(row).to(spoken) for row in rows],
        "starts_on": [row.starts_on.isoformat() for row in rows],
        "ends_on": [row.ends_on.isoformat() for row in rows],
        "stage": [LIFE.stages[row.stage].title.to(spoken) for row in rows],
    }
    columns = (Column(head.to(spoken), width, cells[key]) for key, head, width in HEADS)
    return Sheet(f"{plan.year}", tuple(columns), _printed(plan, spoken))


def totals_sheet(plan: YearPlan, spoken: Language) -> Sheet:
    """The totals of all, by street, industry and type."""
    everything = say("year_plan.all").to(spoken)
    rows = [(everything, everything, plan.whole)] + [
        (title.to(spoken), label_of(kind, key).to(spoken), sums)
        for kind, title in KINDS
        for key, sums in plan.by(key_of(kind))
    ]
    cells: dict[str, list[Any]] = {
        "kind": [kind for kind, _name, _sums in rows],
        "name": [name for _kind, name, _sums in rows],
    }
    for key, _head, _width in TOTAL_HEADS[2:]:
        cells[key] = [getattr(sums, key) for _kind, _name, sums in rows]
    columns = (Column(head.to(spoken), width, cells[key]) for key, head, width in TOTAL_HEADS)
    return Sheet(Text("汇总", "Totals").to(spoken), tuple(columns), _printed(plan, spoken))


def _printed(plan: YearPlan, spoken: Language) -> Head:
    title = say("year_plan.title", district=plan.district, year=plan.year)
    return Head(title.to(spoken), plan.district, AS_OF.format(day=plan.day.isoformat()).to(spoken))
