"""Where a firm stands: its sheets, its diagnosis, its report, its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.needs.states import CensusState, census_state
from diagnose.records import (
    CLOSED,
    Account,
    Assessment,
    AuditEntry,
    Diagnosis,
    Firm,
    Judgement,
    Project,
    Provider,
    Remark,
    Report,
)
from diagnose.records.columns import now
from diagnose.web.assessments.history import submitted_sheets
from diagnose.web.assessments.operations import open_draft
from diagnose.web.assessments.overview import Overview, overlook
from diagnose.web.firms.meanings import MEANINGS, Meaning
from diagnose.web.reading import sheet_of
from diagnose.workflow import MACHINE, State

SENT = ("with_firm", "objected", "in_review", "done", "expired")
"""States in which the firm has its report."""
LONGEST = 20  # moves shown


@dataclass(frozen=True, slots=True)
class Passed:
    """A state that the diagnosis entered, and when."""

    state: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """The diagnosis of a firm: who makes it, where it stands, how it came there."""

    row: Diagnosis
    provider: str | None
    lead: str | None
    report: Report | None
    waiting: int
    passed: Sequence[Passed]

    @property
    def state(self) -> State:
        """Where it stands."""
        return MACHINE.states[self.row.state]

    @property
    def meaning(self) -> Meaning:
        """What that means to the firm."""
        return MEANINGS[self.row.state]

    @property
    def overdue(self) -> bool:
        """Whether whoever's turn it is should have acted."""
        return self.row.due_at is not None and self.row.due_at < now()

    @property
    def wants_sheet(self) -> bool:
        """Whether it is under way and has no answer sheet yet."""
        return self.row.state not in CLOSED and self.row.assessment_id is None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a firm's home tells."""

    firm: Firm
    draft: Assessment | None
    overview: Overview | None
    submitted: Sequence[tuple[Assessment, Judgement | None]]
    course: Course | None
    projects: Mapping[str, int]
    census: CensusState


def stand(session: Session, firm: Firm) -> Standing:
    """Where a firm stands now."""
    assert firm.id is not None
    draft = open_draft(session, firm.id)
    return Standing(
        firm=firm,
        draft=draft,
        overview=overlook(sheet_of(session, draft, firm.uscc)) if draft else None,
        submitted=submitted_sheets(session, firm.id),
        course=_course(session, firm.id),
        projects=_projects(session, firm.id),
        census=census_state(session, firm.id),
    )


def _course(session: Session, firm_id: int) -> Course | None:
    found = session.exec(
        select(Diagnosis, Provider.name, Account.name)
        .join(Provider, col(Provider.id) == Diagnosis.provider_id, isouter=True)
        .join(Account, col(Account.id) == Diagnosis.lead_id, isouter=True)
        .where(Diagnosis.firm_id == firm_id)
        .order_by(col(Diagnosis.id).desc())
    ).first()
    if found is None:
        return None
    row, provider, lead = found
    report = _report(session, row) if row.state in SENT else None
    return Course(row, provider, lead, report, _objections(session, report), _passed(session, row))


def _report(session: Session, diagnosis: Diagnosis) -> Report | None:
    return session.exec(
        select(Report)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
    ).first()


def _objections(session: Session, report: Report | None) -> int:
    if report is None:
        return 0
    return session.exec(
        select(func.count())
        .select_from(Remark)
        .where(
            Remark.report_id == report.id, col(Remark.agreed).is_(False), col(Remark.answer) == ""
        )
    ).one()


def _passed(session: Session, diagnosis: Diagnosis) -> list[Passed]:
    """The states entered, the latest last."""
    rows = session.exec(
        select(AuditEntry)
        .where(
            AuditEntry.subject == f"diagnosis:{diagnosis.id}",
            col(AuditEntry.action).in_(("diagnosis.open", "diagnosis.move")),
        )
        .order_by(col(AuditEntry.id).desc())
        .limit(LONGEST)
    ).all()
    return [
        Passed(MACHINE.states[entry.details.get("after", "to_assign")], entry.at)
        for entry in reversed(rows)
    ]


def _projects(session: Session, firm_id: int) -> Mapping[str, int]:
    latest = (
        select(func.max(Project.diagnosis_id)).where(Project.firm_id == firm_id).scalar_subquery()
    )
    counted = session.exec(
        select(Project.stage, func.count())
        .where(Project.firm_id == firm_id, Project.diagnosis_id == latest)
        .group_by(Project.stage)
    ).all()
    return dict(counted)
