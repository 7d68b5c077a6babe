"""What a guard is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from diagnose.records import (
    Account,
    Attachment,
    Diagnosis,
    Purpose,
    Report,
    Review,
    Visit,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a guard looks at: the diagnosis, who asks, and what the move would set and log."""

    session: Session
    diagnosis: Diagnosis
    account: Account | None
    reason: str
    sets: Mapping[str, Any]
    facts: Mapping[str, Any]

    def latest_report(self) -> Report | None:
        """The version issued last."""
        return self.session.exec(
            select(Report)
            .where(Report.diagnosis_id == self.diagnosis.id)
            .order_by(col(Report.version).desc())
        ).first()

    def latest_review(self) -> Review | None:
        """The review of the version issued last."""
        report = self.latest_report()
        if report is None:
            return None
        return self.session.exec(
            select(Review).where(Review.report_id == report.id).order_by(col(Review.id).desc())
        ).first()

    def attached(self, purpose: Purpose) -> bool:
        """Whether a paper of this purpose is here."""
        found = self.session.exec(
            select(Attachment.id).where(
                Attachment.diagnosis_id == self.diagnosis.id,
                Attachment.purpose == purpose,
                col(Attachment.removed_at).is_(None),
            )
        ).first()
        return found is not None

    def visit(self) -> Visit | None:
        """The visit planned last."""
        return self.session.exec(
            select(Visit)
            .where(Visit.diagnosis_id == self.diagnosis.id)
            .order_by(col(Visit.id).desc())
        ).first()
