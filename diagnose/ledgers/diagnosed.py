"""Diagnoses (3.3), visits (3.4), reports (3.5), problems (3.6), as far as the bureau sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, func, select

from diagnose.ledgers.frames import (
    FIRM,
    Cells,
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
    Campaign,
    Diagnosis,
    Effect,
    Finding,
    FindingProject,
    Firm,
    Project,
    Provider,
    Report,
    Review,
    Stay,
    Visit,
)
from diagnose.records.audit import AuditEntry
from diagnose.records.finding import Cause
from diagnose.records.publication import Rating
from diagnose.records.roster import Change, RosterEvent
from diagnose.workflow import MACHINE
from questionnaires.clock import HERE, day_of
from questionnaires.text import Text

DAYS = {
    "assigned": ("assigned",),
    "accepted": ("accepted",),
    "scheduled": ("scheduled",),
    "first_visit": ("on_site",),
    "visited": ("visited",),
    "drafted": ("internal_check",),
    "confirmed": ("in_review",),
    "reviewed": ("returned", "done"),
    "done": ("done",),
}
"""The columns of days: since when a diagnosis was first in one of these states."""
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
WHEN = "{:%H:%M}"
_PEOPLE: tuple[Any, ...] = (
    col(Provider.name).label("provider"),
    col(Account.name).label("lead"),
    col(Campaign.name).label("campaign"),
)
ACCEPTED = ("done", "expired")
_TASK: tuple[Any, ...] = (
    col(Diagnosis.number).label("task"),
    Diagnosis.valid_until,
    Diagnosis.state,
)


def diagnoses(session: Session, account: Account, day: date) -> Frame:
    """Every diagnosis with the day of each step."""
    rows = session.execute(
        _diagnosed(*_PEOPLE)
        .outerjoin(Provider, col(Provider.id) == Diagnosis.provider_id)
        .outerjoin(Account, col(Account.id) == Diagnosis.lead_id)
        .outerjoin(Campaign, col(Campaign.id) == Diagnosis.campaign_id)
        .where(seen_by(account))
        .order_by(col(Diagnosis.id))
    ).all()
    since, members = _since(session, account), _members(session, account)
    quality, ratings = _quality(session, account), _ratings(session, account)
    why = _exempt(session, account)
    cells: dict[str, Cells] = of_firm() | {
        "number": lambda r: r[0].number,
        "package": lambda r: " ".join(filter(None, (r.campaign, r[0].package))),
        "provider": lambda r: r.provider,
        "lead": lambda r: r.lead,
        "members": lambda r: "、".join(members.get(r[0].id, ())),
        "state": lambda r: MACHINE.states[r[0].state].title,
        "overdue": lambda r: _overdue(r[0], day),
        "rounds": lambda r: r[0].rounds,
        "quality": lambda r: quality.get(r[0].id),
        "satisfaction": lambda r: ratings.get(r[0].id),
        "why": lambda r: why.get(r[0].firm_id) if r[0].state == "exempt" else None,
        "year": lambda r: r[0].accepted_on and r[0].accepted_on.year,
    }
    cells |= {name: partial(_first, since, states) for name, states in DAYS.items()}
    return framed(rows, cells)


def visits(session: Session, account: Account, _day: date) -> Frame:
    """Every visit: when, where, who; what was said and found stays with firm and provider."""
    columns: list[Any] = [Visit, *FIRM, Diagnosis.number, col(Account.name).label("lead")]
    rows = session.execute(
        select(*columns)
        .join(Diagnosis, col(Diagnosis.id) == Visit.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .outerjoin(Account, col(Account.id) == Diagnosis.lead_id)
        .where(seen_by(account))
        .order_by(col(Visit.id))
    ).all()
    cells = of_firm() | {
        "record": lambda r: f"{r.number}-{r[0].id}",
        "day": lambda r: day_of(r[0].started_at) if r[0].started_at else r[0].planned_on,
        "begins": lambda r: _clock(r[0].started_at),
        "ends": lambda r: _clock(r[0].ended_at),
        "place": lambda r: r[0].place,
        "firm_people": lambda r: "、".join(_posts(r[0].people)),
        "consultants": lambda r: "、".join(_consultants(r[0].people)),
        "interviews": lambda r: len(r[0].interviews),
        "workshops": lambda r: len(r[0].workshops),
        "documents": lambda r: len(r[0].documents),
        "photos": lambda r: r[0].photos_allowed,
        "signed": lambda r: r[0].scan_id is not None,
        "lead": lambda r: r.lead,
    }
    return framed(rows, cells)


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


def _diagnosed(*columns: Any) -> Select[Any]:
    wanted: list[Any] = [Diagnosis, Firm.uscc, Firm.name, *columns]
    found: Select[Any] = select(*wanted).join(Firm, col(Firm.id) == Diagnosis.firm_id)
    return found


def _of(session: Session, account: Account, table: Any, *columns: Any) -> Any:
    """Columns of a table that belongs to diagnoses, for the firms that are seen."""
    return session.execute(
        select(*columns)
        .join(Diagnosis, col(Diagnosis.id) == table.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account))
    )


def _since(session: Session, account: Account) -> Mapping[int, Mapping[str, date]]:
    found: dict[int, dict[str, date]] = {}
    for diagnosis, state, since in _of(
        session, account, Stay, Stay.diagnosis_id, Stay.state, Stay.since
    ):
        days = found.setdefault(diagnosis, {})
        days[state] = min(days.get(state, since), since)
    return found


def _first(since: Mapping[int, Mapping[str, date]], states: Iterable[str], row: Any) -> date | None:
    days = since.get(row[0].id, {})
    return min((days[state] for state in states if state in days), default=None)


def _members(session: Session, account: Account) -> Mapping[int, list[str]]:
    found: dict[int, dict[str, None]] = {}
    for diagnosis, people in _of(session, account, Visit, Visit.diagnosis_id, Visit.people):
        names = (each["name"] for each in people if each.get("side") == "provider")
        found.setdefault(diagnosis, {}).update(dict.fromkeys(names))
    return {diagnosis: list(names) for diagnosis, names in found.items()}


def _quality(session: Session, account: Account) -> Mapping[int, float | None]:
    """The quality score of the latest report of each diagnosis."""
    rows = _of(session, account, Report, Report.diagnosis_id, Report.version, Report.quality)
    latest = sorted(rows, key=lambda row: int(row[1]))
    return {diagnosis: quality.get("score") for diagnosis, _version, quality in latest}


def _ratings(session: Session, account: Account) -> Mapping[int, int]:
    return dict(map(tuple, _of(session, account, Rating, Rating.diagnosis_id, Rating.satisfaction)))


def _exempt(session: Session, account: Account) -> Mapping[int, str]:
    rows = session.execute(
        select(RosterEvent.firm_id, RosterEvent.reason)
        .where(RosterEvent.district == account.district, RosterEvent.change == Change.EXEMPTED)
        .order_by(col(RosterEvent.id))
    )
    return dict(map(tuple, rows))


def _overdue(diagnosis: Diagnosis, day: date) -> int | None:
    """Days past the due day of an open diagnosis; None where it is in time."""
    if diagnosis.due_at is None or diagnosis.state in ("done", "expired", "exempt"):
        return None
    late = (day - day_of(diagnosis.due_at)).days
    return late if late > 0 else None


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


def _clock(moment: Any) -> str | None:
    return WHEN.format(moment.astimezone(HERE)) if moment else None


def _posts(people: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for each in people:
        if each.get("side") == "firm":
            yield " ".join(filter(None, (each.get("department"), each.get("post"))))


def _consultants(people: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for each in people:
        if each.get("side") == "provider":
            yield " ".join(filter(None, (each.get("name"), each.get("post"))))
