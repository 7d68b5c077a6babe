"""Projects (3.7), their months (3.8), acceptances (3.9) and effects (3.10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session, col, func, select

from diagnose.ledgers.frames import (
    FIRM,
    Cells,
    Frame,
    framed,
    gathered,
    level_of,
    of_firm,
    part,
    scenes_of,
    seen_by,
    type_name,
)
from diagnose.planning.wording import worded
from diagnose.reading import judge
from diagnose.records import (
    Acceptance,
    Account,
    Contract,
    Figure,
    Finding,
    FindingProject,
    Firm,
    Month,
    Origin,
    Project,
    Report,
    Stage,
    Verdict,
)
from diagnose.retrofits.accepting import FILES
from diagnose.retrofits.comparing import Reached, reached_by_id
from diagnose.retrofits.lateness import Run, months_due
from diagnose.retrofits.levels import standings_by_id
from diagnose.retrofits.stages import LIFE
from models.roadmap.loading import load_catalogue
from questionnaires.clock import day_of
from questionnaires.text import Text

ORIGINS: Mapping[str, Text] = {
    Origin.SYSTEM: Text("诊断", "report"),
    Origin.CONSULTANT: Text("诊断（诊断师补充）", "report, added by the consultants"),
    Origin.CENSUS: Text("普查", "census of needs"),
    Origin.APPLICATION: Text("申报", "application"),
    Origin.CHAIN: Text("链主", "chain leader"),
}
VERDICTS: Mapping[str, Text] = {
    Verdict.OPEN: Text("未定", "open"),
    Verdict.PASSED: Text("验收通过", "passed"),
    Verdict.TO_MEND: Text("整改", "to be mended"),
    Verdict.FAILED: Text("不通过", "not passed"),
}
DECISIONS: Mapping[str, Text] = {
    Stage.SUGGESTED: Text("未定", "not decided"),
    Stage.POSTPONED: Text("暂缓", "postponed"),
    Stage.REJECTED: Text("否决", "rejected"),
}
ADOPTED = Text("采纳", "adopted")
DOWN = Text("越低越好", "lower is better")
UP = Text("越高越好", "higher is better")
CAME = ("foundation", "management", "results", "binding", "guiding")
CONTRACT = (
    "software",
    "equipment",
    "services",
    "eligible",
    "filing",
    "supplier",
    "owner",
    "starts_on",
    "ends_on",
)
FIGURE = (
    "unit",
    "formula",
    "baseline",
    "baseline_on",
    "goal",
    "after",
    "after_on",
    "half_year",
    "full_year",
)


def projects(session: Session, account: Account, _day: date) -> Frame:
    """Every project, from suggestion on, with its contract in force and what was spent."""
    contract, spent = _contracts(session, account), _spent(session, account)
    numbers, answers = _numbers(session, account), _findings(session, account)
    figures = gathered((row[0].project_id, row[0]) for row in _of(session, account, Figure, Figure))
    cells: dict[str, Cells] = _of_project() | {
        "origin": lambda r: ORIGINS[r[0].origin],
        "report": lambda r: numbers.get(r[0].diagnosis_id),
        "findings": lambda r: "、".join(f"W{number}" for number in answers.get(r[0].id, ())),
        "type": lambda r: r[0].type,
        "type_name": lambda r: type_name(r[0].type),
        "content": lambda r: worded(r[0], judge().catalogue).content,
        "scene": lambda r: scenes_of(r[0].type),
        "before": lambda r: _needed(r[0].type),
        "cost_low": lambda r: r[0].cost_low,
        "cost_mid": lambda r: r[0].cost_mid,
        "cost_high": lambda r: r[0].cost_high,
        "contract_total": lambda r: _contracted(contract, "total", r),
        "contract": lambda r: _contracted(contract, "number", r),
        "spent": lambda r: spent.get(r[0].id),
        "stage": lambda r: LIFE.stages[r[0].stage].title,
        "figures": lambda r: "；".join(map(_figure, figures.get(r[0].id, ()))),
        "decision": lambda r: DECISIONS.get(r[0].stage, ADOPTED),
        "reason": lambda r: r[0].reason,
        "updated": lambda r: r[0].stage_since or r[0].decided_at or r[0].created_at,
    }
    cells |= {name: partial(_contracted, contract, name) for name in CONTRACT}
    return framed(_of(session, account, Project, Project), cells)


def months(session: Session, account: Account, day: date) -> Frame:
    """Every month's report of every project."""
    rows = _of(session, account, Month, Project, Month, col(Account.name).label("by"))
    contract = _contracts(session, account)
    sums = _running(rows)
    reported = gathered((row[1].project_id, row[1].month) for row in rows)
    cells = _of_project() | {
        "month": lambda r: f"{r[1].month:%Y-%m}",
        "spent": lambda r: r[1].spent,
        "total": lambda r: sums[r[1].id],
        "progress": lambda r: r[1].progress,
        "live": lambda r: r[1].live,
        "trouble": lambda r: r[1].trouble,
        "ahead": lambda r: r[1].ahead,
        "late": lambda r: _is_late(r[0], contract, reported.get(r[0].id, ()), day),
        "by": lambda r: r.by,
    }
    return framed(rows, cells)


