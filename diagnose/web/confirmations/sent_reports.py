"""The reports that reached a firm: versions that were issued and then sent to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from diagnose.records import AuditEntry, Diagnosis, Report

SEND = "send"
STANDING = frozenset({"with_firm", "objected", "in_review", "returned", "done", "expired"})
"""States in which what was sent still stands; in the others the provider is rewriting it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A report version as it reached the firm at `at`; `newest` of its diagnosis or replaced."""

    report: Report
    diagnosis: Diagnosis
    at: datetime
    newest: bool

    @property
    def open(self) -> bool:
        """Whether the firm may still answer and confirm it."""
        return self.newest and self.diagnosis.state == "with_firm"

    @property
    def standing(self) -> bool:
        """Whether it is what the provider now says."""
        return self.newest and self.diagnosis.state in STANDING


def sent_reports(session: Session, firm_id: int) -> tuple[Sent, ...]:
    """What reached a firm, the newest first, in three statements.

    A version that was issued but replaced before the report was sent never reached it.
    """
    diagnoses = {
        held.id: held
        for held in session.exec(select(Diagnosis).where(Diagnosis.firm_id == firm_id))
    }
    moments = _sendings(session, tuple(diagnoses.values()))
    issued = session.exec(
        select(Report)
        .where(col(Report.diagnosis_id).in_(diagnoses))
        .order_by(col(Report.diagnosis_id).desc(), col(Report.version).desc())
    ).all()
    found: list[Sent] = []
    for report in issued:
        later = [at for at in moments[report.diagnosis_id] if at >= report.issued_at]
        newer = [held for held in issued if _replaces(held, report)]
        at = min(later, default=None)
        if at is None or any(held.issued_at <= at for held in newer):
            continue
        newest = not any(held.report.diagnosis_id == report.diagnosis_id for held in found)
        found.append(Sent(report, diagnoses[report.diagnosis_id], at, newest))
    return tuple(found)


def _replaces(other: Report, report: Report) -> bool:
    return other.diagnosis_id == report.diagnosis_id and other.version > report.version


def _sendings(session: Session, diagnoses: Sequence[Diagnosis]) -> dict[int, list[datetime]]:
    """When each diagnosis's report was sent to the firm."""
    subjects = {f"diagnosis:{held.id}": held.id for held in diagnoses}
    moments: dict[int, list[datetime]] = defaultdict(list)
    for entry in session.exec(
        select(AuditEntry).where(
            col(AuditEntry.subject).in_(subjects), AuditEntry.action == "diagnosis.move"
        )
    ):
        id_ = subjects[entry.subject]
        if entry.details.get("move") == SEND and id_ is not None:
            moments[id_].append(entry.at)
    return moments
