"""The reviews of a reviewer: open ones, and those that are done."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.access import visible
from diagnose.records import Account, Decision, Diagnosis, Firm, Report, Review
from diagnose.web.paging import Paged, paged

SIZE = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open review with what its list shows."""

    review: Review
    report: Report
    diagnosis: Diagnosis
    firm: str


def waiting(session: Session, account: Account) -> list[Waiting]:
    """The open reviews, the most pressing first."""
    found = session.exec(
        select(Review, Report, Diagnosis, Firm.name)
        .join(Report, col(Report.id) == col(Review.report_id))
        .join(Diagnosis, col(Diagnosis.id) == col(Review.diagnosis_id))
        .join(Firm, col(Firm.id) == col(Diagnosis.firm_id))
        .where(
            Review.reviewer_id == account.id,
            Review.decision == Decision.OPEN,
            visible(account, Diagnosis),
        )
        .order_by(col(Diagnosis.due_at), col(Review.id))
    )
    return [Waiting(*row) for row in found]


def done(session: Session, account: Account, page: int) -> Paged:
    """The reviews that ended: number, version, decision; the firm is no longer to be seen."""
    return paged(session, _done(account), page, SIZE)


def _done(account: Account) -> Select[Review, str, int]:
    return (
        select(Review, Report.number, Report.version)
        .join(Report, col(Report.id) == col(Review.report_id))
        .where(Review.reviewer_id == account.id, Review.decision != Decision.OPEN)
        .order_by(col(Review.decided_at).desc(), col(Review.id).desc())
    )
