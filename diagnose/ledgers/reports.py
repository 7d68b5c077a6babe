"""Reports (3.5) and problems (3.6), as far as the bureau sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from diagnose.ledgers.frames import (
    ACCEPTED,
    Frame,
    framed,
    gathered,
    level_of,
    of_firm,
    scene_name,
    seen_by,
)
from diagnose.records import (
    Account,
    Diagnosis,
    Effect,
    Finding,
    FindingProject,
    Firm,
    Project,
    Report,
    Review,
)
from diagnose.records.audit import AuditEntry
from diagnose.records.finding import Cause
from questionnaires.text import Text

DECISIONS: Mapping[str, Text] = {
    "open": Text("复核中", "under review"),
    "accepted": Text("通过", "accepted"),
    "returned": Text("退回", "returned"),
}
EFFECTS: Mapping[str, Text] = {
    Effect.TIME: Text("时间", "time"),
    Effect.QUALITY: Text("质量", "quality"),
    Effect.COST: Text("成本", "cost"),
    Effect.SAFETY: Text("安全", "safety"),
}
CAUSES: Mapping[str, Text] = {
    Cause.PEOPLE: Text("人员", "people"),
    Cause.PROCESS: Text("流程", "process"),
    Cause.DATA: Text("数据", "data"),
    Cause.EQUIPMENT: Text("设备", "equipment"),
    Cause.SYSTEM: Text("系统", "systems"),
}
SEVERITIES = {1: Text("低", "low"), 2: Text("中", "medium"), 3: Text("高", "high")}
ANSWERED = Text("已列入项目", "answered by a project")
OPEN = Text("未列入项目", "no project yet")
_TASK: tuple[Any, ...] = (
    col(Diagnosis.number).label("task"),
    Diagnosis.valid_until,
    Diagnosis.state,
)


def reports(session: Session, account: Account, _day: date) -> Frame:
    """Every version of every report: counts and ranges, levels once accepted, never its text."""
    rows = session.execute(
        select(Report, Firm.uscc, Firm.name, *_TASK)
        .join(Diagnosis, col(Diagnosis.id) == Report.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account))
        .order_by(col(Report.id))
    ).all()
    problems, plans = _problems(session, account), _plans(session, account)
    reviews, looks = _reviews(session, account), _looks(session)
    nothing = (0, None, None, 0)
    cells = of_firm() | {
        "report": lambda r: r[0].number,
        "number": lambda r: r.task,
        "version": lambda r: r[0].version,
        "model": lambda r: f"{r[0].standard} {r[0].standard_version}",
        "self_score": lambda r: r[0].self_score if r.state in ACCEPTED else None,
        "self_level": lambda r: level_of(r[0].self_level) if r.state in ACCEPTED else None,
        "score": lambda r: r[0].score if r.state in ACCEPTED else None,
        "level": lambda r: level_of(r[0].level) if r.state in ACCEPTED else None,
        "problems": lambda r: problems.get(r[0].diagnosis_id, 0),
        "projects": lambda r: plans.get(r[0].diagnosis_id, nothing)[0],
        "cost_low": lambda r: plans.get(r[0].diagnosis_id, nothing)[1],
        "cost_high": lambda r: plans.get(r[0].diagnosis_id, nothing)[2],
        "first_year": lambda r: plans.get(r[0].diagnosis_id, nothing)[3],
        "confirmed": lambda r: r[0].signed_at is not None,
        "confirmed_on": lambda r: r[0].signed_at,
        "reviewer": lambda r: _of_reviews(reviews, r[0].id, 0),
        "review_score": lambda r: _of_reviews(reviews, r[0].id, 1),
        "review": lambda r: _of_reviews(reviews, r[0].id, 2),
        "sha256": lambda r: _fingerprint(r[0].files),
        "valid_until": lambda r: r.valid_until,
        "views": lambda r: looks.get(f"report:{r[0].id}", 0),
    }
    return framed(rows, cells)


def findings(session: Session, account: Account, _day: date) -> Frame:
    """The problems of accepted reports by their classes; those of security are left out."""
    number = _latest_number()
    rows = session.execute(
        select(Finding, Firm.uscc, Firm.name, number.c.number)
        .join(Diagnosis, col(Diagnosis.id) == Finding.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .outerjoin(number, number.c.diagnosis_id == Diagnosis.id)
        .where(seen_by(account), *_shown())
        .order_by(col(Finding.id))
    ).all()
    answered = gathered(
        session.execute(
            select(FindingProject.finding_id, FindingProject.project_id)
            .join(Finding, col(Finding.id) == FindingProject.finding_id)
            .join(Diagnosis, col(Diagnosis.id) == Finding.diagnosis_id)
            .join(Firm, col(Firm.id) == Diagnosis.firm_id)
            .where(seen_by(account), *_shown())
            .order_by(col(FindingProject.project_id))
        )
    )
    cells = of_firm() | {
        "finding": lambda r: f"W{r[0].id}",
        "report": lambda r: r.number,
        "scene": lambda r: scene_name(r[0].scene),
        "effect": lambda r: EFFECTS.get(r[0].effect_kind),
        "cause": lambda r: CAUSES.get(r[0].cause_kind),
        "severity": lambda r: SEVERITIES.get(r[0].severity),
        "projects": lambda r: "、".join(f"X{number}" for number in answered.get(r[0].id, ())),
        "state": lambda r: ANSWERED if r[0].id in answered else OPEN,
    }
    return framed(rows, cells)


def _shown() -> tuple[Any, ...]:
    """What the bureau may know of problems: of accepted reports, and none of security."""
    return col(Diagnosis.state).in_(ACCEPTED), col(Finding.security).is_(False)


def _problems(session: Session, account: Account) -> Mapping[int, int]:
    rows = session.execute(
        select(Finding.diagnosis_id, func.count())
        .join(Diagnosis, col(Diagnosis.id) == Finding.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Finding.security).is_(False))
        .group_by(col(Finding.diagnosis_id))
    )
    return dict(map(tuple, rows))


def _plans(session: Session, account: Account) -> Mapping[int, tuple[int, Any, Any, int]]:
    """Projects of each diagnosis: how many, money from and to, how many in the first year.

    A sum is not known where one of its parts is not.
    """
    held = gathered(
        session.execute(
            select(Project.diagnosis_id, Project.cost_low, Project.cost_high, col(Project.year))
            .join(Firm, col(Firm.id) == Project.firm_id)
            .where(seen_by(account), col(Project.diagnosis_id).is_not(None))
        )
    )
    return {
        diagnosis: (
            len(plan),
            _sum(each[0] for each in plan),
            _sum(each[1] for each in plan),
            sum(each[2] == 1 for each in plan),
        )
        for diagnosis, plan in held.items()
    }


def _sum(amounts: Iterable[float | None]) -> float | None:
    held = list(amounts)
    return None if None in held else sum(amount for amount in held if amount is not None)


def _reviews(session: Session, account: Account) -> Mapping[int, list[Any]]:
    columns: list[Any] = [Review.report_id, Account.name, Review.score, Review.decision]
    rows = session.execute(
        select(*columns)
        .join(Account, col(Account.id) == Review.reviewer_id)
        .join(Diagnosis, col(Diagnosis.id) == Review.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account))
        .order_by(col(Review.id))
    )
    return gathered(
        (report, name, score, DECISIONS[decision]) for report, name, score, decision in rows
    )


def _of_reviews(reviews: Mapping[int, list[Any]], report_id: int, at: int) -> Any:
    held = reviews.get(report_id)
    return held[-1][at] if held else None


def _looks(session: Session) -> Mapping[str, int]:
    """How often each report was looked at by others than its firm."""
    rows = session.execute(
        select(AuditEntry.subject, func.count())
        .where(
            col(AuditEntry.action).startswith("view."),
            col(AuditEntry.subject).startswith("report:"),
        )
        .group_by(col(AuditEntry.subject))
    )
    return dict(map(tuple, rows))


def _latest_number() -> Any:
    return (
        select(Report.diagnosis_id, func.max(Report.number).label("number"))
        .group_by(col(Report.diagnosis_id))
        .subquery()
    )


def _fingerprint(files: Mapping[str, Any]) -> str | None:
    """Of the full Chinese edition as PDF."""
    held: dict[str, Any] = files.get("zh.pdf") or {}
    return held.get("sha256")