def acceptances(session: Session, account: Account, _day: date) -> Frame:
    """Every acceptance that was asked for."""
    rows = _of(session, account, Acceptance, Project, Acceptance)
    ids = {n for row in rows for n in (row[1].before_id, row[1].after_id) if n is not None}
    levels = standings_by_id(session, ids)
    cells = _of_project() | {
        "asked_on": lambda r: r[1].asked_on,
        "finished_on": lambda r: r[1].finished_on,
        "files": lambda r: tuple(FILES[name] for name in r[1].files if name in FILES),
        "payments": lambda r: len(r[1].payments),
        "paid": lambda r: _paid(r[1], everything=True),
        "paid_eligible": lambda r: _paid(r[1], everything=False),
        "before_level": lambda r: _stood(levels, r[1].before_id, "level"),
        "before_score": lambda r: _stood(levels, r[1].before_id, "score"),
        "after_level": lambda r: _stood(levels, r[1].after_id, "level"),
        "after_score": lambda r: _stood(levels, r[1].after_id, "score"),
        **_compared(reached_by_id(session, ids)),
        "satisfaction": lambda r: r[1].satisfaction,
        "site": lambda r: r[1].site,
        "finance": lambda r: r[1].finance,
        "approved": lambda r: r[1].approved_amount,
        "level_reached": lambda r: r[1].level_reached,
        "verdict": lambda r: VERDICTS[r[1].verdict],
        "reason": lambda r: r[1].reason,
        "experts": lambda r: r[1].experts,
        "decided_on": lambda r: r[1].decided_on,
    }
    return framed(rows, cells)


def figures(session: Session, account: Account, _day: date) -> Frame:
    """Every figure that a project is to move, before and after."""
    cells = _of_project() | {
        "figure": lambda r: f"Z{r[1].id}",
        "measure": lambda r: r[1].name,
        "direction": lambda r: DOWN if r[1].lower_is_better else UP,
        "change": lambda r: _change(r[1]),
    }
    cells |= {name: part(1, name) for name in FIGURE}
    return framed(_of(session, account, Figure, Project, Figure), cells)


def _of_project() -> dict[str, Cells]:
    return of_firm() | {
        "project": lambda r: f"X{r[0].id}",
        "title": lambda r: worded(r[0], judge().catalogue).name,
    }


def _of(session: Session, account: Account, table: Any, *columns: Any) -> list[Any]:
    """Rows of projects, or of a table that belongs to them, with their firms."""
    wanted: list[Any] = [*columns, *FIRM]
    query: Any = select(*wanted).select_from(table)
    if table is not Project:
        query = query.join(Project, col(Project.id) == table.project_id)
    query = query.join(Firm, col(Firm.id) == Project.firm_id)
    if table is Month:
        query = query.outerjoin(Account, col(Account.id) == Month.account_id)
    return list(session.execute(query.where(seen_by(account)).order_by(col(table.id))).all())


