"""A plan as an Excel file: every firm with its projects and reasons, the comparison, the terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlmodel import Session

from diagnose.records import SubsidyPlan
from diagnose.subsidies.terms import Terms
from diagnose.web.excel import workbook_of
from diagnose.web.subsidies.outcome import Line, gap_in_per_cent, told_lines
from diagnose.web.subsidies.words import group_name
from models.firms import industry_name
from models.roadmap import load_catalogue
from questionnaires.text import Language, Text
from reports.workbook.tables import Cell, Column, Sheet

_BLOCK = 500
CHOSEN = Text("入选企业", "Chosen firms")
OTHERS = Text("其他企业", "Other firms")
BETWEEN = Text("、", ", ")
ABOUT = Text("方案说明", "About the plan")
ESTIMATES = Text(
    "金额和提升均为参考估算；是否补助、比例和上限以当年通知为准。",
    "Amounts and gains are estimates for orientation; whether and how much is granted is settled "
    "by the notice of the year.",
)


def plan_book(session: Session, plan: SubsidyPlan, tongue: Language) -> bytes:
    """The workbook in one language; jobs make it too, so its words stand here."""
    rows = range(len(plan.outcome["firms"]["firm"]))
    lines = [
        line
        for at in range(0, len(rows), _BLOCK)
        for line in told_lines(session, plan, rows[at : at + _BLOCK])
    ]
    chosen = [line for line in lines if line.is_chosen]
    others = [line for line in lines if not line.is_chosen]
    return workbook_of(
        [
            _firms(CHOSEN.to(tongue), chosen, tongue),
            _firms(OTHERS.to(tongue), others, tongue),
            _about(plan, tongue),
        ]
    )


def _firms(name: str, lines: Sequence[Line], tongue: Language) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (head.to(tongue), width): [tell(line, tongue) for line in lines]
        for head, width, tell in COLUMNS
    }
    return Sheet.of(name, cells)


def _projects(line: Line, tongue: Language) -> str:
    return BETWEEN.to(tongue).join(item.name.to(tongue) for item in line.items if item.chosen)


COLUMNS: tuple[tuple[Text, float, Callable[[Line, Language], Cell]], ...] = (
    (Text("统一社会信用代码", "Unified social credit code"), 22, lambda x, _: x.firm.uscc),
    (Text("企业名称", "Firm"), 36, lambda x, _: x.firm.name),
    (Text("街道或园区", "Street or park"), 16, lambda x, _: x.firm.region),
    (Text("行业", "Industry"), 24, lambda x, to: industry_name(x.firm.industry).to(to)),
    (Text("实施项目（含企业自筹）", "Projects (with own money, too)"), 48, _projects),
    (
        Text("项目费用（万元，参考估算）", "Cost (CNY 10,000, estimate)"),
        16,
        lambda x, _: sum(item.cost for item in x.items if item.chosen),
    ),
    (
        Text("计入补助（万元）", "Of it counted (CNY 10,000)"),
        14,
        lambda x, _: sum(item.eligible for item in x.items if item.chosen and x.is_chosen),
    ),
    (Text("补助（万元）", "Grant (CNY 10,000)"), 12, lambda x, _: x.told["grant"]),
    (Text("提升（分）", "Gain (points)"), 10, lambda x, _: x.told["gain"]),
    (
        Text("最后一步每万元提升", "Points a CNY 10,000, last step"),
        14,
        lambda x, _: x.told["slope"] or None,
    ),
    (Text("入选线", "Threshold"), 10, lambda x, _: x.told["threshold"]),
    (Text("说明", "Why"), 40, lambda x, to: x.reason.to(to)),
    (
        Text("再补（万元）", "Next step (CNY 10,000)"),
        12,
        lambda x, _: x.told["next_money"] or None,
    ),
    (
        Text("可再提升（分）", "would bring (points)"),
        12,
        lambda x, _: x.told["next_gain"] or None,
    ),
    (
        Text("先到先得时（万元）", "By first come (CNY 10,000)"),
        14,
        lambda x, _: x.told["first_come"],
    ),
)


def _about(plan: SubsidyPlan, tongue: Language) -> Sheet:
    terms, outcome = Terms.read(plan.terms), plan.outcome
    told: list[tuple[Text, Cell]] = [
        (Text("方案", "Plan"), plan.name),
        (Text("日期", "Day"), plan.day.isoformat()),
        (Text("政策", "Policy"), terms.policy.title.to(tongue)),
        (Text("预算（万元）", "Budget (CNY 10,000)"), plan.budget),
        (Text("安排（万元）", "Spent (CNY 10,000)"), outcome["chosen"]["money"]),
        (Text("总提升（分）", "Total gain (points)"), outcome["chosen"]["gain"]),
        (
            Text("与理论最优相差不超过（%）", "At most this far from the best (%)"),
            gap_in_per_cent(outcome["gap"]),
        ),
        (Text("先到先得的总提升（分）", "Gain by first come"), outcome["first_come"]["gain"]),
        (
            Text("逐个项目排序的总提升（分）", "Gain by single project"),
            outcome["by_project"]["gain"],
        ),
        *(
            (
                Text("分组规则：{group}", "Rule: {group}").format(group=group_name(share)),
                " – ".join(
                    "" if part is None else f"{part:g}" for part in (share.floor, share.cap)
                ),
            )
            for share in terms.shares
        ),
        (Text("说明", "Note"), ESTIMATES.to(tongue)),
        (Text("政策提示", "On the policy"), load_catalogue().policy_notice.to(tongue)),
    ]
    return Sheet(
        ABOUT.to(tongue),
        (
            Column(Text("项目", "What").to(tongue), 30, [head.to(tongue) for head, _cell in told]),
            Column(Text("内容", "Value").to(tongue), 60, [cell for _head, cell in told]),
        ),
    )
