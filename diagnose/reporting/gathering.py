"""All that the records hold about one diagnosis, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from diagnose.reading import questionnaire, raw_answers, raw_firm, verifications
from diagnose.records import (
    Account,
    Assessment,
    Attachment,
    Diagnosis,
    Finding,
    FindingProject,
    Firm,
    Interest,
    Project,
    Provider,
    Purpose,
    Report,
    Verification,
    Visit,
)
from questionnaires.check import check_answers
from questionnaires.sheets import Sheets

Row = TypeVar("Row")


class NothingToTell(LookupError):  # names what is missing
    """The firm has not submitted a sheet, so there is nothing to report on."""


@dataclass(frozen=True)
class Gathered:
    """One diagnosis with its firm, sheet, visits, findings, plan, evidence and versions.

    `own` are the firm's answers, `judged` those with the verified ones in their place.
    """

    diagnosis: Diagnosis
    firm: Firm
    assessment: Assessment
    provider: Provider | None
    lead: Account | None
    own: Mapping[str, object]
    judged: Mapping[str, object]
    checks: Mapping[str, Verification]
    visits: Sequence[Visit]
    findings: Sequence[Finding]
    projects: Sequence[Project]
    links: Mapping[int, Sequence[int]]
    evidence: Sequence[Attachment]
    reports: Sequence[Report]
    interest: Interest | None

    def sheet(self, answers: Mapping[str, object]) -> Sheets:
        """The one-row sheet of `answers`."""
        firm = raw_firm(self.firm.uscc, self.assessment)
        return check_answers(questionnaire(), dict(answers), firm).sheets

    @property
    def latest(self) -> Report | None:
        """The version issued last."""
        return self.reports[-1] if self.reports else None


def gather(session: Session, diagnosis: Diagnosis) -> Gathered:
    """Read everything about a diagnosis; raises `NothingToTell` without a submitted sheet."""
    assessment = session.get(Assessment, diagnosis.assessment_id or 0)
    firm = session.get(Firm, diagnosis.firm_id)
    if assessment is None or firm is None or assessment.id is None:
        raise NothingToTell(diagnosis.number)
    checks = verifications(session, assessment.id)
    own = raw_answers(session, assessment.id)
    mine = diagnosis.id
    return Gathered(
        diagnosis=diagnosis,
        firm=firm,
        assessment=assessment,
        provider=session.get(Provider, diagnosis.provider_id or 0),
        lead=session.get(Account, diagnosis.lead_id or 0),
        own=own,
        judged=own | {question: found.raw for question, found in checks.items()},
        checks=checks,
        visits=_rows(session, select(Visit).where(Visit.diagnosis_id == mine), Visit.id),
        findings=_rows(
            session,
            select(Finding).where(Finding.diagnosis_id == mine),
            *(Finding.security, Finding.position, Finding.id),
        ),
        projects=_rows(
            session,
            select(Project).where(Project.diagnosis_id == mine),
            *(Project.year, Project.position, Project.id),
        ),
        links=_links(session, diagnosis),
        evidence=_evidence(session, diagnosis),
        reports=_rows(session, select(Report).where(Report.diagnosis_id == mine), Report.version),
        interest=_interest(session, diagnosis),
    )


def _rows(session: Session, found: SelectOfScalar[Row], *order: Any) -> Sequence[Row]:
    return session.exec(found.order_by(*map(col, order))).all()


def _interest(session: Session, diagnosis: Diagnosis) -> Interest | None:
    """What the provider has to do with the firm otherwise."""
    both = (
        Interest.provider_id == diagnosis.provider_id,
        Interest.firm_id == diagnosis.firm_id,
    )
    return session.exec(select(Interest).where(*both)).first()


def _links(session: Session, diagnosis: Diagnosis) -> Mapping[int, Sequence[int]]:
    """By finding: the projects that answer it."""
    found: dict[int, list[int]] = defaultdict(list)
    for link in session.exec(
        select(FindingProject)
        .join(Finding, col(Finding.id) == col(FindingProject.finding_id))
        .where(Finding.diagnosis_id == diagnosis.id)
    ):
        found[link.finding_id].append(link.project_id)
    return found


def _evidence(session: Session, diagnosis: Diagnosis) -> Sequence[Attachment]:
    """What was handed in as evidence, on the visit or with the firm's sheet."""
    return session.exec(
        select(Attachment)
        .where(
            (col(Attachment.diagnosis_id) == diagnosis.id)
            | (col(Attachment.assessment_id) == diagnosis.assessment_id),
            Attachment.purpose == Purpose.EVIDENCE,
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.id))
    ).all()