def _contracts(session: Session, account: Account) -> Mapping[int, Contract]:
    """The contract in force of each project: the one recorded last."""
    return {row[0].project_id: row[0] for row in _of(session, account, Contract, Contract)}


def _contracted(contracts: Mapping[int, Contract], name: str, row: Any) -> Any:
    held = contracts.get(row[0].id)
    return getattr(held, name) if held else None


def _spent(session: Session, account: Account) -> Mapping[int, float]:
    rows = session.execute(
        select(Month.project_id, func.sum(Month.spent))
        .join(Project, col(Project.id) == Month.project_id)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(seen_by(account))
        .group_by(col(Month.project_id))
    )
    return dict(map(tuple, rows))


def _numbers(session: Session, account: Account) -> Mapping[int, str]:
    rows = session.execute(
        select(Project.diagnosis_id, func.max(Report.number))
        .join(Firm, col(Firm.id) == Project.firm_id)
        .join(Report, col(Report.diagnosis_id) == Project.diagnosis_id)
        .where(seen_by(account))
        .group_by(col(Project.diagnosis_id))
    )
    return dict(map(tuple, rows))


def _findings(session: Session, account: Account) -> Mapping[int, list[int]]:
    """The findings that each project answers; those of security are left out."""
    rows = session.execute(
        select(FindingProject.project_id, FindingProject.finding_id)
        .join(Finding, col(Finding.id) == FindingProject.finding_id)
        .join(Project, col(Project.id) == FindingProject.project_id)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(seen_by(account), col(Finding.security).is_(False))
        .order_by(col(FindingProject.finding_id))
    )
    return gathered(rows)


def _needed(type_: str) -> str:
    catalogue = load_catalogue()
    if type_ not in catalogue.index:
        return ""
    return "、".join(dict.fromkeys(each for need in catalogue[type_].needs for each in need.of))


def _figure(figure: Figure) -> str:
    ends = (f"{v:g}" if v is not None else "?" for v in (figure.baseline, figure.goal))
    return f"{figure.name}：{' → '.join(ends)} {figure.unit}".strip()


def _running(rows: list[Any]) -> Mapping[int, float]:
    """What was spent up to each month."""
    found, sums = {}, dict[int, float]()
    for row in sorted(rows, key=lambda row: row[1].month):
        month = row[1]
        sums[month.project_id] = sums.get(month.project_id, 0.0) + month.spent
        found[month.id] = sums[month.project_id]
    return found


def _is_late(project: Project, contracts: Mapping[int, Contract], reported: Any, day: date) -> bool:
    """Whether a month's report of the project is missing."""
    held = contracts.get(project.id or 0)
    since = day_of(project.stage_since) if project.stage_since else None
    starts, ends = (held.starts_on, held.ends_on) if held else (None, None)
    run = Run(project.stage, since, project.progress, starts, ends, set(reported))
    return bool(months_due(run, day))


def _paid(acceptance: Acceptance, *, everything: bool) -> float | None:
    amounts = [
        each.get("amount") or 0.0
        for each in acceptance.payments
        if everything or each.get("eligible")
    ]
    return sum(amounts) if acceptance.payments else None


def _stood(levels: Mapping[int, Any], sheet: int | None, what: str) -> Any:
    held = levels.get(sheet or 0)
    if held is None:
        return None
    return level_of(held.level) if what == "level" else held.score


def _compared(reached: Mapping[int, Reached]) -> dict[str, Cells]:
    """Points by part and scenes at level 2 or above, before the works and after them."""
    found: dict[str, Cells] = {}
    for when in ("before", "after"):
        found |= {f"{when}_{name}": partial(_came_to, reached, f"{when}_id", name) for name in CAME}
    return found


def _came_to(reached: Mapping[int, Reached], sheet: str, name: str, row: Any) -> float | None:
    held = reached.get(getattr(row[1], sheet) or 0)
    if held is None:
        return None
    return held.parts[name] if name in held.parts else getattr(held, name)


def _change(figure: Figure) -> float | None:
    if figure.after is None or figure.baseline is None:
        return None
    return round(figure.after - figure.baseline, 6)
