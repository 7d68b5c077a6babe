"""A diagnosis that the account works on, and what its pages say of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.agenda import agenda_of
from diagnose.reading import verifications
from diagnose.records import (
    Account,
    Assessment,
    Attachment,
    Diagnosis,
    Finding,
    Firm,
    Project,
    Purpose,
    Report,
    Visit,
)
from diagnose.web.access import find
from diagnose.web.database import records

CONTACT_NEEDED = ("assigned", "accepted", "scheduled", "on_site")


def work_on(diagnosis_id: int) -> tuple[Diagnosis, Firm]:
    """A diagnosis that the account may see, and its firm; anything else is 404."""
    found = find(Diagnosis, diagnosis_id)
    return found, records().get_one(Firm, found.firm_id)


@dataclass(frozen=True)
class Held:
    """How far the work on a diagnosis is."""

    diagnosis: Diagnosis
    firm: Firm
    lead: Account | None
    assessment: Assessment | None
    visit: Visit | None
    promised: bool
    agenda: int
    agenda_open: int
    verified: int
    changed: int
    findings: int
    projects: int
    report: Report | None

    @property
    def contact_shown(self) -> bool:
        """Whether the contact's name and number are still needed."""
        return self.diagnosis.state in CONTACT_NEEDED


def hold(session: Session, diagnosis: Diagnosis, firm: Firm) -> Held:
    """Read how far the work is."""
    sheet = diagnosis.assessment_id
    verified = verifications(session, sheet) if sheet else {}
    agenda = agenda_of(session, diagnosis)
    return Held(
        diagnosis=diagnosis,
        firm=firm,
        lead=session.get(Account, diagnosis.lead_id) if diagnosis.lead_id else None,
        assessment=session.get(Assessment, sheet) if sheet else None,
        visit=latest_visit(session, diagnosis),
        promised=bool(attached(session, diagnosis, Purpose.CONFIDENTIALITY)),
        agenda=len(agenda),
        agenda_open=len(agenda.open(verified)),
        verified=len(verified),
        changed=sum(found.changed for found in verified.values()),
        findings=_count(session, Finding, diagnosis),
        projects=_count(session, Project, diagnosis),
        report=session.exec(
            select(Report)
            .where(Report.diagnosis_id == diagnosis.id)
            .order_by(col(Report.version).desc())
        ).first(),
    )


def latest_visit(session: Session, diagnosis: Diagnosis) -> Visit | None:
    """The visit of a diagnosis: the one planned last."""
    return session.exec(
        select(Visit).where(Visit.diagnosis_id == diagnosis.id).order_by(col(Visit.id).desc())
    ).first()


def attached(session: Session, diagnosis: Diagnosis, purpose: Purpose) -> list[Attachment]:
    """The files of a diagnosis for one purpose, the newest first; removed ones left out."""
    return list(
        session.exec(
            select(Attachment)
            .where(
                Attachment.diagnosis_id == diagnosis.id,
                Attachment.purpose == purpose,
                col(Attachment.removed_at).is_(None),
            )
            .order_by(col(Attachment.id).desc())
        )
    )


def _count(session: Session, table: type[Finding | Project], diagnosis: Diagnosis) -> int:
    query = select(func.count()).select_from(table).where(table.diagnosis_id == diagnosis.id)
    return session.exec(query).one()
